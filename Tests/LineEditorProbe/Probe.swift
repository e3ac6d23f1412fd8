import DTXSession
import Foundation

/// Runs a line editor and reports what it returns, for tests to drive through a pseudo-terminal.
///
/// Each text is reported as `=> ` and its debug form. A few texts are commands, see `obey`.
@main
struct Probe {
  static func main() {
    let probe = ProbeSession()
    do throws(LineEditor.Failure) {
      var configuration = LineEditor.Configuration()
      configuration.usesStyles = ProcessInfo.processInfo.environment["NO_COLOR"] == nil
      let editor = try LineEditor(program: "probe", configuration: configuration, delegate: probe)
      probe.run(editor)
    } catch {
      print("FAILURE \(error)")
      exit(3)
    }
  }
}

/// Reads texts until the end, and decides on them in the simplest way that shows every feature.
final class ProbeSession: LineEditorDelegate {
  private static let verbs = ["capture", "catalog", "refund", "revoke"]
  private static let people = ["Ærlig", "Ærend"]

  private var notices: EditorNotices?

  func run(_ editor: LineEditor) {
    notices = editor.notices
    report("READY")
    let prompt = [
      StyledText("probe", TextStyle(.green, isBold: true)),
      StyledText("›", TextStyle(.red), ascii: ">"),
    ]
    var initialText: String?
    while true {
      let input = editor.readLine(
        prompt: prompt,
        rightPrompt: [StyledText("right", .dim)],
        initialText: initialText
      )
      initialText = nil
      switch input {
      case .line(let text):
        report("=> \(String(reflecting: text))")
        editor.appendHistory(text)
        if text == "initial" { initialText = "given\nbefore" }
        if !obey(text, with: editor) { return }
      case .interrupted:
        report("INTERRUPTED")
      case .end:
        report("END")
        return
      case .closed:
        exit(4)
      }
    }
  }

  /// Carries out a text that is a command; false if the probe shall end.
  private func obey(_ text: String, with editor: LineEditor) -> Bool {
    switch text {
    case "quit":
      return false
    case "long history":
      let long = (1...30).map { "line \($0)" }.joined(separator: "\n")
      editor.setHistory(["first", "second æøå ", "multi\nline\nentry", long])
    case "notice":
      let notices = editor.notices
      Thread.detachNewThread {
        // Only once the test has typed something: it waits for the terminal to be read empty.
        FileHandle.standardError.write(Data("NOTICE SOON\r\n".utf8))
        notices.printAbove("notice one\nnotice two")
      }
    case "confirm":
      confirm(with: editor)
    default:
      break
    }
    return true
  }

  private func confirm(with editor: LineEditor) {
    report("BUSY")
    waitForInput()
    switch editor.confirm(question: "Really? ") {
    case .some(let answer): report("ANSWER \(String(reflecting: answer))")
    case nil: report("NO ANSWER")
    }
  }

  /// Waits until something was typed ahead, without reading it.
  private func waitForInput() {
    guard ProcessInfo.processInfo.environment["PROBE_WAITS"] != nil else { return }
    var polled = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    // Sound: the structure lives as long as the call.
    _ = unsafe poll(&polled, 1, -1)
  }

  private func report(_ line: String) {
    print(line)
    _ = fflush(nil)
  }

  // MARK: Delegate

  func isComplete(_ text: String) -> Bool {
    text.filter { $0 == "{" }.count <= text.filter { $0 == "}" }.count
  }

  func complete(_ text: String, cursorByteOffset: Int) -> Completion {
    let head = String(decoding: text.utf8.prefix(cursorByteOffset), as: UTF8.self)
    let word = head.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
    let range = (cursorByteOffset - word.utf8.count)..<cursorByteOffset
    if word.hasPrefix("n") {
      let candidates = (1...200).map {
        Completion.Candidate(insertion: "n\($0)x", detail: "d\($0)")
      }
      return Completion(replacing: range, candidates: candidates)
    }
    let candidates = (Self.verbs + Self.people).filter { $0.hasPrefix(word) }
    return Completion(
      replacing: range,
      candidates: candidates.map {
        Completion.Candidate(
          insertion: $0 + (candidates.count == 1 ? " " : ""),
          label: $0,
          detail: Self.verbs.contains($0) ? "" : "a person"
        )
      }
    )
  }

  func rightPrompt(for text: String) -> [StyledText]? {
    text.hasPrefix("hint") ? [StyledText("<\(text.count)>")] : nil
  }

  func pasted(into text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
    notices?.printAbove("PASTED \(lines) lines, \(text.utf8.count) bytes")
  }

  func editExternally(_ text: String) -> String? {
    report("EDITING \(String(reflecting: text))")
    return text == "keep" ? nil : text + " edited\n"
  }
}
