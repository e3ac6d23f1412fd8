import DTXCSV
import Testing

@Suite("Numbers as they are written")
struct WrittenNumberTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let text: String
    /// The digits, the number of decimals, the marks, and what else there is, in one line.
    let expected: String

    init(_ text: String, _ expected: String) { (self.text, self.expected) = (text, expected) }
    var testDescription: String { text.debugDescription }
  }

  static let rows: [Row] = [
    Row("29990", "29990"),
    Row("0", "0"),
    Row("299.90", "29990 2 point"),
    Row("299,90", "29990 2 comma"),
    Row("299,9", "2999 1 comma"),
    Row("0,5", "5 1 comma"),
    Row("1 299,90", "129990 2 comma, groups blank"),
    Row("1\u{A0}299,90", "129990 2 comma, groups blank"),
    Row("1\u{202F}299\u{202F}000", "1299000, groups blank"),
    Row("1.299,90", "129990 2 comma, groups point"),
    Row("1,299.90", "129990 2 point, groups comma"),
    Row("1'299.90", "129990 2 point, groups apostrophe"),
    Row("1\u{2019}299", "1299, groups apostrophe"),
    Row("1.299.000", "1299000, groups point"),
    Row("1,299,000.5", "12990005 1 point, groups comma"),
    Row("12 345 678,000", "12345678000 3 comma, groups blank"),
    // A group or decimals: not for this type to say
    Row("1,299", "1299 3 comma, ambiguous"),
    Row("123.456", "123456 3 point, ambiguous"),
    Row("0.299", "299 3 point"),
    Row("1234,567", "1234567 3 comma"),
    Row("1,2345", "12345 4 comma"),
    // Signs
    Row("-299,90", "29990 2 comma, negative"),
    Row("\u{2212}5", "5, negative"),
    Row("299,90-", "29990 2 comma, negative"),
    Row("(1 299)", "1299, groups blank, negative"),
    Row("+5", "5"),
    Row("- 5", "5, negative"),
    // Blanks around it
    Row(" 299,90 ", "29990 2 comma"),
    Row("\u{A0}5\u{A0}", "5"),
    // Too long to count
    Row("9223372036854775807", "9223372036854775807"),
    Row("9223372036854775808", "too long"),
    Row("999999999999999999999999,5", "too long 1 comma"),
  ]

  @Test("have the parts in the table", arguments: rows)
  func parts(row: Row) throws {
    let number = try #require(WrittenNumber(Array(row.text.utf8)[...]))
    var actual = number.digits.map(String.init) ?? "too long"
    if let mark = number.decimalMark { actual += " \(number.decimalCount) \(mark)" }
    if let mark = number.groupMark { actual += ", groups \(mark)" }
    if number.isAmbiguous { actual += ", ambiguous" }
    if number.isNegative { actual += ", negative" }
    #expect(actual == row.expected)
  }

  @Test(
    "are nothing else",
    arguments: [
      "", " ", "-", "()", "(", "x", "299,90 kr", "kr 5", "5 %", ".5", "5.", ",", "1..5", "1,,5",
      "1 29", "1 2999", "1234 567", "1,299,00", "1.299,900.5", "1 299.000,5", "--5", "-5-", "(-5)",
      "+", "1_000", "1e5", "５", "1  299", "12,34,567", "1,234 567",
    ]
  )
  func nothing(text: String) {
    #expect(WrittenNumber(Array(text.utf8)[...]) == nil)
  }
}
