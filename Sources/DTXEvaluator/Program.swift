package import DTXLedger
package import DTXSyntax

/// A script with the files that it includes, each with its place among them.
package struct ScriptSet: Sendable {
  /// The script itself first; the index is the number of the source in diagnostics.
  package private(set) var scripts: [Script]
  /// For each script, the number of the script that a statement includes, by the statement's index.
  package private(set) var inclusions: [[Int: Int]]

  /// Makes a set of one script that includes nothing.
  package init(_ script: Script) {
    scripts = [script]
    inclusions = [[:]]
  }

  /// Adds a script and returns its number.
  package mutating func append(_ script: Script) -> Int {
    scripts.append(script)
    inclusions.append([:])
    return scripts.count - 1
  }

  /// Takes down which script a statement of another includes.
  package mutating func include(_ included: Int, at statement: Int, of script: Int) {
    inclusions[script][statement] = included
  }
}

/// A script whose names hold, with a list of what must be read before it can be evaluated.
package struct Program: Sendable {
  /// The script and those that it includes, by the number of their source.
  package let units: [ProgramUnit]
  /// What is named in the text itself, so that it can be read before anything is evaluated.
  package let needs: Needs
  /// What to do after an operation has failed; the last `on error` of the script.
  package let errorPolicy: ErrorPolicy
  package let parameters: [Parameter]
  let procedures: [Procedure]
  /// How many variables there are, procedures' own included.
  let slotCount: Int
  /// The names that stand behind dots, each once.
  let fieldNames: [FieldName]
  /// The names of those that may be columns of a data file.
  let columnNames: Set<String>
  /// The ids of the needs, to which an evaluation adds those that it comes upon.
  let targets: TargetTable

  package var script: Script { units[0].script }
}

/// One source of a program, with what its names stand for.
package struct ProgramUnit: Sendable {
  package let script: Script
  /// The number of its first statement among those of all units.
  package let firstStatement: Int32
  /// For every statement what it names, where that is known from the text.
  let statements: [Meaning]
  /// The same for every expression.
  let expressions: [Meaning]
}

/// What a name stands for.
enum Meaning: Hashable, Sendable {
  case none
  /// A transaction, by its number among the ids of the needs.
  case id(Int32)
  /// A transaction, by its number among the lookups of the needs.
  case lookup(Int32)
  /// A variable. Nothing is called again before it has ended, so each has one place for good.
  case slot(Int32)
  /// `$plan`.
  case plan
  case function(Function)
  /// A name behind a dot, by its number.
  case field(Int32)
  /// A bare word that is a field of the transactions that a condition is about.
  case subject(TransactionField)
  case procedure(Int32)
  /// A script that is included.
  case unit(Int32)
}

/// A name behind a dot, and what it is where the value before the dot is one of these.
struct FieldName: Hashable, Sendable {
  let text: String
  let transaction: TransactionField?
  let line: LineField?
  let plan: PlanField?

  init(_ text: String) {
    self.text = text
    transaction = TransactionField(rawValue: text)
    line = LineField(rawValue: text)
    plan = PlanField(rawValue: text)
  }
}

/// A value that the person who runs a script gives it.
package struct Parameter: Hashable, Sendable {
  /// The name without its `$`.
  package let name: String
  /// What the script says it is for; empty where it does not say.
  package let purpose: String
  /// The value that it has when none is given, as it is written; nil where one must be given.
  package let standard: String?
  let slot: Int32
}

/// Statements that are written once and called from several places.
struct Procedure: Sendable {
  let name: String
  let unit: Int
  let statement: Int
  /// The variables that take the values of a call.
  let slots: Range<Int32>
}

/// What an evaluation must be given: the caller reads it, many at a time.
package struct Needs: Hashable, Sendable {
  /// One way to find a transaction without its id.
  package struct Lookup: Hashable, Sendable {
    package let kind: Target.Kind
    package let text: String
  }

  /// A data file, by the path that a script writes.
  package struct DataFile: Hashable, Sendable {
    package let path: String
    /// The script that the path is relative to.
    package let reader: SourceID
  }

  /// Transactions that are named by id, each once.
  package internal(set) var ids: [TransactionID] = []
  package internal(set) var lookups: [Lookup] = []
  package internal(set) var listings: [Listing] = []
  package internal(set) var files: [DataFile] = []
  /// Names of environment variables.
  package internal(set) var variables: [String] = []

  package var isEmpty: Bool {
    ids.isEmpty && lookups.isEmpty && listings.isEmpty && files.isEmpty && variables.isEmpty
  }
}

/// Which transactions a query is about, as far as the provider can tell them apart.
///
/// Every condition that is set must hold. It may find more than the script asks for: the script's
/// own condition is applied to what was found.
package struct Listing: Hashable, Sendable {
  /// Any of these; nil for all.
  package internal(set) var statuses: [Status]?
  package internal(set) var products: [String]?
  package internal(set) var currencies: [Currency]?
  package internal(set) var stores: [String]?
  package internal(set) var merchantReference: String?
  package internal(set) var secondReference: String?
  package internal(set) var sessionID: String?
  /// Milliseconds since 1970-01-01T00:00Z, both included.
  package internal(set) var createdFrom: Int64?
  package internal(set) var createdTo: Int64?
  /// What was authorized, in minor units, both included.
  package internal(set) var authorizedFrom: MinorUnits?
  package internal(set) var authorizedTo: MinorUnits?
}

/// A function of the language.
package enum Function: String, CaseIterable, Hashable, Sendable {
  case sum, count, min, max, money, date, lower, upper, trim, env

  /// How many values it takes.
  var argumentCount: Int {
    switch self {
    case .min, .max, .money: 2
    case .sum, .count, .date, .lower, .upper, .trim, .env: 1
    }
  }

  /// How a call looks.
  var form: String {
    switch self {
    case .sum, .count: "\(rawValue)(list)"
    case .min, .max: "\(rawValue)(a, b)"
    case .money: "money(text, CURRENCY)"
    case .date, .lower, .upper, .trim: "\(rawValue)(text)"
    case .env: "env(\"NAME\")"
    }
  }
}
