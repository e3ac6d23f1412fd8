import DTXLedger
import DTXTestSupport
import Testing

@Suite("Currency")
struct CurrencyTests {
  static let decimals: [(String, Int, Int64)] = [
    ("NOK", 2, 100), ("SEK", 2, 100), ("EUR", 2, 100), ("USD", 2, 100), ("JPY", 0, 1),
    ("KRW", 0, 1), ("ISK", 0, 1), ("UYI", 0, 1), ("KWD", 3, 1000), ("TND", 3, 1000),
    ("CLF", 4, 10_000), ("UYW", 4, 10_000), ("MRU", 2, 100), ("XCG", 2, 100), ("ZWG", 2, 100),
    ("XAD", 2, 100), ("AED", 2, 100),
  ]

  @Test("has the decimals of ISO 4217", arguments: decimals)
  func hasDecimals(code: String, decimals: Int, units: Int64) throws {
    let currency = try #require(Currency(code: code))
    #expect(currency.code == code)
    #expect(currency.decimals == decimals)
    #expect(currency.unitsPerMajor == units)
  }

  @Test(
    "refuses what is no currency",
    arguments: [
      "", "N", "NO", "NOKK", "nok", "Nok", "XAU", "XDR", "XXX", "XTS", "HRK", "BGN", "ANG", "ZWL",
      "AAA", "ZZZ", "ÅÅÅ", "NØ", "N K",
    ]
  )
  func unknown(code: String) {
    #expect(Currency(code: code) == nil)
    #expect(Currency(Array(code.utf8).span) == nil)
  }

  @Test("has each code once, in order, and finds each")
  func all() {
    let codes = Currency.all.map(\.code)
    #expect(codes.count == 165)
    #expect(codes == Set(codes).sorted())
    for currency in Currency.all {
      #expect(Currency(code: currency.code) == currency)
      #expect(Currency(Array(currency.code.utf8).span) == currency)
    }
    #expect(MemoryLayout<Currency>.size == 4)
  }

  static let slips = [
    ("nok", "NOK"), ("NKO", "NOK"), ("NOC", "NOK"), ("NOKK", "NOK"), ("NK", "NOK"), ("SKE", "SEK"),
    ("EURO", "EUR"), ("EU", "EUR"), ("DKR", "DKK"), ("GPB", "GBP"), ("jpy", "JPY"), ("KON", "RON"),
  ]

  @Test("suggests the nearest", arguments: slips)
  func nearest(text: String, code: String) {
    #expect(Currency.nearest(to: text)?.code == code)
  }

  @Test("suggests nothing where nothing is near", arguments: ["", "X", "QQQ", "KRONER", "££"])
  func nothingNear(text: String) {
    #expect(Currency.nearest(to: text) == nil)
  }
}

@Suite("Major units")
struct MajorUnitsTests {
  struct Row: Sendable {
    let count: Int64
    let code: String
    let text: String

    init(_ count: Int64, _ code: String, _ text: String) {
      self.count = count
      self.code = code
      self.text = text
    }
  }

  static let rows = [
    Row(29_990, "NOK", "299.90"), Row(29_990, "JPY", "29990"), Row(1234, "KWD", "1.234"),
    Row(1234, "CLF", "0.1234"), Row(0, "NOK", "0.00"), Row(0, "JPY", "0"), Row(5, "NOK", "0.05"),
    Row(-5, "NOK", "-0.05"), Row(-29_990, "NOK", "-299.90"), Row(100, "NOK", "1.00"),
    Row(9_007_199_254_740_991, "NOK", "90071992547409.91"),
  ]

  @Test("are written and read back", arguments: rows)
  func roundTrip(row: Row) throws {
    let currency = try #require(Currency(code: row.code))
    #expect(MinorUnits(row.count).majorUnits(in: currency) == row.text)
    #expect(try MinorUnits(majorUnits: row.text, in: currency).count == row.count)
    #expect(try MinorUnits(majorUnits: Array(row.text.utf8).span, in: currency).count == row.count)
  }

  @Test("are written at the ends of the range")
  func extremes() throws {
    let kroner = try #require(Currency(code: "NOK"))
    #expect(MinorUnits(.max).majorUnits(in: kroner) == "92233720368547758.07")
    #expect(MinorUnits(.min).majorUnits(in: kroner) == "-92233720368547758.08")
  }

  static let mistakes: [(String, String, MajorUnitsError)] = [
    ("", "NOK", .notANumber), ("-", "NOK", .notANumber), (".90", "NOK", .notANumber),
    ("299.", "NOK", .notANumber), ("299,90", "NOK", .notANumber), ("1 299.90", "NOK", .notANumber),
    ("2.9.90", "NOK", .notANumber), ("--1.00", "NOK", .notANumber), ("1-.00", "NOK", .notANumber),
    ("+1.00", "NOK", .notANumber), ("1_", "JPY", .notANumber), ("_1", "JPY", .notANumber),
    ("1__0", "JPY", .notANumber), ("1.0_0", "NOK", .notANumber), ("1e5", "JPY", .notANumber),
    ("300", "NOK", .wrongDecimals(found: 0, expected: 2)),
    ("299.9", "NOK", .wrongDecimals(found: 1, expected: 2)),
    ("299.900", "NOK", .wrongDecimals(found: 3, expected: 2)),
    ("300.00", "JPY", .wrongDecimals(found: 2, expected: 0)),
    ("1.23", "KWD", .wrongDecimals(found: 2, expected: 3)),
    ("90071992547409.92", "NOK", .tooLarge), ("-90071992547409.92", "NOK", .tooLarge),
    ("99999999999999999999999999999999.00", "NOK", .tooLarge),
    ("99999999999999999999999999999999", "NOK", .wrongDecimals(found: 0, expected: 2)),
  ]

  @Test("that are wrong are told apart", arguments: mistakes)
  func refused(text: String, code: String, error: MajorUnitsError) throws {
    let currency = try #require(Currency(code: code))
    #expect(throws: error) { try MinorUnits(majorUnits: text, in: currency) }
    #expect(throws: error) { try MinorUnits(majorUnits: Array(text.utf8).span, in: currency) }
  }

  @Test("take separators and leading zeros")
  func separators() throws {
    let kroner = try #require(Currency(code: "NOK"))
    #expect(try MinorUnits(majorUnits: "1_299.90", in: kroner) == 129_990)
    #expect(try MinorUnits(majorUnits: "0000299.90", in: kroner) == 29_990)
  }

  @Test("come back whatever the amount and currency", arguments: 0..<20 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let limit = MinorUnits.largestAmount.count
    for _ in 0..<500 {
      let currency = try #require(Currency.all.randomElement(using: &random))
      let bits = Int64.random(in: 0..<54, using: &random)
      let amount = MinorUnits(.random(in: -limit...limit, using: &random) >> bits)
      let text = amount.majorUnits(in: currency)
      #expect(try MinorUnits(majorUnits: text, in: currency) == amount)
    }
  }
}
