import DTXTestSupport
import Testing

/// `dtx check` takes any bytes for a script, and says what is wrong with them.
@Suite("dtx check, given anything")
struct CheckTests {
  /// Far less than a person would wait, far more than it takes.
  static let deadline = Duration.seconds(30)

  private func check(_ bytes: [UInt8]) async throws -> ProgramRun.Result {
    let workplace = try Workplace()
    return try await workplace.start(["check", "-"], input: bytes).result(within: Self.deadline)
  }

  @Test("ends with an answer for random bytes", arguments: UInt64(1)...6)
  func randomBytes(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 1...20_000, using: &random)
    let result = try await check((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    #expect(result.status == 2)
    #expect(result.errors.contains("error DTX1"))
  }

  @Test("ends with an answer for words in any order", arguments: UInt64(1)...6)
  func randomWords(seed: UInt64) async throws {
    let words = [
      "capture", "refund", "void", "adjust", "tx123", "line", "all", "29990", "299.90", "NOK", "\"",
      "{", "}", "(", ")", "[", "$plan", ".", "ref", "-", "\\", "\n", ";", "#", "%", "of", "æ", "\r",
      "expect", "and", "not", "=", "<", "1e9", "99999999999999999999", "0x", "\u{0}", "{\"",
    ]
    var random = SplitMix64(seed: seed)
    let text = (0..<2_000).compactMap { _ in words.randomElement(using: &random) }
    let result = try await check(Array(text.joined(separator: " ").utf8))
    #expect(result.status == 2)
  }

  static let hostile: [(name: String, bytes: [UInt8])] = [
    ("bad UTF-8", Array("capture tx123 all ref \"".utf8) + [0xC3, 0x28, 0xFF, 0x22]),
    ("a cut character", Array("capture tx123 all ref \"".utf8) + [0xF0, 0x9F]),
    ("a surrogate", Array("# ".utf8) + [0xED, 0xA0, 0x80]),
    ("NUL", Array("capture tx123\u{0} all\n".utf8)),
    ("an escape sequence", Array("capture \u{1B}[2Jtx123 all\n".utf8)),
    ("an open string", Array("capture tx123 all ref \"".utf8)),
    ("10 MB on one line", Array(repeating: UInt8(ascii: "a"), count: 10_000_000)),
    (
      "many statements that are wrong",
      Array(repeatElement(Array("capture tx123\n".utf8), count: 100_000).joined())
    ),
    ("many digits", Array("capture tx123 ".utf8) + Array(repeating: 0x39, count: 1_000_000)),
    ("many open brackets", Array("print ".utf8) + Array(repeating: 0x28, count: 200_000)),
    (
      "many brackets",
      Array("print ".utf8) + Array(repeating: 0x28, count: 200_000) + [0x31]
        + Array(repeating: 0x29, count: 200_000)
    ),
    (
      "nested interpolation",
      Array("print ".utf8) + Array(repeatElement(Array("\"{".utf8), count: 100_000).joined())
    ),
    (
      "many signs",
      Array("print 1".utf8) + Array(repeatElement(Array(" - 1".utf8), count: 200_000).joined())
    ),
    (
      "many nots",
      Array("expect ".utf8) + Array(repeatElement(Array("not ".utf8), count: 200_000).joined())
    ),
    ("many braces", Array("adjust tx123 ".utf8) + Array(repeating: 0x7B, count: 200_000)),
  ]

  @Test("ends with an error for hostile bytes", arguments: hostile.map(\.name))
  func hostileBytes(name: String) async throws {
    let bytes = try #require(Self.hostile.first { $0.name == name }).bytes
    let result = try await check(bytes)
    #expect(result.status == 2, "\(result.errors.prefix(500))")
    #expect(result.errors.contains("error DTX"))
    // The answer is bounded, whatever the length of a line, and sends no controls to a terminal.
    #expect(result.errors.utf8.count < 8_000_000, "\(result.errors.utf8.count)")
    #expect(!result.errors.utf8.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F })
  }

  @Test("takes nesting to its limit, and no further")
  func nesting() async throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(
        ("print " + String(repeating: "(", count: depth) + "1"
          + String(repeating: ")", count: depth)).utf8
      )
    }
    #expect(try await check(nested(50)).status == 0)
    #expect(try await check(nested(500)).status == 2)
  }

  @Test("takes a mark at the start, carriage returns, and a last line without an end")
  func harmless() async throws {
    let text = "\u{FEFF}capture tx123 all\r\n\r\ncapture tx124 all # a remark"
    let result = try await check(Array(text.utf8))
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test("reads no file that is larger than a script can be")
  func enormous() async throws {
    let result = try await Workplace().shell("truncate -s 2G big.dtx; dtx check big.dtx")
    #expect(result.status == 64)
    #expect(result.errors.contains("cannot read big.dtx: it has more than 1073741824 bytes"))
  }
}
