import DTXExecution
import DTXJSON
import DTXLedger

/// Entries read back from canonical JSON.
///
/// Members that this version does not know are passed over, so that an entry of a version that
/// adds one can be read.
enum EntryDecoding {
  /// Returns the run that a first entry tells about.
  static func run(_ id: String, payload: [UInt8]) throws(JSONError) -> RunRecord {
    let node = try JSONParser.parse(payload)
    let account = try node.required("account")
    guard let account = Account(try account.text()) else {
      throw JSONError("the run's account has not the shape of one", at: account.offset)
    }
    return RunRecord(
      id: RunID(id),
      startedAt: try node.required("startedAt").integer(),
      person: try node.required("person").text(),
      profile: try node.required("profile").text(),
      account: account,
      script: try node.required("script").text(),
      scriptDigest: try node.required("scriptDigest").text(),
      planDigest: try node.required("planDigest").text(),
      operationCount: try node.required("operations").count(),
      approvers: try node.member("approvers")?.elements().map { (node) throws(JSONError) in
        try node.text()
      } ?? []
    )
  }

  /// Returns the digest of the plan's bytes that a run's first entry vouches for.
  static func planBytesDigest(payload: [UInt8]) throws(JSONError) -> String {
    try JSONParser.parse(payload).required("planBytesDigest").text()
  }

  /// Returns the entry that a record holds; nil for a run's first, which is the run itself.
  static func entry(_ record: JournalRecord) throws(JSONError) -> JournalEntry? {
    let node = try JSONParser.parse(record.payload)
    switch JournalRecord.Kind(rawValue: record.kind) {
    case .began:
      return nil
    case .intended:
      let known = try node.required("known").elements().map { (node) throws(JSONError) in
        try node.text()
      }
      return .intended(try request(record, node), knownEvents: known)
    case .sent:
      return .sent(try operation(of: record))
    case .outcome:
      return .outcome(try operation(of: record), try outcome(node))
    case .ended:
      return .ended(try summary(node))
    case nil:
      throw JSONError("an entry of an unknown kind, \"\(record.kind)\"", at: 0)
    }
  }

  /// Returns the request that an intent records.
  static func request(
    _ record: JournalRecord,
    _ node: JSONNode
  ) throws(JSONError) -> OperationRequest {
    guard let transaction = record.transaction else {
      throw JSONError("an intent without a transaction", at: 0)
    }
    var extras = StepExtras()
    extras.reason = try node.member("reason")?.text()
    extras.description = try node.member("description")?.text()
    extras.metadata =
      try node.member("metadata")?.elements().map { (node) throws(JSONError) in
        StepExtras.Metadata(
          name: try node.required("name").text(),
          value: try node.required("value").text()
        )
      } ?? []
    return OperationRequest(
      id: try operation(of: record),
      transaction: TransactionID(transaction),
      operation: try operation(node.required("operation")),
      reference: try node.member("reference")?.text(),
      extras: extras
    )
  }

  private static func operation(of record: JournalRecord) throws(JSONError) -> OperationID {
    guard let step = record.step.flatMap(Int32.init(exactly:)) else {
      throw JSONError("an entry without an operation", at: 0)
    }
    return OperationID(run: RunID(record.run), step: step)
  }

  private static func operation(_ node: JSONNode) throws(JSONError) -> Operation {
    let kind = try node.required("kind")
    guard let known = Operation.Kind(name: try kind.text()) else {
      throw JSONError("an operation of an unknown kind", at: kind.offset)
    }
    var operation = Operation(known, amount: try node.required("amount").minorUnits())
    operation.lines =
      try node.member("lines")?.elements().map { (node) throws(JSONError) in
        LinePortion(
          line: Int32(clamping: try node.required("line").integer()),
          amount: try node.required("amount").minorUnits(),
          quantity: try node.member("quantity")?.quantity()
        )
      } ?? []
    operation.isFinal = try node.member("final")?.boolean() ?? false
    operation.isRemainder = try node.member("remainder")?.boolean() ?? false
    operation.items =
      try node.member("items")?.elements().map { (node) throws(JSONError) in
        try item(node)
      } ?? []
    operation.text = try node.member("text")?.text()
    return operation
  }

  private static func item(_ node: JSONNode) throws(JSONError) -> LineItem {
    LineItem(
      id: try node.required("id").text(),
      description: try node.required("description").text(),
      quantity: try node.required("quantity").quantity(),
      amount: try node.required("amount").minorUnits(),
      vatBasisPoints: try node.member("vat").map { (node) throws(JSONError) in
        Int32(clamping: try node.integer())
      },
      kind: try node.member("kind").flatMap { (node) throws(JSONError) in
        LineItem.Kind(rawValue: try node.text())
      }
    )
  }

  /// Returns the counts of a run's last entry.
  static func summary(_ node: JSONNode) throws(JSONError) -> RunSummary {
    var summary = RunSummary()
    summary.done = try node.required("done").count()
    summary.pending = try node.required("pending").count()
    summary.failed = try node.required("failed").count()
    summary.unresolved = try node.required("unresolved").count()
    summary.notSent = try node.required("notSent").count()
    return summary
  }
}

// MARK: - Outcomes

extension EntryDecoding {
  /// Returns what an entry says became of an operation.
  static func outcome(_ node: JSONNode) throws(JSONError) -> Outcome {
    let kind = try node.required("outcome")
    let requestID = try node.member("request")?.text()
    switch try kind.text() {
    case "done":
      return .done(
        Outcome.Completion(
          eventID: try node.member("event")?.text(),
          requestID: requestID,
          after: try balance(node.required("after")),
          isAsPredicted: try node.member("asPredicted")?.boolean() ?? false,
          status: try node.member("status")?.count()
        )
      )
    case "pending":
      return .pending(requestID: requestID)
    case "failed":
      return .failed(
        Outcome.Failure(
          status: try node.member("status")?.count(),
          code: try node.member("code")?.text(),
          message: try node.required("message").text(),
          requestID: requestID
        )
      )
    case "unresolved":
      return .unresolved(try node.required("message").text())
    case "notSent":
      return .notSent(try reason(node))
    case let other:
      throw JSONError("an unknown outcome, \"\(other)\"", at: kind.offset)
    }
  }

  private static func reason(_ node: JSONNode) throws(JSONError) -> Outcome.Reason {
    let reason = try node.required("reason")
    switch try reason.text() {
    case "drift":
      return .drift(was: try balance(node.required("was")), is: try balance(node.required("is")))
    case "unreadable": return .unreadable(try node.required("message").text())
    case "stopped": return .stopped
    case "interrupted": return .interrupted
    case "beyondTrial": return .beyondTrial
    case let other: throw JSONError("an unknown reason, \"\(other)\"", at: reason.offset)
    }
  }

  private static func balance(_ node: JSONNode) throws(JSONError) -> Balance {
    let status = try node.required("status")
    guard let known = Status(rawValue: try status.text()) else {
      throw JSONError("an unknown status", at: status.offset)
    }
    var state = Transaction.State(
      status: known,
      authorized: try node.required("authorized").minorUnits()
    )
    state.captured = try node.required("captured").minorUnits()
    state.refunded = try node.required("refunded").minorUnits()
    state.voided = try node.required("voided").minorUnits()
    return Balance(state)
  }
}

extension JSONNode {
  fileprivate func minorUnits() throws(JSONError) -> MinorUnits { MinorUnits(try integer()) }

  fileprivate func quantity() throws(JSONError) -> Quantity {
    Quantity(millionths: try integer())
  }

  fileprivate func count() throws(JSONError) -> Int { Int(try integer()) }
}
