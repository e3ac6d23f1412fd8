import DTXExecution
import DTXLedger
import DTXStore
import GRDB

/// One request within one access to the store.
///
/// Checked in the provider's order: the request's shape, the account, the transaction, then the
/// ledger's rules, then what only time forbids. Nothing is recognised as a repetition: the same
/// partial capture twice captures twice, which is the danger that is simulated.
struct SandboxRequest {
  /// The API client that events name as their author.
  static let client = "5a0d0b0c-0000-4000-8000-000000000001"
  /// Limits of one entry of metadata.
  ///
  /// Source: Dintero's payments reference, capture.
  static let metadataNameLimit = 128
  static let metadataValueLimit = 256

  let request: OperationRequest
  let store: SandboxStore
  let database: Database

  /// Carries the request out.
  ///
  /// - Throws: `Refused`, or what keeps the store from being read or written.
  func answer() throws -> Answer {
    let requestID = store.environment.nextID()
    try checkShape(requestID)
    guard request.transaction.text.hasPrefix(store.account.text + ".") else {
      throw Refused(403, code: nil, "Forbidden", requestID)
    }
    let (number, maskedCardNumber) = try find(requestID)
    guard let transaction = try TransactionLoader(database: database).transaction(number: number)
    else { throw StoreError(.damaged, "the sandbox has lost \(request.transaction)") }
    let now = store.environment.now()
    let effect = try effect(on: transaction, requestID, now)
    switch fault(maskedCardNumber) {
    case .noAnswer(isApplied: false): return .unknown(Self.noAnswer)
    case .noAnswer(isApplied: true):
      try write(effect, to: number, at: now)
      return .unknown(Self.noAnswer)
    case nil:
      try write(effect, to: number, at: now)
    }
    guard let changed = try TransactionLoader(database: database).transaction(number: number)
    else { throw StoreError(.damaged, "the sandbox has lost \(request.transaction)") }
    return effect.isPending
      ? .accepted(changed, requestID: requestID) : .completed(changed, requestID: requestID)
  }

  private static let noAnswer = "the payment processor did not answer in time"

  private func find(_ requestID: String) throws -> (number: Int64, maskedCardNumber: String?) {
    let statement = try database.cachedStatement(
      sql: "SELECT number, masked_card_number FROM transactions WHERE id = ?"
    )
    guard let row = try Row.fetchOne(statement, arguments: [request.transaction.text]) else {
      throw Refused(404, code: "NOT FOUND", "Transaction not found", requestID)
    }
    return (row[0], row[1])
  }

  /// Checks what a provider's JSON schema would.
  private func checkShape(_ requestID: String) throws(Refused) {
    let amount = request.operation.amount
    switch request.operation.kind {
    case .capture, .refund, .adjust:
      guard amount > .zero, amount <= .largestAmount else {
        throw Refused(400, code: "INVALID_REQUEST", "amount must be a positive integer", requestID)
      }
    case .void, .extend, .authorize, .tag: break
    }
    for entry in request.metadata {
      guard entry.name.count + "ext_".count <= Self.metadataNameLimit,
        entry.value.count <= Self.metadataValueLimit
      else {
        throw Refused(
          400,
          code: "INVALID_REQUEST",
          "metadata names have at most \(Self.metadataNameLimit) characters, values "
            + "\(Self.metadataValueLimit)",
          requestID
        )
      }
    }
  }

  private func effect(
    on transaction: Transaction,
    _ requestID: String,
    _ now: Int64
  ) throws(Refused) -> OperationEffect {
    let builder = OperationEffectBuilder(
      request: request,
      requestID: requestID,
      transaction: transaction,
      environment: store.environment,
      rules: store.rules.ledger,
      now: now
    )
    let effect: OperationEffect
    do throws(Violation) {
      effect = try builder.effect()
    } catch {
      throw Refused(error, of: transaction, requestID)
    }
    switch request.operation.kind {
    case .capture, .extend:
      guard !AuthorizationLife.isOver(transaction.details, now: now) else {
        throw Refused(400, code: "AUTHORIZATION_EXPIRED", "authorization has expired", requestID)
      }
    case .refund, .void, .adjust, .authorize, .tag: break
    }
    if request.operation.kind == .extend,
      AuthorizationLife.isTooLong(transaction.details, now: now)
    {
      throw Refused(
        400,
        code: "AUTHORIZATION_LIMIT",
        "authorization can not be extended beyond 6 months",
        requestID
      )
    }
    return effect
  }

  private func fault(_ maskedCardNumber: String?) -> Fault? {
    if let fault = store.rules.testCardFault, let maskedCardNumber,
      TestCard.timesOut(request.operation.kind, maskedNumber: maskedCardNumber)
    {
      return fault
    }
    return store.rules.faults.fault(request)
  }

  private func write(_ effect: OperationEffect, to number: Int64, at time: Int64) throws {
    let storage = TransactionStorage(database: database)
    for event in effect.events {
      let sequence = try storage.append(event, to: number)
      if effect.isPending { try PendingRequests.add(sequence, of: number, in: database) }
    }
    if !request.operation.items.isEmpty {
      try storage.setItems(request.operation.items, of: number)
    }
    try storage.update(effect.state, expiresAt: effect.expiresAt, of: number, at: time)
  }
}

/// A request that the sandbox turns down, on its way out of the access that would have written.
struct Refused: Error {
  let refusal: ProviderRefusal

  init(_ status: Int, code: String?, _ message: String, _ requestID: String) {
    refusal = ProviderRefusal(
      status: status,
      code: code,
      message: message,
      requestID: requestID
    )
  }
}
