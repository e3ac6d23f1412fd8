import DTXExecution
import DTXJSON
import DTXLedger
import DTXStore
import GRDB

/// One request within one access to the store.
///
/// Checked in the provider's order: the request's shape, the account, the transaction, then the
/// ledger's rules, then what only time forbids, and last what is to go wrong. Nothing is recognised
/// as a repetition: the same partial capture twice captures twice, which is the danger that is
/// simulated.
struct SandboxRequest {
  /// The API client that events name as their author, unless the request says who asks.
  package static let client = "5a0d0b0c-0000-4000-8000-000000000001"
  /// Limits of one entry of metadata.
  ///
  /// Source: Dintero's payments reference, capture.
  static let metadataNameLimit = 128
  static let metadataValueLimit = 256

  /// Where the request comes from, and so how it is read.
  enum Origin {
    /// From within the program, with everything resolved.
    case resolved(OperationRequest)
    /// From an integration; what it means depends on the transaction.
    case call(SandboxCall)
  }

  let origin: Origin
  let store: SandboxStore
  let database: Database

  /// Carries the request out.
  ///
  /// - Throws: `Refused`, or what keeps the store from being read or written.
  func reply() throws -> SandboxReply {
    let requestID = store.environment.nextID()
    try checkShape(requestID)
    guard transactionID.text.hasPrefix(store.account.text + ".") else {
      throw Refused(403, code: nil, "Forbidden", requestID)
    }
    let (number, maskedCardNumber) = try find(requestID)
    if case .after = store.rules.completion {
      try PendingRequests.complete(in: database, of: store)
    }
    let transaction = try load(number, withDocuments: false).transaction
    let request = request(on: transaction)
    if case .call(let call) = origin {
      try call.checkDemands(as: request.operation.kind, of: transaction.product, requestID)
    }
    let now = store.environment.now()
    let effect = try effect(of: request, on: transaction, requestID, now)
    let fault = fault(of: request, maskedCardNumber).applied(to: request.operation.kind)
    return try carryOut(
      effect,
      of: request,
      on: (number, transaction.product),
      with: fault,
      requestID,
      now
    )
  }

  private var transactionID: TransactionID {
    switch origin {
    case .resolved(let request): request.transaction
    case .call(let call): call.transaction
    }
  }

  private func request(on transaction: Transaction) -> OperationRequest {
    switch origin {
    case .resolved(let request): request
    case .call(let call): call.request(on: transaction, under: store.rules)
    }
  }

  private func find(_ requestID: String) throws -> (number: Int64, maskedCardNumber: String?) {
    let statement = try database.cachedStatement(
      sql: "SELECT number, masked_card_number FROM transactions WHERE id = ?"
    )
    guard let row = try Row.fetchOne(statement, arguments: [transactionID.text]) else {
      throw Refused(404, code: "NOT FOUND", "Transaction not found", requestID)
    }
    return (row[0], row[1])
  }

  /// The transaction as the answer shows it; within the program nobody asks for its documents.
  private func answer(_ number: Int64) throws -> StoredTransaction {
    let isCall = if case .call = origin { true } else { false }
    return try load(number, withDocuments: isCall)
  }

  private func load(_ number: Int64, withDocuments: Bool) throws -> StoredTransaction {
    let loader = TransactionLoader(database: database, wantsDocuments: withDocuments)
    guard let stored = try loader.stored(number: number) else {
      throw StoreError(.damaged, "the sandbox has lost \(transactionID)")
    }
    return stored
  }
}

// MARK: - What is checked

