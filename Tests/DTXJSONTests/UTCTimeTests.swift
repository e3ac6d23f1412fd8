import DTXJSON
import Testing

@Suite("UTCTime")
struct UTCTimeTests {
  @Test(
    "reads and writes moments",
    arguments: [
      ("1970-01-01T00:00:00.000Z", 0), ("1969-12-31T23:59:59.999Z", -1),
      ("2000-02-29T12:00:00.000Z", 951_825_600_000),
      ("2026-08-03T09:14:05.120Z", 1_785_748_445_120),
      ("2100-02-28T23:59:59.999Z", 4_107_542_399_999),
      ("0001-01-01T00:00:00.000Z", -62_135_596_800_000),
    ] as [(String, Int64)]
  )
  func moment(text: String, milliseconds: Int64) {
    #expect(UTCTime(text)?.milliseconds == milliseconds)
    #expect(UTCTime(milliseconds: milliseconds).text == text)
  }

  @Test(
    "reads offsets and fractions of any length",
    arguments: [
      ("2026-08-03T11:14:05+02:00", "2026-08-03T09:14:05.000Z"),
      ("2026-08-03T00:14:05.1-05:30", "2026-08-03T05:44:05.100Z"),
      ("2026-08-03T09:14:05.1209999Z", "2026-08-03T09:14:05.120Z"),
    ]
  )
  func variant(text: String, canonical: String) {
    #expect(UTCTime(text)?.text == canonical)
  }

  @Test(
    "refuses what is no moment",
    arguments: [
      "", "2026-08-03", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z",
      "2026-04-31T00:00:00Z", "2026-08-03T24:00:00Z", "2026-08-03T00:60:00Z",
      "2026-08-03T00:00:60Z", "2026-08-03T00:00:00", "2026-08-03T00:00:00.Z",
      "2026-08-03T00:00:00Zx", "2026-08-03T00:00:00+2:00", "2100-02-29T00:00:00Z",
    ]
  )
  func refused(text: String) {
    #expect(UTCTime(text) == nil)
  }

  @Test("writes what it reads on every day of eight hundred years")
  func everyDay() {
    for day in stride(from: Int64(-150_000), to: 150_000, by: 1) {
      let time = UTCTime(milliseconds: day * 86_400_000 + 12_345_678)
      if UTCTime(time.text) != time {
        Issue.record("\(time.text)")
        return
      }
    }
  }
}
