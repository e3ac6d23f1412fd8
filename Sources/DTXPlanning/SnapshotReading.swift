import DTXCSV
import DTXEvaluator
import DTXExecution
import DTXLedger
import DTXSyntax

/// Reads what a program needs, many transactions at a time, round after round.
struct SnapshotReading {
  let reader: any TransactionReader
  let files: any PlanningFiles
  /// Where each script is, by its number; nil for one that is no file.
  let paths: [String?]
  private(set) var snapshot = Snapshot()
  /// The scripts, and the data files that were read.
  private(set) var sources: [NamedSource]
  private var sourceNumbers: [String: SourceID] = [:]
  /// Where each transaction is; made when transactions are found otherwise than by their ids.
  private var known: [TransactionID: Int32] = [:]

  init(
    _ reader: any TransactionReader,
    files: any PlanningFiles,
    paths: [String?],
    sources: [NamedSource]
  ) {
    self.reader = reader
    self.files = files
    self.paths = paths
    self.sources = sources
  }

  /// Reads what an evaluation came upon.
  ///
  /// - Throws: `ProviderError` when the provider could not be read.
  mutating func readMore(_ needs: Needs) async throws(ProviderError) {
    snapshot.furtherIDs += needs.ids
    try await read(needs)
  }

  /// Reads what a program, or an evaluation of it, needs.
  ///
  /// - Throws: `ProviderError` when the provider could not be read.
  mutating func read(_ needs: Needs) async throws(ProviderError) {
    for file in needs.files { readFile(file) }
    for name in needs.variables { snapshot.variables[name] = .some(files.variable(name)) }
    try await read(ids: needs.ids)
    for lookup in needs.lookups {
      snapshot.found[lookup] = indices(of: try await find(lookup))
    }
    for listing in needs.listings {
      let listed = try await reader.transactions(matching: TransactionQuery(listing))
      snapshot.listings[listing] = indices(of: listed)
    }
  }

  private mutating func read(ids: [TransactionID]) async throws(ProviderError) {
    let isFirst = snapshot.transactions.isEmpty
    snapshot.transactions.reserveCapacity(snapshot.transactions.count + ids.count)
    var start = 0
    while start < ids.count {
      let end = min(start + Planner.batchSize, ids.count)
      let batch = Array(ids[start..<end])
      let found = try await reader.transactions(withIDs: batch).ordered(as: batch)
      // What a query has found before is there already.
      if isFirst { snapshot.transactions += found } else { _ = indices(of: found) }
      start = end
    }
  }

  /// An order is found by the merchant's reference, else by the second one.
  ///
  /// The merchant's references are compared here too: money moves on what is found, whatever the
  /// provider takes for equal. The id of a session is the provider's own.
  private func find(_ lookup: Needs.Lookup) async throws(ProviderError) -> [Transaction] {
    var query = TransactionQuery()
    if lookup.kind == .session {
      query.sessionID = lookup.text
      return try await reader.transactions(matching: query)
    }
    query.merchantReference = lookup.text
    let found = try await reader.transactions(matching: query)
      .filter { $0.details.merchantReference == lookup.text }
    if !found.isEmpty { return found }
    query = TransactionQuery()
    query.secondReference = lookup.text
    return try await reader.transactions(matching: query)
      .filter { $0.state.secondReference == lookup.text }
  }

  /// Adds the transactions that are not there yet and returns where each of them is.
  private mutating func indices(of found: [Transaction]) -> [Int32] {
    if known.count < snapshot.transactions.count {
      for (index, transaction) in snapshot.transactions.enumerated() {
        known[transaction.id] = Int32(index)
      }
    }
    return found.map { transaction in
      if let index = known[transaction.id] { return index }
      let index = Int32(snapshot.transactions.count)
      snapshot.transactions.append(transaction)
      known[transaction.id] = index
      return index
    }
  }

  private mutating func readFile(_ needed: Needs.DataFile) {
    let script = paths[Int(needed.reader.index)]
    do throws(FileProblem) {
      let file = try files.file(
        needed.path,
        relativeTo: script,
        byteLimit: CSVTable.sizeLimit
      )
      if let number = sourceNumbers[file.path], let other = table(of: number) {
        snapshot.files[needed] = .table(other, number)
        return
      }
      let number = SourceID(UInt32(sources.count))
      sources.append(NamedSource(name: file.name, bytes: file.bytes))
      sourceNumbers[file.path] = number
      snapshot.files[needed] = .table(CSVTable(file.bytes), number)
    } catch {
      snapshot.files[needed] = .unreadable(error.reason)
    }
  }

  private func table(of source: SourceID) -> CSVTable? {
    for case .table(let table, source) in snapshot.files.values { return table }
    return nil
  }
}

extension TransactionQuery {
  /// The question to a provider for a listing of a script.
  init(_ listing: Listing) {
    self.init()
    merchantReference = listing.merchantReference
    secondReference = listing.secondReference
    sessionID = listing.sessionID
    statuses = listing.statuses
    products = listing.products
    currencies = listing.currencies
    stores = listing.stores
    createdFrom = listing.createdFrom
    createdTo = listing.createdTo
    authorizedFrom = listing.authorizedFrom
    authorizedTo = listing.authorizedTo
  }
}

extension [Transaction] {
  /// The transactions in the order of their ids, so that the evaluator finds them by position.
  fileprivate func ordered(as ids: [TransactionID]) -> [Transaction] {
    if count == ids.count, indices.allSatisfy({ self[$0].id == ids[$0] }) { return self }
    var byID: [TransactionID: Transaction] = [:]
    for transaction in self { byID[transaction.id] = transaction }
    return ids.compactMap { byID[$0] }
  }
}
