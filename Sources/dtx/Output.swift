import DTXEvaluator
import DTXLedger
import DTXPlanning
import DTXReport
import DTXSyntax

/// How the program speaks: as text for people, or as JSON lines for programs.
struct Output {
  let isJSON: Bool
  /// Whether everything is written line by line, for a screen reader.
  private(set) var isForReader = false
  private var forOutput: OutputOptions
  private var forErrors: OutputOptions
  private let isOutputTerminal = StandardStreams.isOutputTerminal
  private let isErrorTerminal = StandardStreams.isErrorTerminal

  init(isJSON: Bool, isComplete: Bool, variables: [String: String]) {
    self.isJSON = isJSON
    let isUnicode = Self.isUnicode(variables)
    func options(isTerminal: Bool) -> OutputOptions {
      OutputOptions(
        columns: nil,
        isColoured: isTerminal && Self.wantsColour(variables),
        isUnicode: isUnicode,
        isComplete: isComplete || !isTerminal
      )
    }
    forOutput = options(isTerminal: isOutputTerminal)
    forErrors = options(isTerminal: isErrorTerminal)
  }

  /// Returns the same for a screen reader, or for eyes.
  func forReader(_ isForReader: Bool) -> Output {
    var output = self
    output.isForReader = isForReader
    output.forOutput.isLinear = isForReader
    output.forErrors.isLinear = isForReader
    return output
  }

  /// How to write to standard output, as wide as the terminal is at the moment.
  var options: OutputOptions { forOutput.fitted(toTerminal: isOutputTerminal) }
  var errorOptions: OutputOptions { forErrors.fitted(toTerminal: isErrorTerminal) }

  /// No colour where the person or the terminal has asked for none; see no-color.org.
  static func wantsColour(_ variables: [String: String]) -> Bool {
    variables["NO_COLOR", default: ""].isEmpty && variables["TERM"] != "dumb"
      && variables["TERM"] != nil
  }

  /// Whether the locale says that what is written is read as UTF-8.
  private static func isUnicode(_ variables: [String: String]) -> Bool {
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? ""
    let name = locale.uppercased()
    return name.hasSuffix("UTF-8") || name.hasSuffix("UTF8")
  }
}

extension OutputOptions {
  /// Returns the same for a terminal of the width that it has now.
  fileprivate func fitted(toTerminal isTerminal: Bool) -> OutputOptions {
    guard isTerminal else { return self }
    var options = self
    options.columns = max(Place.columns, Self.fewestColumns)
    return options
  }
}

// MARK: - Standard output

extension Output {
  /// Writes text to standard output.
  func text(_ write: (inout TextBuilder) -> Void) {
    var builder = TextBuilder(options: options, receiver: StandardStreams.write)
    write(&builder)
    builder.finish()
  }

  /// Writes JSON lines to standard output.
  func json(_ write: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(receiver: StandardStreams.write)
    write(&writer)
    writer.finish()
  }

  /// Writes what would change in a file, or has changed.
  func show(_ diff: LineDiff, of name: String) {
    text { diff.append(to: &$0, old: name, new: name) }
  }

  /// Writes a report to standard output.
  func show(_ report: some Report) {
    if isJSON { json { report.append(to: &$0) } } else { text { report.append(to: &$0) } }
  }

  /// Writes what a script asked to see.
  func show(_ outputs: [DTXEvaluator.Output]) {
    for output in outputs { show(output) }
  }
}

// MARK: - Standard error

extension Output {
  /// Writes a remark to standard error.
  func note(_ text: String) { StandardStreams.writeError(text + "\n") }

  /// Writes diagnostics of one text to standard error.
  func report(_ diagnostics: [Diagnostic], of source: [UInt8], named name: String) {
    report(diagnostics, in: [NamedSource(name: name, bytes: source)])
  }

  /// Writes diagnostics to standard error.
  func report(_ diagnostics: [Diagnostic], in sources: [NamedSource]) {
    guard !diagnostics.isEmpty else { return }
    report(DiagnosticReport(diagnostics, in: SourceSet(sources)))
  }

  /// Writes why a command cannot go on.
  func report(_ failure: CommandFailure) {
    report(FailureReport(code: failure.code, text: failure.text, help: failure.help))
    for other in failure.others { report(other) }
  }

  /// Writes a report to standard error.
  func report(_ report: some Report) {
    if isJSON {
      var writer = JSONWriter(receiver: StandardStreams.writeError)
      report.append(to: &writer)
      writer.finish()
    } else {
      var builder = TextBuilder(options: errorOptions, receiver: StandardStreams.writeError)
      report.append(to: &builder)
      builder.finish()
    }
  }
}

extension SourceSet {
  /// The texts that planning has read, by their numbers.
  init(_ sources: [NamedSource]) {
    self.init()
    for source in sources { append(Source(name: source.name, bytes: source.bytes)) }
  }
}
