/// Why the configuration cannot be used: every mistake, with its place and its remedy.
package struct ConfigurationError: Error, Hashable, Sendable {
  /// One thing that is wrong.
  package struct Mistake: Hashable, Sendable {
    /// The line of the file, from 1; nil where the file as a whole is at fault.
    package let line: Int?
    package let message: String
    package let help: String?

    package init(line: Int? = nil, _ message: String, help: String? = nil) {
      self.line = line
      self.message = message
      self.help = help
    }
  }

  /// The file, or what stands for one; nil where none is at fault.
  package let source: String?
  package let mistakes: [Mistake]

  package init(_ source: String?, _ mistakes: [Mistake]) {
    precondition(!mistakes.isEmpty, "an error has a reason")
    self.source = source
    self.mistakes = mistakes
  }
}
