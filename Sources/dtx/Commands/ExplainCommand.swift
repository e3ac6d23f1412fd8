import ArgumentParser
import DTXReport

/// `dtx explain`: the long form of a message.
struct ExplainCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain the code of a message: what it means, why, and what to do.",
    discussion: "Without a code, all codes are listed. The examples can be tried in the sandbox."
  )

  @Argument(help: "Codes of messages, such as DTX3001.")
  var codes: [String] = []

  @OptionGroup var report: ReportOptions

  var output: Output { output(report) }

  func execute() async throws(CommandFailure) -> ExitStatus {
    if codes.isEmpty { output.show(ExplanationList()) }
    for (number, code) in codes.enumerated() {
      guard let explanation = ExplanationReport(code) else {
        throw .usage("there is no message with the code \(code)", help: "`dtx explain` lists them")
      }
      if number > 0, !report.json { output.text { $0.endLine() } }
      output.show(explanation)
    }
    return .success
  }
}
