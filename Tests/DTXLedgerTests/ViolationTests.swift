import DTXLedger
import Testing

/// Which violation each broken rule gives, and with what facts.
@Suite("Violations")
struct ViolationTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let state: Transaction.State
    let operation: Operation
    let product: PaymentProduct
    let violation: Violation

    init(
      _ state: Transaction.State,
      _ operation: Operation,
      of product: PaymentProduct = makeProduct(),
      _ violation: Violation
    ) {
      self.state = state
      self.operation = operation
      self.product = product
      self.violation = violation
    }

    var testDescription: String { "\(operation.kind) \(violation)" }
  }

  static let authorized = makeState(.authorized, 1000)
  static let half = makeState(.partiallyCaptured, 1000, captured: 400)
  static let full = makeState(.captured, 1000, captured: 1000)
  static let lined = makeState(.authorized, 1000, lines: makeLines(600, 400))
  static let giftCard = makeState(.authorized, 800, lines: makeLines(600, 400, -200, 0))
  static let klarna = PaymentProduct("klarna.klarna")
  static let cards = PaymentProduct("dintero_psp.creditcard")
  static let external = PaymentProduct("dintero.external")
  static let instabank = PaymentProduct("instabank.invoice")
  static let collector = PaymentProduct("collector.invoice")
  static let aboveLimit = MinorUnits.largestAmount + 1

  /// A state with something changed that no fixture has a parameter for.
  static func changed(
    _ state: Transaction.State,
    _ change: (inout Transaction.State) -> Void
  ) -> Transaction.State {
    var state = state
    change(&state)
    return state
  }

  static let preauthorized = changed(authorized) { $0.isPreauthorization = true }

  static let shapes: [Row] =
    [.capture(0), .refund(0), .adjust(to: 0)].map {
      Row(authorized, $0, of: klarna, .amountIsZero)
    } + [
      Row(authorized, .capture(-1), .amountIsNegative(-1)),
      Row(full, .refund(-1), .amountIsNegative(-1)),
      Row(authorized, .adjust(to: -1), of: klarna, .amountIsNegative(-1)),
      Row(authorized, Operation(.void, amount: -1), .amountIsNegative(-1)),
      Row(
        makeState(.onHold, 9),
        Operation(.authorize, amount: -1),
        of: external,
        .amountIsNegative(-1)
      ),
      Row(authorized, .capture(aboveLimit), .amountAboveLimit(aboveLimit)),
      Row(full, .refund(MinorUnits(.max)), .amountAboveLimit(MinorUnits(.max))),
      Row(authorized, .capture(MinorUnits(.min)), .amountIsNegative(MinorUnits(.min))),
      Row(authorized, .tag(nil), .textIsEmpty),
      Row(authorized, .tag(""), .textIsEmpty),
      Row(
        authorized,
        .tag(String(repeating: "æ", count: 128)),
        .textTooLong(length: 256)
      ),
    ]

  static let totals: [Row] = [
    changed(authorized) { $0.isConsistent = false },
    makeState(.partiallyCaptured, 1000, captured: 1001),
    makeState(.partiallyCaptured, 1000, captured: 400, refunded: 401),
    makeState(.partiallyCaptured, 1000, captured: 400, voided: 601),
    makeState(.authorized, 1000, captured: -1),
    makeState(.authorized, 1000, voided: -1),
    makeState(.authorized, -1),
    makeState(.authorized, aboveLimit),
    makeState(.authorized, MinorUnits(.min), captured: MinorUnits(.max)),
    changed(authorized) { $0.pendingCapture = 1001 },
    changed(full) { $0.pendingRefund = 1001 },
    changed(lined) { $0.lineBalances = [] },
  ].map { Row($0, .capture(1), .totalsContradict) }

  static let products: [Row] = [
    Row(authorized, .capture(1), of: makeProduct(flow: .sale), .productForbids(.capture)),
    Row(authorized, .capture(1), of: PaymentProduct("dintero.zero"), .productForbids(.capture)),
    Row(authorized, .void, of: PaymentProduct("swish.swish"), .productForbids(.void)),
    Row(full, .refund(1), of: PaymentProduct("dintero.zero"), .productForbids(.refund)),
    Row(authorized, .adjust(to: 1), of: PaymentProduct("vipps"), .productForbids(.adjust)),
    Row(half, .adjust(to: 900), of: cards, .productForbids(.adjust)),
    Row(authorized, Operation(.extend), of: cards, .productForbids(.extend)),
    Row(
      makeState(.onHold, 9),
      Operation(.authorize),
      of: collector,
      .productForbids(.authorize)
    ),
    Row(preauthorized, .capture(1), of: cards, .preauthorizationNotFinal),
    Row(authorized, .adjust(to: 2000), of: cards, .authorizationIsFinal),
    Row(authorized, .capture(1).final, of: klarna, .finalUnsupported(.capture)),
    Row(full, .refund(1).final, of: cards, .finalUnsupported(.refund)),
    Row(authorized, .adjust(to: 1).final, of: klarna, .finalUnsupported(.adjust)),
    Row(
      half,
      .capture(600),
      of: makeProduct([.partialCapture]),
      .secondCaptureUnsupported(captured: 400)
    ),
    Row(
      authorized,
      .capture(999),
      of: makeProduct([.multipleCaptures]),
      .partialCaptureUnsupported(left: 1000)
    ),
    Row(authorized, .capture(600), of: collector, .wholeLinesOnly(line: nil)),
    Row(lined, .capture(600), of: collector, .wholeLinesOnly(line: nil)),
    Row(lined, .capture(500, [1: 400, 0: 100]), of: collector, .wholeLinesOnly(line: 0)),
    Row(lined, .capture(1000), of: instabank, .linesRequired(.capture)),
    Row(
      makeState(.captured, 1000, captured: 1000, lines: makeLines(1000)),
      .refund(10),
      of: instabank,
      .linesRequired(.refund)
    ),
    Row(lined, .capture(100, [0: 100]), of: instabank, .quantityRequired(line: 0)),
    Row(
      half,
      .void,
      of: cards,
      .remainderNotVoidable(captured: 400, left: 600)
    ),
    Row(half, .voidRemaining, of: cards, .remainderNotVoidable(captured: 400, left: 600)),
    Row(half, .void, .remainderNotStated(captured: 400, left: 600)),
    Row(authorized, .voidRemaining, .nothingCaptured),
  ]

  static let pendingCapture = changed(authorized) { $0.pendingCapture = 300 }
  static let pendingVoid = changed(authorized) { $0.isVoidPending = true }
  static let pendingRefund = changed(full) { $0.pendingRefund = 300 }

  static let pending: [Row] = [
    Row(pendingCapture, .capture(1), .pending(.capture, amount: 300)),
    Row(pendingCapture, .void, .pending(.capture, amount: 300)),
    Row(pendingCapture, .adjust(to: 2000), of: klarna, .pending(.capture, amount: 300)),
    Row(pendingVoid, .capture(1), .pending(.void, amount: 1000)),
    Row(pendingVoid, .void, .pending(.void, amount: 1000)),
    Row(pendingVoid, .adjust(to: 2000), of: klarna, .pending(.void, amount: 1000)),
    Row(pendingVoid, Operation(.extend), of: klarna, .pending(.void, amount: 1000)),
    Row(pendingRefund, .refund(1), .pending(.refund, amount: 300)),
  ]

  static let amounts: [Row] = [
    Row(authorized, .capture(1001), .exceedsCapturable(left: 1000)),
    Row(half, .capture(601), .exceedsCapturable(left: 600)),
    Row(half, .refund(401), .exceedsRefundable(left: 400)),
    Row(
      makeState(.partiallyRefunded, 1000, captured: 1000, refunded: 900),
      .refund(101),
      .exceedsRefundable(left: 100)
    ),
    Row(makeState(.authorized, 1000, voided: 1000), .void, .nothingToVoid),
    Row(authorized, Operation(.void, amount: 999), .releaseDiffers(left: 1000)),
    Row(
      makeState(.partiallyCaptured, 1000, captured: 400, voided: 600),
      .adjust(to: 1100),
      of: klarna,
      .nothingToAdjust
    ),
    Row(half, .adjust(to: 399), of: klarna, .belowCaptured(captured: 400)),
    Row(
      makeState(.partiallyCaptured, 1000, captured: 400, voided: 100),
      .adjust(to: 499),
      of: klarna,
      .belowCaptured(captured: 500)
    ),
    Row(
      preauthorized,
      .adjust(to: 1000),
      of: cards,
      .preauthorizationMustGrow(authorized: 1000)
    ),
    Row(preauthorized, .adjust(to: 999), of: cards, .preauthorizationMustGrow(authorized: 1000)),
    Row(
      makeState(.onHold, 1000),
      Operation(.authorize, amount: 999),
      of: external,
      .authorizedDiffers(authorized: 1000)
    ),
  ]

  static let portions: [Row] = [
    Row(lined, .capture(1, [2: 1]), .unknownLine(2)),
    Row(lined, .capture(1, [-1: 1]), .unknownLine(-1)),
    Row(authorized, .capture(1, [0: 1]), .unknownLine(0)),
    Row(lined, .capture(200, [1: 100, 1: 100]), .lineRepeated(1)),
    Row(lined, .capture(300, [1: 100, 0: 100, 1: 100]), .lineRepeated(1)),
    Row(lined, .capture(100, [0: 100, 1: 0]), .portionIsZero(line: 1)),
    Row(giftCard, .capture(10, [0: 10, 2: 0]), .portionIsZero(line: 2)),
    Row(lined, .capture(100, [0: 200, 1: -100]), .portionHasWrongSign(line: 1)),
    Row(giftCard, .capture(300, [0: 200, 2: 100]), .portionHasWrongSign(line: 2)),
    Row(giftCard, .capture(100, [0: 101, 3: -1]), .portionHasWrongSign(line: 3)),
    Row(lined, .capture(100, [0: aboveLimit]), .portionAboveLimit(line: 0)),
    Row(giftCard, .capture(100, [2: MinorUnits(.min)]), .portionAboveLimit(line: 2)),
    Row(lined, .capture(300, [0: 100, 1: 100]), .portionsDiffer(sum: 200)),
    Row(giftCard, .capture(100, [2: -100]), .portionsDiffer(sum: -100)),
    Row(lined, .capture(100, [0: 100]).quantity(0), .quantityNotPositive(line: 0)),
    Row(lined, .capture(100, [0: 100]).quantity(-1), .quantityNotPositive(line: 0)),
    Row(
      lined,
      .capture(100, [0: 100]).quantity(3),
      .quantityExceedsLine(line: 0, quantity: Quantity(millionths: 2_000_000))
    ),
    Row(lined, .capture(401, [1: 401]), .exceedsLine(1, left: 400)),
    Row(giftCard, .capture(399, [0: 600, 2: -201]), .exceedsLine(2, left: -200)),
    Row(giftCard, .capture(1, [3: 1]), .exceedsLine(3, left: 0)),
    Row(
      changed(lined) {
        $0.captured = 600
        $0.status = .partiallyCaptured
        $0.lineBalances[0].captured = 600
      },
      .refund(1, [1: 1]),
      .exceedsLine(1, left: 0)
    ),
  ]

  static func items(_ change: (inout [LineItem]) -> Void) -> [LineItem] {
    var items = makeLines(600, 400)
    change(&items)
    return items
  }

  static let linedHalf = changed(lined) {
    $0.captured = 500
    $0.status = .partiallyCaptured
    $0.lineBalances = [LineBalance(captured: 400), LineBalance(captured: 100)]
  }

  static let adjustments: [Row] = [
    Row(lined, .adjust(to: 1500), of: klarna, .itemsRequired),
    Row(
      lined,
      .adjust(to: 1000, items { $0[1].id = "" }),
      of: klarna,
      .itemHasNoID(item: 1)
    ),
    Row(
      lined,
      .adjust(to: 1000, items { $0[1].id = "1" }),
      of: klarna,
      .itemRepeated(item: 1)
    ),
    Row(
      lined,
      .adjust(to: 500, items { $0[1].amount = -100 }),
      of: klarna,
      .itemAmountInvalid(item: 1)
    ),
    Row(
      lined,
      .adjust(to: 500, items { $0[0].amount = aboveLimit }),
      of: klarna,
      .itemAmountInvalid(item: 0)
    ),
    Row(
      lined,
      .adjust(to: 1000, items { $0[0].quantity = Quantity(millionths: 0) }),
      of: klarna,
      .itemQuantityNotPositive(item: 0)
    ),
    Row(lined, .adjust(to: 1001, items { _ in }), of: klarna, .itemsDiffer(sum: 1000)),
    Row(
      linedHalf,
      .adjust(to: 600, items { $0.removeLast() }),
      of: klarna,
      .itemBelowCaptured(line: 1, captured: 100)
    ),
    Row(
      linedHalf,
      .adjust(to: 799, items { $0[0].amount = 399 }),
      of: klarna,
      .itemBelowCaptured(line: 0, captured: 400)
    ),
  ]

  @Test(
    "are thrown with their facts, and change nothing",
    arguments: [shapes, totals, products, pending, amounts, portions, adjustments].flatMap(\.self)
  )
  func thrown(row: Row) {
    var state = row.state
    #expect(throws: row.violation) {
      try apply(row.operation, to: &state, of: row.product)
    }
    #expect(state == row.state)
  }

  @Test("of sums beyond 64 bits have no sum")
  func hugeSums() {
    let many = 1025
    let start = makeState(
      .authorized,
      .largestAmount,
      lines: (0..<many).map {
        LineItem(id: "\($0)", description: "", amount: .largestAmount)
      }
    )
    var capture = Operation(.capture, amount: .largestAmount)
    capture.lines = (0..<many).map { LinePortion(line: Int32($0), amount: .largestAmount) }
    #expect(start.violation(of: capture) == .portionsDiffer(sum: nil))
    #expect(
      start.violation(of: .adjust(to: 1, start.lines), Self.klarna) == .itemsDiffer(sum: nil)
    )
  }

  @Test("about repeated lines are found however many lines there are", arguments: [2, 16, 17, 200])
  func repeatedLines(count: Int) {
    let amounts = (0..<count).map { LineItem(id: "\($0)", description: "", amount: 10) }
    let start = makeState(.authorized, MinorUnits(Int64(count) * 10), lines: amounts)
    var capture = Operation(.capture, amount: MinorUnits(Int64(count) * 10))
    capture.lines = (0..<count).reversed().map { LinePortion(line: Int32($0), amount: 10) }
    #expect(start.violation(of: capture) == nil)
    capture.lines[0] = LinePortion(line: 0, amount: 10)
    #expect(start.violation(of: capture) == .lineRepeated(0))
    var items = amounts
    items[count - 1].id = "0"
    let adjustment = Operation.adjust(to: start.authorized, items)
    #expect(start.violation(of: adjustment, Self.klarna) == .itemRepeated(item: Int32(count - 1)))
  }
}
