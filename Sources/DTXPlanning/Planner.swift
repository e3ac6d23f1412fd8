package import DTXEvaluator
package import DTXExecution
package import DTXLedger
package import DTXSyntax

/// Makes plans of scripts with a view of the provider that can only read.
///
/// The stages in order: parse, check, read what is needed, evaluate. A script that does not parse
/// or check is not read for: nothing is asked of the provider on behalf of a misspelt script. Where
/// evaluation comes upon something that was not read, that is read, and evaluation begins anew.
package struct Planner: Sendable {
  /// The most ids asked for at a time; the provider's listing gives at most a hundred.
  package static let batchSize = 10_000

  /// How often planning may read what it only found out about by evaluating what it had.
  ///
  /// A script has as many rounds as its reads depend on one another, which no person writes often.
  package static let roundLimit = 32

  package let reader: any TransactionReader
  package let options: Evaluator.Options
  /// Where files that scripts name are read from.
  package let files: any PlanningFiles
  /// Whether a script is all there is, and not something that goes on to be written.
  package let isWhole: Bool
  /// Tells what time it is when a plan is begun, in milliseconds since 1970-01-01T00:00Z.
  private let clock: @Sendable () -> Int64

  /// Makes a planner.
  ///
  /// - Parameters:
  ///   - reader: The view of the provider that can only read.
  ///   - options: What bounds a plan; its `now` is the time of every plan if there is no clock.
  ///   - files: Where files that scripts name are read from.
  ///   - isWhole: Whether a script is all there is, so that what it does not use is a mistake.
  ///   - clock: The time at which each plan is begun.
  package init(
    reader: any TransactionReader,
    options: Evaluator.Options,
    files: any PlanningFiles = NoFiles(),
    isWhole: Bool = true,
    clock: (@Sendable () -> Int64)? = nil
  ) {
    self.reader = reader
    self.options = options
    self.files = files
    self.isWhole = isWhole
    self.clock = clock ?? { options.now }
  }

  /// What time it is, in milliseconds since 1970-01-01T00:00Z.
  package var now: Int64 { clock() }

  /// How far a script got, and all that was found wrong with it on the way.
  package struct Result: Sendable {
    package let script: Script
    package let errorPolicy: ErrorPolicy
    /// Present when the script was evaluated; it holds only if there is no error.
    package let evaluation: Evaluation?
    package let diagnostics: [Diagnostic]
    /// The texts that diagnostics point into: the script, what it includes, and its data files.
    package let sources: [NamedSource]
    /// Where the statements stand, by the numbers that the plan's steps carry.
    package let places: StatementPlaces
    /// The time that `now` and `today` mean in this plan.
    package let plannedAt: Int64

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
  }

  /// Plans a script.
  ///
  /// - Parameters:
  ///   - source: The script's bytes.
  ///   - name: What the script is called in messages.
  ///   - path: Where the script is, which the paths in it are relative to; nil for no file.
  /// - Returns: The plan, or how far the script got.
  /// - Throws: `ProviderError` when the provider could not be read; what is wrong with the script
  ///   is in the result.
  package func plan(
    _ source: [UInt8],
    named name: String = "script",
    at path: String? = nil
  ) async throws(ProviderError) -> Result {
    let loader = ScriptLoader(source, named: name, at: path, files: files)
    let checks = Checker.Options(parameters: options.parameters, isWhole: isWhole)
    let (program, diagnostics) = Self.check(loader, account: reader.account, options: checks)
    var options = options
    options.now = clock()
    func result(
      _ evaluation: Evaluation?,
      _ diagnostics: [Diagnostic],
      _ sources: [NamedSource]
    ) -> Result {
      Result(
        script: program.script,
        errorPolicy: program.errorPolicy,
        evaluation: evaluation,
        diagnostics: diagnostics,
        sources: sources,
        places: program.places(named: loader.sources.map(\.name)),
        plannedAt: options.now
      )
    }
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      return result(nil, diagnostics, loader.sources)
    }
    var reading = SnapshotReading(
      reader,
      files: files,
      paths: loader.paths,
      sources: loader.sources
    )
    try await reading.read(program.needs)
    var evaluation = Evaluator.evaluate(program, against: reading.snapshot, options: options)
    var round = 1
    while !evaluation.needs.isEmpty {
      guard round < Self.roundLimit else {
        let message = ProgramMessage.tooManyRounds(limit: Self.roundLimit)
        let last = Diagnostic(message, at: Diagnostic.Label(SourceRange(at: 0)))
        return result(nil, diagnostics + [last], reading.sources)
      }
      try await reading.readMore(evaluation.needs)
      evaluation = Evaluator.evaluate(program, against: reading.snapshot, options: options)
      round += 1
    }
    let all = (diagnostics + evaluation.diagnostics).inSourceOrder()
    return result(evaluation, all, reading.sources)
  }

  /// What was found by reading and checking a script without reading any transaction.
  package struct Check: Sendable {
    package let program: Program
    package let diagnostics: [Diagnostic]
    /// The texts that diagnostics point into.
    package let sources: [NamedSource]
  }

  /// Parses and checks a script with all that it includes, without reading any transaction.
  ///
  /// - Parameters:
  ///   - source: The script's bytes.
  ///   - account: The account that it is checked for.
  ///   - name: What the script is called in messages.
  ///   - path: Where the script is, which the paths in it are relative to; nil for no file.
  ///   - files: Where files that scripts name are read from.
  ///   - parameters: The values of parameters; nil where none are given, and none are missed.
  /// - Returns: The program, and all that is wrong with it.
  package static func check(
    _ source: [UInt8],
    account: Account,
    named name: String = "script",
    at path: String? = nil,
    files: any PlanningFiles = NoFiles(),
    parameters: [String: String]? = nil
  ) -> Check {
    let loader = ScriptLoader(source, named: name, at: path, files: files)
    let checks = Checker.Options(parameters: parameters)
    let (program, diagnostics) = check(loader, account: account, options: checks)
    return Check(program: program, diagnostics: diagnostics, sources: loader.sources)
  }

  /// Checks what was loaded, and returns all that is wrong with it in the order of the source.
  private static func check(
    _ loader: ScriptLoader,
    account: Account,
    options: Checker.Options
  ) -> (program: Program, diagnostics: [Diagnostic]) {
    let (program, names) = Checker.check(loader.set, account: account, options: options)
    let all = loader.diagnostics + names.besides(loader.diagnostics)
    return (program, all.inSourceOrder())
  }
}

extension Program {
  /// Returns the place of every statement, by its number.
  fileprivate func places(named names: [String]) -> StatementPlaces {
    let places = units.enumerated().flatMap { number, unit in
      unit.script.statementLines().map {
        StatementPlaces.Place(source: UInt32(number), line: $0)
      }
    }
    return StatementPlaces(sourceNames: names, places: places)
  }
}

extension Script {
  /// Returns the line of every statement, by its number.
  package func statementLines() -> [UInt32] {
    let table = lineTable()
    return statements.map { UInt32(table.position(of: $0.range.start).line) }
  }
}
