import DTXExecution
import DTXJSON
import DTXLedger

/// The view of an account at the provider that can only read.
struct DinteroReader: TransactionReader {
  let access: DinteroAccess

  var account: Account { access.configuration.account }

  func transactions(withIDs ids: [TransactionID]) async throws(ProviderError) -> [Transaction] {
    try access.checkAccount(of: ids)
    if let id = ids.first, ids.count == 1 { return try await transaction(id).map { [$0] } ?? [] }
    return try await transactions(in: Self.batches(ids))
  }

  func transactions(matching query: TransactionQuery) async throws(ProviderError) -> [Transaction] {
    var found: [Transaction] = []
    var known: Set<TransactionID> = []
    let conditions = QueryParameters(query)
    let wanted = query.limit ?? .max
    var cursor: String?
    while found.count < wanted {
      let size = min(DinteroLimits.pageSize, wanted - found.count)
      let page = try await page(conditions, limit: size, after: cursor)
      try access.checkAccount(of: page.map(\.id))
      let countBefore = found.count
      for transaction in page where known.insert(transaction.id).inserted {
        found.append(transaction)
      }
      // A page with nothing new would be followed by others like it.
      guard page.count >= size, found.count > countBefore, let last = page.last?.id.text
      else { break }
      guard found.count < DinteroLimits.listingCount else {
        throw ProviderError(
          .refused,
          "more than \(DinteroLimits.listingCount) transactions are listed; narrow the listing by"
            + " a condition or a limit"
        )
      }
      cursor = last
    }
    // The provider promises no order.
    return found.sorted { $0.details.createdAt > $1.details.createdAt }
  }

  private func transaction(_ id: TransactionID) async throws(ProviderError) -> Transaction? {
    guard let node = try await access.read(access.url(of: id), id.text) else { return nil }
    return try Self.transaction(node, id.text)
  }

  private func page(
    _ conditions: QueryParameters,
    limit: Int,
    after cursor: String?
  ) async throws(ProviderError) -> [Transaction] {
    var parameters = conditions
    parameters.add("limit", String(limit))
    parameters.add("starting_after", cursor)
    let url = access.configuration.transactionsURL + "?" + parameters.text
    let subject = "the transactions of account \(account)"
    guard let node = try await access.read(url, subject) else {
      throw ProviderError(.refused, "cannot read \(subject): nothing is listed at that address")
    }
    guard let elements = node.array else {
      throw .unreadable(subject, JSONError("expected an array", at: node.offset), nil)
    }
    return try elements.map { (element) throws(ProviderError) in
      try Self.transaction(element, element["id"]?.string ?? subject)
    }
  }

  private static func transaction(
    _ node: JSONNode,
    _ subject: String
  ) throws(ProviderError) -> Transaction {
    do throws(JSONError) { return try TransactionReading.transaction(node) } catch {
      throw .unreadable(subject, error, nil)
    }
  }
}

// MARK: - Many at a time

extension DinteroReader {
  /// Cuts ids into lists that fit into one page and one URL.
  static func batches(_ ids: [TransactionID]) -> [[TransactionID]] {
    var batches: [[TransactionID]] = []
    var batch: [TransactionID] = []
    var byteCount = 0
    for id in ids {
      let length = id.text.utf8.count * 3 + "id=&".utf8.count
      let isFull =
        batch.count == DinteroLimits.pageSize || byteCount + length > DinteroLimits.queryByteCount
      if isFull, !batch.isEmpty {
        batches.append(batch)
        batch = []
        byteCount = 0
      }
      batch.append(id)
      byteCount += length
    }
    return batch.isEmpty ? batches : batches + [batch]
  }

  /// Reads batches, a few side by side; the first that fails ends the others.
  private func transactions(
    in batches: [[TransactionID]]
  ) async throws(ProviderError) -> [Transaction] {
    typealias Outcome = Result<[Transaction], ProviderError>
    let outcome = await withTaskGroup(of: Outcome.self) { group in
      var rest = batches.makeIterator()
      for _ in 0..<access.configuration.concurrency {
        guard let batch = rest.next() else { break }
        group.addTask { await self.batch(batch) }
      }
      var found: [Transaction] = []
      for await outcome in group {
        switch outcome {
        case .success(let transactions): found += transactions
        case .failure(let error):
          group.cancelAll()
          return Outcome.failure(error)
        }
        if let batch = rest.next() { group.addTask { await self.batch(batch) } }
      }
      return .success(found)
    }
    return try outcome.get()
  }

  private func batch(_ ids: [TransactionID]) async -> Result<[Transaction], ProviderError> {
    do throws(ProviderError) {
      let conditions = QueryParameters(ids: ids)
      let listed = try await page(conditions, limit: DinteroLimits.pageSize, after: nil)
      let wanted = Set(ids)
      return .success(listed.filter { wanted.contains($0.id) })
    } catch {
      return .failure(error)
    }
  }
}
