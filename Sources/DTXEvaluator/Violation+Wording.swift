import DTXLedger
import DTXSyntax

extension Violation {
  /// The code of a rule, which never changes its meaning.
  var code: DiagnosticCode {
    let number: UInt16 =
      switch self {
      case .exceedsCapturable: 3001
      case .exceedsRefundable: 3002
      case .nothingToVoid: 3003
      case .nothingToAdjust: 3004
      case .belowCaptured: 3005
      case .preauthorizationMustGrow: 3006
      case .authorizedDiffers: 3007
      case .exceedsLine: 3008
      case .itemBelowCaptured: 3009
      case .releaseDiffers: 3010
      case .amountIsZero: 3011
      case .amountIsNegative: 3012
      case .amountAboveLimit: 3013
      case .statusForbids: 3020
      case .totalsContradict: 3021
      case .pending: 3022
      case .productForbids: 3030
      case .preauthorizationNotFinal: 3031
      case .authorizationIsFinal: 3032
      case .finalUnsupported: 3033
      case .secondCaptureUnsupported: 3034
      case .partialCaptureUnsupported: 3035
      case .wholeLinesOnly: 3036
      case .linesRequired: 3037
      case .quantityRequired: 3038
      case .remainderNotVoidable: 3039
      case .remainderNotStated: 3040
      case .nothingCaptured: 3041
      case .unknownLine: 3050
      case .lineRepeated: 3051
      case .portionIsZero: 3052
      case .portionHasWrongSign: 3053
      case .portionAboveLimit: 3054
      case .portionsDiffer: 3055
      case .quantityNotPositive: 3056
      case .quantityExceedsLine: 3057
      case .itemsRequired: 3060
      case .itemHasNoID: 3061
      case .itemRepeated: 3062
      case .itemAmountInvalid: 3063
      case .itemQuantityNotPositive: 3064
      case .itemsDiffer: 3065
      case .textIsEmpty: 3070
      case .textTooLong: 3071
      }
    return DiagnosticCode(number)
  }

  /// A phrase about the operation in its context.
  func text(_ context: RuleContext) -> String {
    let (kind, id, product) = (context.kind, context.transaction, context.product)
    func money(_ amount: MinorUnits) -> String {
      Money(amount, context.amount.currency).description
    }
    func line(_ index: Int32) -> String { "line \"\(context.line(index))\"" }
    func item(_ index: Int32) -> String { "line \"\(context.item(index))\"" }
    switch self {
    case .amountIsZero: return "a \(kind.noun) of nothing moves nothing"
    case .amountIsNegative: return "an amount cannot be negative"
    case .amountAboveLimit: return "the amount is larger than any payment can be"
    case .textIsEmpty: return "the new reference is empty"
    case .textTooLong(let length): return "the new reference has \(length) bytes"
    case .totalsContradict: return "the history of \(id) contradicts itself"
    case .statusForbids(let kind, let status):
      return "\(id) is \(status.rawValue), which allows no \(kind.noun)"
    case .productForbids(let kind): return "\(product) allows no \(kind.noun)"
    case .preauthorizationNotFinal: return "\(id) is a pre-authorization that is still open"
    case .authorizationIsFinal: return "the authorization of \(id) is final"
    case .finalUnsupported(let kind): return "\(product) knows no final \(kind.noun)"
    case .secondCaptureUnsupported(let captured):
      return "\(product) is captured once, and \(money(captured)) was captured"
    case .partialCaptureUnsupported(let left):
      return "\(product) is captured in full: \(money(left))"
    case .wholeLinesOnly(let index?):
      return "\(product) captures whole lines, not a part of \(line(index))"
    case .wholeLinesOnly: return "\(product) captures whole lines, not an amount"
    case .linesRequired(let kind): return "\(product) needs the lines of a \(kind.noun)"
    case .quantityRequired(let index): return "\(product) needs a quantity for \(line(index))"
    case .remainderNotVoidable(let captured, let left):
      return
        "\(product) cannot release the rest: \(money(captured)) was captured, \(money(left)) is left"
    case .remainderNotStated(let captured, _):
      return "\(money(captured)) of \(id) was captured, so only the rest can be released"
    case .nothingCaptured: return "nothing of \(id) was captured, so there is no remainder"
    case .pending(let kind, let amount):
      return "a \(kind.noun) of \(money(amount)) is still pending at the provider"
    case .exceedsCapturable: return "capture of \(context.amount) is more than \(id) has left"
    case .exceedsRefundable: return "refund of \(context.amount) is more than \(id) can give back"
    case .nothingToVoid: return "\(id) has nothing left to release"
    case .releaseDiffers(let left): return "a void releases all that is left: \(money(left))"
    case .nothingToAdjust: return "\(id) is captured in full, so its total cannot change"
    case .belowCaptured(let captured):
      return "the new total is less than the \(money(captured)) captured already"
    case .preauthorizationMustGrow(let authorized):
      return "an open pre-authorization can only grow above \(money(authorized))"
    case .authorizedDiffers(let authorized): return "\(id) is on hold with \(money(authorized))"
    case .unknownLine: return "\(id) has no such line"
    case .lineRepeated(let index): return "\(line(index)) is named twice"
    case .portionIsZero(let index): return "nothing is taken of \(line(index))"
    case .portionHasWrongSign(let index): return "\(line(index)) has an amount of the other sign"
    case .portionAboveLimit(let index): return "the amount of \(line(index)) is too large"
    case .portionsDiffer(let sum):
      return "the lines add up to \(sum.map(money) ?? "too much"), not to \(context.amount)"
    case .quantityNotPositive(let index):
      return "the quantity of \(line(index)) must be more than zero"
    case .quantityExceedsLine(let index, let quantity):
      return "\(line(index)) has a quantity of \(Digits.trimmed(quantity.millionths, scale: 6))"
    case .itemsRequired: return "\(id) has lines, so the new total needs a new list of them"
    case .itemHasNoID: return "a line of the new list has no id"
    case .itemRepeated(let index): return "\(item(index)) is in the list twice"
    case .itemAmountInvalid(let index): return "the amount of \(item(index)) cannot be"
    case .itemQuantityNotPositive(let index):
      return "the quantity of \(item(index)) must be more than zero"
    case .itemsDiffer(let sum):
      return "the new lines add up to \(sum.map(money) ?? "too much"), not to \(context.amount)"
    case .exceedsLine(let index, _): return "that is more than \(line(index)) of \(id) has left"
    case .itemBelowCaptured(let index, let captured):
      return "\(money(captured)) of \(line(index)) was captured already"
    }
  }

