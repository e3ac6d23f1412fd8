package import DTXEvaluator
package import DTXLedger
package import DTXSyntax
import Foundation

/// Where a plan comes from and how long it may be used: the first record of a plan file.
package struct PlanHeader: Hashable, Sendable, Codable {
  /// The version of the format that this program writes and the only one that it reads.
  package static let currentVersion = 1
  /// How long a plan may be carried out after it was made: long enough for a second pair of eyes
  /// tomorrow, too short to be found by accident next month.
  package static let lifetimeMilliseconds: Int64 = 48 * 3_600_000

  package var version = Self.currentVersion
  /// The script's file name, or what stands for it.
  package var script: String
  /// SHA-256 of the script, in hexadecimal.
  package var scriptDigest: String
  /// The values that the script's parameters were given, by name; nil for none.
  package var parameters: [String: String]?
  /// SHA-256 of what the script includes and of its data files, by name; nil for none.
  package var files: [String: String]?
  package var profile: String
  package var account: String
  package var plannedBy: String
  /// Milliseconds since 1970-01-01T00:00Z; also the `now` of the evaluation.
  package var plannedAt: Int64
  package var expiresAt: Int64
  /// What to do after an operation has failed: `stop`, `continue` or `skip`.
  package var onError: String

  package init(
    script: String,
    scriptDigest: String,
    parameters: [String: String] = [:],
    files: [NamedSource] = [],
    profile: String,
    account: Account,
    plannedBy: String,
    plannedAt: Int64,
    onError: ErrorPolicy
  ) {
    self.script = script
    self.scriptDigest = scriptDigest
    self.parameters = parameters.isEmpty ? nil : parameters
    let digests = files.map { ($0.name, Digest.hexadecimal(of: $0.bytes)) }
    self.files = digests.isEmpty ? nil : Dictionary(digests) { first, _ in first }
    self.profile = profile
    self.account = account.text
    self.plannedBy = plannedBy
    self.plannedAt = plannedAt
    expiresAt = plannedAt + Self.lifetimeMilliseconds
    self.onError = onError.rawValue
  }
}

/// A plan as a file: one JSON record a line, with a digest over all of them at the end.
///
/// Records, in order: a header (`PlanHeader`), every transaction as it was read, every operation,
/// every operation that was found applied already, and a trailer with the counts and the SHA-256 of
/// the lines before it. It holds no secrets and nothing about the customer.
package struct PlanFile: Hashable, Sendable {
  package let header: PlanHeader
  package let plan: Plan
  /// Where every statement stands that the plan's steps name; on line 0 where it is not known.
  package let places: StatementPlaces
  /// SHA-256 of the records, in hexadecimal: the plan's name in the journal.
  package let digest: String

  package init(header: PlanHeader, plan: Plan, places: StatementPlaces, digest: String) {
    self.header = header
    self.plan = plan
    self.places = places
    self.digest = digest
  }

  /// A plan as the bytes of a file, with what the journal wants to know of it.
  package struct Encoded: Hashable, Sendable {
    package let header: PlanHeader
    package let bytes: [UInt8]
    package let digest: String
  }
}

extension PlanFile {
  /// Returns the bytes of a plan and the digest that names it.
  ///
  /// - Parameters:
  ///   - plan: What is written.
  ///   - header: Where the plan comes from.
  ///   - places: Where every statement stands, by the statement's number.
  /// - Returns: The file, with what the journal wants to know of it.
  package static func encode(
    _ plan: Plan,
    header: PlanHeader,
    places: StatementPlaces
  ) -> Encoded {
    func place(_ statement: Int32) -> RecordPlace { RecordPlace(statement, in: places) }
    var writer = RecordWriter()
    writer.append(PlanRecord(plan: header))
    // What was only looked at has no business in a file that may be sent to someone.
    let touched = plan.touchedTransactions
    var numbers: [Int32: Int32] = [:]
    for index in touched {
      numbers[index] = Int32(numbers.count)
      writer.append(
        PlanRecord(transaction: TransactionRecord(plan.transactions[Int(index)]))
      )
    }
    for step in plan.steps {
      var record = OperationRecord(step, in: plan, at: place(step.statement))
      record.transaction = numbers[step.transaction] ?? 0
      writer.append(PlanRecord(operation: record))
    }
    for applied in plan.alreadyApplied {
      var record = AppliedRecord(applied, at: place(applied.statement))
      record.transaction = numbers[applied.transaction] ?? 0
      writer.append(PlanRecord(applied: record))
    }
    let digest = Digest.hexadecimal(of: writer.bytes)
    writer.append(
      PlanRecord(
        end: TrailerRecord(
          transactions: touched.count,
          operations: plan.steps.count,
          digest: digest
        )
      )
    )
    return Encoded(header: header, bytes: writer.bytes, digest: digest)
  }

  /// Reads a plan back, applying every operation anew: what is read is what was written, and holds.
  ///
  /// - Throws: `PlanFileError` when the bytes are not a whole, unchanged plan of this version.
  package static func decode(_ bytes: [UInt8]) throws(PlanFileError) -> PlanFile {
    var reader = PlanReader(bytes)
    return try reader.read()
  }
}

extension Plan {
  /// The indices of the transactions that have a step or an operation that was left out, in order.
  fileprivate var touchedTransactions: [Int32] {
    var isTouched = [Bool](repeating: false, count: transactions.count)
    for step in steps { isTouched[Int(step.transaction)] = true }
    for applied in alreadyApplied { isTouched[Int(applied.transaction)] = true }
    return isTouched.indices.filter { isTouched[$0] }.map { Int32($0) }
  }
}

/// Why a plan file cannot be used.
package enum PlanFileError: Error, Hashable, Sendable {
  case notAPlan
  case newerVersion(Int)
  /// The file ends before its trailer.
  case truncated
  /// The digest does not fit the bytes: something was changed.
  case changed
  /// A record that cannot be read, at a line of the file.
  case unreadable(line: Int)
  /// An operation that does not hold, at a line of the file.
  case invalid(line: Int)
}

/// Appends records as JSON with sorted keys, so that equal plans are equal bytes.
struct RecordWriter {
  private let encoder: JSONEncoder
  private(set) var bytes: [UInt8] = []

  init() {
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  mutating func append(_ record: PlanRecord) {
    guard let line = try? encoder.encode(record) else {
      preconditionFailure("records are made of strings and integers, which always encode")
    }
    bytes.append(contentsOf: line)
    bytes.append(UInt8(ascii: "\n"))
  }
}
