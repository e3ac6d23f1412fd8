import DTXLedger
@testable import DTXReport
import DTXTestSupport
import Foundation
import Testing

@Suite("The columns of a text")
struct ColumnTests {
  static let rows: [(String, Int)] = [
    ("", 0), ("capture", 7), ("é", 1), ("e\u{301}", 1), ("椅子", 4), ("ｆｕｌｌ", 8), ("한국", 4),
    ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2),
    ("🇳🇴", 2), ("☎", 1), ("☎️", 2), ("1️⃣", 2), ("a\u{200B}b", 2),
    ("\u{AD}", 1), ("ไทย", 3), ("นี้", 1), ("🪑", 2), ("𠀋", 2), ("ᄒ\u{1161}\u{11AB}", 2),
  ]

  @Test("Wide is two, marks are none", arguments: rows)
  func columns(text: String, expected: Int) {
    #expect(ColumnCounter.columns(of: text) == expected)
    #expect(ColumnCounter.columns(of: Array(text.utf8)[...]) == expected)
  }

  @Test("The table of wide characters is in order")
  func order() {
    let ranges = WideCharacters.ranges
    #expect(ranges.first?.lowerBound == WideCharacters.first)
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
  }
}

@Suite("Reading bytes as characters")
struct ScalarReaderTests {
  @Test("Valid text is read as Swift reads it", arguments: 0..<50)
  func valid(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let text = randomText(length: 40, using: &random)
    var reader = ScalarReader(Array(text.utf8)[...])
    var scalars = String.UnicodeScalarView()
    while let scalar = reader.next() { scalars.append(scalar) }
    #expect(String(scalars) == text)
  }

  static let invalid: [([UInt8], String)] = [
    ([0x80], "\u{FFFD}"), ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
    ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ([0xE2, 0x82], "\u{FFFD}\u{FFFD}"),
    ([0xE0, 0x80, 0x41], "\u{FFFD}\u{FFFD}A"), ([0xF0, 0x9F, 0x91], "\u{FFFD}\u{FFFD}\u{FFFD}"),
  ]

  @Test("Every byte that is no character is one replacement", arguments: invalid)
  func damaged(bytes: [UInt8], expected: String) {
    var reader = ScalarReader(bytes[...])
    var scalars = String.UnicodeScalarView()
    while let scalar = reader.next() { scalars.append(scalar) }
    #expect(String(scalars) == expected)
  }
}

@Suite("Breaking text into lines")
struct LineWrappingTests {
  private func lines(_ text: String, _ columns: Int) -> [String] {
    let bytes = Array(text.utf8)
    return LineWrapping.lines(of: bytes[...], columns: columns).map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
  }

  static let rows: [(String, Int, [String])] = [
    ("", 10, [""]),
    ("one two three", 7, ["one two", "three"]),
    ("one  two", 5, ["one", "two"]),
    ("one two", 3, ["one", "two"]),
    ("unbreakable word", 5, ["unbreakable", "word"]),
    ("a unbreakable", 5, ["a", "unbreakable"]),
    ("29990\u{1}=\u{1}299.90 NOK", 10, ["29990\u{1}=\u{1}299.90", "NOK"]),
    ("椅子椅子", 5, ["椅子", "椅子"]),
    (
      String(repeating: "x", count: 41), 20,
      [
        String(repeating: "x", count: 20), String(repeating: "x", count: 20), "x",
      ]
    ),
    ("a " + String(repeating: "x", count: 41), 40, ["a", String(repeating: "x", count: 40), "x"]),
  ]

  @Test("Between words, and in words only if they are too long to be ids", arguments: rows)
  func wrapping(text: String, columns: Int, expected: [String]) {
    #expect(lines(text, columns) == expected)
  }

  @Test("Nothing is lost, and only single words stick out", arguments: 0..<200)
  func property(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let text = randomText(length: Int.random(in: 0...120, using: &random), using: &random)
    let columns = Int.random(in: 1...50, using: &random)
    let lines = lines(text, columns)
    let letters = { (text: String) in Array(text.unicodeScalars.filter { $0 != " " }) }
    #expect(letters(lines.joined()) == letters(text))
    for line in lines where ColumnCounter.columns(of: line) > columns {
      let trimmed = line.trimmingCharacters(in: [" "])
      #expect(!trimmed.contains(" ") || columns < 2, "\(columns): \(line)")
    }
  }
}

