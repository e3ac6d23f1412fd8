import DTXLedger
import Testing

@testable import DTXExecution

@Suite("Prediction")
struct PredictionTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var kind = Operation.Kind.capture
    let predicted: Balance
    let actual: Balance
    let agrees: Bool
  }

  static func balance(
    _ status: Status,
    captured: Int64 = 0,
    refunded: Int64 = 0,
    voided: Int64 = 0,
    authorized: Int64 = 100
  ) -> Balance {
    var state = Transaction.State(status: status, authorized: MinorUnits(authorized))
    state.captured = MinorUnits(captured)
    state.refunded = MinorUnits(refunded)
    state.voided = MinorUnits(voided)
    return Balance(state)
  }

  static let rows: [Row] = [
    Row(
      testDescription: "the same",
      predicted: balance(.captured, captured: 100),
      actual: balance(.captured, captured: 100),
      agrees: true
    ),
    Row(
      testDescription: "another status",
      predicted: balance(.captured, captured: 100),
      actual: balance(.partiallyCaptured, captured: 100),
      agrees: false
    ),
    Row(
      testDescription: "another authorized total",
      predicted: balance(.captured, captured: 100),
      actual: balance(.captured, captured: 100, authorized: 101),
      agrees: false
    ),
    Row(
      testDescription: "another captured total",
      predicted: balance(.partiallyCaptured, captured: 40),
      actual: balance(.partiallyCaptured, captured: 41),
      agrees: false
    ),
    Row(
      testDescription: "another refunded total",
      kind: .refund,
      predicted: balance(.partiallyRefunded, captured: 100, refunded: 40),
      actual: balance(.partiallyRefunded, captured: 100, refunded: 41),
      agrees: false
    ),
    Row(
      testDescription: "another released total",
      kind: .void,
      predicted: balance(.captured, captured: 40, voided: 60),
      actual: balance(.captured, captured: 40, voided: 59),
      agrees: false
    ),
    Row(
      testDescription: "a release of the rest may leave the payment captured in part",
      kind: .void,
      predicted: balance(.captured, captured: 40, voided: 60),
      actual: balance(.partiallyCaptured, captured: 40, voided: 60),
      agrees: true
    ),
    Row(
      testDescription: "a release of the rest may leave it voided",
      kind: .void,
      predicted: balance(.captured, captured: 40, voided: 60),
      actual: balance(.authorizationVoided, captured: 40, voided: 60),
      agrees: true
    ),
    Row(
      testDescription: "a release of the rest never leaves it declined",
      kind: .void,
      predicted: balance(.captured, captured: 40, voided: 60),
      actual: balance(.declined, captured: 40, voided: 60),
      agrees: false
    ),
    Row(
      testDescription: "a release of everything leaves it voided and nothing else",
      kind: .void,
      predicted: balance(.authorizationVoided, voided: 100),
      actual: balance(.captured, voided: 100),
      agrees: false
    ),
    Row(
      testDescription: "after refunds of a part, a capture may be called either",
      predicted: balance(.partiallyRefunded, captured: 100, refunded: 10),
      actual: balance(.captured, captured: 100, refunded: 10),
      agrees: true
    ),
    Row(
      testDescription: "a refund of all that was captured in part may be called refunded",
      kind: .refund,
      predicted: balance(.partiallyCapturedRefunded, captured: 40, refunded: 40),
      actual: balance(.refunded, captured: 40, refunded: 40),
      agrees: true
    ),
    Row(
      testDescription: "a refund of a part has one status",
      kind: .refund,
      predicted: balance(.partiallyCapturedRefunded, captured: 40, refunded: 30),
      actual: balance(.refunded, captured: 40, refunded: 30),
      agrees: false
    ),
    Row(
      testDescription: "an adjustment down to what was captured may be called captured",
      kind: .adjust,
      predicted: balance(.captured, captured: 40, authorized: 40),
      actual: balance(.partiallyCaptured, captured: 40, authorized: 40),
      agrees: true
    ),
  ]

  @Test("agrees where the provider leaves no doubt, or none that matters", arguments: rows)
  func agrees(row: Row) {
    #expect(Prediction.agrees(row.actual, with: row.predicted, after: row.kind) == row.agrees)
  }
}
