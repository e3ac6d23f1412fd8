import DTXLedger
import DTXSession

/// What was typed in this and in earlier sessions, for the line editor to recall.
struct SessionMemory {
  private let file: HistoryFile
  private let profile: String
  private let account: String
  private let output: Output
  private var history = SessionHistory()
  private var hasFailed = false

  init(of connection: Connection, output: Output) {
    file = HistoryFile(path: connection.place.historyPath(of: connection.profile))
    profile = connection.profile
    account = connection.account.text
    self.output = output
  }

  /// Reads what earlier sessions left, and gives it to the editor.
  mutating func load(into editor: LineEditor) {
    do throws(CommandFailure) {
      let (records, setAside) = try file.read()
      history = SessionHistory(records.filter { $0.account == account })
      if let setAside {
        output.note("A part of the history could not be read. The file was set aside: \(setAside)")
      }
    } catch {
      output.report(error)
    }
    recall(in: editor)
  }

  /// Takes in what was typed, each statement by itself, but no secrets.
  mutating func remember(_ text: String, in editor: LineEditor) {
    let kept = KeptText(text)
    if let omission = kept.omission {
      output.note("Not kept in the history: it seems to have \(omission.rawValue) in it.")
    }
    for statement in kept.statements {
      history.add(statement)
      editor.appendHistory(statement)
    }
    append(kept.statements, isDone: false)
  }

  /// Notes which statements were carried out: they come back as remarks.
  mutating func markDone(_ statements: [String], in editor: LineEditor) {
    let now = Place.now()
    let known = statements.filter { history.markDone($0, at: now) }
    guard !known.isEmpty else { return }
    append(known, isDone: true)
    recall(in: editor)
  }

  private func recall(in editor: LineEditor) {
    editor.setHistory(
      history.recalled(
        limit: editor.configuration.historyLimit,
        now: Place.now(),
        offset: Place.clockOffset
      )
    )
  }

  private mutating func append(_ statements: [String], isDone: Bool) {
    let now = Place.now()
    let records = statements.map {
      HistoryRecord(at: now, profile: profile, account: account, text: $0, isDone: isDone)
    }
    do throws(CommandFailure) { try file.append(records) } catch {
      // Said once: a full disk must not fill the screen as well.
      if !hasFailed { output.report(error) }
      hasFailed = true
    }
  }
}
