import Crypto
import DTXExecution
import DTXJSON
import DTXJournal
import Testing

@Suite("Exporting the journal")
struct ExportTests {
  let fixture = JournalFixture()

  func exported(_ format: JournalExportFormat) async throws -> [String] {
    var bytes: [UInt8] = []
    try await fixture.journal().export(as: format) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(
      String.init
    )
  }

  @Test("writes lines whose chain anybody can check")
  func chain() async throws {
    let journal = fixture.journal()
    try await journal.begin(JournalFixture.record("r1"), plan: [])
    // More than a page, so that the pages are seen to join.
    for _ in 0..<60 {
      try await journal.append(JournalFixture.everyEntry(of: "r1"), to: RunID("r1"))
    }
    let lines = try await exported(.json)
    let head = try await journal.head()
    #expect(lines.count == Int(head.sequence))
    #expect(lines.count > 1000)
    var previous = String(repeating: "00", count: 32)
    for (index, line) in lines.enumerated() {
      let node = try JSONParser.parse(Array(line.utf8))
      #expect(try node.required("sequence").integer() == Int64(index + 1))
      #expect(try node.required("previous").text() == previous)
      let suffix = #","previous":"\#(previous)","hash":""#
      let end = try #require(line.range(of: suffix)?.lowerBound)
      var hasher = SHA256()
      hasher.update(data: bytes(ofHexadecimal: previous))
      hasher.update(data: Array((line[..<end] + "}").utf8))
      previous = hasher.finalize().map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
      #expect(try node.required("hash").text() == previous)
    }
    #expect(previous == head.hash)
  }

  @Test("writes the facts as a table")
  func table() async throws {
    let journal = fixture.journal()
    try await journal.begin(JournalFixture.record("r1"), plan: [])
    let request = JournalFixture.request("r1", step: 0)
    let failure = Outcome.Failure(status: 400, code: "X", message: "a,b", requestID: nil)
    try await journal.append(
      [
        .intended(request, knownEvents: []), .sent(request.id),
        .outcome(request.id, .failed(failure)), .ended(RunSummary()),
      ],
      to: RunID("r1")
    )
    let lines = try await exported(.csv).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",")
    }
    #expect(
      lines == [
        "sequence,time,run,entry,person,operation,transaction,kind,amount,reference,outcome,message",
        "1,2027-01-15T08:00:00.000Z,r1,began,kari,,,,,,,\"fix \"\"1\"\".dtx on T12345678\"",
        "2,2027-01-15T08:00:00.000Z,r1,intended,,1,T12345678.tx123,capture,29990,ship-1,,",
        "3,2027-01-15T08:00:00.000Z,r1,sent,,1,,,,,,",
        "4,2027-01-15T08:00:00.000Z,r1,outcome,,1,,,,,failed,\"X: a,b\"",
        "5,2027-01-15T08:00:00.000Z,r1,ended,,,,,,,,\"done 0, pending 0, failed 0, unresolved 0, "
          + "not sent 0\"",
      ]
    )
  }

  @Test("stops when the receiver can't go on")
  func stopped() async throws {
    struct Stop: Error {}
    try await fixture.journal().begin(JournalFixture.record("r1"), plan: [])
    await #expect(throws: Stop.self) {
      try await fixture.journal().export(as: .json) { _ in throw Stop() }
    }
  }

  private func bytes(ofHexadecimal text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? {
    indices.lazy.filter { self[$0...].hasPrefix(text) }.first.map { start in
      start..<index(start, offsetBy: text.count)
    }
  }
}
