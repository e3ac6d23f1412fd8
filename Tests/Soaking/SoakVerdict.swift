import Foundation
import GRDB

/// What a soak found: the program's last word on every operation, held against what happened.
package struct SoakVerdict: Sendable {
  /// What the program says became of an operation.
  package enum Word: String, Sendable {
    case done, pending, failed, unresolved
    case notSent = "not sent"
    /// It says nothing.
    case lost
  }

  /// An operation that was reported as something else than it is, happened twice, or was forgotten.
  package struct Mistake: Hashable, Sendable, CustomStringConvertible {
    package let reference: String
    package let word: String
    /// How often the provider's history has it.
    package let count: Int

    package var description: String { "\(reference) is \(word) and happened \(count) times" }
  }

  package private(set) var counts: [String: Int] = [:]
  package private(set) var twice: [Mistake] = []
  package private(set) var lost: [Mistake] = []
  package private(set) var wrong: [Mistake] = []

  package var isGood: Bool { twice.isEmpty && lost.isEmpty && wrong.isEmpty }

  /// Compares a report with a history.
  ///
  /// - Parameters:
  ///   - plan: What was to be done.
  ///   - words: By reference, what the program says.
  ///   - happened: By transaction, event and reference, how often it did.
  init(_ plan: SoakPlan, words: [String: Word], happened: [String: Int]) {
    for step in plan.steps {
      let word = words[step.reference] ?? .lost
      let count = happened["\(step.transaction) \(step.event) \(step.reference)"] ?? 0
      counts[word.rawValue, default: 0] += 1
      let mistake = Mistake(reference: step.reference, word: word.rawValue, count: count)
      if count > 1 { twice.append(mistake) }
      switch word {
      case .lost: lost.append(mistake)
      case .done: if count == 0 { wrong.append(mistake) }
      // What was accepted has been completed by now, and what happened has been found.
      case .pending: wrong.append(mistake)
      case .failed, .unresolved, .notSent: if count > 0 { wrong.append(mistake) }
      }
    }
  }

  /// Reads how often everything happened from the file of a sandbox.
  static func history(of path: String) throws -> [String: Int] {
    try DatabaseQueue(path: path).read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT transactions.id, kind, coalesce(reference, '') FROM events
          JOIN transactions ON number = transaction_number
          WHERE is_successful AND coalesce(json_extract(events.document,
            '$.metadata."klarna:authorization_expiration_error_reason"'), '') = ''
          """
      )
      var happened: [String: Int] = [:]
      for row in rows {
        let (id, kind, reference): (String, String, String) = (row[0], row[1], row[2])
        let name = id.split(separator: ".").last.map(String.init) ?? id
        happened["\(name) \(kind) \(reference)", default: 0] += 1
      }
      return happened
    }
  }

  /// Reads what the program says from a file that `--result` has written.
  ///
  /// The file is not there before a run of the program has come to its end.
  static func words(of path: String) throws -> [String: Word] {
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var words: [String: Word] = [:]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      // No value of a soak holds a comma before the message, which stands last.
      let fields = line.split(separator: ",", maxSplits: 10, omittingEmptySubsequences: false)
      guard fields.count > 9 else { continue }
      words[String(fields[8])] = Word(rawValue: String(fields[9]))
    }
    return words
  }
}
