import ArgumentParser
import DTXReport
import DTXSyntax

/// `dtx fmt`: lay scripts out in the one way.
struct FormatCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Lay scripts out in the one way in which all scripts are laid out.",
    discussion: """
      Only blanks and line ends change, and never what a script does. A file is rewritten in its \
      place; standard input is written to standard output. A script with mistakes is left alone.
      """
  )

  @Argument(help: "Scripts, or `-` for standard input.")
  var files: [String]

  @Flag(name: .long, help: "Change nothing; list the files that would change, and exit with 1.")
  var check = false

  @Flag(name: .long, help: "Change nothing; show what would change.")
  var diff = false

  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    var status = ExitStatus.success
    for file in files {
      switch try format(file) {
      case .wrongScript: status = .wrongScript
      case .unformatted where status == .success: status = .unformatted
      default: break
      }
    }
    return status
  }

  private func format(_ file: String) throws(CommandFailure) -> ExitStatus {
    let source = try StandardStreams.read(path: file)
    let name = StandardStreams.name(of: file)
    let (text, diagnostics) = Formatter.format(source)
    guard let text else {
      output.report(diagnostics, of: source, named: name)
      return .wrongScript
    }
    let isChanged = text != source
    if diff { output.show(LineDiff(from: source, to: text), of: name) }
    if check {
      if isChanged, !diff { StandardStreams.write("\(name)\n") }
      return isChanged ? .unformatted : .success
    }
    if diff { return .success }
    if file == "-" {
      StandardStreams.write(text)
    } else if isChanged {
      try StandardStreams.rewrite(file, with: text)
      output.note("\(name) is laid out anew.")
    }
    return .success
  }
}

extension ExitStatus {
  /// A file is not laid out as `dtx fmt` would lay it out.
  fileprivate static let unformatted = ExitStatus.someFailed
}
