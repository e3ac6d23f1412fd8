package import DTXLedger
import DTXExecution
import DTXPlanning
import DTXSyntax

/// What the session has to say while a line is being typed.
///
/// It answers from what is known at the moment: each answer comes between two keys.
package final class LineAssistant: LineEditorDelegate {
  private let board: HintBoard
  private let known: KnownTransactions
  private let names: SessionCompleter.Names
  private let editText: (String) -> String?
  /// Whether hints are shown; a screen reader would read each of them aloud.
  package var showsHints = true

  /// How long Tab waits for the first transactions to come, at most.
  private static let patienceMilliseconds = 50

  /// Makes an assistant.
  ///
  /// - Parameters:
  ///   - board: What knows the session, and what a line would do in it.
  ///   - known: The transactions that were read.
  ///   - names: What can be named besides transactions, without variables and procedures.
  ///   - editText: Lets the person's own editor have the text.
  package init(
    board: HintBoard,
    known: KnownTransactions,
    names: SessionCompleter.Names,
    editText: @escaping (String) -> String?
  ) {
    self.board = board
    self.known = known
    self.names = names
    self.editText = editText
  }

  /// Whether Enter ends the text.
  package func isComplete(_ text: String) -> Bool { SessionInput.isComplete(text) }

  /// Returns what the word at the cursor may become.
  package func complete(_ text: String, cursorByteOffset: Int) -> Completion {
    let isKnown = known.waitForFirst(milliseconds: Self.patienceMilliseconds)
    let session = board.session
    var names = names
    (names.variables, names.procedures) = session.names(with: text)
    let completer = SessionCompleter(
      account: session.account,
      known: known.index,
      planned: session.plannedStates,
      names: names
    )
    let completion = completer.complete(text, cursorByteOffset: cursorByteOffset)
    guard completion.candidates.isEmpty, !isKnown else { return completion }
    return Completion(
      replacing: completion.range,
      candidates: [],
      remark: "The transactions are still being read: press Tab once more in a moment."
    )
  }

  /// Returns what the text would do, as far as that is known.
  package func rightPrompt(for text: String) -> [StyledText]? {
    guard showsHints, !text.isEmpty, let effect = board.effect(of: text) else { return nil }
    let style: TextStyle =
      switch effect {
      case .effect, .alreadyApplied: .dim
      case .mistake: TextStyle(.red)
      }
    return [StyledText(effect.text, style)]
  }

  /// Has what was pasted summed up.
  package func pasted(into text: String) { board.sumUp(text) }

  /// Returns what the person's own editor made of the text.
  package func editExternally(_ text: String) -> String? { editText(text) }
}

extension Session {
  /// The account that the session works on.
  package var account: Account { planner.reader.account }

  /// Returns the variables and procedures of what is staged and of a text that is being typed.
  func names(with text: String) -> (variables: [String], procedures: [String]) {
    let source = Array((joined(staged.map(\.text)) + text).utf8)
    guard source.count <= Self.hintByteLimit else { return ([], []) }
    let (script, _) = Parser.parse(source, mode: .session)
    var variables: Set<String> = []
    var procedures: Set<String> = []
    for statement in script.statements {
      switch statement.content {
      case .binding(let name, _): variables.insert(script.text(name))
      case .parameter(let parameter): variables.insert(script.text(parameter.name))
      case .loop(let loop): variables.insert(script.text(loop.name))
      case .procedure(let procedure): procedures.insert(script.text(procedure.name))
      default: break
      }
    }
    // What stands at the cursor as yet is no name.
    variables.remove("$")
    return (variables.sorted(), procedures.sorted())
  }
}
