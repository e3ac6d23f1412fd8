package import DTXExecution
package import DTXLedger

/// A provider in memory behind the two protocols of a provider.
package actor FakeProvider: TransactionReader, TransactionWriter {
  package nonisolated let account: Account
  package private(set) var model: FakeProviderModel
  /// How many requests, reading or writing, were in flight at most.
  package private(set) var mostInFlight = 0
  private var inFlight = 0
  /// Runs while a request is in flight, so that others can overlap with it.
  private let latency: @Sendable () async -> Void

  package init(
    account: Account,
    _ model: FakeProviderModel,
    latency: @escaping @Sendable () async -> Void = { await Task.yield() }
  ) {
    self.account = account
    self.model = model
    self.latency = latency
  }

  /// Changes the provider as somebody else would.
  package func update(_ body: @Sendable (inout FakeProviderModel) -> Void) { body(&model) }

  /// Reads transactions, which may bring about what the provider has put off.
  package func transactions(
    withIDs ids: [TransactionID]
  ) async throws(ProviderError) -> [Transaction] {
    await waitInFlight()
    return ids.compactMap { model.read($0) }
  }

  /// Returns the transactions that meet a query, as they are.
  package func transactions(
    matching query: TransactionQuery
  ) async throws(ProviderError) -> [Transaction] {
    await waitInFlight()
    let found = model.transactions.values.filter { transaction in
      Self.isMet(query.merchantReference, by: transaction.details.merchantReference)
        && Self.isMet(query.secondReference, by: transaction.state.secondReference)
        && Self.isMet(query.sessionID, by: transaction.details.sessionID)
        && query.isMetOtherwise(by: transaction)
    }
    let newestFirst = found.sorted { $0.details.createdAt > $1.details.createdAt }
    return Array(newestFirst.prefix(query.limit ?? newestFirst.count))
  }

  /// Does with a request what the faults planned for it say.
  package func send(_ request: OperationRequest) async -> Answer {
    await waitInFlight()
    return model.receive(request)
  }

  private func waitInFlight() async {
    inFlight += 1
    mostInFlight = max(mostInFlight, inFlight)
    await latency()
    inFlight -= 1
  }

  private static func isMet(_ wanted: String?, by actual: String?) -> Bool {
    wanted == nil || wanted == actual
  }
}

extension TransactionQuery {
  /// Whether a transaction meets what is asked besides its references.
  package func isMetOtherwise(by transaction: Transaction) -> Bool {
    let (details, state) = (transaction.details, transaction.state)
    return statuses?.contains(state.status) != false
      && products?.contains(transaction.product.name) != false
      && currencies?.contains(transaction.currency) != false
      && stores.map { $0.contains(details.store ?? "") } != false
      && details.createdAt >= createdFrom ?? .min && details.createdAt <= createdTo ?? .max
      && state.authorized >= authorizedFrom ?? state.authorized
      && state.authorized <= authorizedTo ?? state.authorized
  }
}
