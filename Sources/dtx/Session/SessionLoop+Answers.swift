import DTXExecution
import DTXJournal
import DTXLedger
import DTXReport
import DTXSession
import DTXSyntax
import Glibc

// MARK: - Showing

extension SessionLoop {
  /// Writes an answer, through the person's pager where it is longer than the screen.
  func present(_ bytes: [UInt8]) {
    let newline = UInt8(ascii: "\n")
    if session.settings.pages, !session.settings.isForReader,
      bytes.count(where: { $0 == newline }) >= Place.rows,
      let pager = Pager(connection.place.variables)
    {
      let isShown = waitingForPerson { pager.show(bytes) }
      if isShown { return }
    }
    StandardStreams.write(bytes)
  }

  /// Asks a question, in lines of whole words, and returns the answer.
  func ask(_ question: String) -> String? {
    var builder = TextBuilder(options: output.options)
    builder.appendParagraph { $0.append(foreign: question) }
    // The answer stands behind it, on the same line.
    let text = String(builder.text.dropLast()) + " "
    return waitingForPerson { editor.confirm(question: text) }
  }

  private func waitingForPerson<Answer>(_ work: () -> Answer) -> Answer {
    let start = ContinuousClock.now
    defer { timeOfPerson += ContinuousClock.now - start }
    return work()
  }

  /// Says how long an answer took, without the time that the person took.
  func tellTime(since start: ContinuousClock.Instant) {
    let elapsed = ContinuousClock.now - start - timeOfPerson
    let milliseconds =
      elapsed.components.seconds * 1_000 + elapsed.components.attoseconds / 1_000_000_000_000_000
    output.note("(\(milliseconds) ms)")
  }

  /// Shows the newest runs of the journal.
  func showJournal(_ limit: Int?) async {
    do throws(JournalError) {
      let runs = try await connection.journal.runs(limit: limit ?? Self.usualRunCount)
      let atWork = try await connection.journal.runsAtWork()
      let list = JournalRunList(runs.map { $0.row(atWork) })
      if session.settings.format == .json {
        var writer = JSONWriter()
        list.append(to: &writer)
        present(writer.bytes)
      } else {
        var builder = TextBuilder(options: output.options)
        list.append(to: &builder)
        present(builder.bytes)
        if session.settings.format == .csv {
          output.note("As CSV, every entry: `dtx journal export --format csv`.")
        }
      }
    } catch { output.report(CommandFailure(error)) }
  }

  /// As many as fit on a screen with room for their details.
  private static let usualRunCount = 10

  /// Writes a script to a file that is not there yet.
  func save(_ script: [UInt8], to path: String) {
    guard unsafe access(path, F_OK) != 0 else {
      return output.note("There is a file \(path) already: choose another name.")
    }
    do throws(CommandFailure) {
      try StandardStreams.replace(path, with: script)
      output.note("Saved as \(path). `run \"\(path)\"` stages it.")
    } catch { output.report(error) }
  }
}

// MARK: - Watching

extension SessionLoop {
  /// How often a watched transaction is read.
  private static let watchSeconds = 2

  /// Carries a statement out again and again and says what is different, until Ctrl-C.
  ///
  /// Only what changes is written, so that it can be read aloud, and scrolled back to.
  func watch(_ statement: String) async {
    let watching = Task { await lookAgain(statement) }
    let interruptions = Interruptions.stream(onFirst: {})
    let listening = Task.detached { @concurrent in
      for await _ in interruptions { watching.cancel() }
    }
    await watching.value
    listening.cancel()
    await listening.value
  }

  private func lookAgain(_ statement: String) async {
    var shown: [UInt8]?
    while !Task.isCancelled {
      do throws(ProviderError) {
        var session = session.withoutOperations()
        session.options = output.options
        // A colour that comes or goes is no difference.
        session.options.isColoured = false
        let reply = try await session.take(statement)
        guard reply.isAccepted else { return StandardStreams.writeError(reply.errors) }
        tellDifference(from: shown, to: reply.output)
        shown = reply.output
      } catch {
        // What was being read when somebody pressed Ctrl-C is of no interest any more.
        if !Task.isCancelled { output.report(CommandFailure(error)) }
        return
      }
      try? await Task.sleep(for: .seconds(Self.watchSeconds))
    }
    StandardStreams.writeError("\n")
  }

