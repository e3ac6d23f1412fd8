import DTXLedger

extension TextBuilder {
  /// Appends a table of what is moved in each currency.
  mutating func append(_ totals: [PlanTotals], titled title: StaticString) {
    append(title, as: .heading)
    endLine()
    let columns = [
      Table.Column(title: "Currency", place: .title),
      Table.Column(title: "Operations", isRightAligned: true),
      Table.Column(title: "Captured", isRightAligned: true),
      Table.Column(title: "Refunded", isRightAligned: true),
      Table.Column(title: "Released", isRightAligned: true),
      Table.Column(title: "Adjusted", isRightAligned: true),
      Table.Column(title: "Net effect", isRightAligned: true),
    ]
    let table = Table(columns: columns, indentation: 2)
    append(table, rows: ShownRows(count: totals.count, isComplete: true)) { index, row in
      let total = totals[index]
      row.cell { $0.append(safe: total.currency.code) }
      row.cell { $0.append(count: total.operations) }
      row.cell { $0.append(total.captured, in: total.currency) }
      row.cell { $0.append(total.refunded, in: total.currency) }
      row.cell { $0.append(total.released, in: total.currency) }
      row.cell { $0.append(signed: total.adjusted, in: total.currency) }
      row.cell(as: .heading) { $0.append(signed: total.net, in: total.currency) }
    }
  }
}
