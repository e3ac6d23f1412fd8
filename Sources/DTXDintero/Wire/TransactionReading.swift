import DTXJSON
import DTXLedger

/// Reads the provider's transactions into the ledger's.
///
/// What the ledger can't do without must be there: the id, the currency, the amount, and of each
/// event that moved money what it was. Everything else may be absent, of another kind, or new: an
/// unknown status allows no operation, an unknown event counts for nothing, and a member that
/// nobody has heard of is passed over.
///
/// Source: Dintero's payments reference, the schema of a transaction.
enum TransactionReading {
  /// Returns the transaction that an answer shows.
  ///
  /// - Throws: Where something is missing that no reading can replace.
  static func transaction(_ node: JSONNode) throws(JSONError) -> Transaction {
    let id = TransactionID(try node.required("id").text())
    let events = try (node["events"]?.array ?? []).enumerated().map {
      (element) throws(JSONError) in try event(element.element, at: element.offset)
    }
    let amount = try wholeNumber("amount", of: node)
    var state = Transaction.State(
      replaying: events,
      authorized: MinorUnits(amount),
      lines: try (node["items"]?.array ?? []).map(line).compactMap(\.self),
      reportedStatus: node["status"].map { Status(rawValue: $0.string ?? "") ?? .unknown }
    )
    state.secondReference = node["merchant_reference_2"]?.string
    state.isPreauthorization = node["metadata"]?[Self.preauthorizationKey] != nil
    return Transaction(
      id: id,
      product: PaymentProduct(
        node["payment_product_type"]?.string ?? node["payment_product"]?.string ?? "unknown"
      ),
      currency: try currency(node),
      state: state,
      events: events,
      details: details(node, events)
    )
  }

  /// The mark of an authorization that must be finalized before it is captured.
  ///
  /// The provider's documents do not say how one is told; its metadata is where products leave
  /// what is theirs, and where the sandbox leaves this.
  private static let preauthorizationKey = "dintero_psp:preauthorization"

  private static func currency(_ node: JSONNode) throws(JSONError) -> Currency {
    let member = try node.required("currency")
    guard let currency = Currency(code: try member.text()) else {
      throw JSONError("the currency is none of ISO 4217", at: member.offset)
    }
    return currency
  }

  private static func wholeNumber(_ name: String, of node: JSONNode) throws(JSONError) -> Int64 {
    let member = try node.required(name)
    guard let number = member.wholeNumber else {
      throw JSONError("\"\(name)\" is no whole number", at: member.offset)
    }
    return number
  }

  /// Returns a line; nil for one without an id, which no operation could name.
  static func line(_ node: JSONNode) throws(JSONError) -> LineItem? {
    guard let id = (node["line_id"] ?? node["id"])?.name else { return nil }
    return LineItem(
      id: id,
      description: node["description"]?.string ?? "",
      quantity: quantity(node) ?? .one,
      amount: MinorUnits(try wholeNumber("amount", of: node)),
      vatBasisPoints: node["vat"]?.units(places: 2).map { Int32(clamping: $0) },
      kind: node["type"]?.string.flatMap(LineItem.Kind.init(rawValue:))
    )
  }

  private static func quantity(_ node: JSONNode) -> Quantity? {
    node["quantity"]?.units(places: 6).map { Quantity(millionths: $0) }
  }
}

// MARK: - Events

extension TransactionReading {
  /// Returns an event; its place in the history stands in for an id that is missing.
  private static func event(_ node: JSONNode, at place: Int) throws(JSONError) -> Event {
    var event = Event(
      id: node["id"]?.name ?? "#\(place + 1)",
      kind: Event.Kind(name: node["event"]?.string ?? ""),
      statusAfter: Status(rawValue: node["transaction_status"]?.string ?? "") ?? .unknown,
      createdAt: time("created_at", of: node) ?? 0
    )
    event.isSuccessful = node["success"]?.boolean ?? true
    if node["amount"] != nil { event.amount = MinorUnits(try wholeNumber("amount", of: node)) }
    event.lines = try (node["items"]?.array ?? []).map(eventLine).compactMap(\.self)
    event.reference = node["event_reference"]?.string
    event.createdBy = node["created_by"]?.string
    event.requestID = node["request_id"]?.name
    event.correlationRequestID = node["correlation_request_id"]?.name
    event.failure = node["error"].map(failure)
    event.correctedBy = (node["correction"]?["event_ids"]?.array ?? []).compactMap(\.name)
    event.metadata = metadata(node)
    return event
  }

  private static func eventLine(_ node: JSONNode) throws(JSONError) -> Event.Line? {
    guard let id = (node["line_id"] ?? node["id"])?.name else { return nil }
    let amount = MinorUnits(try wholeNumber("amount", of: node))
    return Event.Line(id: id, amount: amount, quantity: quantity(node))
  }

  private static func failure(_ node: JSONNode) -> Event.Failure {
    let message = node["message"]?.string ?? "no explanation was given"
    return Event.Failure(
      code: node["code"]?.name.map {
        PlainText.line($0, upTo: DinteroLimits.messageCharacterCount)
      },
      message: PlainText.line(message, upTo: DinteroLimits.messageCharacterCount)
    )
  }

  /// Returns the metadata of an event; values that are no text as they are written.
  private static func metadata(_ node: JSONNode) -> [String: String] {
    guard case .object(let members) = node["metadata"]?.value else { return [:] }
    var metadata: [String: String] = [:]
    for member in members {
      if let text = member.node.string {
        metadata[member.name] = text
      } else {
        var writer = JSONWriter()
        writer.value(member.node)
        metadata[member.name] = String(decoding: writer.bytes, as: UTF8.self)
      }
    }
    return metadata
  }
}

// MARK: - What people look at

extension TransactionReading {
  private static func details(_ node: JSONNode, _ events: [Event]) -> Transaction.Details {
    var details = Transaction.Details()
    details.merchantReference = node["merchant_reference"]?.string
    details.sessionID = node["session_id"]?.string
    details.settlement =
      SettlementStatus(rawValue: node["settlement_status"]?.string ?? "") ?? .notSettled
    details.createdAt = time("created_at", of: node) ?? events.first?.createdAt ?? 0
    details.updatedAt = time("updated_at", of: node) ?? events.last?.createdAt ?? 0
    // Only Klarna says when an authorization ends, in the event that last lengthened it.
    details.expiresAt = events.compactMap { $0.metadata["klarna:authorization_expiration"] }.last
      .flatMap { UTCTime($0)?.milliseconds }
    details.customer = customer(node)
    details.store = node["store"].flatMap { $0.string ?? $0["name"]?.string ?? $0["id"]?.name }
    return details
  }

  /// Returns the customer's name or, without one, the e-mail address.
  private static func customer(_ node: JSONNode) -> String? {
    let names = ["first_name", "last_name"].compactMap { node["billing_address"]?[$0]?.string }
    if !names.isEmpty { return names.joined(separator: " ") }
    return node["customer"]?["email"]?.string
  }

  /// Reads a time; one without a zone is in UTC.
  private static func time(_ name: String, of node: JSONNode) -> Int64? {
    guard let text = node[name]?.string else { return nil }
    return (UTCTime(text) ?? UTCTime(text + "Z"))?.milliseconds
  }
}
