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
      let pager = Pager(connection.place.variables), pager.show(bytes)
    {
      return
    }
    StandardStreams.write(bytes)
  }

  /// Says how long an answer took.
  func tellTime(since start: ContinuousClock.Instant) {
    let elapsed = ContinuousClock.now - start
    let milliseconds =
      elapsed.components.seconds * 1_000 + elapsed.components.attoseconds / 1_000_000_000_000_000
    output.note("(\(milliseconds) ms)")
  }

  /// Shows the newest runs of the journal.
  func showJournal(_ limit: Int?) async {
    do throws(JournalError) {
      let runs = try await connection.journal.runs(limit: limit ?? Self.usualRunCount)
      let list = JournalRunList(runs.map(\.row))
      if session.settings.format == .json {
        var writer = JSONWriter()
        list.append(to: &writer)
        present(writer.bytes)
      } else {
        var builder = TextBuilder(options: output.options)
        list.append(to: &builder)
        present(builder.bytes)
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
      for await _ in interruptions {
        watching.cancel()
        break
      }
    }
    await watching.value
    listening.cancel()
  }

  private func lookAgain(_ statement: String) async {
    var shown: [UInt8]?
    while !Task.isCancelled {
      do throws(ProviderError) {
        var session = session
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
      return output.note("Watching; Ctrl-C ends it.")
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
    do throws(CommandFailure) { try stagedFile.keep(session.stagedTexts) } catch {
      output.report(error)
    }
  }

  /// Offers what sessions had staged whose terminal went away.
  func offerLeftovers() async {
    for leftover in StagedFile.leftovers(of: connection) {
      let statements = leftover.record.statements
      let count = statements.count == 1 ? "1 statement was" : "\(statements.count) statements were"
      let time = TextBuilder.minute(of: leftover.record.at)
      output.note("\(count) staged in a session that ended unexpectedly at \(time):")
      for statement in statements.prefix(Self.shownStatements) {
        output.note("  " + statement.replacing("\n", with: "\n  "))
      }
      if statements.count > Self.shownStatements {
        output.note("  and \(statements.count - Self.shownStatements) more")
      }
      let answer = editor.confirm(
        question: "Stage again? y stages, n drops, Enter asks again next time: "
      )
      switch answer?.lowercased() {
      case "y", "yes":
        await stageAgain(statements)
        unsafe unlink(leftover.path)
      case "n", "no":
        unsafe unlink(leftover.path)
        output.note("Dropped.")
      default: output.note("Kept for the next time.")
      }
    }
  }

  private static let shownStatements = 10

  private func stageAgain(_ statements: [String]) async {
    do throws(ProviderError) {
      var session = session
      // One by one: one that does not hold any more does not keep the others out.
      for statement in statements {
        let reply = try await session.take(statement)
        self.session = session
        StandardStreams.write(reply.output)
        StandardStreams.writeError(reply.errors)
      }
    } catch { output.report(CommandFailure(error)) }
    keepStaged()
    known.merge(session.readTransactions)
  }
}
