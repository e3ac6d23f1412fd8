@testable import DTXDintero
import DTXExecution
import DTXLedger
import Testing

@Suite("What an answer to an operation means")
struct AnswerTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let replies: [ScriptedTransport.Reply]
    let expected: String

    init(_ description: String, _ replies: ScriptedTransport.Reply..., expected: String) {
      testDescription = description
      self.replies = replies
      self.expected = expected
    }
  }

  static let rows: [Row] = [
    Row(
      "200",
      .answer(200, Samples.authorized(and: Samples.partialCapture), headers: ["request-id": "r"]),
      expected: "completed r"
    ),
    Row(
      "202",
      .answer(202, Samples.authorized, headers: ["event-request-id": "R1", "request-id": "r"]),
      expected: "accepted R1"
    ),
    Row("200 that can't be read", .answer(200, "<html>"), expected: "unknown"),
    Row("200 without a body", .answer(200), expected: "unknown"),
    Row("202 without a body", .answer(202), expected: "unknown"),
    Row("201, which is not documented", .answer(201, Samples.authorized), expected: "unknown"),
    Row("204", .answer(204), expected: "unknown"),
    Row("302", .answer(302, headers: ["location": "https://evil.test"]), expected: "unknown"),
    Row(
      "400",
      .answer(400, #"{"error": {"code": "X", "message": "no"}}"#, headers: ["request-id": "r"]),
      expected: "refused 400 X no r"
    ),
    Row("404", .answer(404, #"{"message": "gone"}"#), expected: "refused 404 - gone -"),
    Row("422", .answer(422), expected: "refused 422 - no explanation was given -"),
    Row("404 of something in between", .answer(404, "<html>nginx</html>"), expected: "unknown"),
    Row("400 that is no JSON", .answer(400, "Bad Request"), expected: "unknown"),
    Row("401 twice", .answer(401), .answer(401), expected: "unauthorized 401"),
    Row(
      "403 with a fresh token",
      .answer(403, #"{"message": "Forbidden"}"#),
      expected: "unauthorized 403"
    ),
    Row("401, then done", .answer(401), .answer(200, Samples.authorized), expected: "completed -"),
    Row("401, then lost", .answer(401), .failure(.lost), expected: "unknown"),
    Row(
      "401, then no connection",
      .answer(401),
      .failure(.notSent),
      expected: "notSent unreachable"
    ),
    Row("408", .answer(408), expected: "unknown"),
    Row("409", .answer(409, #"{"error": {"message": "busy"}}"#), expected: "unknown"),
    Row("429", .answer(429, headers: ["retry-after": "17"]), expected: "throttled 17.0"),
    Row("429 without a time", .answer(429), expected: "throttled 5.0"),
    Row(
      "429 with a date",
      .answer(429, headers: ["retry-after": "Mon, 01 Jan"]),
      expected: "throttled 5.0"
    ),
    Row("500", .answer(500), expected: "unknown"),
    Row("502", .answer(502, "<html>"), expected: "unknown"),
    Row("503", .answer(503), expected: "unknown"),
    Row("504", .answer(504), expected: "unknown"),
    Row("no connection", .failure(.notSent), expected: "notSent unreachable"),
    Row("lost", .failure(.lost), expected: "unknown"),
    Row("timed out", .failure(.timedOut), expected: "unknown"),
    Row("given up", .failure(.cancelled), expected: "unknown"),
    Row("too long", .failure(.tooLong), expected: "unknown"),
  ]

  @Test("is told as it is, and nothing is sent again blindly", arguments: rows)
  func answer(row: Row) async throws {
    let rig = try Rig(ScriptedTransport(row.replies))
    let answer = await rig.client.writer.send(Self.capture)
    #expect(Self.text(of: answer) == row.expected)
    #expect(rig.transport.requests.count == row.replies.count)
  }

  static let capture = WritingTests.request(
    WritingTests.operation(.capture, 44_900),
    reference: "r"
  )

  @Test("is that nothing left, where there is no token")
  func noToken() async throws {
    let rig = try Rig(tokens: [.answer(401, #"{"message": "who are you?"}"#)])
    let answer = await rig.client.writer.send(Self.capture)
    #expect(Self.text(of: answer) == "notSent unauthorized")
    #expect(rig.transport.requests.isEmpty)
  }

  @Test("is that nothing left, where the transaction is another account's")
  func foreign() async throws {
    let rig = try Rig(.answer(200, Samples.authorized))
    let request = OperationRequest(
      id: OperationID(run: RunID("run"), step: 0),
      transaction: TransactionID("P12345678.5Qw8ZrTn2KvYb7LcXeHs4M"),
      operation: WritingTests.operation(.capture, 1),
      reference: nil,
      extras: nil
    )
    #expect(Self.text(of: await rig.client.writer.send(request)) == "notSent refused")
    #expect(rig.transport.requests.isEmpty && rig.transport.tokenRequests.isEmpty)
  }

  static func text(of answer: Answer) -> String {
    switch answer {
    case .completed(_, let requestID): "completed \(requestID ?? "-")"
    case .accepted(_, let requestID): "accepted \(requestID ?? "-")"
    case .refused(let refusal):
      "refused \(refusal.status) \(refusal.code ?? "-") \(refusal.message) \(refusal.requestID ?? "-")"
    case .unauthorized(let refusal): "unauthorized \(refusal.status)"
    case .throttled(let seconds): "throttled \(seconds)"
    case .notSent(let error): "notSent \(error.code)"
    case .unknown: "unknown"
    }
  }
}
