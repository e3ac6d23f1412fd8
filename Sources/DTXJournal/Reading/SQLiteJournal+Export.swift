import DTXExecution
import DTXJSON
import DTXLedger
import DTXStore
import FoundationEssentials
import GRDB

/// How a journal is written for other programs.
package enum JournalExportFormat: String, CaseIterable, Hashable, Sendable {
  case json, csv
}

extension SQLiteJournal {
  /// How many entries are held in memory at a time while exporting.
  static let exportPageSize = 1000

  /// Writes all entries, oldest first, a line each, to a receiver that gets many lines at a time.
  ///
  /// JSON lines are the canonical form of section "The chain" with `previous` and `hash` added at
  /// the end: without those two members a line is, byte for byte, what its hash was made of. CSV
  /// follows RFC 4180 with a header row; amounts are in minor units.
  ///
  /// - Throws: Whatever keeps the journal from being read, or what the receiver throws.
  package func export(
    as format: JournalExportFormat,
    to receive: ([UInt8]) throws -> Void
  ) async throws {
    if format == .csv { try receive(CSVExport.header) }
    var last: Int64 = 0
    while true {
      let (page, next) = try await exportPage(after: last, as: format)
      guard let next else { return }
      try receive(page)
      last = next
    }
  }

  private func exportPage(
    after sequence: Int64,
    as format: JournalExportFormat
  ) async throws(JournalError) -> (lines: [UInt8], last: Int64?) {
    try await translating {
      try await file.read { database in
        let rows = try Row.fetchCursor(
          database,
          sql: """
            \(Self.selectRecords)
            WHERE entries.sequence > ? ORDER BY entries.sequence LIMIT \(Self.exportPageSize)
            """,
          arguments: [sequence]
        )
        var lines: [UInt8] = []
        var last: Int64?
        while let row = try rows.next() {
          let record = JournalRecord(row)
          let hash = (row[8] as Data).hexadecimal
          switch format {
          case .json: lines += Self.line(record, (row[7] as Data).hexadecimal, hash)
          case .csv: lines += try CSVExport.line(record, hash: hash)
          }
          last = record.sequence
        }
        return (lines, last)
      }
    }
  }

  private static func line(_ record: JournalRecord, _ previous: String, _ hash: String) -> [UInt8] {
    var writer = JSONWriter(reserving: 320 + record.payload.count)
    writer.object { writer in
      record.write(to: &writer)
      writer.member("previous", previous)
      writer.member("hash", hash)
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

/// Entries as rows for a spreadsheet.
private enum CSVExport {
  static let header = Array(
    ("sequence,time,run,entry,person,operation,transaction,kind,amount,reference,outcome,message,"
      + "hash\r\n").utf8
  )

  static func line(_ record: JournalRecord, hash: String) throws(JSONError) -> [UInt8] {
    var person = ""
    var operation = ["", "", ""]
    var outcome = ["", ""]
    switch try EntryDecoding.entry(record) {
    case nil:
      let run = try EntryDecoding.run(record.run, payload: record.payload)
      person = run.person
      outcome[1] = "\(run.script) on \(run.account)"
    case .intended(let request, _):
      operation = [
        request.operation.kind.name, String(request.operation.amount.count),
        request.reference ?? "",
      ]
    case .sent: break
    case .outcome(_, let result): outcome = columns(of: result)
    case .ended(let summary):
      outcome[1] =
        "done \(summary.done), pending \(summary.pending), failed \(summary.failed), "
        + "unresolved \(summary.unresolved), not sent \(summary.notSent)"
    }
    let fields =
      [
        String(record.sequence), UTCTime(milliseconds: record.time).text, record.run, record.kind,
        person, record.step.map { String($0 + 1) } ?? "", record.transaction ?? "",
      ] + operation + outcome + [hash]
    return Array((fields.map(quoted).joined(separator: ",") + "\r\n").utf8)
  }

  private static func columns(of outcome: Outcome) -> [String] {
    switch outcome {
    case .done(let completion):
      ["done", completion.isAsPredicted ? "" : "not as predicted"]
    case .pending(let requestID): ["pending", requestID.map { "request \($0)" } ?? ""]
    case .failed(let failure):
      ["failed", [failure.code, failure.message].compactMap(\.self).joined(separator: ": ")]
    case .unresolved(let message): ["unresolved", message]
    case .notSent(let reason): ["not sent", words(for: reason)]
    }
  }

  private static func words(for reason: Outcome.Reason) -> String {
    switch reason {
    case .drift: "the transaction had changed"
    case .unreadable(let message): message
    case .stopped: "stopped"
    case .interrupted: "interrupted"
    case .beyondTrial: "beyond the trial"
    }
  }

  /// Returns a field in quotes where it needs them; a control character, which a terminal would
  /// obey, becomes a blank.
  private static func quoted(_ text: String) -> String {
    var field = ""
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      field.unicodeScalars.append(isControl ? " " : scalar)
    }
    guard field.contains("\"") || field.contains(",") else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
