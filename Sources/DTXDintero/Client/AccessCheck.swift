package import DTXExecution

/// What an account's credentials are good for, as far as looking can tell.
package struct AccessCheck: Sendable {
  package let token: Result<Void, ProviderError>
  /// Nil where there was no token to ask with.
  package let transactions: Result<Void, ProviderError>?
  /// Payouts are a right of their own, which nothing else needs.
  package let settlements: Result<Void, ProviderError>?

  /// What keeps dtx from working; the right to see settlements is not part of it.
  package var failure: ProviderError? {
    for result in [token, transactions] {
      if case .failure(let error) = result { return error }
    }
    return nil
  }
}

extension DinteroClient {
  /// Asks for a token, for one transaction and for one settlement, and changes nothing.
  package func checkAccess() async -> AccessCheck {
    let token = await check { () async throws(ProviderError) in try await access.getToken() }
    guard case .success = token else {
      return AccessCheck(token: token, transactions: nil, settlements: nil)
    }
    let transactions = await check { () async throws(ProviderError) in
      var query = TransactionQuery()
      query.limit = 1
      _ = try await reader.transactions(matching: query)
    }
    let settlements = await check { () async throws(ProviderError) in
      _ = try await self.settlements(limit: 1)
    }
    return AccessCheck(token: token, transactions: transactions, settlements: settlements)
  }

  private func check(
    _ work: () async throws(ProviderError) -> Void
  ) async -> Result<Void, ProviderError> {
    do throws(ProviderError) { return .success(try await work()) } catch { return .failure(error) }
  }
}
