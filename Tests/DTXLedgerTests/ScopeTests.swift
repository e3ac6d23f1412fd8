import DTXLedger
import Testing

/// What `all` and "what is left of a line" mean.
@Suite("Scopes")
struct ScopeTests {
  static let start = makeState(.authorized, 1000, lines: makeLines(600, 400))

  static func portion(_ line: Int32, _ amount: MinorUnits, whole: Bool = false) -> LinePortion {
    let quantity = whole ? Quantity(millionths: 2 * Quantity.scale) : nil
    return LinePortion(line: line, amount: amount, quantity: quantity)
  }

  struct Row: Sendable {
    let operations: [Operation]
    let kind: Operation.Kind
    let amount: MinorUnits
    let attribution: OperationScope.Attribution
    let portions: [LinePortion]

    init(
      _ operations: [Operation],
      _ kind: Operation.Kind,
      _ amount: MinorUnits,
      _ attribution: OperationScope.Attribution,
      _ portions: [LinePortion] = []
    ) {
      self.operations = operations
      self.kind = kind
      self.amount = amount
      self.attribution = attribution
      self.portions = portions
    }
  }

  static let rows = [
    Row([], .capture, 1000, .lines, [portion(0, 600, whole: true), portion(1, 400, whole: true)]),
    Row([], .refund, 0, .lines),
    Row(
      [.capture(700, [0: 600, 1: 100])],
      .capture,
      300,
      .lines,
      [portion(1, 300)]
    ),
    Row(
      [.capture(700, [0: 600, 1: 100])],
      .refund,
      700,
      .lines,
      [portion(0, 600, whole: true), portion(1, 100)]
    ),
    // An amount that named no lines leaves more on the lines than there is in all.
    Row([.capture(700)], .capture, 300, .linesDiffer(sum: 1000)),
    Row([.capture(700)], .refund, 700, .linesDiffer(sum: 1000)),
    Row([.capture(600, [0: 600]), .capture(100)], .capture, 300, .linesDiffer(sum: 400)),
    // Once everything was captured, each line was, whatever was named.
    Row(
      [.capture(700), .capture(300)],
      .refund,
      1000,
      .lines,
      [portion(0, 600, whole: true), portion(1, 400, whole: true)]
    ),
    Row(
      [.capture(1000), .refund(500, [0: 500])],
      .refund,
      500,
      .lines,
      [portion(0, 100), portion(1, 400, whole: true)]
    ),
    Row([.capture(1000), .refund(500)], .refund, 500, .linesDiffer(sum: 1000)),
  ]

  @Test("of everything that is left", arguments: rows)
  func everything(row: Row) throws {
    var state = Self.start
    for operation in row.operations { try apply(operation, to: &state, of: makeProduct()) }
    let scope = state.scope(for: row.kind)
    #expect(scope.amount == row.amount)
    #expect(scope.attribution == row.attribution)
    #expect(scope.portions == row.portions)
    guard scope.amount > .zero else { return }
    var operation = Operation(row.kind, amount: scope.amount)
    operation.lines = scope.portions
    #expect(state.violation(of: operation) == nil)
  }

  @Test("of a transaction without lines")
  func withoutLines() {
    let scope = makeState(.authorized, 1000).scope(for: .capture)
    #expect(scope.attribution == .noLines)
    #expect(scope.amount == 1000)
  }

  @Test("with shipping, a gift card and a free line")
  func shippingAndGiftCard() throws {
    var order = makeLines(600, 99, -200, 0)
    order[1].kind = .shipping
    let state = makeState(.authorized, 499, lines: order)
    let scope = state.scope(for: .capture)
    #expect(scope.amount == 499)
    #expect(scope.portions.map(\.line) == [0, 1, 2])
    #expect(scope.portions.map(\.amount) == [600, 99, -200])
    let half = try state.after(.capture(400, [0: 500, 2: -100]))
    #expect(half.scope(for: .capture).portions.map(\.amount) == [100, 99, -100])
    #expect(half.scope(for: .refund).portions.map(\.amount) == [500, -100])
  }

  @Test("of one line are bounded by what is left in all")
  func oneLine() throws {
    let state = try Self.start.after(.capture(700))
    #expect(state.leftOnLine(0, for: .capture) == 300)
    #expect(state.leftOnLine(1, for: .capture) == 300)
    #expect(state.leftOnLine(0, for: .refund) == 600)
    #expect(state.leftOnLine(7, for: .capture) == 0)
    #expect(state.leftOnLine(-1, for: .capture) == 0)
    let named = try Self.start.after(.capture(100, [1: 100]))
    #expect(named.leftOnLine(1, for: .capture) == 300)
    #expect(named.leftOnLine(1, for: .refund) == 100)
    #expect(named.leftOnLine(0, for: .refund) == 0)
    let giftCard = makeState(.authorized, 400, lines: makeLines(600, -200))
    #expect(giftCard.leftOnLine(1, for: .capture) == -200)
    #expect(giftCard.leftOnLine(0, for: .capture) == 400)
    #expect(try giftCard.after(.void).leftOnLine(1, for: .capture) == 0)
  }

  @Test("are never negative, and there for every kind")
  func left() {
    var state = makeState(.partiallyCaptured, 1000, captured: 400, refunded: 100)
    #expect(state.left(for: .capture) == 600)
    #expect(state.left(for: .void) == 600)
    #expect(state.left(for: .refund) == 300)
    #expect(state.left(for: .adjust) == 1000)
    #expect(state.left(for: .tag) == 0)
    state.captured = 1200
    state.refunded = 1300
    #expect(state.left(for: .capture) == 0)
    #expect(state.left(for: .refund) == 0)
  }

