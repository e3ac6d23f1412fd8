import DTXLedger

extension RepetitionTests {
  // MARK: Operations that have no usable reference, and are known by their effect

  static let onHold = transaction(makeState(.onHold, 1000), product: "dintero.external")
  static let released = replayed(
    event(.initialize, nil, nil, .onHold),
    event(.authorize, 1000, nil, .authorized),
    product: "dintero.external"
  )
  static let voided = replayed(event(.void, nil, nil, .authorizationVoided))
  static let restVoided = replayed(
    event(.capture, 400, "a"),
    event(.void, 600, nil, .captured)
  )
  static let tagged = {
    var state = makeState(.captured, 1000, captured: 1000)
    state.secondReference = "order-7"
    return transaction(state)
  }()
  static let preauthorized = {
    var state = makeState(.authorized, 1000)
    state.isPreauthorization = true
    return transaction(state, product: "dintero_psp.creditcard")
  }()
  static let extended = {
    var update = event(.authorize, nil, nil, .authorized)
    update.metadata = ["klarna:authorization_expiration_reference": "late"]
    return replayed(update)
  }()

  static let effects = [
    Row("voided", on: voided, [Request(.void)], .alreadyApplied(.event(0))),
    Row(
      "voided, and the rest is meant",
      on: voided,
      [Request(.voidRemaining)],
      .refused(.violation(.statusForbids(.void, .authorizationVoided)))
    ),
    Row("rest voided", on: restVoided, [Request(.voidRemaining)], .alreadyApplied(.event(1))),
    Row(
      "rest voided, and all is meant",
      on: restVoided,
      [Request(.void)],
      .refused(.violation(.statusForbids(.void, .captured)))
    ),
    Row(
      "void pending",
      on: replayed(event(.initiateVoid, nil, nil, .authorized, request: "1")),
      [Request(.void)],
      .alreadyApplied(.event(0))
    ),
    Row(
      "voided twice in a plan",
      [Request(.void), Request(.void)],
      .refused(.repetition(.step(0)))
    ),
    Row(
      "voided after all was captured",
      [Request(.capture(1000)), Request(.void)],
      .refused(.violation(.statusForbids(.void, .captured)))
    ),
    Row("released", on: released, [Request(Operation(.authorize))], .alreadyApplied(.event(1))),
    Row(
      "released, with the amount",
      on: released,
      [Request(Operation(.authorize, amount: 1000))],
      .alreadyApplied(.event(1))
    ),
    Row(
      "released, with another amount",
      on: released,
      [Request(Operation(.authorize, amount: 1))],
      .refused(.violation(.statusForbids(.authorize, .authorized)))
    ),
    Row(
      "never on hold",
      on: replayed(event(.authorize, 1000, nil, .authorized)),
      [Request(Operation(.authorize))],
      .refused(.violation(.statusForbids(.authorize, .authorized)))
    ),
    Row(
      "authorized without having been on hold",
      on: replayed(
        event(.initialize, nil, nil, .initiated),
        event(.authorize, 1000, nil, .authorized),
        product: "dintero.external"
      ),
      [Request(Operation(.authorize))],
      .refused(.violation(.statusForbids(.authorize, .authorized)))
    ),
    Row("on hold", on: onHold, [Request(Operation(.authorize))], .step(0)),
    Row(
      "released twice in a plan",
      on: onHold,
      [Request(Operation(.authorize)), Request(Operation(.authorize))],
      .refused(.repetition(.step(0)))
    ),
    Row("tagged", on: tagged, [Request(.tag("order-7"))], .alreadyApplied(.state)),
    Row("tagged otherwise", on: tagged, [Request(.tag("order-8"))], .step(0)),
    Row(
      "tagged twice in a plan",
      on: tagged,
      [Request(.tag("order-8")), Request(.tag("order-8"))],
      .alreadyApplied(.step(0))
    ),
    Row(
      "tagged back",
      on: tagged,
      [Request(.tag("order-8")), Request(.tag("order-7"))],
      .step(1)
    ),
    Row(
      "tagged to and fro",
      on: tagged,
      [Request(.tag("8")), Request(.tag("9")), Request(.tag("8"))],
      .step(2)
    ),
    Row(
      "adjusted to what it is",
      [Request(.adjust(to: 1000, makeLines(600, 400)))],
      .alreadyApplied(.state)
    ),
    Row(
      "adjusted to other items",
      [Request(.adjust(to: 1000, makeLines(500, 500)))],
      .step(0)
    ),
    Row(
      "adjusted to another quantity",
      [
        Request(
          .adjust(
            to: 1000,
            makeLines(600, 400).map {
              var line = $0
              line.quantity = .one
              return line
            }
          )
        )
      ],
      .step(0)
    ),
    Row(
      "adjusted twice in a plan",
      [
        Request(.adjust(to: 900, makeLines(500, 400)), "dtx-1"),
        Request(.adjust(to: 900, makeLines(500, 400)), "dtx-2"),
      ],
      .alreadyApplied(.step(0))
    ),
    Row(
      "adjusted to and fro",
      [
        Request(.adjust(to: 900, makeLines(500, 400)), "dtx-1"),
        Request(.adjust(to: 800, makeLines(400, 400)), "dtx-2"),
        Request(.adjust(to: 900, makeLines(500, 400)), "dtx-3"),
      ],
      .step(2)
    ),
    Row(
      "adjusted under the same reference, to another total",
      [
        Request(.adjust(to: 900, makeLines(500, 400)), "a"),
        Request(.adjust(to: 800, makeLines(400, 400)), "a"),
      ],
      .refused(.referenceReused(.step(0)))
    ),
    Row(
      "adjusted by an event",
      on: replayed(event(.authorize, 900, "a", .authorized), lines: []),
      [Request(.adjust(to: 900), "a")],
      .alreadyApplied(.event(0))
    ),
    Row(
      "adjusted by an event to another total",
      on: replayed(event(.authorize, 900, "a", .authorized), lines: []),
      [Request(.adjust(to: 800), "a")],
      .refused(.referenceReused(.event(0)))
    ),
    Row(
      "a pre-authorization that is so large",
      on: preauthorized,
      [Request(.adjust(to: 1000))],
      .alreadyApplied(.state)
    ),
    Row(
      "a pre-authorization that is so large, final",
      on: preauthorized,
      [Request(.adjust(to: 1000).final)],
      .step(0)
    ),
    Row(
      "extended under the same reference",
      on: extended,
      [Request(Operation(.extend), "late")],
      .alreadyApplied(.event(0))
    ),
    Row(
      "extended under another reference",
      on: extended,
      [Request(Operation(.extend), "later")],
      .step(0)
    ),
    Row(
      "extended twice in a plan",
      [Request(Operation(.extend), "dtx-1"), Request(Operation(.extend), "dtx-2")],
      .refused(.repetition(.step(0)))
    ),
  ]

