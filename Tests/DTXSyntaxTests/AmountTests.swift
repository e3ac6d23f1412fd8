import DTXSyntax
import Testing

@Suite("Amounts that are written otherwise")
struct AmountTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let amount: String
    let slip: AmountSlip
    /// What the fix-it writes instead; nil where that cannot be known.
    let replacement: String?

    init(_ amount: String, _ slip: AmountSlip, _ replacement: String?) {
      (self.amount, self.slip, self.replacement) = (amount, slip, replacement)
    }
    var testDescription: String { amount }
  }

  static let rows: [Row] = [
    Row("299.90", .currencyMissing, nil),
    Row("1_299.90", .currencyMissing, nil),
    Row("299,90", .decimalComma, nil),
    Row("299,90 NOK", .decimalComma, "299.90 NOK"),
    Row("299,9 NOK", .decimalComma, "299.90 NOK"),
    Row("1,299 NOK", .decimalComma, nil),
    Row("1 299 NOK", .grouping, "1299.00 NOK"),
    Row("1 299.90 NOK", .grouping, "1299.90 NOK"),
    Row("1 299.90", .grouping, nil),
    Row("1 299,90 NOK", .decimalComma, "1299.90 NOK"),
    Row("1 299 500,00 NOK", .decimalComma, "1299500.00 NOK"),
    Row("1\u{A0}299,90 NOK", .decimalComma, "1299.90 NOK"),
    Row("1\u{202F}299,90 NOK", .decimalComma, "1299.90 NOK"),
    Row("1.299,90", .decimalComma, nil),
    Row("1.299,90 NOK", .decimalComma, "1299.90 NOK"),
    Row("1,299.90 NOK", .grouping, "1299.90 NOK"),
    Row("1'299.90", .grouping, nil),
    Row("1'299.90 CHF", .grouping, "1299.90 CHF"),
    Row("1’299.90 CHF", .grouping, "1299.90 CHF"),
    Row("1.299.000,00 NOK", .decimalComma, "1299000.00 NOK"),
    Row("-5", .negative, nil),
    Row("- 5", .negative, nil),
    Row("−5", .negative, nil),
    Row("-299.90 NOK", .negative, nil),
    Row("+5", .plus, "5"),
    Row("+299.90 NOK", .plus, "299.90 NOK"),
    Row("NOK 300", .currencyFirst, "300.00 NOK"),
    Row("NOK 299.90", .currencyFirst, "299.90 NOK"),
    Row("XYZ 300", .currencyFirst, "300 XYZ"),
    Row("JPY 300", .currencyFirst, "300 JPY"),
    Row("300 nok", .currencyLowercase, "300.00 NOK"),
    Row("299.90 Nok", .currencyLowercase, "299.90 NOK"),
    Row("299.90NOK", .currencyGlued, "299.90 NOK"),
    Row("299,90NOK", .decimalComma, "299.90 NOK"),
    Row("300kr", .currencySymbol, nil),
    Row("300 kr", .currencySymbol, nil),
    Row("kr 300", .currencySymbol, nil),
    Row("kr. 300", .currencySymbol, nil),
    Row("300,-", .currencySymbol, nil),
    Row("1 299,90 kr", .currencySymbol, nil),
    Row("$300", .currencySymbol, nil),
    Row("$300.50", .currencySymbol, nil),
    Row("€300", .currencySymbol, "300.00 EUR"),
    Row("300€", .currencySymbol, "300.00 EUR"),
    Row("300 €", .currencySymbol, "300.00 EUR"),
    Row("£12.50", .currencySymbol, "12.50 GBP"),
  ]

  @Test("is one mistake, with the right spelling where that is certain", arguments: rows)
  func slips(row: Row) {
    for (before, after) in [
      ("capture tx1 ", ""), ("capture tx1 ", " ref \"a\""), ("refund tx1 line 1 ", " line 2"),
      ("adjust tx1 to ", " { line a 500 }"), ("authorize tx1 ", "; preview"),
    ] {
      let source = before + row.amount + after
      let reading = Reading(source)
      #expect(reading.messages == [.amountSpelling(row.slip)], "\(source)")
      #expect(reading.underlined == [row.amount])
      let fixIts = reading.diagnostics.first?.fixIts ?? []
      #expect(fixIts.flatMap(\.edits).map(\.replacement) == (row.replacement.map { [$0] } ?? []))
    }
  }

  @Test(
    "is found inside expressions",
    arguments: [
      ("1 299", AmountSlip.grouping), ("1 299.90 NOK", .grouping), ("1'299", .grouping),
      ("299,90 NOK", .decimalComma), ("300 kr", .currencySymbol), ("300 nok", .currencyLowercase),
      ("$300", .currencySymbol),
    ]
  )
  func inExpressions(amount: String, slip: AmountSlip) {
    #expect(Reading("expect $a < \(amount)").messages == [.amountSpelling(slip)])
    #expect(Reading("capture tx1 ($a + \(amount))").messages == [.amountSpelling(slip)])
  }

  @Test(
    "leaves alone what is no amount",
    arguments: [
      "capture tx line 1 29990", "capture 300kr all", "capture tx line 299.90 500",
      "capture tx line NOK 300", "print 1,2", "print min(1,2)", "print [1, 299]",
      "capture tx line 1 qty 2 500", "print 0.5 * 2",
    ]
  )
  func others(source: String) {
    #expect(Reading(source).messages == [])
  }

  static let percentRows: [(String, SyntaxMessage, String?)] = [
    ("25", .percentSpelling, "25%"), ("25 %", .percentSpelling, "25%"),
    ("12,5%", .percentSpelling, "12.5%"), ("12,5 %", .percentSpelling, "12.5%"),
    ("12.5", .percentSpelling, "12.5%"), ("1,250%", .percentSpelling, nil),
    ("12.345%", .percentPrecision, nil),
  ]

  @Test("percents have their own spelling", arguments: percentRows)
  func percents(percent: String, message: SyntaxMessage, replacement: String?) {
    let reading = Reading("adjust tx1 { set line a 500 vat \(percent) drop line b }")
    #expect(reading.messages == [message])
    #expect(reading.underlined == [percent])
    #expect(reading.diagnostics.first?.fixIts.first?.edits.first?.replacement == replacement)
  }

  @Test("a quantity has a decimal point")
  func quantity() {
    let reading = Reading("capture tx1 line 1 qty 0,5 500")
    #expect(reading.messages == [.amountSpelling(.decimalComma)])
    #expect(reading.diagnostics.first?.fixIts.first?.edits.first?.replacement == "0.5")
  }
}
