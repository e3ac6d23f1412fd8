package import DTXLedger
package import DTXSyntax

/// What can be wrong between a program and the transactions it names: the codes DTX3xxx.
package enum RuleMessage: DiagnosticMessage, Hashable {
  /// The ledger refuses an operation.
  case violation(Violation, RuleContext)

  // What a statement names
  case unknownTransaction(TransactionID)
  case nothingFound(Target.Kind, String)
  case severalFound(Target.Kind, String, [TransactionID])
  case unknownLine(String, TransactionID, lines: [String])
  case nothingLeftOnLine(String, Operation.Kind, TransactionID)
  case nothingLeft(Operation.Kind, TransactionID, Status)
  case sumDiffers(stated: Money, lines: Money)
  case lineTwice(String)
  case lineExists(String)

  // Repetition
  case repetition(RuleContext, PrecedentFacts)
  case referenceReused(RuleContext, PrecedentFacts)
  case repeated(RuleContext, PrecedentFacts)
  /// The reference that is derived from the statement is that of an operation with another amount.
  case statementRepeated(RuleContext, PrecedentFacts)

  case expectationFailed(String?)
}

/// What a sentence about a refused operation needs besides the violation.
package struct RuleContext: Hashable, Sendable {
  package let kind: Operation.Kind
  package let amount: Money
  package let transaction: TransactionID
  package let product: String
  /// The ids of the transaction's lines, and of the new items of an adjustment.
  package let lines: [String]
  package let items: [String]
}

/// An operation that was there before, as a message tells it.
package struct PrecedentFacts: Hashable, Sendable {
  /// `2026-08-04T07:00Z`; nil for a statement of the same script.
  package let time: String?
  /// Who did it, where the provider tells.
  package let person: String?
  package let reference: String?
  package let reason: String?
}

extension RuleMessage {
  package var severity: Diagnostic.Severity {
    if case .repeated = self { return .warning }
    return .error
  }

  package var code: DiagnosticCode {
    switch self {
    case .violation(let violation, _): violation.code
    case .unknownTransaction: DiagnosticCode(3101)
    case .nothingFound: DiagnosticCode(3102)
    case .severalFound: DiagnosticCode(3103)
    case .unknownLine: DiagnosticCode(3104)
    case .nothingLeftOnLine: DiagnosticCode(3105)
    case .sumDiffers: DiagnosticCode(3106)
    case .nothingLeft: DiagnosticCode(3109)
    case .lineTwice: DiagnosticCode(3107)
    case .lineExists: DiagnosticCode(3108)
    case .repetition: DiagnosticCode(3201)
    case .referenceReused: DiagnosticCode(3202)
    case .repeated: DiagnosticCode(3203)
    case .statementRepeated: DiagnosticCode(3204)
    case .expectationFailed: DiagnosticCode(3301)
    }
  }

  package var text: String {
    switch self {
    case .violation(let violation, let context): violation.text(context)
    case .unknownTransaction(let id): "there is no transaction \(id)"
    case .nothingFound(let kind, let text): "no transaction has \(kind.noun) \"\(text)\""
    case .severalFound(let kind, let text, let ids):
      "\(ids.count) transactions have \(kind.noun) \"\(text)\": "
        + ids.map(\.text).joined(separator: ", ")
    case .unknownLine(let line, let id, _): "\(id) has no line \"\(line)\""
    case .nothingLeftOnLine(let line, let kind, let id):
      "nothing is left to \(kind.name) of line \"\(line)\" of \(id)"
    case .nothingLeft(let kind, let id, let status):
      "nothing is left to \(kind.name) of \(id), which is \(status.rawValue)"
    case .sumDiffers(let stated, let lines): "the lines add up to \(lines), not to \(stated)"
    case .lineTwice(let line): "line \"\(line)\" is in the list twice"
    case .lineExists(let line): "there is a line \"\(line)\" already"
    case .repetition(let context, let precedent):
      "the same \(context.what)\(precedent.isHere ? " is in this script" : " was done before")"
        + precedent.told()
    case .referenceReused(let context, let precedent):
      "the reference \(precedent.reference.map { "\"\($0)\" " } ?? "")belongs to another"
        + " \(context.kind.noun) of this transaction" + precedent.told(withReference: false)
    case .repeated(let context, let precedent):
      "an equal \(context.kind.noun) of \(context.amount) has another reference" + precedent.told()
    case .statementRepeated(let context, let precedent):
      "this \(context.kind.noun) was done before, with another amount" + precedent.told()
    case .expectationFailed(let message): message ?? "what the script expects does not hold"
    }
  }

  package var help: String? {
    switch self {
    case .violation(let violation, let context): violation.help(context)
    case .unknownTransaction: "look for it with `list`"
    case .nothingFound(.order, _): "it is compared exactly, with both of the merchant's references"
    case .nothingFound: nil
    case .severalFound: "name the one you mean by its id"
    case .unknownLine(_, _, let lines):
      lines.isEmpty
        ? "the transaction has no lines; write an amount instead"
        : "its lines are " + lines.map { "\"\($0)\"" }.joined(separator: ", ")
    case .nothingLeftOnLine, .nothingLeft: nil
    case .sumDiffers(_, let lines): "write \(lines.amount.count), or leave the sum out"
    case .lineTwice: "write each line once"
    case .lineExists: "change it with `set line`"
    case .repetition(let context, _), .statementRepeated(let context, _):
      context.kind.takesAgain ? "if it is meant, say why: add `again \"…\"`" : "leave it out"
    case .referenceReused: "write a reference that was not used before"
    case .repeated: "check that both are meant"
    case .expectationFailed: nil
    }
  }
}

extension PrecedentFacts {
  fileprivate var isHere: Bool { time == nil }

  /// When, by whom and why, as the end of a sentence.
  fileprivate func told(withReference: Bool = true) -> String {
    guard let time else { return "" }
    let named = withReference ? reference : nil
    return ", on \(time)" + (person.map { " by \($0)" } ?? "")
      + (named.map { ", with reference \"\($0)\"" } ?? "")
      + (reason.map { ", because \"\($0)\"" } ?? "")
  }
}

extension RuleContext {
  /// The operation with its amount, if it has one.
  fileprivate var what: String {
    amount.amount == .zero ? kind.noun : "\(kind.noun) of \(amount)"
  }
}

extension Target.Kind {
  fileprivate var noun: String {
    switch self {
    case .id: "the id"
    case .order: "the order reference"
    case .session: "the session"
    }
  }
}

extension Operation.Kind {
  /// Whether its statement can say that repeating it is meant.
  fileprivate var takesAgain: Bool { self == .capture || self == .refund }

  /// The article of the noun.
  var article: String { self == .adjust || self == .extend ? "an" : "a" }

  /// What the verb does, as a noun.
  package var noun: String {
    switch self {
    case .capture: "capture"
    case .refund: "refund"
    case .void: "void"
    case .adjust: "adjustment"
    case .extend: "extension"
    case .authorize: "release"
    case .tag: "tag"
    }
  }
}
