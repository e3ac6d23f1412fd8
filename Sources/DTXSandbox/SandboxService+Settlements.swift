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
  /// One payout for each currency of each connection that payments came through. Where more was
  /// refunded than captured it is postponed: it stays open, and the next one makes up for it.
  ///
  /// - Returns: How many payouts were made.
  /// - Throws: `.storage`; `.refused` where a sum is larger than any payout.
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

  /// What is paid out in one sum.
  private struct Group: Hashable {
    let provider: String
    let currency: String
  }

  private struct Sum {
    var captured = MinorUnits.zero
    var refunded = MinorUnits.zero
    var first = Int64.max
    var last = Int64.min
    /// By the transaction's number, what of it is paid.
    var nets: [Int64: MinorUnits] = [:]

    var fee: MinorUnits {
      guard let fee = captured.share(basisPoints: Payout.feeBasisPoints) else {
        preconditionFailure("a part of an amount is no larger than the amount")
      }
      return fee
    }
    var paid: MinorUnits { captured - refunded - fee }

    /// Adds a capture or a refund; false where a sum becomes larger than a payout may be.
    mutating func add(_ amount: MinorUnits, isCapture: Bool, of number: Int64) -> Bool {
      let sum = (isCapture ? captured : refunded).adding(amount)
      let net = nets[number, default: .zero]
      guard let sum, sum.count.magnitude <= MinorUnits.largestAmount.count.magnitude,
        let netAfter = isCapture ? net.adding(amount) : net.subtracting(amount)
      else { return false }
      if isCapture { captured = sum } else { refunded = sum }
      nets[number] = netAfter
      return true
    }
  }

  func make() throws -> Int {
    let now = store.environment.now()
    let sums = try unsettledSums().sorted { left, right in
      (left.key.provider, left.key.currency) < (right.key.provider, right.key.currency)
    }
    var count = 0
    for (group, sum) in sums where try insert(sum, of: group, at: now) {
      count += 1
      // What is postponed is not paid, and counts again the next time.
      guard sum.paid >= .zero else { continue }
      for (number, net) in sum.nets.sorted(by: { $0.key < $1.key }) {
        try mark(number, net, at: now)
      }
    }
    return count
  }

  /// Adds up the captures and refunds since each transaction's last payout.
  private func unsettledSums() throws -> [Group: Sum] {
    let rows = try Row.fetchCursor(
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
    var sums: [Group: Sum] = [:]
    while let row = try rows.next() {
      let (number, product, currency): (Int64, String, String) = (row[0], row[1], row[2])
      let (kind, amount, time): (String, Int64, Int64) = (row[3], row[4], row[5])
      let group = Group(provider: PaymentProduct(product).family, currency: currency)
      var sum = sums[group] ?? Sum()
      guard sum.add(MinorUnits(amount), isCapture: kind == "CAPTURE", of: number) else {
        throw ProviderError(
          .refused,
          "what \(group.provider) owes in \(currency) comes to more than a payout can hold "
            + "(\(MinorUnits.largestAmount.count) minor units)"
        )
      }
      sum.first = min(sum.first, time)
      sum.last = max(sum.last, time)
      sums[group] = sum
    }
    return sums
  }

  /// Makes a payout, or one anew that was postponed; false where nothing has come to that.
  private func insert(_ sum: Sum, of group: Group, at now: Int64) throws -> Bool {
    let postponed = try Row.fetchOne(
      database,
      sql: """
        SELECT id, created_at, json_extract(document, '$.amounts[0].capture'),
          json_extract(document, '$.amounts[0].refund') FROM settlements WHERE provider = ?
          AND json_extract(document, '$.payment_status') = 'postponed'
          AND json_extract(document, '$.amounts[0].currency') = ?
        """,
      arguments: [group.provider, group.currency]
    )
    if let postponed, postponed[2] == sum.captured.count, postponed[3] == sum.refunded.count {
      return false
    }
    let id: String = postponed?[0] ?? store.environment.nextEventID()
    let createdAt: Int64 = postponed?[1] ?? now
    let time = UTCTime(milliseconds: now).text
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("id", id)
      writer.member("start_at", UTCTime(milliseconds: sum.first).text)
      writer.member("end_at", UTCTime(milliseconds: sum.last).text)
      writer.member("settled_at", time)
      writer.member("created_at", UTCTime(milliseconds: createdAt).text)
      writer.member("updated_at", time)
      writer.member("provider", group.provider)
      writer.member("provider_reference", store.environment.nextID())
      writer.member("payment_status", sum.paid >= .zero ? "paid" : "postponed")
      writer.name("amounts")
      writer.array { writer in
        writer.object { writer in
          writer.member("amount", sum.paid.count)
          writer.member("capture", sum.captured.count)
          writer.member("refund", sum.refunded.count)
          writer.member("fee", sum.fee.count)
          writer.member("currency", group.currency)
        }
      }
      writer.name("attachments")
      writer.array { _ in }
    }
    try database.execute(
      sql: """
        INSERT INTO settlements (id, settled_at, created_at, provider, document)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET settled_at = excluded.settled_at,
          document = excluded.document
        """,
      arguments: [
        id, now, createdAt, group.provider, String(decoding: writer.bytes, as: UTF8.self),
      ]
    )
    return true
  }

  private func mark(_ number: Int64, _ net: MinorUnits, at now: Int64) throws {
    guard let transaction = try TransactionLoader(database: database).transaction(number: number)
    else { return }
    var event = Event(
      id: store.environment.nextEventID(),
      kind: .settlement,
      statusAfter: transaction.state.status,
      createdAt: now
    )
    event.amount = net
    event.requestID = store.environment.nextID()
    try TransactionStorage(database: database).append(event, to: number)
    try database.execute(
      sql: "UPDATE transactions SET settlement = 'SETTLED', updated_at = ? WHERE number = ?",
      arguments: [now, number]
    )
  }
}
