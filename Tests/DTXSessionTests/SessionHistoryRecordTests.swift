import DTXSession
import DTXTestSupport
import Testing

@Suite("History records")
struct SessionHistoryRecordTests {
  static let texts = [
    "capture tx1 all", #"refund tx1 all reason "for \"stygge\" riper, æøå""#,
    "adjust tx1 {\n  drop line 2\n}", "tab\there", "null \u{0} and \u{1B}[31m", "😀 e\u{301}",
    "https://example.com/a/b",
  ]

  @Test("gives back what was kept, one line for each", arguments: texts)
  func roundTrip(text: String) {
    let record = HistoryRecord(at: 1_700_000_000_000, profile: "shop-test", text: text)
    #expect(record.line.count { $0 == UInt8(ascii: "\n") } == 1)
    #expect(record.line.last == UInt8(ascii: "\n"))
    #expect(HistoryRecord.read(record.line + record.line) == [record, record])
  }

  @Test("passes over lines that are no records and keeps the others in order")
  func foreignLines() {
    let first = HistoryRecord(at: 1, profile: "a", text: "show tx1")
    let second = HistoryRecord(at: 2, profile: "b", text: "show tx2")
    let foreign = Array("_HiStOrY_V2_\ncapture\\040tx1\n\n[]\n{\"at\": 3}\n".utf8) + [0xFF, 0x0A]
    #expect(HistoryRecord.read(first.line + foreign + second.line) == [first, second])
    #expect(HistoryRecord.read([]).isEmpty)
  }

  @Test("loses one record at most to a cut through the file", arguments: UInt64(1)...20)
  func truncation(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let records = Self.texts.map { HistoryRecord(at: 1, profile: "a", text: $0) }
    let bytes = records.flatMap(\.line)
    let cut = Int.random(in: 0...bytes.count, using: &random)
    let whole = bytes[..<cut].count { $0 == UInt8(ascii: "\n") }
    // The cut may have taken no more than the last line end.
    let read = HistoryRecord.read(Array(bytes[..<cut]))
    #expect(read == Array(records.prefix(whole)) || read == Array(records.prefix(whole + 1)))
  }

  @Test(
    "keeps what does not begin with a blank",
    arguments: [
      ("show tx1", true), ("# a remark", true), (" show tx1", false), ("\tshow tx1", false),
      ("\nshow tx1", false), ("\u{A0}show tx1", false), ("", false),
    ]
  )
  func kept(text: String, isKept: Bool) { #expect(HistoryRecord.isKept(text) == isKept) }
}