  private func tellDifference(from shown: [UInt8]?, to page: [UInt8]) {
    guard let shown else {
      StandardStreams.write(page)
      let rest = session.isWaiting ? " What is staged is left out." : ""
      return output.note("Watching; Ctrl-C ends it." + rest)
    }
    let difference = LineDiff(from: shown, to: page)
    guard !difference.isEmpty else { return }
    output.text { builder in
      difference.append(to: &builder, old: "before", new: "now")
    }
  }
}

// MARK: - What is staged

extension SessionLoop {
  /// Keeps what is staged, for the case that the terminal goes away.
  func keepStaged() {
    do throws(CommandFailure) {
      let omitted = try stagedFile.keep(session.stagedTexts)
      guard omitted > 0 else { return }
      output.note(
        "\(omitted == 1 ? "A staged statement" : "\(omitted) staged statements") will not survive a"
          + " crash: it seems to have a card number in it, which is written to no file."
      )
    } catch { output.report(error) }
  }

  /// Offers what sessions had staged whose terminal went away.
  func offerLeftovers() async {
    let leftovers = StagedFile.leftovers(of: connection)
    if !leftovers.isEmpty { await tellUnfinishedRuns() }
    for leftover in leftovers {
      let statements = leftover.record.statements
      let count = statements.count == 1 ? "1 statement was" : "\(statements.count) statements were"
      let time = TextBuilder.minute(of: leftover.record.at)
      output.note("\(count) staged in a session that ended unexpectedly at \(time):")
      list(statements)
      let answer = ask("Stage again? y stages, n drops, Enter asks again next time:")
      switch answer?.lowercased() {
      case "y", "yes":
        let rest = await stageAgain(statements)
        keep(rest, of: leftover)
      case "n", "no":
        unsafe unlink(leftover.path)
        output.note("Dropped.")
      default: output.note("Kept for the next time.")
      }
    }
  }

  private static let shownStatements = 10

  private func list(_ statements: [String]) {
    for statement in statements.prefix(Self.shownStatements) {
      output.note("  " + statement.replacing("\n", with: "\n  "))
    }
    guard statements.count > Self.shownStatements else { return }
    output.note("  and \(statements.count - Self.shownStatements) more")
  }

  /// Stages statements once more, and returns those that were not staged.
  private func stageAgain(_ statements: [String]) async -> [String] {
    var rest = statements[...]
    var refused: [String] = []
    do throws(ProviderError) {
      // One by one: one that does not hold any more does not keep the others out.
      while let statement = rest.first {
        let count = session.statementCount
        let reply = try await changed { session async throws(ProviderError) in
          try await session.take(statement)
        }
        guard let reply else { break }
        rest.removeFirst()
        if session.statementCount == count { refused.append(statement) }
        StandardStreams.write(reply.output)
        StandardStreams.writeError(reply.errors)
      }
    } catch { output.report(CommandFailure(error)) }
    keepStaged()
    known.merge(session.readTransactions)
    return refused + rest
  }

  /// Keeps what could not be staged again for the next time, and says what that is.
  private func keep(_ statements: [String], of leftover: StagedFile.Leftover) {
    guard !statements.isEmpty else {
      unsafe unlink(leftover.path)
      return
    }
    output.note("Not staged, and kept for the next time:")
    list(statements)
    do throws(CommandFailure) { try leftover.keep(statements) } catch { output.report(error) }
  }

  /// Names the runs that are not settled, since what is left of them may be what was staged.
  private func tellUnfinishedRuns() async {
    do throws(JournalError) {
      for run in try await connection.journal.unfinishedRuns()
      where run.record.profile == connection.profile && run.record.account == connection.account {
        let time = TextBuilder.minute(of: run.record.startedAt)
        output.note(
          "Run \(run.record.id) of \(time) did not come to its end:"
            + " `dtx resume \(run.record.id)` settles it first."
        )
      }
    } catch { output.report(CommandFailure(error)) }
  }
}