  // MARK: Lines that an adjustment has moved

  /// The line with the id "2" stands first after the adjustment.
  static let swapped = Request(
    .adjust(to: 1100, [makeLines(600, 500)[1], makeLines(600, 500)[0]]),
    "dtx-swap"
  )
  static let dropped = Request(.adjust(to: 400, [makeLines(600, 400)[1]]), "dtx-drop")

  static let movedLines = [
    Row(
      "the same line by another number",
      [Request(.capture(50, [0: 50]), "dtx-1"), swapped, Request(.capture(50, [1: 50]), "dtx-2")],
      .refused(.repetition(.step(0)))
    ),
    Row(
      "another line by the same number",
      [Request(.capture(50, [0: 50]), "dtx-1"), swapped, Request(.capture(50, [0: 50]), "dtx-2")],
      .step(2)
    ),
    Row(
      "the same number after the change",
      [swapped, Request(.capture(50, [0: 50]), "dtx-1"), Request(.capture(50, [0: 50]), "dtx-2")],
      .refused(.repetition(.step(1)))
    ),
    Row(
      "an event's line by another number",
      on: replayed(event(.capture, 50, nil, lines: ["1": 50])),
      [swapped, Request(.capture(50, [1: 50]), "dtx-2")],
      .refused(.repetition(.event(0)))
    ),
    Row(
      "a new line by the number of one that was dropped",
      [
        Request(.capture(50, [1: 50]), "dtx-1"), dropped,
        Request(
          .adjust(
            to: 500,
            [makeLines(600, 400)[1], LineItem(id: "3", description: "", amount: 100)]
          ),
          "dtx-add"
        ),
        Request(.capture(50, [1: 50]), "dtx-2"),
      ],
      .step(3)
    ),
    Row(
      "the same reference for the same line by another number",
      [Request(.capture(50, [0: 50]), "a"), swapped, Request(.capture(50, [1: 50]), "a")],
      .alreadyApplied(.step(0))
    ),
  ]
}
