import DTXLedger
import Testing

/// What operations that hold do to the totals and the status.
@Suite("Applying operations")
struct ApplyTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let start: Transaction.State
    let operations: [Operation]
    let expected: Transaction.State
    let product: PaymentProduct
    let rules: LedgerRules

    init(
      _ description: String,
      _ start: Transaction.State,
      _ operations: [Operation],
      _ expected: Transaction.State,
      of product: PaymentProduct = makeProduct(),
      under rules: LedgerRules = .standard
    ) {
      testDescription = description
      self.start = start
      self.operations = operations
      self.expected = expected
      self.product = product
      self.rules = rules
    }
  }

  static let authorized = makeState(.authorized, 1000)
  static let half = makeState(.partiallyCaptured, 1000, captured: 400)
  static let halfRefunded = makeState(
    .partiallyCapturedRefunded,
    1000,
    captured: 400,
    refunded: 100
  )
  static let full = makeState(.captured, 1000, captured: 1000)
  static let klarna = PaymentProduct("klarna.klarna")
  static let external = PaymentProduct("dintero.external")

  static var voidedAfterRemainder: LedgerRules {
    var rules = LedgerRules()
    rules.statusAfterRemainderVoid = .authorizationVoided
    return rules
  }

  static var refundedAfterPart: LedgerRules {
    var rules = LedgerRules()
    rules.statusAfterFullRefundOfPart = .refunded
    return rules
  }

  /// The rows of the state machine, by number, that an operation brings about.
  static let transitions = [
    Row(
      "5 release from hold",
      makeState(.onHold, 1000),
      [Operation(.authorize)],
      authorized,
      of: external
    ),
    Row("6 capture in full", authorized, [.capture(1000)], full),
    Row("7 capture in part", authorized, [.capture(400)], half),
    Row(
      "8 capture more",
      half,
      [.capture(100)],
      makeState(.partiallyCaptured, 1000, captured: 500)
    ),
    Row("8 capture the rest", half, [.capture(600)], full),
    Row(
      "9 final capture",
      authorized,
      [.capture(400).final],
      makeState(.captured, 1000, captured: 400, voided: 600)
    ),
    Row("9 final capture in full", authorized, [.capture(1000).final], full),
    Row("10 void", authorized, [.void], makeState(.authorizationVoided, 1000, voided: 1000)),
    Row(
      "11 void the rest",
      half,
      [.voidRemaining],
      makeState(.captured, 1000, captured: 400, voided: 600)
    ),
    Row(
      "11 by another rule",
      half,
      [.voidRemaining],
      makeState(.authorizationVoided, 1000, captured: 400, voided: 600),
      under: voidedAfterRemainder
    ),
    Row(
      "12 refund in part",
      full,
      [.refund(300)],
      makeState(.partiallyRefunded, 1000, captured: 1000, refunded: 300)
    ),
    Row(
      "12 refund in full",
      full,
      [.refund(1000)],
      makeState(.refunded, 1000, captured: 1000, refunded: 1000)
    ),
    Row(
      "13 refund more",
      makeState(.partiallyRefunded, 1000, captured: 1000, refunded: 300),
      [.refund(200)],
      makeState(.partiallyRefunded, 1000, captured: 1000, refunded: 500)
    ),
    Row(
      "13 refund the rest",
      makeState(.partiallyRefunded, 1000, captured: 1000, refunded: 300),
      [.refund(700)],
      makeState(.refunded, 1000, captured: 1000, refunded: 1000)
    ),
    Row("14 refund of a part", half, [.refund(100)], halfRefunded),
    Row(
      "14 refund of the whole part",
      half,
      [.refund(400)],
      makeState(.partiallyCapturedRefunded, 1000, captured: 400, refunded: 400)
    ),
    Row(
      "14 by another rule",
      half,
      [.refund(400)],
      makeState(.refunded, 1000, captured: 400, refunded: 400),
      under: refundedAfterPart
    ),
    Row(
      "14 by another rule, in part",
      half,
      [.refund(100)],
      halfRefunded,
      under: refundedAfterPart
    ),
    Row(
      "15 capture after a refund",
      halfRefunded,
      [.capture(100)],
      makeState(.partiallyCapturedRefunded, 1000, captured: 500, refunded: 100)
    ),
    Row(
      "16 capture the rest after a refund",
      halfRefunded,
      [.capture(600)],
      makeState(.partiallyRefunded, 1000, captured: 1000, refunded: 100)
    ),
    Row(
      "17 void the rest after a refund",
      halfRefunded,
      [.voidRemaining],
      makeState(.partiallyRefunded, 1000, captured: 400, refunded: 100, voided: 600)
    ),
    Row(
      "17 void the rest after a refund of all",
      half,
      [.refund(400), .voidRemaining],
      makeState(.refunded, 1000, captured: 400, refunded: 400, voided: 600)
    ),
    Row(
      "18 new total",
      authorized,
      [.adjust(to: 1500)],
      makeState(.authorized, 1500),
      of: klarna
    ),
    Row("18 lower total", authorized, [.adjust(to: 1)], makeState(.authorized, 1), of: klarna),
    Row(
      "19 new total after a capture",
      half,
      [.adjust(to: 500)],
      makeState(.partiallyCaptured, 500, captured: 400),
      of: klarna
    ),
    Row(
      "19 total of what was captured",
      half,
      [.adjust(to: 400)],
      makeState(.captured, 400, captured: 400),
      of: klarna
    ),
    Row("extension", half, [Operation(.extend)], half, of: klarna),
    Row(
      "capture and void the rest",
      authorized,
      [.capture(400), .voidRemaining],
      makeState(.captured, 1000, captured: 400, voided: 600)
    ),
    Row(
      "refund where the rest was called voided",
      makeState(.authorizationVoided, 1000, captured: 400, voided: 600),
      [.refund(100)],
      makeState(.partiallyRefunded, 1000, captured: 400, refunded: 100, voided: 600)
    ),
    Row(
      "refund of a sale",
      full,
      [.refund(1000)],
      makeState(.refunded, 1000, captured: 1000, refunded: 1000),
      of: PaymentProduct("swish.swish")
    ),
    Row(
      "amounts at the limit",
      makeState(.authorized, .largestAmount),
      [.capture(.largestAmount), .refund(.largestAmount)],
      makeState(.refunded, .largestAmount, captured: .largestAmount, refunded: .largestAmount)
    ),
  ]

  @Test("moves totals and status", arguments: transitions)
  func transition(row: Row) throws {
    var state = row.start
    for operation in row.operations {
      try apply(operation, to: &state, of: row.product, under: row.rules)
    }
    #expect(state == row.expected)
  }

  @Test("captures and refunds lines")
  func lineBalances() throws {
    let start = makeState(.authorized, 1000, lines: makeLines(600, 400))
    let after = try start.after(
      .capture(700, [0: 600, 1: 100]),
      .refund(50, [1: 50]),
      .capture(100),
      .refund(70)
    )
    #expect(after.captured == 800)
    #expect(after.refunded == 120)
    #expect(
      after.lineBalances == [
        LineBalance(captured: 600), LineBalance(captured: 100, refunded: 50),
      ]
    )
  }

  @Test("takes a gift card along")
  func giftCard() throws {
    let start = makeState(.authorized, 800, lines: makeLines(600, 400, -200))
    let after = try start.after(
      .capture(300, [0: 400, 2: -100]),
      .capture(500, [0: 200, 1: 400, 2: -100]),
      .refund(450, [0: 600, 2: -150])
    )
    #expect(after.status == .partiallyRefunded)
    #expect(after.lineBalances[2] == LineBalance(captured: -200, refunded: -150))
  }

  @Test("grows and then finalizes a pre-authorization")
  func preauthorization() throws {
    let cards = PaymentProduct("dintero_psp.creditcard")
    var start = makeState(.authorized, 1000)
    start.isPreauthorization = true
    let grown = try start.after(.adjust(to: 1200), of: cards)
    #expect(grown.isPreauthorization)
    #expect(grown.authorized == 1200)
    for total in [300, 1200, 5000] as [MinorUnits] {
      let locked = try grown.after(.adjust(to: total).final, of: cards)
      #expect(!locked.isPreauthorization)
      #expect(locked.authorized == total)
      #expect(try locked.after(.capture(total), of: cards).status == .captured)
    }
  }

  @Test("gives a transaction new items, each with what was done before")
  func items() throws {
    let start = try makeState(.authorized, 1000, lines: makeLines(600, 400))
      .after(.capture(100, [1: 100]))
    var items = makeLines(500, 450)
    items.swapAt(0, 1)
    items.append(LineItem(id: "new", description: "Gift wrap", amount: 50))
    let after = try start.after(.adjust(to: 1000, items), of: Self.klarna)
    #expect(after.lines == items)
    #expect(after.lineBalances == [LineBalance(captured: 100), LineBalance(), LineBalance()])
  }

  @Test("sets the second reference, whatever the totals say")
  func tag() throws {
    var start = makeState(.captured, 1000, captured: 1000)
    start.isConsistent = false
    #expect(try start.after(.tag("order-7")).secondReference == "order-7")
    let long = String(repeating: "x", count: Operation.textLengthLimit)
    #expect(try start.after(.tag(long)).secondReference == long)
  }

  @Test("refunds lines that were captured without being named")
  func unattributed() throws {
    let captured = try makeState(.authorized, 1000, lines: makeLines(600, 400)).after(.capture(500))
    #expect(try captured.after(.refund(500, [0: 500])).lineBalances[0].refunded == 500)
    #expect(captured.violation(of: .refund(500, [1: 500])) == .exceedsLine(1, left: 400))
    let half = try captured.after(.capture(100, [1: 100]))
    #expect(half.violation(of: .refund(600, [1: 450, 0: 150])) == .exceedsLine(1, left: 400))
    #expect(try half.after(.refund(600, [1: 400, 0: 200])).refunded == 600)
  }

  @Test("refunds a gift card that was captured without being named")
  func unattributedGiftCard() throws {
    let captured = try makeState(.authorized, 400, lines: makeLines(600, -200)).after(.capture(300))
    let after = try captured.after(.refund(100, [0: 200, 1: -100]))
    #expect(after.lineBalances[1].refunded == -100)
    #expect(after.leftOnLine(1, for: .refund) == -100)
  }

  @Test("refunds all lines of an order with a gift card that was captured without naming any")
  func unattributedWithGiftCard() throws {
    let captured = try makeState(.authorized, 400, lines: makeLines(500, 100, -200))
      .after(.capture(400))
    #expect(captured.scope(for: .refund).attribution == .lines)
    let after = try captured.after(.refund(400, [0: 500, 1: 100, 2: -200]))
    #expect(after.status == .refunded)
    #expect(captured.violation(of: .refund(401, [0: 501, 1: 100, 2: -200])) != nil)
  }

  @Test("gives an order with a gift card new items, whatever was taken of the card")
  func itemsWithGiftCard() throws {
    let start = makeState(.authorized, 400, lines: makeLines(600, -200))
    #expect(
      try start.after(.adjust(to: 500, makeLines(700, -200)), of: Self.klarna).authorized == 500
    )
    #expect(try start.after(.adjust(to: 600, makeLines(600)), of: Self.klarna).lines.count == 1)
    let half = try start.after(.capture(200, [0: 300, 1: -100]))
    #expect(
      half.violation(of: .adjust(to: 501, makeLines(600, -99)), Self.klarna)
        == .itemBelowCaptured(line: 1, captured: -100)
    )
  }

  @Test("never adjusts below what is being captured, where that is let through")
  func adjustmentWhilePending() throws {
    var rules = LedgerRules()
    rules.blocksWhilePending = false
    var start = makeState(.authorized, 1000)
    start.pendingCapture = 800
    #expect(
      start.violation(of: .adjust(to: 799), Self.klarna, under: rules)
        == .belowCaptured(captured: 800)
    )
    #expect(try start.after(.adjust(to: 800), of: Self.klarna, under: rules).authorized == 800)
  }

  @Test("lets a line give more than it has where only totals count")
  func withoutCeilings() throws {
    var rules = LedgerRules()
    rules.lineCeilings = false
    let start = makeState(.authorized, 1000, lines: makeLines(600, 400))
    #expect(start.violation(of: .capture(500, [1: 500])) == .exceedsLine(1, left: 400))
    let after = try start.after(.capture(500, [1: 500]), under: rules)
    #expect(after.lineBalances[1].captured == 500)
  }
}