extension SandboxRequest {
  /// Checks what a provider's JSON schema would.
  private func checkShape(_ requestID: String) throws(Refused) {
    let (amount, metadata): (MinorUnits?, [StepExtras.Metadata]) =
      switch origin {
      case .resolved(let request):
        switch request.operation.kind {
        case .capture, .refund, .adjust: (request.operation.amount, request.metadata)
        case .void, .extend, .authorize, .tag: (nil, request.metadata)
        }
      case .call(let call):
        switch call.action {
        case .capture(let amount, _), .refund(let amount): (amount, call.metadata)
        case .authorization(let amount, _, _): (amount, call.metadata)
        case .void, .tag: (nil, call.metadata)
        }
      }
    if let amount, amount <= .zero || amount > .largestAmount {
      throw Refused(400, code: "INVALID_REQUEST", "amount must be a positive integer", requestID)
    }
    for entry in metadata {
      if entry.name == FaultPolicy.metadataName, Fault(rawValue: entry.value) == nil {
        let names = Fault.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refused(
          400,
          code: "INVALID_REQUEST",
          "ext_\(entry.name) is one of \(names)",
          requestID
        )
      }
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
    of request: OperationRequest,
    on transaction: Transaction,
    _ requestID: String,
    _ now: Int64
  ) throws(Refused) -> OperationEffect {
    let builder = OperationEffectBuilder(
      request: request,
      requestID: requestID,
      client: client,
      transaction: transaction,
      environment: store.environment,
      rules: store.rules,
      now: now
    )
    let effect: OperationEffect
    do throws(Violation) {
      effect = try builder.effect()
    } catch {
      throw Refused(error, of: transaction, asked: request, requestID)
    }
    try checkLife(of: transaction, for: request.operation.kind, requestID, now)
    if request.operation.kind == .authorize { try checkOrder(of: transaction, requestID) }
    return effect
  }

  private var client: String {
    if case .call(let call) = origin { call.client } else { Self.client }
  }

  private func checkLife(
    of transaction: Transaction,
    for kind: Operation.Kind,
    _ requestID: String,
    _ now: Int64
  ) throws(Refused) {
    switch kind {
    case .capture, .extend:
      guard !AuthorizationLife.isOver(transaction.details, now: now) else {
        throw Refused(400, code: "AUTHORIZATION_EXPIRED", "authorization has expired", requestID)
      }
    case .refund, .void, .adjust, .authorize, .tag: break
    }
    if kind == .extend, AuthorizationLife.isTooLong(transaction.details, now: now) {
      throw Refused(
        400,
        code: "AUTHORIZATION_LIMIT",
        "authorization can not be extended beyond 6 months",
        requestID
      )
    }
  }

  /// Checks that the lines given for a release from hold are those of the order.
  private func checkOrder(of transaction: Transaction, _ requestID: String) throws(Refused) {
    guard case .call(let call) = origin, case .authorization(_, let items, _) = call.action,
      !items.isEmpty
    else { return }
    let given = items.map { "\($0.line.id) \($0.line.amount.count)" }
    let ordered = transaction.state.lines.map { "\($0.id) \($0.amount.count)" }
    guard given.sorted() == ordered.sorted() else {
      throw Refused(400, code: "invalid_items", "items differ from those of the order", requestID)
    }
  }

  private func fault(of request: OperationRequest, _ maskedCardNumber: String?) -> Fault {
    if let wanted = request.metadata.first(where: { $0.name == FaultPolicy.metadataName }),
      let fault = Fault(rawValue: wanted.value)
    {
      return fault
    }
    // What is planned or drawn comes before what the card does every time.
    if let fault = store.rules.faults.fault(request) { return fault }
    if let fault = store.rules.testCardFault, let maskedCardNumber,
      TestCard.timesOut(request.operation.kind, maskedNumber: maskedCardNumber)
    {
      return fault
    }
    return .none
  }
}

// MARK: - What is done

extension SandboxRequest {
  private func carryOut(
    _ effect: OperationEffect,
    of request: OperationRequest,
    on target: (number: Int64, product: PaymentProduct),
    with fault: Fault,
    _ requestID: String,
    _ now: Int64
  ) throws -> SandboxReply {
    func refusal(_ status: Int, _ code: String?, _ message: String) -> SandboxReply {
      .refused(Refused(status, code: code, message, requestID).refusal)
    }
    func write(_ effect: OperationEffect) throws {
      try self.write(effect, of: request, to: target.number, at: now)
    }
    switch fault {
    case .none, .acceptedThenDone, .acceptedThenFailed:
      var effect = effect
      if effect.isPending {
        effect.completion = fault == .acceptedThenFailed ? .failed : .done
      } else if fault != .none {
        effect = effect.accepted(fault == .acceptedThenFailed ? .failed : .done)
      }
      try write(effect)
      let stored = try answer(target.number)
      return effect.isPending
        ? .accepted(stored, requestID: requestID) : .completed(stored, requestID: requestID)
    case .failedEvent:
      let metadata = UpdateFailure.metadata(
        telling: .declined,
        of: request.operation.kind,
        of: target.product
      )
      try write(effect.failed(.declined, toldBy: metadata))
      return .completed(try answer(target.number), requestID: requestID)
    case .failedThenCorrected:
      try write(effect.failed(.timeout, isCorrected: true))
      return .completed(try answer(target.number), requestID: requestID)
    case .refused:
      if store.rules.recordsRefusals { try write(effect.failed(.declined)) }
      return refusal(400, Event.Failure.declined.code, Event.Failure.declined.message)
    case .silentApplied:
      try write(effect)
      return .silence
    case .silentNotApplied: return .silence
    case .brokenApplied:
      try write(effect)
      return refusal(500, "INTERNAL_ERROR", "an unexpected error occurred")
    case .brokenNotApplied: return refusal(500, "INTERNAL_ERROR", "an unexpected error occurred")
    case .unavailable: return refusal(503, nil, "the payment processor is temporarily unavailable")
    case .conflict: return refusal(409, "CONFLICT", "the transaction is being changed")
    case .throttled: return .throttled(seconds: 1, requestID: requestID)
    }
  }

  private func write(
    _ effect: OperationEffect,
    of request: OperationRequest,
    to number: Int64,
    at time: Int64
  ) throws {
    let storage = TransactionStorage(database: database)
    for event in effect.events {
      let sequence = try storage.append(event, to: number)
      if case .call(let call) = origin { try storage.addHeaders(call.headers, of: sequence) }
      if let completion = effect.completion {
        let pending = PendingRequests.Pending(
          event: sequence,
          transaction: number,
          dueAt: store.rules.completion.dueTime(after: time),
          outcome: completion,
          isFinal: request.operation.isFinal
        )
        try pending.add(to: database)
      }
    }
    if effect.changesLines {
      let documents =
        if case .call(let call) = origin { call.itemDocuments } else { [String: String]() }
      try storage.setItems(request.operation.items, of: number, documents: documents)
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
