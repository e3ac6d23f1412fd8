import DTXJSON
import DTXLedger

extension SeedReader {
  /// Between two events that say nothing about their time.
  private static let eventSpacingMilliseconds: Int64 = 15_000

  /// Reads the history, or makes one up that leads to the status.
  func readEvents(into transaction: inout SeedTransaction) throws(JSONError) {
    let status = try node.required("status")
    if let events = try node.member("events") {
      for (index, event) in try events.elements().enumerated() {
        let time = defaultTime(ofEvent: index, in: transaction)
        transaction.events.append(try self.event(event, defaultTime: time))
      }
    } else {
      let steps = try history(
        leadingTo: Status(rawValue: try status.text()) ?? .unknown,
        of: transaction,
        at: status.offset
      )
      for (index, step) in steps.enumerated() {
        transaction.events.append(event(step.0, step.1, index, of: transaction))
      }
    }
    guard let last = transaction.events.last else {
      throw JSONError("a transaction has at least one event", at: status.offset)
    }
    transaction.details.updatedAt = try time("updated_at", of: node) ?? last.createdAt
    transaction.details.expiresAt = transaction.events
      .compactMap { $0.metadata[AuthorizationLife.expirationKey] }.last
      .flatMap { UTCTime($0)?.milliseconds }
  }

  /// Makes up a time: not before the event in front of it, and not in the future.
  private func defaultTime(ofEvent index: Int, in transaction: SeedTransaction) -> Int64 {
    let createdAt = transaction.details.createdAt
    let time = createdAt + Int64(index) * Self.eventSpacingMilliseconds
    return max(transaction.events.last?.createdAt ?? createdAt, min(time, environment.now()))
  }

  private func event(_ node: JSONNode, defaultTime: Int64) throws(JSONError) -> Event {
    let kind = Event.Kind(name: try node.required("event").text())
    var event = Event(
      id: try node.member("id")?.text() ?? environment.nextEventID(),
      kind: kind,
      statusAfter: try statusAfter(kind, node),
      createdAt: try time("created_at", of: node) ?? defaultTime
    )
    event.isSuccessful = try node.member("success")?.boolean() ?? true
    event.amount = try node.member("amount").map { (node) throws(JSONError) in
      MinorUnits(try node.integer())
    }
    if let lines = try node.member("items") { event.lines = try EventCoding.lines(lines) }
    event.reference = try node.member("event_reference")?.text()
    event.createdBy = try node.member("created_by")?.text()
    event.requestID = try node.member("request_id")?.text() ?? environment.nextID()
    event.correlationRequestID = try node.member("correlation_request_id")?.text()
    try EventCoding.readDocument(node, into: &event)
    if let text = event.metadata[AuthorizationLife.expirationKey] {
      guard let time = self.time(text) else {
        throw JSONError("\(AuthorizationLife.expirationKey) is no time", at: node.offset)
      }
      event.metadata[AuthorizationLife.expirationKey] = UTCTime(milliseconds: time).text
    }
    return event
  }

  private func statusAfter(_ kind: Event.Kind, _ node: JSONNode) throws(JSONError) -> Status {
    if let status = try node.member("transaction_status") {
      return Status(rawValue: try status.text()) ?? .unknown
    }
    switch kind {
    case .initialize: return .initiated
    case .authorize: return .authorized
    default: throw JSONError("\"transaction_status\" is missing", at: node.offset)
    }
  }

  /// Makes up the shortest history that ends in a status.
  private func history(
    leadingTo status: Status,
    of transaction: SeedTransaction,
    at offset: Int
  ) throws(JSONError) -> [(Event.Kind, Status)] {
    let authorized: [(Event.Kind, Status)] = [(.initialize, .initiated), (.authorize, .authorized)]
    // A sale is captured without having been authorized.
    let isSale = transaction.product.capabilities.flow == .sale
    let captured = (isSale ? [authorized[0]] : authorized) + [(.capture, .captured)]
    switch status {
    case .initiated: return [authorized[0]]
    case .authorized: return authorized
    case .onHold, .declined, .failed, .unknown: return [authorized[0], (.authorize, status)]
    case .authorizationVoided: return authorized + [(.void, .authorizationVoided)]
    case .captured: return captured
    case .refunded: return captured + [(.refund, .refunded)]
    case .partiallyCaptured, .partiallyCapturedRefunded, .partiallyRefunded:
      throw JSONError(
        "\(status.rawValue) needs \"events\" that say how much was captured or refunded",
        at: offset
      )
    }
  }

  private func event(
    _ kind: Event.Kind,
    _ status: Status,
    _ index: Int,
    of transaction: SeedTransaction
  ) -> Event {
    var event = Event(
      id: environment.nextEventID(),
      kind: kind,
      statusAfter: status,
      createdAt: defaultTime(ofEvent: index, in: transaction)
    )
    event.requestID = environment.nextID()
    if kind != .initialize { event.amount = transaction.amount }
    if kind == .capture || kind == .refund {
      event.lines = transaction.items.map {
        Event.Line(id: $0.id, amount: $0.amount, quantity: $0.quantity)
      }
    }
    switch status {
    case .declined:
      event.isSuccessful = false
      event.failure = Event.Failure(code: "DECLINED", message: "the issuer declined the payment")
    case .failed:
      event.isSuccessful = false
      event.failure = Event.Failure(code: "ERROR", message: "the payment failed")
    default: break
    }
    return event
  }
}

// MARK: - Times

extension SeedReader {
  /// Reads a time; nil where the member is absent.
  func time(_ name: String, of node: JSONNode) throws(JSONError) -> Int64? {
    guard let member = try node.member(name) else { return nil }
    guard let time = time(try member.text()) else {
      throw JSONError(
        "expected a time such as 2026-08-03T09:14:05Z, or -6d for six days before now",
        at: member.offset
      )
    }
    return time
  }

  /// Reads a time, or how far it is from now in days, hours or minutes.
  private func time(_ text: String) -> Int64? {
    if let time = UTCTime(text) { return time.milliseconds }
    guard let sign = text.first, sign == "-" || sign == "+", let unit = text.last,
      let milliseconds: Int64 = ["d": 86_400_000, "h": 3_600_000, "m": 60_000][unit],
      // Nothing is further away than a century, so that nothing overflows.
      let count = Int64(text.dropLast()), count.magnitude <= 36_525 * 24 * 60
    else { return nil }
    return environment.now() + count * milliseconds
  }
}
