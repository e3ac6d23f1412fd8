import DTXEvaluator
import DTXExecution
import DTXLedger

extension RunResult {
  /// The columns of the table that a next run can read.
  private static let columns: [StaticString] = [
    "file", "line", "transaction", "operation", "amount_minor", "amount", "currency", "lines",
    "reference", "outcome", "message",
  ]

  /// Returns every operation with its outcome as comma-separated values, in script order.
  ///
  /// A script can read the file back and go on from it: `amount_minor` and `amount` are written as
  /// an operation takes them, and `lines` is the id of the line where there is only one.
  ///
  /// Shape: file, line, transaction, operation, amount_minor (`29990`), amount (`299.90 NOK`),
  /// currency, lines (`1`, or `1 29990; 2 4900` with minor units), reference, outcome, message.
  /// Rows end in CR LF; the text is UTF-8 without a byte-order mark.
  package func csv() -> [UInt8] {
    var writer = CSVWriter()
    append(to: &writer)
    return writer.output.bytes
  }

  /// Hands the comma-separated values over in pieces, for runs too long to be held as text.
  package func writeCSV(to receiver: @escaping ([UInt8]) -> Void) {
    var writer = CSVWriter(receiver: receiver)
    append(to: &writer)
    writer.finish()
  }

  private func append(to writer: inout CSVWriter) {
    for column in Self.columns { writer.field(column) }
    writer.endRow()
    for row in rows {
      switch row {
      case .step(let index): append(step: Int(index), to: &writer)
      case .alreadyApplied(let index): append(alreadyApplied: Int(index), to: &writer)
      }
      writer.endRow()
    }
  }

  private func append(step index: Int, to writer: inout CSVWriter) {
    let entry = report[index]
    append(placeOf: entry.statement, to: &writer)
    writer.field(entry.transaction.text)
    writer.field(entry.kind.verb)
    append(entry.amount, of: entry.kind, in: entry.currency, to: &writer)
    writer.field { append(linesOfStep: index, to: &$0) }
    writer.field(entry.reference)
    writer.field(entry.outcome.words)
    writer.field {
      $0.append(
        remarkOn: entry.outcome,
        predicted: report.plan.steps[index].after,
        in: entry.currency
      )
    }
  }

  private func append(alreadyApplied index: Int, to writer: inout CSVWriter) {
    let plan = report.plan
    let entry = plan.alreadyApplied[index]
    let transaction = plan.transactions[Int(entry.transaction)]
    append(placeOf: entry.statement, to: &writer)
    writer.field(transaction.id.text)
    writer.field(entry.kind.verb)
    append(entry.amount, of: entry.kind, in: transaction.currency, to: &writer)
    writer.field(String?.none)
    writer.field(String?.none)
    writer.field("already applied")
    writer.field { $0.append(entry.precedent, of: transaction, in: plan) }
  }

  private func append(placeOf statement: Int32, to writer: inout CSVWriter) {
    let place = places[statement]
    writer.field(place.flatMap { places.name(of: $0) })
    writer.field { if let place { $0.append(place.line) } }
  }

  /// Writes the three columns of an amount; the first two are empty where no amount belongs.
  private func append(
    _ amount: MinorUnits,
    of kind: Operation.Kind,
    in currency: Currency,
    to writer: inout CSVWriter
  ) {
    let isMeant =
      switch kind {
      case .capture, .refund, .void, .adjust: true
      case .authorize: amount != .zero
      case .extend, .tag: false
      }
    writer.field { if isMeant { $0.append(amount.count) } }
    writer.field { if isMeant { $0.append(money: amount, in: currency) } }
    writer.field(currency.code)
  }

  private func append(linesOfStep index: Int, to text: inout TextBuilder) {
    let plan = report.plan
    let lines = plan.lines(beforeStep: index)
    let portions = plan.portions(of: plan.steps[index])
    for (number, portion) in portions.enumerated() {
      if number > 0 { text.append("; ") }
      text.append(safe: lines[Int(portion.line)].id)
      if portions.count > 1 {
        text.append(" ")
        text.append(portion.amount.count)
      }
    }
  }
}