  @Test("find lines by the bytes of their ids", arguments: ["1", "2", "ship-1", "", "æøå", "12"])
  func lineByID(id: String) {
    var state = makeState(.authorized, 1000, lines: makeLines(600, 300, 100))
    state.lines[2].id = "æøå"
    let expected = state.lines.firstIndex { $0.id == id }.map { Int32($0) }
    #expect(state.indexOfLine(Array(id.utf8).span) == expected)
  }
}

/// What can be done, and of what nobody is sure.
@Suite("Available operations")
struct AvailableOperationsTests {
  static func summary(_ state: Transaction.State, _ product: String) -> [String] {
    state.availableOperations(of: PaymentProduct(product)).map {
      "\($0.kind) \($0.maximum.count)\($0.isRemainder ? " remaining" : "")"
    }
  }

  static let half = makeState(.partiallyCaptured, 1000, captured: 400)
  static let limit = "adjust \(MinorUnits.largestAmount.count)"

  static let rows: [(String, Transaction.State, [String])] = [
    ("vipps", makeState(.authorized, 1000), ["capture 1000", "void 1000", "tag 0"]),
    ("vipps", half, ["capture 600", "refund 400", "void 600 remaining", "tag 0"]),
    ("dintero_psp.creditcard", half, ["capture 600", "refund 400", "tag 0"]),
    (
      "klarna.klarna", half,
      ["capture 600", "refund 400", "void 600 remaining", limit, "extend 0", "tag 0"]
    ),
    (
      "klarna.klarna", makeState(.partiallyCaptured, 1000, captured: 400, voided: 600),
      ["refund 400", "extend 0", "tag 0"]
    ),
    ("swish.swish", makeState(.captured, 1000, captured: 1000), ["refund 1000", "tag 0"]),
    ("dintero.external", makeState(.onHold, 1000), ["authorize 0", "tag 0"]),
    ("collector.invoice", makeState(.onHold, 1000), ["tag 0"]),
    ("dintero.zero", makeState(.authorized, 0), ["tag 0"]),
    ("vipps", makeState(.unknown, 1000), []),
    ("vipps", makeState(.authorized, 1000, captured: 1001), ["tag 0"]),
    (
      "vipps", makeState(.partiallyCaptured, 1000, captured: 400, voided: 600),
      ["refund 400", "tag 0"]
    ),
  ]

  @Test("are those that the rules let pass", arguments: rows)
  func available(product: String, state: Transaction.State, expected: [String]) {
    #expect(Self.summary(state, product) == expected)
    let transaction = Transaction(
      id: TransactionID("T12345678.1"),
      product: PaymentProduct(product),
      currency: Currency.all[0],
      state: state
    )
    #expect(
      availableOperations(of: transaction).map(\.kind)
        == state.availableOperations(of: transaction.product).map(\.kind)
    )
  }

  @Test("leave out what a pending operation blocks")
  func pending() {
    var state = Self.half
    state.pendingCapture = 10
    #expect(Self.summary(state, "vipps") == ["refund 400", "tag 0"])
    state.pendingCapture = 0
    state.isVoidPending = true
    #expect(Self.summary(state, "klarna.klarna") == ["refund 400", "tag 0"])
    state.isVoidPending = false
    state.pendingRefund = 10
    #expect(Self.summary(state, "vipps") == ["capture 600", "void 600 remaining", "tag 0"])
  }

  @Test("leave out what an assumption forbids, where assumptions are enforced")
  func enforced() {
    var rules = LedgerRules()
    rules.enforcesUncertainTraits = true
    let product = PaymentProduct("santander.debit_account")
    #expect(Self.half.availableOperations(of: product).map(\.kind).contains(.capture))
    #expect(
      !Self.half.availableOperations(of: product, under: rules).map(\.kind).contains(.capture)
    )
    #expect(Self.half.violation(of: .capture(600), product) == nil)
    #expect(
      Self.half.violation(of: .capture(600), product, under: rules)
        == .secondCaptureUnsupported(captured: 400)
    )
    let whole = makeState(.authorized, 1000)
    #expect(
      whole.violation(of: .capture(600), product, under: rules)
        == .partialCaptureUnsupported(left: 1000)
    )
  }

  static let uncertain: [(String, Transaction.State, Operation, Capabilities.Traits)] = [
    ("vipps", half, .capture(1), []),
    ("bambora.creditcard", half, .capture(600), .multipleCaptures),
    ("bambora.creditcard", makeState(.authorized, 1000), .capture(1), []),
    ("netaxept.creditcard", half, .capture(1), [.partialCapture, .multipleCaptures]),
    ("netaxept.creditcard", half, .capture(600), .multipleCaptures),
    ("santander.debit_account", half, .refund(1), .refund),
    ("seitatech.in_person", makeState(.authorized, 1000), .void, .voidAuthorization),
    ("klarna.klarna", half, .adjust(to: 900), .updateAfterCapture),
    ("klarna.klarna", makeState(.authorized, 1000), .adjust(to: 900), []),
    ("klarna.klarna", half, Operation(.extend), []),
    ("klarna.billie", half, Operation(.extend), .extension),
    ("new.product", half, .refund(1), [.refund, .asynchronousRefund, .lineItemsRequired]),
    ("new.product", half, .refund(1, [0: 1]), [.refund, .asynchronousRefund]),
    ("new.product", makeState(.authorized, 1), .capture(1, [0: 1]), .flow),
    ("new.product", half, .tag("x"), []),
    ("dintero.external", makeState(.onHold, 1), Operation(.authorize), []),
  ]

  @Test("tell what no document confirms", arguments: uncertain)
  func uncertainty(
    product: String,
    state: Transaction.State,
    operation: Operation,
    traits: Capabilities.Traits
  ) {
    #expect(state.uncertainTraits(of: operation, for: PaymentProduct(product)) == traits)
  }
}