@Suite("Times")
struct CivilTimeTests {
  static let rows: [(Int64, String)] = [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_785_826_800_000, "2026-08-04T07:00:00.000Z"),
    (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
    (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
  ]

  @Test("Known moments", arguments: rows)
  func known(milliseconds: Int64, expected: String) {
    var builder = TextBuilder()
    builder.append(timestamp: milliseconds)
    #expect(builder.text == expected)
  }

  @Test("The calendar agrees with Foundation's", arguments: 0..<100)
  func calendar(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let seconds = Int64.random(in: -4_102_444_800...4_102_444_800, using: &random)
    var builder = TextBuilder()
    builder.append(timestamp: seconds * 1000)
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    let date = Date(timeIntervalSince1970: Double(seconds))
    #expect(builder.text == date.formatted(style))
  }

  @Test("No moment traps", arguments: [Int64.min, .min + 1, .max - 1, .max])
  func extremes(milliseconds: Int64) {
    var builder = TextBuilder()
    builder.append(timestamp: milliseconds)
    #expect(builder.text.hasSuffix("Z"))
  }
}

@Suite("JSON")
struct JSONWriterTests {
  @Test("Any text is read back as it was", arguments: 0..<100)
  func strings(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let text = String(
      String.UnicodeScalarView(
        (0..<60).compactMap { _ in
          Unicode.Scalar(
            UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x2FFF), using: &random)
          )
        }
      )
    )
    var writer = JSONWriter()
    writer.record("test") { record in
      record.member("text", text)
      record.strings("list", [text, ""])
    }
    let record = try #require(try jsonLines(writer.text).first)
    #expect(record["text"] as? String == text)
    #expect(record["list"] as? [String] == [text, ""])
    #expect(writer.bytes.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
  }

  @Test("Objects and arrays nest")
  func nesting() {
    var writer = JSONWriter()
    writer.record("test") { record in
      record.object("empty") { _ in }
      record.array("list", [1, 2]) { $1.member("number", $0) }
      record.strings("none", [])
      record.member("nothing", Int?.none)
      record.member("yes", true)
      record.member("least", Int64.min)
    }
    let expected =
      #"{"type":"test","empty":{},"list":[{"number":1},{"number":2}],"none":[],"# + "\""
      + #"nothing":null,"yes":true,"least":-9223372036854775808}"# + "\n"
    #expect(writer.text == expected)
  }
}

@Suite("Pieces of text")
struct TextBuilderTests {
  static let counts: [(Int, String)] = [
    (0, "0"), (999, "999"), (1000, "1 000"), (9950, "9 950"), (1_234_567, "1 234 567"),
    (-1000, "-1 000"),
  ]

  @Test("Counts stand in groups of three", arguments: counts)
  func count(number: Int, expected: String) {
    var builder = TextBuilder()
    builder.append(count: number)
    #expect(builder.text == expected)
  }

  static let amounts: [(Int64, String, String)] = [
    (29990, "NOK", "29990 = 299.90 NOK"), (29990, "JPY", "29990 = 29990 JPY"),
    (5, "KWD", "5 = 0.005 KWD"), (-5, "NOK", "-5 = -0.05 NOK"),
    (9_007_199_254_740_991, "NOK", "9007199254740991 = 90071992547409.91 NOK"),
  ]

  @Test("An amount is echoed from both sides", arguments: amounts)
  func echo(amount: Int64, currency: String, expected: String) {
    var builder = TextBuilder()
    builder.append(echo: MinorUnits(amount), in: Fixtures.currency(currency))
    #expect(builder.text == expected)
  }

  static let quantities: [(Int64, String)] = [
    (1_000_000, "1"), (500_000, "0.5"), (2_250_000, "2.25"), (1, "0.000001"), (-500_000, "-0.5"),
    (0, "0"),
  ]

  @Test("A quantity has as few decimals as it needs", arguments: quantities)
  func quantity(millionths: Int64, expected: String) {
    var builder = TextBuilder()
    builder.append(Quantity(millionths: millionths))
    #expect(builder.text == expected)
  }

  static let names: [(String, String)] = [
    ("ship-1", "ship-1"), ("order/7", "\"order/7\""), ("", "\"\""), ("a b", "\"a b\""),
    ("say \"hi\" \\", #""say \"hi\" \\""#), ("blå_2.x", "blå_2.x"),
  ]

  @Test("A name is quoted as a script would", arguments: names)
  func name(name: String, expected: String) {
    var builder = TextBuilder()
    builder.append(name: name)
    #expect(builder.text == expected)
  }

  @Test("A terminal obeys nothing that comes from elsewhere")
  func foreign() {
    var builder = TextBuilder()
    builder.append(foreign: "a\u{1B}[31m\u{9B}\u{202E}\n\u{7F}å")
    #expect(builder.text == #"a\u{1B}[31m\u{9B}\u{202E}\u{A}\u{7F}å"#)
  }

  @Test("Fewer columns than a word needs are not taken at their word")
  func fewestColumns() {
    #expect(OutputOptions(columns: 3).columns == OutputOptions.fewestColumns)
    #expect(OutputOptions(columns: nil).columns == nil)
  }
}

/// Returns words of letters of several scripts, marks and emoji, with blanks between them.
func randomText(length: Int, using random: inout SplitMix64) -> String {
  let letters: [Unicode.Scalar] = [
    "a", "b", "c", "d", "é", "ß", "椅", "子", "한", "👍", "e", "\u{301}", " ", " ", " ", "x", "y", "z",
  ]
  return String(
    String.UnicodeScalarView((0..<length).compactMap { _ in letters.randomElement(using: &random) })
  )
}
