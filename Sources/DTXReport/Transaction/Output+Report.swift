package import DTXEvaluator

extension Output: Report {
  /// Appends what a script asked to see, for people.
  package func append(to builder: inout TextBuilder) {
    switch self {
    case .transaction(let transaction): TransactionReport(transaction).append(to: &builder)
    case .list(let transactions): TransactionList(transactions).append(to: &builder)
    case .text(let text):
      builder.append(foreign: text)
      builder.endLine()
    }
  }

  /// Appends what a script asked to see, as JSON lines.
  ///
  /// Shape of a text: `{"type": "print", "text"}`.
  package func append(to writer: inout JSONWriter) {
    switch self {
    case .transaction(let transaction): TransactionReport(transaction).append(to: &writer)
    case .list(let transactions): TransactionList(transactions).append(to: &writer)
    case .text(let text): writer.record("print") { $0.member("text", text) }
    }
  }
}
