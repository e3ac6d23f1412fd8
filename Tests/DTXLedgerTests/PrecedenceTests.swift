import DTXLedger
import Testing

/// Where two rules are broken at once, the first in order is reported.
@Suite("Precedence of violations")
struct PrecedenceTests {
  /// One thing that is wrong, and what it takes up so that another wrong thing can't.
  struct Defect: Sendable {
    let name: String
    let fields: Set<String>
    let make: @Sendable (inout Case) -> Void

    init(_ name: String, _ fields: Set<String>, _ make: @escaping @Sendable (inout Case) -> Void) {
      self.name = name
      self.fields = fields
      self.make = make
    }
  }

  /// What an operation is tried on.
  struct Case {
    var state: Transaction.State
    var operation: Operation
    var capabilities: Capabilities
  }

  struct Pair: Sendable, CustomTestStringConvertible {
    let first: Defect
    let second: Defect
    var testDescription: String { "\(first.name) before \(second.name)" }
  }

  /// All pairs whose defects can stand side by side.
  static func pairs(_ defects: [Defect]) -> [Pair] {
    defects.indices.flatMap { index in
      defects[(index + 1)...].filter { $0.fields.isDisjoint(with: defects[index].fields) }
        .map { Pair(first: defects[index], second: $0) }
    }
  }

  static func check(_ pair: Pair, from start: Case) {
    for defects in [[pair.first], [pair.second], [pair.first, pair.second]] {
      var both = start
      for defect in defects { defect.make(&both) }
      let product = PaymentProduct("test.product", capabilities: both.capabilities)
      let violation = both.state.violation(of: both.operation, product)
      #expect(violation.map(caseName) == defects[0].name)
    }
  }

  // MARK: Captures

  static let capture = Case(
    state: makeState(.authorized, 1000, lines: makeLines(600, 400)),
    operation: .capture(300, [0: 200, 1: 100]).quantity(1),
    capabilities: Capabilities(
      traits: [.partialCapture, .multipleCaptures, .voidAuthorization, .refund]
    )
  )

  static let captureDefects = [
    Defect("amountIsZero", ["amount"]) { $0.operation.amount = 0 },
    Defect("amountIsNegative", ["amount"]) { $0.operation.amount = -5 },
    Defect("amountAboveLimit", ["amount"]) { $0.operation.amount = .largestAmount + 1 },
    Defect("totalsContradict", []) { $0.state.isConsistent = false },
    Defect("statusForbids", []) { $0.state.status = .declined },
    Defect("productForbids", []) { $0.capabilities.flow = .sale },
    Defect("preauthorizationNotFinal", []) { $0.state.isPreauthorization = true },
    Defect("finalUnsupported", []) { $0.operation.isFinal = true },
    Defect("secondCaptureUnsupported", ["captured"]) {
      $0.state.captured = 100
      $0.capabilities.traits.remove(.multipleCaptures)
    },
    Defect("partialCaptureUnsupported", ["left"]) {
      $0.capabilities.traits.remove(.partialCapture)
    },
    Defect("wholeLinesOnly", ["left"]) { $0.capabilities.traits.insert(.wholeLinesOnly) },
    Defect("linesRequired", ["parts", "first", "second"]) {
      $0.operation.lines = []
      $0.capabilities.traits.insert(.lineItemsRequired)
    },
    Defect("quantityRequired", ["first"]) {
      $0.operation.lines[0] = LinePortion(line: 0, amount: 200)
      $0.capabilities.traits.insert(.lineItemsRequired)
    },
    Defect("pending", ["pending"]) { $0.state.pendingCapture = 10 },
    Defect("exceedsCapturable", ["left"]) { $0.state.voided = 900 - $0.state.captured },
    Defect("unknownLine", ["second"]) { $0.operation.lines[1] = LinePortion(line: 7, amount: 100) },
    Defect("portionIsZero", ["second"]) { $0.operation.lines[1] = LinePortion(line: 1, amount: 0) },
    Defect("portionHasWrongSign", ["first"]) {
      $0.operation.lines[0] = LinePortion(line: 0, amount: -200)
    },
    Defect("portionAboveLimit", ["second"]) {
      $0.operation.lines[1] = LinePortion(line: 1, amount: .largestAmount + 1)
    },
    Defect("portionsDiffer", ["amount"]) { $0.operation.amount += 1 },
    Defect("quantityNotPositive", ["first"]) { $0.operation = $0.operation.quantity(0) },
    Defect("quantityExceedsLine", ["limit"]) {
      $0.state.lines[0].quantity = Quantity(millionths: 1)
    },
    Defect("exceedsLine", ["room"]) { $0.state.lineBalances[1].captured = 350 },
  ]

  @Test("holds for captures", arguments: pairs(captureDefects))
  func captures(pair: Pair) { Self.check(pair, from: Self.capture) }

  // MARK: Refunds

