// A table: every choice that the provider's documentation leaves open.
import DTXLedger
package import DTXSandbox

/// One thing that the provider's documentation leaves open, and how the sandbox may decide it.
///
/// A client must not depend on any of them, so that each can be tried both ways.
package struct ServerSwitch: Sendable {
  /// Where a switch stands.
  package struct Position: Sendable {
    package let name: String
    let apply: @Sendable (inout SandboxRules, inout WireBehaviour) -> Void

    init(
      _ name: String,
      _ apply: @escaping @Sendable (inout SandboxRules, inout WireBehaviour) -> Void = { _, _ in }
    ) {
      self.name = name
      self.apply = apply
    }
  }

  package let name: String
  /// What is left open, as a half-sentence for the help.
  package let meaning: String
  /// The first is how the switch stands unless another is asked for.
  package let positions: [Position]

  init(_ name: String, _ meaning: String, _ positions: [Position]) {
    self.name = name
    self.meaning = meaning
    self.positions = positions
  }

  /// Sets a switch by a text such as `list-order=oldest`.
  ///
  /// - Throws: `ServerError` where there is no such switch, or no such position of it.
  package static func set(
    _ text: String,
    in rules: inout SandboxRules,
    _ behaviour: inout WireBehaviour
  ) throws(ServerError) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, let wanted = all.first(where: { $0.name == sides[0] }) else {
      let names = all.map(\.name).joined(separator: ", ")
      throw ServerError("'\(text)' is not SWITCH=POSITION with one of the switches \(names)")
    }
    guard let position = wanted.positions.first(where: { $0.name == sides[1] }) else {
      let names = wanted.positions.map(\.name).joined(separator: ", ")
      throw ServerError("the switch \(wanted.name) has the positions \(names)")
    }
    position.apply(&rules, &behaviour)
  }
}

extension ServerSwitch {
  private static let skewMilliseconds: Int64 = 600_000

  package static let all: [ServerSwitch] = rules + events + wire

  private static let rules = [
    ServerSwitch(
      "status-after-remainder-void",
      "what a partial capture is called once the rest is voided",
      [
        Position("CAPTURED"),
        Position("PARTIALLY_CAPTURED") { rules, _ in
          rules.ledger.statusAfterRemainderVoid = .partiallyCaptured
        },
        Position("AUTHORIZATION_VOIDED") { rules, _ in
          rules.ledger.statusAfterRemainderVoid = .authorizationVoided
        },
      ]
    ),
    ServerSwitch(
      "status-after-full-refund-of-part",
      "what a partial capture is called once all of it is refunded",
      [
        Position("PARTIALLY_CAPTURED_REFUNDED"),
        Position("REFUNDED") { rules, _ in rules.ledger.statusAfterFullRefundOfPart = .refunded },
      ]
    ),
    ServerSwitch(
      "pending",
      "whether a second operation is taken while one of its kind is pending",
      [
        Position("conflict"),
        Position("allowed") { rules, _ in rules.ledger.blocksWhilePending = false },
      ]
    ),
    ServerSwitch(
      "line-ceilings",
      "whether a line gives no more than it has",
      [Position("on"), Position("off") { rules, _ in rules.ledger.lineCeilings = false }]
    ),
    ServerSwitch(
      "undocumented-products",
      "whether products are held to what their documents leave open",
      [
        Position("open"),
        Position("strict") { rules, _ in rules.ledger.enforcesUncertainTraits = true },
      ]
    ),
    ServerSwitch(
      "foreign-final-capture",
      "what becomes of a final capture of a product without one",
      [
        Position("refused"),
        Position("ignored") { rules, _ in rules.refusesForeignFinalCapture = false },
      ]
    ),
  ]

  private static let events = [
    ServerSwitch(
      "final-capture-void",
      "whether the release of a final capture stands in the history",
      [
        Position("event"), Position("absent") { rules, _ in rules.finalCaptureAppendsVoid = false },
      ]
    ),
    ServerSwitch(
      "void-amount",
      "whether the event of a void has an amount",
      [Position("present"), Position("absent") { rules, _ in rules.voidEventsHaveAmount = false }]
    ),
    ServerSwitch(
      "refused-event",
      "whether a refusal by the processor leaves an event",
      [Position("recorded"), Position("absent") { rules, _ in rules.recordsRefusals = false }]
    ),
    ServerSwitch(
      "accepted-items",
      "whether the event of an accepted request has its items",
      [
        Position("present"),
        Position("absent") { _, behaviour in behaviour.showsAcceptedItems = false },
      ]
    ),
    ServerSwitch(
      "metadata",
      "whether a request's metadata is found again",
      [Position("event"), Position("dropped") { rules, _ in rules.keepsMetadata = false }]
    ),
    ServerSwitch(
      "event-clock",
      "whether the times of events are those of the clock",
      [
        Position("exact"),
        Position("behind") { rules, _ in rules.eventClockSkewMilliseconds = -skewMilliseconds },
        Position("ahead") { rules, _ in rules.eventClockSkewMilliseconds = skewMilliseconds },
      ]
    ),
    ServerSwitch(
      "test-cards",
      "what a card that makes operations time out does to them",
      [
        Position("timeout-applied"),
        Position("timeout-not-applied") { rules, _ in rules.testCardFault = .silentNotApplied },
        Position("off") { rules, _ in rules.testCardFault = nil },
      ]
    ),
  ]

  private static let wire = [
    ServerSwitch(
      "list-order",
      "which transactions are listed first",
      [Position("newest"), Position("oldest") { _, behaviour in behaviour.isOldestFirst = true }]
    ),
    ServerSwitch(
      "request-id",
      "how the names of requests are written",
      [
        Position("plain"),
        Position("dashed") { _, behaviour in behaviour.hasDashedRequestIDs = true },
      ]
    ),
    ServerSwitch(
      "unknown-members",
      "whether answers hold what no document names",
      [Position("absent"), Position("present") { _, behaviour in behaviour.addsUnknowns = true }]
    ),
    ServerSwitch(
      "error-shape",
      "how an error of the provider's own making looks",
      WireBehaviour.ErrorShape.allCases.map { shape in
        Position(shape.rawValue) { _, behaviour in behaviour.faultShape = shape }
      }
    ),
    ServerSwitch(
      "expired-token",
      "how a token is turned down that is no longer good",
      [Position("401"), Position("403") { _, behaviour in behaviour.expiredTokenStatus = 403 }]
    ),
  ]
}
