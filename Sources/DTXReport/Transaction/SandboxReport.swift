package import DTXLedger

/// Where an embedded provider is and what it holds.
package struct SandboxReport: Report, Sendable {
  private let path: String
  private let account: Account
  private let events: Int
  private let pendingRequests: Int
  private let statuses: [(status: Status, count: Int)]
  private let currencies: [(currency: Currency, count: Int)]

  package init(
    path: String,
    account: Account,
    events: Int,
    pendingRequests: Int,
    statuses: [(Status, Int)],
    currencies: [(Currency, Int)]
  ) {
    self.path = path
    self.account = account
    self.events = events
    self.pendingRequests = pendingRequests
    self.statuses = statuses.map { (status: $0.0, count: $0.1) }
    self.currencies = currencies.map { (currency: $0.0, count: $0.1) }
  }

  /// Appends the counts for people.
  package func append(to builder: inout TextBuilder) {
    let total = statuses.reduce(0) { $0 + $1.count }
    builder.append(fact: "file", width: Self.factWidth) { $0.append(foreign: path) }
    builder.append(fact: "account", width: Self.factWidth) { $0.append(foreign: account.text) }
    builder.append(fact: "transactions", width: Self.factWidth) { $0.append(count: total) }
    builder.append(fact: "events", width: Self.factWidth) { $0.append(count: events) }
    builder.append(fact: "pending", width: Self.factWidth) { $0.append(count: pendingRequests) }
    builder.endLine()
    for (status, count) in statuses { append(status.rawValue, count, to: &builder) }
    builder.endLine()
    for (currency, count) in currencies { append(currency.code, count, to: &builder) }
  }

  private func append(_ name: String, _ count: Int, to builder: inout TextBuilder) {
    builder.append("  ")
    builder.append(foreign: name)
    builder.append(foreign: String(repeating: " ", count: max(1, Self.nameWidth - name.utf8.count)))
    builder.append(count: count)
    builder.endLine()
  }

  private static let factWidth = 14
  /// Wider than the longest status.
  private static let nameWidth = 30

  /// Appends the counts as one JSON line.
  ///
  /// Shape: `{"type": "sandbox", "path", "account", "events", "pending", "statuses": [{"status",
  /// "count"}], "currencies": [{"currency", "count"}]}`.
  package func append(to writer: inout JSONWriter) {
    writer.record("sandbox") { line in
      line.member("path", path)
      line.member("account", account.text)
      line.member("events", events)
      line.member("pending", pendingRequests)
      line.array("statuses", statuses) { entry, item in
        item.member("status", entry.status.rawValue)
        item.member("count", entry.count)
      }
      line.array("currencies", currencies) { entry, item in
        item.member("currency", entry.currency.code)
        item.member("count", entry.count)
      }
    }
  }
}
