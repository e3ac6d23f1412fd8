import DTXExecution
import DTXLedger

extension Refused {
  /// Says in the provider's manner why a rule forbids an operation.
  init(
    _ violation: Violation,
    of transaction: Transaction,
    asked request: OperationRequest,
    _ requestID: String
  ) {
    let words = ViolationWords(lines: transaction.state.lines, asked: request)
    let status = if case .pending = violation { 409 } else { 400 }
    self.init(status, code: violation.code, words.message(for: violation), requestID)
  }
}

extension Violation {
  /// The error's code; the provider publishes no list, so that these are the sandbox's own.
  var code: String {
    switch self {
    case .amountIsZero, .amountIsNegative, .amountAboveLimit, .textIsEmpty, .textTooLong:
      "INVALID_REQUEST"
    case .totalsContradict, .statusForbids: "INVALID_STATUS"
    case .productForbids, .preauthorizationNotFinal, .authorizationIsFinal, .finalUnsupported,
      .secondCaptureUnsupported, .partialCaptureUnsupported, .remainderNotVoidable,
      .remainderNotStated, .nothingCaptured:
      "NOT_SUPPORTED"
    case .pending: "CONFLICT"
    case .exceedsCapturable, .exceedsRefundable, .nothingToVoid, .releaseDiffers,
      .nothingToAdjust, .belowCaptured, .preauthorizationMustGrow, .authorizedDiffers:
      "INVALID_AMOUNT"
    case .wholeLinesOnly, .linesRequired, .quantityRequired, .unknownLine, .lineRepeated,
      .portionIsZero, .portionHasWrongSign, .portionAboveLimit, .portionsDiffer,
      .quantityNotPositive, .quantityExceedsLine, .itemsRequired, .itemHasNoID, .itemRepeated,
      .itemAmountInvalid, .itemQuantityNotPositive, .itemsDiffer, .exceedsLine,
      .itemBelowCaptured:
      "invalid_items"
    }
  }
}

/// The sentence for each violation.
private struct ViolationWords {
  let lines: [LineItem]
  let asked: OperationRequest

  func message(for violation: Violation) -> String {
    switch violation {
    case .amountIsZero, .amountIsNegative, .amountAboveLimit: "amount must be a positive integer"
    case .textIsEmpty: "merchant_reference_2 must not be empty"
    case .textTooLong(let length): "merchant_reference_2 is too long (\(length) bytes)"
    case .totalsContradict: "transaction events are not consistent"
    case .statusForbids(let kind, let status):
      "\(Self.verb(kind)) is not allowed for a transaction with status \(status.rawValue)"
    case .pending(let kind, let amount):
      "a pending \(Self.verb(kind)) of \(amount.count) has not completed"
    case .exceedsCapturable(let left):
      "amount exceeds remaining authorized amount (\(left.count))"
    case .exceedsRefundable(let left): "amount exceeds remaining captured amount (\(left.count))"
    case .nothingToVoid: "nothing remains to be voided"
    case .releaseDiffers(let left): "void releases the remaining amount (\(left.count))"
    case .nothingToAdjust: "nothing of the authorization remains to be updated"
    case .belowCaptured(let captured):
      "amount is below what is captured or released (\(captured.count))"
    case .preauthorizationMustGrow(let authorized):
      "amount must be greater than the current amount (\(authorized.count)) unless "
        + "final_authorization is true"
    case .authorizedDiffers(let authorized):
      "amount differs from the authorized amount (\(authorized.count))"
    default: productMessage(for: violation) ?? linesMessage(for: violation)
    }
  }

  private func productMessage(for violation: Violation) -> String? {
    switch violation {
    case .productForbids(let kind): "payment product does not support \(Self.verb(kind))"
    case .preauthorizationNotFinal: "pre-authorization must be finalized before capture"
    case .authorizationIsFinal: "authorization is final and can not be updated"
    case .finalUnsupported(let kind):
      "payment product does not support a final \(Self.verb(kind))"
    case .secondCaptureUnsupported: "payment product supports a single capture only"
    case .partialCaptureUnsupported(let left):
      "payment product supports capture of the full amount only (\(left.count))"
    case .wholeLinesOnly(let line):
      "payment product captures whole items only" + (line.map { ": \(name($0))" } ?? "")
    case .linesRequired(let kind): "items are required for \(Self.verb(kind))"
    case .quantityRequired(let line): "quantity is required: \(name(line))"
    case .remainderNotVoidable:
      "void is not supported for a partially captured transaction of this payment product"
    case .remainderNotStated(_, let left):
      "transaction is partially captured; void would release the remaining \(left.count)"
    case .nothingCaptured: "nothing is captured"
    default: nil
    }
  }

  private func linesMessage(for violation: Violation) -> String {
    switch violation {
    case .unknownLine(let line): "unknown line_id: \(name(line))"
    case .lineRepeated(let line): "line_id is not unique: \(name(line))"
    case .portionIsZero(let line): "item amount must not be 0: \(name(line))"
    case .portionHasWrongSign(let line): "item amount has the wrong sign: \(name(line))"
    case .portionAboveLimit(let line): "item amount is too large: \(name(line))"
    case .portionsDiffer(let sum), .itemsDiffer(let sum):
      "items amount do not match amount" + (sum.map { " (\($0.count))" } ?? "")
    case .quantityNotPositive(let line): "item quantity must be positive: \(name(line))"
    case .quantityExceedsLine(let line, _): "item quantity exceeds the order's: \(name(line))"
    case .itemsRequired: "items are required"
    case .itemHasNoID(let item): "items[\(item)] has no line_id"
    case .itemRepeated(let item): "items[\(item)] has a line_id that is not unique"
    case .itemAmountInvalid(let item): "items[\(item)] has an invalid amount"
    case .itemQuantityNotPositive(let item): "items[\(item)] has an invalid quantity"
    case .exceedsLine(let line, let left):
      "item amount exceeds what remains of the item (\(left.count)): \(name(line))"
    case .itemBelowCaptured(let line, let captured):
      "item is below its captured amount (\(captured.count)): \(name(line))"
    default: "request is not allowed"
    }
  }

  private func name(_ line: Int32) -> String {
    if lines.indices.contains(Int(line)) { return "line_id \(lines[Int(line)].id)" }
    // A line that the order does not have is known only by the name that was asked for.
    let place = asked.operation.lines.firstIndex { $0.line == line }
    guard let place, asked.lines.indices.contains(place) else { return "item \(line)" }
    return "line_id \(asked.lines[place].id)"
  }

  private static func verb(_ kind: Operation.Kind) -> String {
    switch kind {
    case .capture: "capture"
    case .refund: "refund"
    case .void: "void"
    case .adjust: "authorization update"
    case .extend: "authorization extension"
    case .authorize: "authorization"
    case .tag: "update"
    }
  }
}
