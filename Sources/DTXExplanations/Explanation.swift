package import DTXSyntax

/// The long form of a message: what its code means, why dtx says it, and what to do.
///
/// The texts are written for people who read English as a second language. Code stands in
/// backquotes. The amounts and transactions of the examples are those of a new sandbox, so that
/// every example can be typed there.
package struct Explanation: Sendable {
  package let code: DiagnosticCode
  /// A phrase without a full stop.
  package let title: String
  /// What dtx has found.
  package let meaning: String
  /// Why dtx does not simply go on.
  package let reason: String
  /// What to do about it.
  package let remedy: String
  package let example: Example

  /// How the message comes about.
  package enum Example: Sendable {
    /// A script that gives the message, and how it is written without.
    case script(wrong: [UInt8], right: String)
    /// A data file that gives the message, and how it is written without.
    case table(wrong: [UInt8], right: String)
    /// What has to happen, where no text of a reasonable length gives the message.
    case event(String)
  }

  init(
    _ number: UInt16,
    _ title: String,
    _ meaning: String,
    why reason: String,
    remedy: String,
    _ example: Example
  ) {
    code = DiagnosticCode(number)
    self.title = title
    self.meaning = meaning
    self.reason = reason
    self.remedy = remedy
    self.example = example
  }
}

extension Explanation.Example {
  static func script(_ wrong: String, _ right: String) -> Self {
    .script(wrong: Array(wrong.utf8), right: right)
  }

  static func table(_ wrong: String, _ right: String) -> Self {
    .table(wrong: Array(wrong.utf8), right: right)
  }
}
