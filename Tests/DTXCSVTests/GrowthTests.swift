import Testing

@testable import DTXCSV

/// How the work grows with the file: in proportion to it, whatever it is made of.
@Suite("Growth of reading")
struct GrowthTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let before: String
    let part: String

    init(_ before: String, _ part: String) { (self.before, self.part) = (before, part) }
    var testDescription: String { (before + part).debugDescription }
  }

  static let shapes: [Shape] = [
    Shape("id;amount\n", "T12345678.465UfBENeLpkBvwmqfTC4k;299,90\n"), Shape("a,b\n", "1,2\n"),
    Shape("", "\n"), Shape("a\n", "\n"), Shape("", ";\n"), Shape("", ";"), Shape("a\n", ","),
    Shape("a\n", "\""), Shape("a\n\"", "x\n"), Shape("a\n", "\"\n"), Shape("a\n", "\"x\"y\n"),
    Shape("a\n", "\"\"\"\n"), Shape("a,b\n", "\"x\n\",\"y\"z\n"), Shape("", "\u{0}"),
    Shape("a\n", "#REF!\n"), Shape("a\n01\n", "1\n"), Shape("a\n", "Total\n"), Shape("a\n", "\t"),
    Shape("", "a\n\n"), Shape("a;b\n", ";1\n"), Shape("\"", "\n"), Shape("a,\"", ";"),
  ]

  /// The rows once, once more for lost zeros and for duplicates, and twice for totals.
  private static let mostReadings = 5
  /// With a third of the table empty; longer runs are made by equal fingerprints only.
  private static let mostProbesPerRow = 8

  @Test("is linear in the bytes", arguments: shapes)
  func work(shape: Shape) {
    for size in [2_000, 20_000] {
      let source = shape.before + String(repeating: shape.part, count: size / shape.part.utf8.count)
      let bytes = Array(source.utf8)
      var survey = TableSurvey(bytes)
      survey.run(bytes.span)
      #expect(survey.bytesRead <= Self.mostReadings * bytes.count)
      #expect(survey.probeCount <= Self.mostProbesPerRow * (survey.index.count + 1))
    }
  }

  @Test("rows that share a fingerprint are looked for a bounded number of times")
  func collisions() {
    var rows = DuplicateRows(fingerprints: [UInt32](repeating: 7, count: 2_000))
    for row in 0..<2_000 { #expect(rows.insert(row) { _ in false } == nil) }
    #expect(rows.probeCount <= 2_000 * 1_024)
  }

  @Test("keeps four bytes a row, and fields small")
  func sizes() {
    #expect(MemoryLayout<CSVField>.stride <= 12)
    var index = RowIndex()
    for row in 0..<1_000 { index.append(start: row * 10, number: row + 2) }
    #expect(index.shifts.count == 1)
  }
}
