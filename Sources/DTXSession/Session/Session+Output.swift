import DTXEvaluator
import DTXPlanning
import DTXReport

extension Session {
  /// How answers are written that go through a pager: all of them, or in lines for a reader.
  private var answerOptions: OutputOptions {
    var options = options
    options.isComplete = options.isComplete || settings.pages
    options.now = planner.now
    return options
  }

  /// Writes what a statement asked to see, as the person wants answers.
  func written(_ output: Output) -> [UInt8] { written(output) { output.csv() } }

  /// Writes what a plan would do.
  func written(_ planned: Planned) -> [UInt8] {
    let heading = PlanPreview.Heading(
      script: Self.sourceName,
      profile: profile,
      account: account,
      plannedAt: planned.plannedAt,
      plannedBy: person,
      warningCount: planned.warningCount
    )
    let preview = PlanPreview(planned.plan, heading: heading, places: planned.places)
    return written(preview) { preview.csv() }
  }

  private func written(_ report: some Report, csv: () -> [UInt8]) -> [UInt8] {
    switch settings.format {
    case .table:
      var builder = TextBuilder(options: answerOptions)
      report.append(to: &builder)
      return builder.bytes
    case .json:
      var writer = JSONWriter()
      report.append(to: &writer)
      return writer.bytes
    case .csv: return csv()
    }
  }
}
