import DTXExplanations
import DTXSyntax

/// What was found in some scripts as one SARIF log, which code hosts and editors can read.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 2020-03-27,
/// sections 3.13 to 3.14 (log and run), 3.27 (result), 3.30 (region), 3.55 to 3.57 (fixes).
package struct SARIFLog: Sendable {
  private static let schema = "https://json.schemastore.org/sarif-2.1.0.json"

  private let version: String
  private let reports: [DiagnosticReport]
  /// The codes that occur, each once, in the order of their numbers.
  private let codes: [DiagnosticCode]

  /// Makes a log.
  ///
  /// - Parameters:
  ///   - reports: What was found, script by script.
  ///   - version: The version of the program.
  package init(_ reports: [DiagnosticReport], version: String) {
    self.reports = reports
    self.version = version
    codes = Set(reports.flatMap(\.diagnostics).map(\.code)).sorted { $0.number < $1.number }
  }

  /// Appends the log as one line of JSON.
  package func append(to writer: inout JSONWriter) {
    writer.document { log in
      log.member("$schema", Self.schema)
      log.member("version", "2.1.0")
      log.array("runs", [reports]) { reports, run in
        run.object("tool") { $0.object("driver", appendDriver) }
        run.member("columnKind", "unicodeCodePoints")
        run.array("results", reports.flatMap { report in report.diagnostics.map { (report, $0) } })
        {
          append($0.1, of: $0.0, to: &$1)
        }
      }
    }
  }

  private func appendDriver(to driver: inout JSONWriter) {
    driver.member("name", "dtx")
    driver.member("version", version)
    driver.array("rules", codes) { code, rule in
      rule.member("id", code.description)
      guard let explanation = Explanation.of(code) else { return }
      rule.object("shortDescription") { $0.member("text", explanation.title) }
      rule.object("fullDescription") { $0.member("text", explanation.meaning) }
      rule.object("help") { $0.member("text", explanation.remedy) }
    }
  }

  private func append(
    _ diagnostic: Diagnostic,
    of report: DiagnosticReport,
    to result: inout JSONWriter
  ) {
    result.member("ruleId", diagnostic.code.description)
    result.member("ruleIndex", codes.firstIndex(of: diagnostic.code))
    result.member("level", diagnostic.severity.rawValue)
    result.object("message") { message in
      let help = diagnostic.message.help.map { ": " + $0 } ?? ""
      message.member("text", diagnostic.message.text + help)
    }
    // A place in a text that is not at hand has no line to point at.
    let primary = [diagnostic.primary].filter { report.sources[$0.source] != nil }
    result.array("locations", primary) { append($0, in: report.sources, to: &$1) }
    let secondary = diagnostic.secondary.filter { report.sources[$0.source] != nil }
    if !secondary.isEmpty {
      result.array("relatedLocations", secondary) { append($0, in: report.sources, to: &$1) }
    }
    guard !diagnostic.fixIts.isEmpty, let source = report.sources[diagnostic.primary.source] else {
      return
    }
    result.array("fixes", diagnostic.fixIts) { append($0, in: source, to: &$1) }
  }
}

// MARK: - Places

extension SARIFLog {
  private func append(
    _ label: Diagnostic.Label,
    in sources: SourceSet,
    to location: inout JSONWriter
  ) {
    guard let source = sources[label.source] else { return }
    location.object("physicalLocation") { place in
      place.object("artifactLocation") { $0.member("uri", Self.uri(of: source.name)) }
      place.object("region") { append(label.range, in: source, to: &$0) }
    }
    if !label.text.isEmpty { location.object("message") { $0.member("text", label.text) } }
  }

  private func append(_ range: SourceRange, in source: Source, to region: inout JSONWriter) {
    let (start, end) = (source.position(of: range.start), source.position(of: range.end))
    region.member("startLine", start.line)
    region.member("startColumn", start.column)
    region.member("endLine", end.line)
    region.member("endColumn", end.column)
    region.member("byteOffset", range.start)
    region.member("byteLength", range.end - range.start)
  }

  private func append(_ fixIt: Diagnostic.FixIt, in source: Source, to fix: inout JSONWriter) {
    fix.object("description") { $0.member("text", fixIt.title) }
    fix.array("artifactChanges", [fixIt.edits]) { edits, change in
      change.object("artifactLocation") { $0.member("uri", Self.uri(of: source.name)) }
      change.array("replacements", edits) { edit, replacement in
        replacement.object("deletedRegion") { append(edit.range, in: source, to: &$0) }
        replacement.object("insertedContent") { $0.member("text", edit.replacement) }
      }
    }
  }

  /// Returns a path as a relative or absolute reference.
  ///
  /// A colon in the first segment would be read as the end of a scheme, so it is escaped with what
  /// else has no place in a path. Source: RFC 3986, section 3.3.
  private static func uri(of path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      switch Unicode.Scalar(byte) {
      case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "/": bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
