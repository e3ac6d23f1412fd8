import DTXLedger

/// A transaction with some state and history, authorized for 1 000.
func makeTransaction(
  _ state: Transaction.State = makeState(.authorized, 1000, lines: makeLines(600, 400)),
  product: String = "klarna.klarna",
  events: [Event] = [],
  currency: String = "NOK"
) throws -> Transaction {
  guard let currency = Currency(code: currency) else { throw MajorUnitsError.notANumber }
  return Transaction(
    id: TransactionID("T12345678.465UfBENeLpkBvwmqfTC4k"),
    product: PaymentProduct(product),
    currency: currency,
    state: state,
    events: events
  )
}

/// An operation as a statement asks for it.
struct Request: Sendable {
  var operation: Operation
  var transaction: Int32 = 0
  /// Written by a person, unless it begins as derived references do.
  var reference = ""
  var isAgain = false
  var extras: StepExtras?

  init(_ operation: Operation, _ reference: String = "", on transaction: Int32 = 0) {
    self.operation = operation
    self.transaction = transaction
    self.reference = reference
  }

  /// The same request, meant as a repetition.
  var again: Request {
    var request = self
    request.isAgain = true
    return request
  }
}

/// What became of a request.
enum Result: Hashable, Sendable {
  case step(Int32)
  case alreadyApplied(Precedent)
  case repeated(Int32, Precedent)
  case refused(Refusal)
}

extension PlanBuilder {
  /// Adds a request, numbered by how many there were before.
  @discardableResult
  mutating func add(_ request: Request, statement: Int32 = 0) -> Result {
    let reference = Array(request.reference.utf8)
    do throws(Refusal) {
      let addition = try add(
        request.operation,
        to: request.transaction,
        reference: reference.span,
        isReferenceWritten: !request.reference.hasPrefix(Self.derivedReferencePrefix),
        isAgain: request.isAgain,
        extras: request.extras,
        statement: statement
      )
      switch addition {
      case .step(let step): return .step(step)
      case .alreadyApplied(let precedent): return .alreadyApplied(precedent)
      case .repeated(let step, let precedent): return .repeated(step, precedent)
      }
    } catch {
      return .refused(error)
    }
  }
}
