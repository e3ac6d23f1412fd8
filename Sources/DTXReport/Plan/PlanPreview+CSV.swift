import DTXEvaluator
import DTXLedger

extension PlanPreview {
  private static let columns: [StaticString] = [
    "line", "transaction", "operation", "amount_minor", "currency", "reference", "captured_before",
    "captured_after", "refunded_before", "refunded_after", "status_before", "status_after",
  ]

  /// Returns the operations as comma-separated values, in script order.
  ///
  /// Shape: line, transaction, operation, amount_minor, currency, reference, captured_before,
  /// captured_after, refunded_before, refunded_after, status_before, status_after. Rows end in CR LF.
  ///
  /// Units: minor units.
  package func csv() -> [UInt8] {
    var writer = CSVWriter()
    for column in Self.columns { writer.field(column) }
    writer.endRow()
    for step in plan.steps {
      let transaction = plan.transactions[Int(step.transaction)]
      let (before, after) = (plan.before(step), step.after)
      writer.field { if let place = places[step.statement] { $0.append(place.line) } }
      writer.field(transaction.id.text)
      writer.field(step.kind.verb)
      writer.field { $0.append(step.amount.count) }
      writer.field(transaction.currency.code)
      writer.field(plan.reference(of: step))
      for amount in [before.captured, after.captured, before.refunded, after.refunded] {
        writer.field { $0.append(amount.count) }
      }
      writer.field(before.status.rawValue)
      writer.field(after.status.rawValue)
      writer.endRow()
    }
    return writer.output.bytes
  }
}
