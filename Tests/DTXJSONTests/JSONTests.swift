import DTXJSON
import Testing

@Suite("JSON")
struct JSONTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let text: String
    let line: Int
    let column: Int

    init(_ text: String, _ line: Int, _ column: Int) {
      self.text = text
      self.line = line
      self.column = column
    }

    var testDescription: String { text }
  }

  static let mistakes: [Mistake] = [
    Mistake("", 1, 1),
    Mistake("  ", 1, 3),
    Mistake("[1,\n 2,\n x]", 3, 2),
    Mistake("[1 2]", 1, 4),
    Mistake("[1,]", 1, 4),
    Mistake("{\"a\":1,}", 1, 8),
    Mistake("{\"a\" 1}", 1, 6),
    Mistake("{a:1}", 1, 2),
    Mistake("{\"a\":1,\n\"a\":2}", 2, 1),
    Mistake("01", 1, 2),
    Mistake("1.", 1, 3),
    Mistake("-", 1, 2),
    Mistake("1e", 1, 3),
    Mistake("\"a", 1, 1),
    Mistake("\"a\u{1}\"", 1, 3),
    Mistake("\"\\x\"", 1, 2),
    Mistake("\"\\u12g4\"", 1, 2),
    Mistake("\"\\ud800\"", 1, 2),
    Mistake("nul", 1, 1),
    Mistake("1 2", 1, 3),
  ]

  @Test("reports the first mistake at its place", arguments: mistakes)
  func mistake(_ row: Mistake) throws {
    let text = Array(row.text.utf8)
    let error = try #require(throws: JSONError.self) { try JSONParser.parse(text) }
    let place = error.place(in: text)
    #expect(place == (row.line, row.column))
  }

  @Test("refuses a string that is not UTF-8")
  func notUTF8() {
    #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
  }

  @Test("refuses to nest without end")
  func depth() throws {
    let limit = JSONParser.depthLimit
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONParser.parse(nested(limit))
    #expect(throws: JSONError.self) { try JSONParser.parse(nested(limit + 1)) }
  }

  @Test("never traps on a prefix or on a changed byte")
  func everyPrefix() {
    let text = Array(#"[{"a":"x\n\u00e5\ud83d\ude00","b":[-1.5e+3,true,null]}, {} ]"#.utf8)
    for end in text.indices {
      #expect(throws: JSONError.self) { try JSONParser.parse(Array(text[..<end])) }
      var changed = text
      changed[end] ^= 0x5A
      _ = try? JSONParser.parse(changed)
    }
  }

  @Test("reads escapes")
  func escapes() throws {
    let node = try JSONParser.parse(Array(#""\"\\\/\b\f\n\r\tåå😀""#.utf8))
    #expect(node.value == .string("\"\\/\u{8}\u{C}\n\r\tåå😀"))
  }

  @Test("reads back what the writer wrote")
  func roundTrip() throws {
    let text = "quote \" slash \\ line \n nul \u{0} delete \u{7F} å 😀"
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("text", text)
      writer.member("number", Int64.min)
      writer.member("absent", ifPresent: nil)
      writer.member("true", ifTrue: true)
      writer.member("false", ifTrue: false)
      writer.name("list")
      writer.array { writer in
        writer.value("a")
        writer.array { _ in }
        writer.value(written: Array("{}".utf8))
        writer.value(false)
      }
    }
    let node = try JSONParser.parse(writer.bytes)
    #expect(try node.members().map(\.name) == ["text", "number", "true", "list"])
    #expect(try node.required("text").text() == text)
    #expect(try node.required("number").integer() == .min)
    #expect(try node.required("true").boolean())
    #expect(try node.required("list").elements().count == 4)
    #expect(String(decoding: writer.bytes, as: UTF8.self).hasSuffix(#""list":["a",[],{},false]}"#))
  }

  @Test(
    "reads decimals exactly or not at all",
    arguments: [
      ("0.5", 500_000), ("2", 2_000_000), ("-1.25", -1_250_000), ("0.000001", 1),
      ("-0.5", -500_000), ("0.0000001", nil), ("1e3", nil), ("9999999999999999999", nil),
    ] as [(String, Int64?)]
  )
  func decimal(text: String, expected: Int64?) throws {
    let node = try JSONParser.parse(Array(text.utf8))
    let actual = try? node.decimal(places: 6)
    #expect(actual == expected)
  }

  @Test("says what was expected", arguments: ["null", "true", "\"x\"", "[]", "{}", "1.5"])
  func mismatch(text: String) throws {
    let node = try JSONParser.parse(Array(text.utf8))
    let error = try #require(throws: JSONError.self) { try node.integer() }
    #expect(error.message.hasPrefix("expected a whole number, found "))
  }
}
