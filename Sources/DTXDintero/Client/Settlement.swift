package import DTXExecution
import DTXJSON
package import DTXLedger

/// One payout of the provider to the merchant's bank.
package struct Settlement: Hashable, Sendable {
  /// What a payout comes to in one currency.
  package struct Amounts: Hashable, Sendable {
    package let currency: Currency
    package let captured: MinorUnits
    package let refunded: MinorUnits
    package let fee: MinorUnits
    /// What reaches the bank: captured less refunded less fee.
    package let paid: MinorUnits
  }

  package let id: String
  package let provider: String
  /// Milliseconds since 1970-01-01T00:00Z; nil while it is not paid.
  package let settledAt: Int64?
  /// `paid`, `postponed`, or whatever else the provider says.
  package let status: String
  package let reference: String?
  package let amounts: [Amounts]
}

extension DinteroClient {
  /// Returns the newest payouts, newest first.
  ///
  /// - Throws: `ProviderError`; `.unauthorized` where the client lacks the right, which others than
  ///   this do not need.
  package func settlements(limit: Int) async throws(ProviderError) -> [Settlement] {
    var found: [Settlement] = []
    var cursor: [(name: String, value: String)] = []
    while found.count < limit {
      let page = try await page(of: min(limit - found.count, SettlementPage.sizeLimit), cursor)
      found += page.settlements
      guard let next = page.cursor, !page.settlements.isEmpty else { break }
      cursor = next
    }
    return found
  }

  private func page(
    of size: Int,
    _ cursor: [(name: String, value: String)]
  ) async throws(ProviderError) -> SettlementPage {
    var parameters = QueryParameters()
    parameters.add("limit", String(size))
    for (name, value) in cursor { parameters.add(name, value) }
    let subject = "the settlements of account \(account)"
    let url = access.configuration.accountURL + "/settlements?" + parameters.text
    guard let node = try await access.read(url, subject) else {
      throw ProviderError(.refused, "cannot read \(subject): nothing is listed at that address")
    }
    do throws(JSONError) { return try SettlementPage(node) } catch {
      throw .unreadable(subject, error, nil)
    }
  }
}

/// One answer to a question for settlements.
///
/// Shape: `{"items": [{"id", "provider", "settled_at", "payment_status", "provider_reference",
/// "amounts": [{"amount", "capture", "refund", "fee", "currency"}]}],
/// "last_evaluated_key": {"id", "settled_at"}?}`.
/// Source: Dintero's payments reference, `GET /accounts/{aid}/settlements`.
struct SettlementPage {
  /// The most that the provider puts on one page.
  static let sizeLimit = 1_000

  let settlements: [Settlement]
  /// What asks for the next page; nil on the last.
  let cursor: [(name: String, value: String)]?

  init(_ node: JSONNode) throws(JSONError) {
    settlements = try node.required("items").elements().map { (node) throws(JSONError) in
      try Self.settlement(node)
    }
    if let key = node["last_evaluated_key"], let id = key["id"]?.name,
      let date = key["settled_at"]?.string
    {
      cursor = [("starting_after_id", id), ("starting_after_date", date)]
    } else {
      cursor = nil
    }
  }

  private static func settlement(_ node: JSONNode) throws(JSONError) -> Settlement {
    Settlement(
      id: try node.required("id").text(),
      provider: node["provider"]?.string ?? "",
      settledAt: node["settled_at"]?.string.flatMap { UTCTime($0)?.milliseconds },
      status: node["payment_status"]?.string ?? "",
      reference: node["provider_reference"]?.name,
      amounts: try (node["amounts"]?.array ?? []).map { (amounts) throws(JSONError) in
        try Self.amounts(amounts)
      }
    )
  }

  private static func amounts(_ node: JSONNode) throws(JSONError) -> Settlement.Amounts {
    let currency = try node.required("currency")
    guard let known = Currency(code: try currency.text()) else {
      throw JSONError("the currency is none of ISO 4217", at: currency.offset)
    }
    func amount(_ name: String) -> MinorUnits { MinorUnits(node[name]?.wholeNumber ?? 0) }
    return Settlement.Amounts(
      currency: known,
      captured: amount("capture"),
      refunded: amount("refund"),
      fee: amount("fee"),
      paid: amount("amount")
    )
  }
}