  /// What is left, for the remark beside the place.
  func remark(_ context: RuleContext) -> String {
    func money(_ amount: MinorUnits) -> String {
      Money(amount, context.amount.currency).description
    }
    return switch self {
    case .exceedsCapturable(let left): "\(money(left)) is left to capture"
    case .exceedsRefundable(let left): "\(money(left)) is left to refund"
    case .exceedsLine(_, let left): "\(money(left)) is left"
    case .remainderNotStated(_, let left): "\(money(left)) is left"
    default: ""
    }
  }

  /// What to do about it, in the imperative.
  func help(_ context: RuleContext) -> String? {
    let id = context.transaction.text
    return switch self {
    case .exceedsCapturable(let left) where left > .zero:
      "capture what is left with `capture \(id) all`"
    case .exceedsRefundable(let left) where left > .zero:
      "refund what is left with `refund \(id) all`"
    case .statusForbids(.refund, .authorized): "nothing was captured; release it with `void \(id)`"
    case .statusForbids(.void, .captured), .statusForbids(.void, .partiallyRefunded):
      "captured money is given back with `refund`"
    case .remainderNotStated: "write `void \(id) remaining`"
    case .remainderNotVoidable: "say `final` with the last capture instead"
    case .nothingCaptured: "write `void \(id)`"
    case .preauthorizationNotFinal: "fix its total first: `adjust \(id) to … final`"
    case .wholeLinesOnly(_?): "leave the amount out to take the whole line"
    case .linesRequired, .wholeLinesOnly: "name the lines: `line ID`"
    case .quantityRequired: "write `qty` and a number after the line"
    case .itemsRequired: "change single lines with `adjust \(id) { set line … }`"
    case .finalUnsupported: "leave `final` out"
    case .pending: "wait until it is completed; `show \(id)` tells"
    case .totalsContradict: "ask the provider before anything else is done to it"
    case .textTooLong: "use at most \(Operation.textLengthLimit) bytes"
    case .exceedsLine(let line, let left) where left != .zero:
      "write `line \(context.line(line))` and no more to take what is left of it"
    default: nil
    }
  }
}

extension RuleContext {
  fileprivate func line(_ index: Int32) -> String {
    lines.indices.contains(Int(index)) ? lines[Int(index)] : "\(index + 1)"
  }

  fileprivate func item(_ index: Int32) -> String {
    items.indices.contains(Int(index)) ? items[Int(index)] : "\(index + 1)"
  }
}