  static let refund = Case(
    state: {
      var start = makeState(.captured, 1000, captured: 1000, lines: makeLines(600, 400))
      start.lineBalances = [LineBalance(captured: 600), LineBalance(captured: 400)]
      return start
    }(),
    operation: .refund(300, [0: 200, 1: 100]).quantity(1),
    capabilities: Capabilities(traits: [.refund])
  )

  static let refundDefects = [
    Defect("amountIsZero", ["amount"]) { $0.operation.amount = 0 },
    Defect("totalsContradict", []) { $0.state.isConsistent = false },
    Defect("statusForbids", []) { $0.state.status = .refunded },
    Defect("productForbids", []) { $0.capabilities.traits.remove(.refund) },
    Defect("finalUnsupported", []) { $0.operation.isFinal = true },
    Defect("linesRequired", ["first", "second"]) {
      $0.operation.lines = []
      $0.capabilities.traits.insert(.lineItemsRequired)
    },
    Defect("quantityRequired", ["second"]) { $0.capabilities.traits.insert(.lineItemsRequired) },
    Defect("pending", ["left"]) { $0.state.pendingRefund = 10 },
    Defect("exceedsRefundable", ["left"]) { $0.state.refunded = 900 },
    Defect("unknownLine", ["second"]) { $0.operation.lines[1] = LinePortion(line: 7, amount: 100) },
    Defect("lineRepeated", ["second"]) {
      $0.operation.lines[1] = LinePortion(line: 0, amount: 100)
    },
    Defect("portionsDiffer", ["amount"]) { $0.operation.amount += 1 },
    Defect("quantityNotPositive", ["first"]) { $0.operation = $0.operation.quantity(0) },
    Defect("exceedsLine", ["room"]) { $0.state.lineBalances[1].refunded = 350 },
  ]

  @Test("holds for refunds", arguments: pairs(refundDefects))
  func refunds(pair: Pair) { Self.check(pair, from: Self.refund) }

  // MARK: Voids

  static let void = Case(
    state: makeState(.partiallyCaptured, 1000, captured: 400),
    operation: .voidRemaining,
    capabilities: Capabilities(traits: [.voidAuthorization, .voidRemainder])
  )

  static let voidDefects = [
    Defect("amountIsNegative", ["amount"]) { $0.operation.amount = -1 },
    Defect("totalsContradict", []) { $0.state.isConsistent = false },
    Defect("statusForbids", []) { $0.state.status = .captured },
    Defect("productForbids", ["captured"]) {
      $0.capabilities.traits.remove(.voidAuthorization)
      $0.state.captured = 0
    },
    Defect("remainderNotVoidable", ["captured"]) { $0.capabilities.traits.remove(.voidRemainder) },
    Defect("remainderNotStated", ["captured"]) { $0.operation.isRemainder = false },
    Defect("pending", []) { $0.state.isVoidPending = true },
    Defect("nothingToVoid", ["left"]) { $0.state.voided = 1000 - $0.state.captured },
    Defect("releaseDiffers", ["amount", "left"]) { $0.operation.amount = 1 },
  ]

  @Test("holds for voids", arguments: pairs(voidDefects))
  func voids(pair: Pair) { Self.check(pair, from: Self.void) }

  // MARK: Adjustments

  static let adjustment = Case(
    state: makeState(.partiallyCaptured, 1000, captured: 400, lines: makeLines(600, 400)),
    operation: .adjust(to: 1000, makeLines(600, 400)),
    capabilities: Capabilities(amountUpdate: .klarna, traits: .updateAfterCapture)
  )

  static let adjustmentDefects = [
    Defect("amountIsZero", ["amount"]) { $0.operation.amount = 0 },
    Defect("totalsContradict", []) { $0.state.isConsistent = false },
    Defect("statusForbids", []) { $0.state.status = .captured },
    Defect("productForbids", []) { $0.capabilities.traits = [] },
    Defect("finalUnsupported", []) { $0.operation.isFinal = true },
    Defect("pending", []) { $0.state.isVoidPending = true },
    Defect("nothingToAdjust", ["left"]) { $0.state.voided = 600 },
    Defect("belowCaptured", ["amount", "left"]) { $0.operation.amount = 399 },
    Defect("itemsRequired", ["id", "item", "quantity", "balance"]) { $0.operation.items = [] },
    Defect("itemHasNoID", ["id"]) { $0.operation.items[1].id = "" },
    Defect("itemRepeated", ["id"]) { $0.operation.items[1].id = "1" },
    Defect("itemAmountInvalid", ["item"]) { $0.operation.items[0].amount = -1 },
    Defect("itemQuantityNotPositive", ["quantity"]) {
      $0.operation.items[0].quantity = Quantity(millionths: -1)
    },
    Defect("itemsDiffer", ["amount"]) { $0.operation.amount += 1 },
    Defect("itemBelowCaptured", ["balance"]) { $0.state.lineBalances[1].captured = 401 },
  ]

  @Test("holds for adjustments", arguments: pairs(adjustmentDefects))
  func adjustments(pair: Pair) { Self.check(pair, from: Self.adjustment) }
}
