/// What somebody types at a terminal, to be played again: for a picture, or for a test.
///
/// A line each, and what it says is done in its order:
///
///     # a remark
///     type TEXT        types the text
///     key NAME         presses enter, tab, up, down, escape or ctrl-a to ctrl-z
///     paste TEXT       pastes the text, with a line end for each \n
///     wait TEXT        waits until the screen shows the text
///     prompt TEXT      waits until the cursor stands behind this text, alone in its row
///     shot [SECONDS]   keeps the screen as it is now, to be shown so long
package struct Recording {
  /// The screen at one moment, and how long it is to be looked at.
  package struct Frame {
    package let screen: Screen
    package let seconds: Double
  }

  package struct Malformed: Error, CustomStringConvertible {
    let line: String

    package var description: String { "no step of a recording: \(line)" }
  }

  private enum Step {
    case send(String)
    case wait(String)
    case prompt(String)
    case shot(Double)
  }

  private static let usualSeconds = 2.0

  private let steps: [Step]

  package init(_ text: String) throws {
    var steps: [Step] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ", maxSplits: 1)
      let rest = words.count > 1 ? String(words[1]) : ""
      switch words.first {
      case "type": steps.append(.send(rest))
      case "key":
        guard let key = Self.key(rest) else { throw Malformed(line: String(line)) }
        steps.append(.send(key))
      case "paste":
        let block = rest.split(separator: #"\n"#, omittingEmptySubsequences: false)
          .joined(separator: "\r")
        steps.append(.send("\u{1B}[200~\(block)\u{1B}[201~"))
      case "wait": steps.append(.wait(rest))
      case "prompt": steps.append(.prompt(rest))
      case "shot": steps.append(.shot(Double(rest) ?? Self.usualSeconds))
      default: throw Malformed(line: String(line))
      }
    }
    self.steps = steps
  }

  private static func key(_ name: String) -> String? {
    switch name {
    case "enter": "\r"
    case "tab": "\t"
    case "escape": "\u{1B}"
    case "up": "\u{1B}[A"
    case "down": "\u{1B}[B"
    default:
      if name.hasPrefix("ctrl-"), name.utf8.count == 6, let letter = name.utf8.last,
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
      {
        String(Unicode.Scalar(letter & 0x1F))
      } else {
        nil
      }
    }
  }

  /// Plays it on a terminal, and returns the screens that it keeps.
  package func play(on terminal: PseudoTerminal) throws -> [Frame] {
    var frames: [Frame] = []
    for step in steps {
      switch step {
      case .send(let text): try terminal.send(text)
      case .wait(let text): try terminal.waitForScreen(text)
      case .prompt(let text):
        try terminal.wait(for: "the prompt \"\(text)\"") { $0.rows[$0.cursor.row] == text }
      case .shot(let seconds): frames.append(Frame(screen: terminal.screen, seconds: seconds))
      }
    }
    return frames
  }
}
