/// A transaction's events, read by the provider's rules: which count, and which are still open.
///
/// The order of the events is that in which they were appended. A failed event counts for nothing,
/// corrected or not, since what repaired it stands in the history as an event of its own. An
/// accepted request is pending until an event of its kind completes it, with success or without.
///
/// Source: Dintero's payments reference, transaction events.
struct History {
  /// What an event counts for.
  enum Standing: Hashable, Sendable {
    /// Failed, completed by a later event, or no operation at all.
    case none
    /// It happened.
    case counts
    /// It was accepted and has not happened yet.
    case pends
  }

  let events: [Event]
  /// By the index of an accepted request, the index of the event that completed it.
  private var completions: [Int: Int] = [:]
  /// By the index of a completing event, the index of the request that it completes.
  private var requests: [Int: Int] = [:]

  // Events are read field by field, in place: to copy one costs more than all that is asked here.

  init(_ events: [Event]) {
    self.events = events
    var open: [RequestKey: Int] = [:]
    for index in events.indices {
      if let kind = events[index].kind.accepted {
        guard events[index].isSuccessful, let requestID = events[index].requestID else { continue }
        open[RequestKey(kind: kind, requestID: canonical(requestID))] = index
      } else if !open.isEmpty, let kind = events[index].kind.operation,
        let requestID = events[index].correlationRequestID
      {
        let key = RequestKey(kind: kind, requestID: canonical(requestID))
        guard let request = open.removeValue(forKey: key) else { continue }
        completions[request] = index
        requests[index] = request
      }
    }
  }

  func standing(of index: Int) -> Standing {
    guard events[index].isSuccessful else { return .none }
    if events[index].kind.accepted == nil { return .counts }
    return completions[index] == nil ? .pends : .none
  }

  /// Returns the index of the event with the reference under which an event was asked for.
  ///
  /// That is the event itself, or the accepted request that it completes if only that has one.
  func referenceHolder(of index: Int) -> Int {
    if events[index].reference != nil { return index }
    return requests[index] ?? index
  }

  private struct RequestKey: Hashable {
    let kind: Operation.Kind
    let requestID: [UInt8]
  }

  /// Returns a request id without dashes and in lower case, since both spellings occur.
  private func canonical(_ requestID: String) -> [UInt8] {
    requestID.utf8.compactMap { byte in
      switch byte {
      case UInt8(ascii: "-"): nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: byte
      }
    }
  }
}

extension Event.Kind {
  /// The operation that an event of this kind accepts for later.
  var accepted: Operation.Kind? {
    switch self {
    case .initiateCapture: .capture
    case .initiateRefund: .refund
    case .initiateVoid: .void
    case .initialize, .authorize, .capture, .refund, .void, .settlement, .other: nil
    }
  }

  /// Whether an event of this kind says that a request was accepted, and not that it is done.
  package var isAcceptance: Bool { accepted != nil }

  /// The operation that an event of this kind completes.
  var operation: Operation.Kind? {
    switch self {
    case .capture: .capture
    case .refund: .refund
    case .void: .void
    case .initialize, .authorize, .initiateCapture, .initiateRefund, .initiateVoid, .settlement,
      .other:
      nil
    }
  }
}

extension Event {
  /// What moved: the amount, or the sum of the lines where the event has no amount.
  ///
  /// Nil where neither is there, or where it is no possible amount of an operation.
  var movedAmount: MinorUnits? {
    if let amount {
      return amount > .zero && amount <= .largestAmount ? amount : nil
    }
    if lines.isEmpty { return nil }
    guard let sum = lineSum, sum > .zero, sum <= .largestAmount else { return nil }
    return sum
  }

  /// The sum of the lines, or nil if it does not fit into 64 bits.
  var lineSum: MinorUnits? {
    var sum = MinorUnits.zero
    for line in lines {
      guard let next = sum.adding(line.amount) else { return nil }
      sum = next
    }
    return sum
  }
}
