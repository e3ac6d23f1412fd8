import Glibc

/// The person's own program for reading what is longer than the screen.
struct Pager {
  private let command: String

  /// Finds the program; nil where the person wants none, or there is none.
  ///
  /// As other programs do it: `PAGER`, else less; `cat` and nothing mean no pager.
  init?(_ variables: [String: String]) {
    if let pager = variables["PAGER"] {
      guard !pager.isEmpty, pager != "cat" else { return nil }
      command = pager
      return
    }
    let folders = variables["PATH", default: ""].split(separator: ":")
    guard folders.contains(where: { unsafe access($0 + "/less", X_OK) == 0 }) else { return nil }
    command = "less"
  }

  /// Shows a text; false where the program could not be run, so that nothing was shown.
  func show(_ bytes: [UInt8]) -> Bool {
    // Colours as colours, and no page for what fits on one; the person's own wishes come first.
    unsafe setenv("LESS", "FRX", 0)
    guard let status = try? ChildProgram.run(command, input: bytes) else { return false }
    return status != Self.commandNotFound
  }

  /// What a shell ends with where it finds no such program.
  private static let commandNotFound: Int32 = 127
}
