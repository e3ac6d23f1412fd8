import DTXLedger

extension RepetitionTests {
  // MARK: Operations that are among the events of a transaction

  static let inHistory = [
    Row(
      "same reference and content",
      on: captured,
      [Request(.capture(300, same), "ship-1")],
      .alreadyApplied(.event(0))
    ),
    Row(
      "same reference and content, again",
      on: captured,
      [Request(.capture(300, same), "ship-1").again],
      .alreadyApplied(.event(0))
    ),
    Row(
      "same reference, other lines",
      on: captured,
      [Request(.capture(300), "ship-1")],
      .refused(.referenceReused(.event(0)))
    ),
    Row(
      "same reference, other amount",
      on: captured,
      [Request(.capture(30), "ship-1")],
      .refused(.referenceReused(.event(0)))
    ),
    Row(
      "another written reference",
      on: captured,
      [Request(.capture(300, same), "ship-2")],
      .repeated(0, .event(0))
    ),
    Row(
      "a derived reference",
      on: captured,
      [Request(.capture(300, same), "dtx-2")],
      .refused(.repetition(.event(0)))
    ),
    Row(
      "a written reference after a derived one",
      on: derived,
      [Request(.capture(300), "ship-1")],
      .refused(.repetition(.event(0)))
    ),
    Row(
      "the same derived reference",
      on: derived,
      [Request(.capture(300), "dtx-abc")],
      .alreadyApplied(.event(0))
    ),
    Row(
      "an event without a reference",
      on: replayed(event(.capture, 300, nil)),
      [Request(.capture(300), "a")],
      .refused(.repetition(.event(0)))
    ),
    Row(
      "again",
      on: derived,
      [Request(.capture(300), "dtx-def").again],
      .step(0)
    ),
    Row(
      "a failed event",
      on: replayed(event(.capture, 300, "a", .authorized, failed: true)),
      [Request(.capture(300), "a")],
      .step(0)
    ),
    Row(
      "a pending event",
      on: replayed(event(.initiateCapture, 300, "a", .authorized, request: "1")),
      [Request(.capture(300), "a")],
      .alreadyApplied(.event(0))
    ),
    Row(
      "a pending event, another reference",
      on: replayed(event(.initiateCapture, 300, "a", .authorized, request: "1")),
      [Request(.capture(300), "dtx-1")],
      .refused(.repetition(.event(0)))
    ),
    Row(
      "a completed event that leaves the reference to its request",
      on: replayed(
        event(.initiateCapture, 300, "a", .authorized, request: "1"),
        event(.capture, 300, nil, completing: "1")
      ),
      [Request(.capture(300), "a")],
      .alreadyApplied(.event(1))
    ),
    Row(
      "a pending event that failed",
      on: replayed(
        event(.initiateCapture, 300, "a", .authorized, request: "1"),
        event(.capture, 300, "a", .authorized, completing: "1", failed: true)
      ),
      [Request(.capture(300), "a")],
      .step(0)
    ),
    Row(
      "two events under one reference, one of them equal",
      on: replayed(event(.capture, 100, "order"), event(.capture, 200, "order")),
      [Request(.capture(200), "order")],
      .alreadyApplied(.event(1))
    ),
    Row(
      "two events under one reference, none of them equal",
      on: replayed(event(.capture, 100, "order"), event(.capture, 200, "order")),
      [Request(.capture(300), "order")],
      .refused(.referenceReused(.event(0)))
    ),
    Row(
      "equal events, one of which nobody named",
      on: replayed(event(.capture, 100, "a"), event(.capture, 100, nil)),
      [Request(.capture(100), "c")],
      .refused(.repetition(.event(1)))
    ),
    Row(
      "equal events, all named",
      on: replayed(event(.capture, 100, "a"), event(.capture, 100, "b")),
      [Request(.capture(100), "c")],
      .repeated(0, .event(0))
    ),
    Row(
      "lines that the transaction has not",
      on: replayed(event(.capture, 300, nil, lines: ["1": 299, "rounding": 1])),
      [Request(.capture(300, [0: 299, 1: 1]), "a")],
      .step(0)
    ),
    Row(
      "a line of nothing that the transaction has not",
      on: replayed(event(.capture, 300, "a", lines: ["1": 300, "gone": 0])),
      [Request(.capture(300, [0: 300]), "a")],
      .refused(.referenceReused(.event(0)))
    ),
    Row(
      "a refund",
      on: replayed(
        event(.capture, 1000, "a", .captured),
        event(.refund, 50, "b", .partiallyRefunded)
      ),
      [Request(.refund(50), "b")],
      .alreadyApplied(.event(1))
    ),
    Row(
      "captured in full, twice the same script",
      on: replayed(event(.capture, 1000, "dtx-1", .captured, lines: ["1": 600, "2": 400])),
      [Request(.capture(1000, [0: 600, 1: 400]), "dtx-1")],
      .alreadyApplied(.event(0))
    ),
  ]
}
