@testable import DTXDintero
import Testing

@Suite("Errors in the shapes that occur")
struct ErrorBodyTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: String
    let expected: String

    init(_ description: String, _ body: String, _ expected: String) {
      testDescription = description
      self.body = body
      self.expected = expected
    }
  }

  static let rows: [Row] = [
    Row(
      "enveloped",
      #"{"error": {"code": "INVALID_AMOUNT", "message": "amount exceeds what is left", "errors": []}}"#,
      "400 INVALID_AMOUNT: amount exceeds what is left (request r-9)"
    ),
    Row(
      "enveloped, a code with a blank",
      #"{"error": {"code": "NOT FOUND", "message": "Transaction not found"}}"#,
      "400 NOT FOUND: Transaction not found (request r-9)"
    ),
    Row(
      "with nested errors",
      #"{"error": {"message": "invalid", "errors": [{"message": "items: missing"}, {"path": "/"}]}}"#,
      "400: invalid; items: missing (request r-9)"
    ),
    Row("bare", #"{"message": "Forbidden"}"#, "400: Forbidden (request r-9)"),
    Row(
      "as tokens have it",
      #"{"error": "invalid_client", "error_description": "no such client"}"#,
      "400 invalid_client: no such client (request r-9)"
    ),
    Row(
      "a page",
      "<!doctype html>\n<HTML><head><Title>502 Bad\nGateway</Title></head><body>é</body></HTML>",
      "400: 502 Bad Gateway (request r-9)"
    ),
    Row(
      "a page without a title",
      "<p>oops",
      "400: a page without a title instead of an answer (request r-9)"
    ),
    Row("text", "upstream connect error", "400: upstream connect error (request r-9)"),
    Row("nothing", "", "400: no explanation was given (request r-9)"),
    Row("blanks", " \n ", "400: no explanation was given (request r-9)"),
    Row("JSON of another kind", "[1]", "400: [1] (request r-9)"),
    Row(
      "control characters that would write on the terminal",
      #"{"message": "a\u001b[31mb\u0007\u202ec\r\nd"}"#,
      "400: a [31mb c d (request r-9)"
    ),
    Row(
      "too long",
      String(repeating: "x", count: 1_000),
      "400: " + String(repeating: "x", count: 300) + "… (request r-9)"
    ),
    Row("no UTF-8", "\u{FFFD}", "400: \u{FFFD} (request r-9)"),
  ]

  @Test("are told in one line", arguments: rows)
  func explanation(row: Row) {
    let response = HTTPResponse(400, row.body, headers: ["request-id": "r-9"])
    #expect(response.explanation == row.expected)
  }
}
