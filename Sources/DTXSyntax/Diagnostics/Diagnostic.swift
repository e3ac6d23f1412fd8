/// Something wrong with a program: a value to collect and test, not an error to throw.
package struct Diagnostic: Sendable {
  package enum Severity: String, Hashable, Sendable {
    case error, warning, note
  }

  /// A source range and the remark printed beside it.
  package struct Label: Hashable, Sendable {
    package let source: SourceID
    package let range: SourceRange
    package let text: String

    package init(_ range: SourceRange, _ text: String = "", in source: SourceID = .main) {
      self.source = source
      self.range = range
      self.text = text
    }
  }

  /// A repair: a phrase in the imperative and the edits that carry it out.
  package struct FixIt: Hashable, Sendable {
    package let title: String
    /// Replacements that do not overlap, in source order, in the file of the primary label.
    package let edits: [Edit]
    /// Whether nothing else can have been meant, so that nobody needs to be asked.
    ///
    /// The digits of an amount are never others afterwards.
    package let isCertain: Bool

    package init(_ title: String, _ edits: [Edit], isCertain: Bool = false) {
      self.title = title
      self.edits = edits
      self.isCertain = isCertain
    }
  }

  package struct Edit: Hashable, Sendable {
    package let range: SourceRange
    package let replacement: String

    package init(_ range: SourceRange, _ replacement: String) {
      self.range = range
      self.replacement = replacement
    }
  }

  package let message: any DiagnosticMessage
  /// The offending bytes, underlined first.
  package let primary: Label
  /// Other places that explain why, such as the statement that used the money up.
  package var secondary: [Label]
  /// Alternative repairs, best first, each of which removes the diagnostic.
  package var fixIts: [FixIt]

  package init(
    _ message: any DiagnosticMessage,
    at primary: Label,
    secondary: [Label] = [],
    fixIts: [FixIt] = []
  ) {
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.fixIts = fixIts
  }

  /// The repair to make without asking: it is certain, and there is no other.
  package var certainFixIt: FixIt? {
    fixIts.count == 1 ? fixIts.first { $0.isCertain } : nil
  }

  package var severity: Severity { message.severity }
  package var code: DiagnosticCode { message.code }
}

/// What went wrong, as data: each stage has an enum of its own, which tests compare.
package protocol DiagnosticMessage: Sendable {
  var code: DiagnosticCode { get }
  var severity: Diagnostic.Severity { get }
  /// A lowercase phrase without a full stop, which reads well after `error DTX1001: `.
  var text: String { get }
  /// What to do about it, in the imperative; nil where the text says it all.
  var help: String? { get }
}

/// A stable number under which a message is documented.
///
/// 1xxx reading, 2xxx names and amounts, 3xxx the ledger's rules, 4xxx the provider and execution,
/// 5xxx configuration, credentials, policy and journal. A number is never given another meaning.
package struct DiagnosticCode: Hashable, Sendable, CustomStringConvertible {
  package let number: UInt16

  package init(_ number: UInt16) { self.number = number }

  package var description: String { "DTX\(number)" }
}
