package import DTXExecution
import DTXLedger
import DTXStore

/// The embedded provider as the executor sees it.
package struct SandboxWriter: TransactionWriter {
  let store: SandboxStore

  /// Carries a request out if every rule allows it, and says what a provider would answer.
  package func send(_ request: OperationRequest) async -> Answer {
    let store = store
    do {
      return try await store.file.write { database in
        try SandboxRequest(origin: .resolved(request), store: store, database: database)
          .reply().answer
      }
    } catch let error as Refused {
      return .refused(error.refusal)
    } catch let error as StoreError where error.isNothingWritten {
      // The store knows better than a network does that nothing was written.
      return .refused(ProviderRefusal(status: 503, message: error.message))
    } catch let error as StoreError {
      return .unknown(error.message)
    } catch {
      return .unknown("\(store.file.subject) can't be used: \(error)")
    }
  }
}

extension SandboxReply {
  /// What a client would make of it.
  fileprivate var answer: Answer {
    switch self {
    case .completed(let stored, let requestID): .completed(stored.transaction, requestID: requestID)
    case .accepted(let stored, let requestID): .accepted(stored.transaction, requestID: requestID)
    case .refused(let refusal): .refused(refusal)
    case .throttled(let seconds, _): .throttled(seconds: Double(seconds))
    case .silence: .unknown("the payment processor did not answer in time")
    }
  }
}
