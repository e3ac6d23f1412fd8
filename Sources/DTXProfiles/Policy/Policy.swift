package import DTXLedger

/// What may be done with an account, whoever asks: limits that a plan must keep.
///
/// It protects against mistakes and haste. Who owns the configuration can change it; against that
/// there are approvals, which somebody else gives.
package struct Policy: Hashable, Sendable {
  /// The most that one operation may move, for each currency that may be moved; empty for no limit.
  package var largestOperation: [Money] = []
  /// The most that a plan may move in all, likewise.
  package var largestPlan: [Money] = []
  /// How many operations a plan may have; nil for no limit.
  package var operationCount: Int?
  /// How many others than the planner must approve a plan.
  package var approvals = 0
  /// Who may approve, by login name, and the public key of each, in hexadecimal.
  package var approvers: [String: String] = [:]
  /// What may not be done at all.
  package var forbidden: Set<Operation.Kind> = []

  package init() {}

  /// Whether it allows everything.
  package var isEmpty: Bool { self == Policy() }

  /// The most approvals that can be asked for; more people than that look at nothing.
  static let approvalRange = 0...9
  static let operationRange = 1...10_000_000
}

extension Policy {
  /// The rules in words, one for each, in the order in which they are checked.
  package var rules: [String] {
    var rules: [String] = []
    if !forbidden.isEmpty {
      let names = Operation.Kind.allCases.filter(forbidden.contains).map(\.name)
      rules.append("no \(names.joined(separator: ", no "))")
    }
    if let operationCount { rules.append("at most \(operationCount) operations") }
    if !largestOperation.isEmpty {
      rules.append("at most \(Self.list(largestOperation)) an operation")
    }
    if !largestPlan.isEmpty { rules.append("at most \(Self.list(largestPlan)) a plan") }
    if approvals > 0 {
      rules.append(approvals == 1 ? "1 approval" : "\(approvals) approvals")
    }
    return rules
  }

  static func list(_ sums: [Money]) -> String {
    sums.map(\.description).joined(separator: " or ")
  }
}

extension Policy {
  /// Reads the policy of a profile's table; none where the table has none.
  init(_ reader: inout SettingReader) {
    self.init()
    var policy = SettingReader(
      reader.table("policy"),
      at: reader.path + ["policy"],
      reader.places
    )
    largestOperation = policy.money("max_operation")
    largestPlan = policy.money("max_plan")
    operationCount = policy.integer("max_operations", in: Self.operationRange)
    approvals = policy.integer("approvals", in: Self.approvalRange) ?? 0
    for name in policy.texts("forbid") {
      guard let kind = Operation.Kind(name: name) else {
        policy.note(
          "forbid",
          "'\(name)' is no operation",
          help: "operations are: "
            + Operation.Kind.allCases.map(\.name).joined(separator: ", ")
        )
        continue
      }
      forbidden.insert(kind)
    }
    readApprovers(&policy)
    policy.noteUnknownKeys()
    reader.take(policy.mistakes)
  }

  private mutating func readApprovers(_ policy: inout SettingReader) {
    for (name, key) in policy.table("approvers") {
      guard case .text(let text) = key, Self.isKey(text) else {
        policy.note(
          "approvers",
          "the key of '\(name)' is no approval key",
          help: "\(name) sees it with `dtx approve --key`: 64 hexadecimal digits"
        )
        continue
      }
      approvers[name] = text.lowercased()
    }
    if approvals > approvers.count {
      policy.note(
        "approvals",
        "the policy asks for \(approvals == 1 ? "1 approval" : "\(approvals) approvals") and names"
          + " \(approvers.count == 1 ? "1 approver" : "\(approvers.count) approvers")",
        help: "add an 'approvers' table: a login name and a key from `dtx approve --key` for each"
      )
    }
  }

  private static func isKey(_ text: String) -> Bool {
    text.utf8.count == 64 && text.allSatisfy { $0.isHexDigit && $0.isASCII }
  }
}
