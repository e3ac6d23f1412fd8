import DTXPlanning
import Glibc

/// Asks a person at the terminal before money moves.
enum Confirmation {
  /// Whether there is a terminal to ask at.
  static var isPossible: Bool { StandardStreams.isInputTerminal && StandardStreams.isErrorTerminal }

  /// Asks, and returns whether the answer was the one that counts as yes.
  ///
  /// What was typed before the question is thrown away: it was not an answer to it. Ctrl-C while a
  /// plan is carried out is no.
  static func ask(_ question: ConfirmationQuestion) -> Bool {
    tcflush(STDIN_FILENO, TCIFLUSH)
    StandardStreams.writeError(question.text)
    let interruptions = Interruptions.count
    while !StandardStreams.hasInput(withinMilliseconds: 100) {
      guard Interruptions.count == interruptions else { return false }
    }
    return question.isConfirmed(by: readLine())
  }

  /// Asks for something that nobody else is to see; nil at the end of the input.
  static func askUnseen(_ question: String) -> String? {
    tcflush(STDIN_FILENO, TCIFLUSH)
    StandardStreams.writeError(question)
    var seen = termios()
    guard unsafe tcgetattr(STDIN_FILENO, &seen) == 0 else { return nil }
    var unseen = seen
    unseen.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen)
    defer {
      unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &seen)
      StandardStreams.writeError("\n")
    }
    return readLine()
  }

  /// Asks several questions; all of them must be confirmed.
  static func ask(_ questions: [ConfirmationQuestion]) -> Bool { questions.allSatisfy(ask) }
}
