import DTXSyntax
import Testing

@Suite("Values of literals")
struct ValueTests {
  /// Reads an expression and passes on the literal it is.
  private func literal(_ source: String) throws -> (script: Script, operand: Operand) {
    let script = Reading("print \(source)").script
    let expression = try #require(script.expressions.last)
    return (script, try #require(expression.literal))
  }

  @Test(
    "strings lose their quotes and their escapes",
    arguments: [
      (#""""#, ""), (#""a b""#, "a b"), (#""a\"b""#, "a\"b"), (#""\\\n\t\{""#, "\\\n\t{"),
      (#""\u{1F600}\u{e6}""#, "😀æ"), (#""æ""#, "æ"), (#""a\qb""#, #"a\qb"#),
      (#""\u{D800}""#, #"\u{D800}"#), ("word", "word"), ("2026-11-01", "2026-11-01"),
    ]
  )
  func strings(source: String, value: String) throws {
    let (script, operand) = try literal(source)
    #expect(script.stringValue(of: operand) == value)
  }

  @Test("the pieces of an interpolated string have values")
  func pieces() {
    let script = Reading(#"print "a\"{$b}c\n""#).script
    let values = script.expressions.compactMap(\.literal).map { script.stringValue(of: $0) }
    #expect(values == ["a\"", "c\n"])
  }

  @Test("a missing operand and an expression have no text")
  func noText() {
    let script = Reading("show ($a)").script
    #expect(script.stringValue(of: Operand(ExpressionID(index: 0))) == "")
    #expect(script.stringValue(of: .none) == "")
  }

  @Test(
    "integers have 64 bits",
    arguments: [
      ("0", .value(0)), ("29990", .value(29990)), ("29_990", .value(29990)), ("007", .value(7)),
      ("9223372036854775807", .value(.max)), ("9223372036854775808", .tooLarge),
      ("99999999999999999999999999", .tooLarge),
    ] as [(String, NumberValue)]
  )
  func integers(source: String, value: NumberValue) throws {
    let (script, operand) = try literal(source)
    #expect(script.integerValue(of: operand) == value)
  }

  @Test(
    "decimals are scaled exactly",
    arguments: [
      ("299.90", 2, .value(29990)), ("299.9", 2, .value(29990)), ("299.90 NOK", 2, .value(29990)),
      ("1_299.90 NOK", 2, .value(129_990)), ("300 JPY", 0, .value(300)), ("300", 2, .value(30000)),
      ("299.905", 2, .tooPrecise), ("299.900", 2, .value(29990)), ("1.5", 6, .value(1_500_000)),
      ("92233720368547758.07", 2, .value(.max)), ("92233720368547758.08", 2, .tooLarge),
      ("9223372036854775807", 1, .tooLarge),
    ] as [(String, Int, NumberValue)]
  )
  func decimals(source: String, decimals: Int, value: NumberValue) throws {
    let (script, operand) = try literal(source)
    #expect(script.scaledValue(of: operand, decimals: decimals) == value)
  }

  @Test(
    "money has digits and a currency",
    arguments: [
      ("299.90 NOK", "299", "90", "NOK"), ("300   JPY", "300", "", "JPY"),
      ("1_000.500 KWD", "1_000", "500", "KWD"), ("12.5", "12", "5", ""),
    ]
  )
  func money(source: String, major: String, fraction: String, currency: String) throws {
    let (script, operand) = try literal(source)
    let parts = script.decimalParts(of: operand)
    #expect(script.text(parts.major) == major)
    #expect(script.text(parts.fraction) == fraction)
    #expect(script.text(parts.currency) == currency)
  }

  @Test(
    "percents are hundredths of a percent",
    arguments: [
      ("25%", .value(2500)), ("12.5%", .value(1250)), ("0.01%", .value(1)),
      ("99999999999999999999%", .tooLarge),
    ] as [(String, NumberValue)]
  )
  func percents(source: String, value: NumberValue) throws {
    let (script, operand) = try literal(source)
    #expect(script.percentValue(of: operand) == value)
  }

  @Test(
    "days are counted from 1970",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("2026-11-01", 20758),
      ("0000-03-01", -719_468), ("9999-12-31", 2_932_896), ("1900-02-29", nil), ("2026-02-29", nil),
      ("2026-13-01", nil), ("2026-00-01", nil), ("2026-04-31", nil), ("2026-01-00", nil),
    ] as [(String, Int?)]
  )
  func dates(source: String, days: Int?) throws {
    let (script, operand) = try literal(source)
    #expect(script.dateValue(of: operand)?.daysSinceEpoch == days)
  }

  @Test("every day is the next of the day before")
  func successiveDays() throws {
    var previous = try #require(CivilDate(year: 1599, month: 12, day: 31))
    var gaps = 0
    for year in 1600...2400 {
      for month in 1...12 {
        for day in 1...31 {
          guard let date = CivilDate(year: year, month: month, day: day) else { continue }
          gaps += date.daysSinceEpoch == previous.daysSinceEpoch + 1 && previous < date ? 0 : 1
          previous = date
        }
      }
    }
    #expect(gaps == 0)
    #expect(previous.daysSinceEpoch == 157_419)
  }

  @Test(
    "time stamps are seconds since 1970",
    arguments: [
      ("1970-01-01T00:00Z", 0), ("1970-01-02T00:00:01Z", 86_401),
      ("2026-11-01T14:30Z", 1_793_543_400),
      ("2026-11-01T24:00Z", nil), ("2026-11-01T14:60Z", nil), ("2026-11-01T14:30:60Z", nil),
      ("2026-02-30T14:30Z", nil),
    ] as [(String, Int?)]
  )
  func timestamps(source: String, seconds: Int?) throws {
    let (script, operand) = try literal(source)
    #expect(script.timestampValue(of: operand) == seconds)
  }

  @Test(
    "durations are seconds",
    arguments: [
      ("30d", 2_592_000), ("12h", 43_200), ("45m", 2_700), ("3660000d", 316_224_000_000),
      ("3660001d", nil), ("99999999999999999999d", nil),
    ] as [(String, Int?)]
  )
  func durations(source: String, seconds: Int?) throws {
    let (script, operand) = try literal(source)
    #expect(script.durationValue(of: operand) == seconds)
  }

  @Test("names may stand in quotes")
  func names() {
    let script = Reading(#"print $row."Order No".total"#).script
    let names = script.expressions.compactMap { expression -> String? in
      if case .field(_, let name) = expression.content { script.name(name) } else { nil }
    }
    #expect(names == ["Order No", "total"])
  }
}
