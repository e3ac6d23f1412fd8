package import DTXEvaluator
package import DTXExecution
package import DTXLedger
package import DTXSyntax

/// Makes plans of scripts with a view of the provider that can only read.
///
/// The stages in order: parse, check, read what is needed, evaluate. A script that does not parse
/// or check is not read for: nothing is asked of the provider on behalf of a misspelt script.
package struct Planner: Sendable {
  /// The most ids asked for at a time; the provider's listing gives at most a hundred.
  package static let batchSize = 10_000

  package let reader: any TransactionReader
  package let options: Evaluator.Options
  /// Tells what time it is when a plan is begun, in milliseconds since 1970-01-01T00:00Z.
  private let clock: @Sendable () -> Int64

  /// Makes a planner.
  ///
  /// - Parameters:
  ///   - reader: The view of the provider that can only read.
  ///   - options: What bounds a plan; its `now` is the time of every plan if there is no clock.
  ///   - clock: The time at which each plan is begun.
  package init(
    reader: any TransactionReader,
    options: Evaluator.Options,
    clock: (@Sendable () -> Int64)? = nil
  ) {
    self.reader = reader
    self.options = options
    self.clock = clock ?? { options.now }
  }

  /// What time it is, in milliseconds since 1970-01-01T00:00Z.
  package var now: Int64 { clock() }

  /// How far a script got, and all that was found wrong with it on the way.
  package struct Result: Sendable {
    package let script: Script
    package let errorPolicy: ErrorPolicy
    /// Present when the script was evaluated; it holds only if there is no error.
    package let evaluation: Evaluation?
    package let diagnostics: [Diagnostic]
    /// The time that `now` and `today` mean in this plan.
    package let plannedAt: Int64

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
  }

  /// Plans a script.
  ///
  /// - Throws: `ProviderError` when the provider could not be read; what is wrong with the script
  ///   is in the result.
  package func plan(_ source: [UInt8]) async throws(ProviderError) -> Result {
    let (script, program, diagnostics) = Self.check(source, account: reader.account)
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      return Result(
        script: script,
        errorPolicy: program.errorPolicy,
        evaluation: nil,
        diagnostics: diagnostics,
        plannedAt: clock()
      )
    }
    var options = options
    options.now = clock()
    let snapshot = try await read(program.needs)
    let evaluation = Evaluator.evaluate(program, against: snapshot, options: options)
    return Result(
      script: script,
      errorPolicy: program.errorPolicy,
      evaluation: evaluation,
      diagnostics: (diagnostics + evaluation.diagnostics).inSourceOrder(),
      plannedAt: options.now
    )
  }

  /// Parses and checks a script without reading anything.
  package static func check(
    _ source: [UInt8],
    account: Account
  ) -> (script: Script, program: Program, diagnostics: [Diagnostic]) {
    let (script, syntax) = Parser.parse(source, mode: .script)
    let (program, names) = Checker.check(script, account: account)
    return (script, program, (syntax + names).inSourceOrder())
  }

  /// Reads what a program needs, many transactions at a time.
  ///
  /// - Throws: `ProviderError` when the provider could not be read.
  package func read(_ needs: Needs) async throws(ProviderError) -> Snapshot {
    var snapshot = Snapshot()
    snapshot.transactions.reserveCapacity(needs.ids.count)
    var start = 0
    while start < needs.ids.count {
      let end = min(start + Self.batchSize, needs.ids.count)
      let ids = Array(needs.ids[start..<end])
      snapshot.transactions += try await reader.transactions(withIDs: ids).ordered(as: ids)
      start = end
    }
    var known: [TransactionID: Int32] = [:]
    if !needs.lookups.isEmpty || needs.hasListing {
      for (index, transaction) in snapshot.transactions.enumerated() {
        known[transaction.id] = Int32(index)
      }
    }
    for lookup in needs.lookups {
      snapshot.found[lookup] = snapshot.indices(of: try await read(lookup), known: &known)
    }
    if needs.hasListing {
      let listed = try await reader.transactions(matching: TransactionQuery())
      snapshot.listing = snapshot.indices(of: listed, known: &known)
    }
    return snapshot
  }

  /// An order is found by the merchant's reference, else by the second one.
  private func read(_ lookup: Needs.Lookup) async throws(ProviderError) -> [Transaction] {
    var query = TransactionQuery()
    if lookup.kind == .session {
      query.sessionID = lookup.text
    } else {
      query.merchantReference = lookup.text
    }
    let found = try await reader.transactions(matching: query)
    guard found.isEmpty, lookup.kind == .order else { return found }
    query = TransactionQuery()
    query.secondReference = lookup.text
    return try await reader.transactions(matching: query)
  }
}

extension Snapshot {
  /// Adds the transactions that are not there yet and returns where each of them is.
  fileprivate mutating func indices(
    of found: [Transaction],
    known: inout [TransactionID: Int32]
  ) -> [Int32] {
    found.map { transaction in
      if let index = known[transaction.id] { return index }
      let index = Int32(transactions.count)
      transactions.append(transaction)
      known[transaction.id] = index
      return index
    }
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

extension [Diagnostic] {
  /// By file and place; those of one place keep their order.
  package func inSourceOrder() -> [Diagnostic] {
    enumerated()
      .sorted { left, right in
        let (first, second) = (left.element.primary, right.element.primary)
        return (first.source.index, first.range.start, left.offset)
          < (second.source.index, second.range.start, right.offset)
      }
      .map(\.element)
  }
}

extension Script {
  /// Returns the line of every statement, by its number.
  package func statementLines() -> [UInt32] {
    let table = lineTable()
    return statements.map { UInt32(table.position(of: $0.range.start).line) }
  }
}
