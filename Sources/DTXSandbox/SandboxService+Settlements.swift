package import DTXExecution
import DTXJSON
import DTXLedger
import DTXStore
import GRDB

/// One payout of the sandbox to the merchant's bank.
package struct StoredSettlement: Sendable {
  package let id: String
  /// Milliseconds since 1970-01-01T00:00Z, as is `createdAt`.
  package let settledAt: Int64
  package let createdAt: Int64
  /// The payout in the provider's form, a JSON object.
  package let document: String
}

/// Which payouts are asked for.
///
/// Source: Dintero's payments reference, `GET /accounts/{aid}/settlements`.
package struct SettlementFilter: Sendable {
  /// The payout that the page before ended with, and its time.
  package var cursor: (id: String, date: Int64)?
  package var limit = 10
  /// When the money was paid; milliseconds since 1970-01-01T00:00Z.
  package var settledAt: ClosedRange<Int64> = .min ... .max
  package var createdAt: ClosedRange<Int64> = .min ... .max
  /// Whether the cursor's time is that of the making rather than that of the payment.
  package var isOrderedByCreation = false
  /// Any of these; empty for all.
  package var providers: [String] = []
  package var search: String?

  package init() {}
}

extension SandboxService {
  /// Returns the payouts that a filter lets through, newest first.
  ///
  /// - Throws: `.storage`.
  package func settlements(
    matching filter: SettlementFilter
  ) async throws(ProviderError) -> [StoredSettlement] {
    try await store.reading { database in
      let time = filter.isOrderedByCreation ? "created_at" : "settled_at"
      let (date, id) = filter.cursor.map { ($0.date, $0.id) } ?? (.max, "~")
      var writer = JSONWriter()
      writer.array { writer in
        for provider in filter.providers { writer.value(provider) }
      }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT id, settled_at, created_at, document FROM settlements
          WHERE settled_at BETWEEN ? AND ? AND created_at BETWEEN ? AND ?
            AND (\(time), id) < (?, ?) AND (? IS NULL OR id = ?)
            AND (? OR provider IN (SELECT value FROM json_each(?)))
          ORDER BY \(time) DESC, id DESC LIMIT ?
          """,
        arguments: [
          filter.settledAt.lowerBound, filter.settledAt.upperBound, filter.createdAt.lowerBound,
          filter.createdAt.upperBound, date, id, filter.search, filter.search,
          filter.providers.isEmpty, String(decoding: writer.bytes, as: UTF8.self), filter.limit,
        ]
      )
      return rows.map { row in
        StoredSettlement(id: row[0], settledAt: row[1], createdAt: row[2], document: row[3])
      }
    }
  }

  /// Pays out everything that was captured and not paid out before, less refunds and fees.
  ///
  /// One payout for each connection that payments came through, with a sum for each currency.
  ///
  /// - Returns: How many payouts were made.
  /// - Throws: `.storage`.
  package func settle() async throws(ProviderError) -> Int {
    let store = store
    return try await store.translating {
      try await store.file.write { database in
        try PendingRequests.complete(in: database, of: store)
        return try Payout(store: store, database: database).make()
      }
    }
  }
}

/// The making of payouts within one access to the store.
private struct Payout {
  /// What the sandbox keeps of captures, in hundredths of a percent; the real fees are agreed upon
  /// with each merchant.
  static let feeBasisPoints: Int64 = 100

  let store: SandboxStore
  let database: Database

  private struct Sum {
    var captured: Int64 = 0
    var refunded: Int64 = 0
    var first = Int64.max
    var last = Int64.min

    var fee: Int64 {
      guard let fee = MinorUnits(captured).share(basisPoints: Payout.feeBasisPoints) else {
        preconditionFailure("a part of an amount is no larger than the amount")
      }
      return fee.count
    }
    var paid: Int64 { captured - refunded - fee }
  }

  func make() throws -> Int {
    let rows = try unsettledEvents()
    var sums: [String: [String: Sum]] = [:]
    var nets: [Int64: Int64] = [:]
    for row in rows {
      let (number, product, currency): (Int64, String, String) = (row[0], row[1], row[2])
      let (kind, amount, time): (String, Int64, Int64) = (row[3], row[4], row[5])
      let provider = PaymentProduct(product).family
      var sum = sums[provider]?[currency] ?? Sum()
      if kind == "CAPTURE" { sum.captured += amount } else { sum.refunded += amount }
      sum.first = min(sum.first, time)
      sum.last = max(sum.last, time)
      sums[provider, default: [:]][currency] = sum
      nets[number, default: 0] += kind == "CAPTURE" ? amount : -amount
    }
    let now = store.environment.now()
    for (provider, currencies) in sums.sorted(by: { $0.key < $1.key }) {
      try insert(provider, currencies, at: now)
    }
    for (number, net) in nets.sorted(by: { $0.key < $1.key }) { try mark(number, net, at: now) }
    return sums.count
  }

  /// Returns captures and refunds since each transaction's last payout.
  private func unsettledEvents() throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT number, product, currency, kind, coalesce(events.amount, 0), events.created_at
        FROM events JOIN transactions ON number = transaction_number
        WHERE kind IN ('CAPTURE', 'REFUND') AND is_successful AND sequence > coalesce(
          (SELECT max(sequence) FROM events AS paid
           WHERE paid.transaction_number = number AND paid.kind = 'SETTLEMENT'),
          CASE settlement WHEN 'NOT_SETTLED' THEN 0 ELSE sequence END)
        ORDER BY sequence
        """
    )
  }

  private func insert(_ provider: String, _ sums: [String: Sum], at now: Int64) throws {
    let id = store.environment.nextEventID()
    let time = UTCTime(milliseconds: now).text
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("id", id)
      let first = sums.values.map(\.first).min() ?? now
      let last = sums.values.map(\.last).max() ?? now
      writer.member("start_at", UTCTime(milliseconds: first).text)
      writer.member("end_at", UTCTime(milliseconds: last).text)
      for name in ["settled_at", "created_at", "updated_at"] {
        writer.name(text: name)
        writer.value(time)
      }
      writer.member("provider", provider)
      writer.member("provider_reference", store.environment.nextID())
      writer.member(
        "payment_status",
        sums.values.allSatisfy { $0.paid >= 0 } ? "paid" : "postponed"
      )
      writer.name("amounts")
      writer.array { writer in
        for (currency, sum) in sums.sorted(by: { $0.key < $1.key }) {
          writer.object { writer in
            writer.member("amount", sum.paid)
            writer.member("capture", sum.captured)
            writer.member("refund", sum.refunded)
            writer.member("fee", sum.fee)
            writer.member("currency", currency)
          }
        }
      }
      writer.name("attachments")
      writer.array { _ in }
    }
    try database.execute(
      sql: """
        INSERT INTO settlements (id, settled_at, created_at, provider, document)
        VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [id, now, now, provider, String(decoding: writer.bytes, as: UTF8.self)]
    )
  }

  private func mark(_ number: Int64, _ net: Int64, at now: Int64) throws {
    guard let transaction = try TransactionLoader(database: database).transaction(number: number)
    else { return }
    var event = Event(
      id: store.environment.nextEventID(),
      kind: .settlement,
      statusAfter: transaction.state.status,
      createdAt: now
    )
    event.amount = MinorUnits(net)
    event.requestID = store.environment.nextID()
    try TransactionStorage(database: database).append(event, to: number)
    try database.execute(
      sql: "UPDATE transactions SET settlement = 'SETTLED', updated_at = ? WHERE number = ?",
      arguments: [now, number]
    )
  }
}
