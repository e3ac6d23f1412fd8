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

  private func record(_ text: String, at time: Int64 = 1, isDone: Bool = false) -> HistoryRecord {
    HistoryRecord(
      at: time,
      profile: "shop-test",
      account: "T12345678",
      text: text,
      isDone: isDone
    )
  }

  @Test("gives back what was kept, one line for each", arguments: texts)
  func roundTrip(text: String) {
    let records = [record(text), record(text, at: 1_700_000_000_000, isDone: true)]
    let lines = records.map(\.line)
    for line in lines {
      #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
      #expect(line.last == UInt8(ascii: "\n"))
    }
    let read = HistoryRecord.read(lines.flatMap(\.self))
    #expect(read.records == records)
    #expect(read.damaged.isEmpty)
    #expect(read.records.map(\.isDone) == [false, true])
  }

  @Test("sets lines aside that are no records and keeps the others in order")
  func foreignLines() {
    let first = record("show tx1")
    let second = record("show tx2", at: 2)
    let foreign = Array("_HiStOrY_V2_\ncapture\\040tx1\n\n[]\n{\"at\": 3}\n".utf8) + [0xFF, 0x0A]
    let read = HistoryRecord.read(first.line + foreign + second.line)
    #expect(read.records == [first, second])
    #expect(read.damaged.count == 5)
    #expect(HistoryRecord.read([]).records.isEmpty)
    // Two records that a lost line end has joined are none, and never three or one.
    #expect(HistoryRecord.read(first.line.dropLast() + second.line).records.isEmpty)
    let joined = first.line.dropLast() + [UInt8(ascii: ",")] + second.line
    #expect(HistoryRecord.read(Array(joined)).records.isEmpty)
  }

  @Test("loses one record at most to a cut through the file", arguments: UInt64(1)...20)
  func truncation(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let records = Self.texts.map { record($0) }
    let bytes = records.flatMap(\.line)
    let cut = Int.random(in: 0...bytes.count, using: &random)
    let whole = bytes[..<cut].count { $0 == UInt8(ascii: "\n") }
    // The cut may have taken no more than the last line end.
    let read = HistoryRecord.read(Array(bytes[..<cut])).records
    #expect(read == Array(records.prefix(whole)) || read == Array(records.prefix(whole + 1)))
  }
}
