import DTXExecution
import DTXJSON
import DTXLedger
import DTXSandbox
import Synchronization

/// The faults that are to happen next, as they were asked for at the control address.
///
/// They come before those that befall a share of the requests, in the order in which they were
/// asked for; each is used up after so many requests as it was meant for.
final class FaultControl: Sendable {
  /// What a fault is meant for.
  enum Target: Hashable, Sendable {
    case operation(Operation.Kind)
    case read
    case token
    /// Whatever operation comes.
    case anyOperation

    /// Reads the name of an operation, `any`, `read` or `token`; nil for any other word.
    init?(_ name: String) {
      switch name {
      case "read": self = .read
      case "token": self = .token
      case "any": self = .anyOperation
      default:
        guard let kind = Operation.Kind(name: name) else { return nil }
        self = .operation(kind)
      }
    }

    /// Tells whether a fault can befall it.
    func takes(_ fault: Fault) -> Bool {
      switch self {
      case .operation(let kind): fault == .none || fault.applied(to: kind) != .none
      case .read, .token: fault.befallsReads
      case .anyOperation: true
      }
    }

    var name: String {
      switch self {
      case .operation(let kind): kind.name
      case .read: "read"
      case .token: "token"
      case .anyOperation: "any"
      }
    }
  }

  /// A fault that is to happen.
  struct Planned: Hashable, Sendable {
    let fault: Fault
    var target = Target.anyOperation
    /// Nil for any.
    var transaction: TransactionID?
    var count: Int64 = 1
  }

  private let planned = Mutex<[Planned]>([])
  private let operations: FaultRates
  private let reads: FaultRates

  init(_ configuration: ServerConfiguration) {
    operations = FaultRates(configuration.operationFaults, seed: configuration.seed)
    reads = FaultRates(configuration.readFaults, seed: configuration.seed)
  }

  var list: [Planned] { planned.withLock { $0 } }

  func add(_ fault: Planned) { planned.withLock { $0.append(fault) } }

  func removeAll() { planned.withLock { $0 = [] } }

  /// Returns what befalls an operation that has passed every rule; nil for nothing.
  func fault(of request: OperationRequest) -> Fault? {
    take(.operation(request.operation.kind), request.transaction)
      ?? operations.fault(of: request)
  }

  /// Returns what befalls a read; nil for nothing.
  func fault(ofReading subject: String) -> Fault? {
    take(.read, TransactionID(subject)) ?? reads.fault(ofReading: subject)
  }

  /// Returns what befalls the next request for a token; nil for nothing.
  func faultOfToken() -> Fault? { take(.token, nil) }

  private func take(_ target: Target, _ transaction: TransactionID?) -> Fault? {
    planned.withLock { planned in
      let index = planned.firstIndex { fault in
        let isMeant =
          switch (fault.target, target) {
          case (.anyOperation, .operation): true
          default: fault.target == target
          }
        return isMeant && (fault.transaction == nil || fault.transaction == transaction)
      }
      guard let index else { return nil }
      planned[index].count -= 1
      let fault = planned[index].fault
      if planned[index].count == 0 { planned.remove(at: index) }
      return fault
    }
  }
}

extension FaultControl.Planned {
  /// Reads what is asked for at the control address.
  ///
  /// Shape: `{"fault": String, "operation": String?, "transaction": String?, "count": Int?}`.
  ///
  /// - Throws: What is wrong with it.
  init(_ node: JSONNode, account: Account) throws(JSONError) {
    let name = try node.required("fault")
    guard let fault = Fault(rawValue: try name.text()) else {
      let names = Fault.allCases.map(\.rawValue).joined(separator: ", ")
      throw JSONError("fault is one of \(names)", at: name.offset)
    }
    self.init(fault: fault)
    if let operation = try node.member("operation") {
      guard let target = FaultControl.Target(try operation.text()) else {
        throw JSONError(
          "operation is capture, refund, void, adjust, extend, authorize, tag, any, read or token",
          at: operation.offset
        )
      }
      guard target.takes(fault) else {
        throw JSONError("\(fault.rawValue) can not befall \(target.name)", at: name.offset)
      }
      self.target = target
    }
    if let transaction = try node.member("transaction") {
      let text = try transaction.text()
      self.transaction = TransactionID(text.contains(".") ? text : "\(account).\(text)")
    }
    if let count = try node.member("count") {
      self.count = try count.integer()
      guard self.count > 0 else { throw JSONError("count is above 0", at: count.offset) }
    }
  }

  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("fault", fault.rawValue)
      writer.member("operation", target.name)
      writer.member("transaction", ifPresent: transaction?.text)
      writer.member("count", count)
    }
  }
}
