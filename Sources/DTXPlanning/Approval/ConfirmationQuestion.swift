import DTXLedger

/// A question before money moves, and the answers that count as yes.
package struct ConfirmationQuestion: Hashable, Sendable {
  /// The whole question, up to where the answer is typed.
  package let text: String
  private let answers: Set<String>

  /// A question that is answered with yes.
  package init(_ question: String) {
    text = question + " [y/N] "
    answers = ["y", "yes"]
  }

  /// A question that is answered by typing what is at stake, which no habit gets right.
  init(typing answers: Set<String>, _ question: String) {
    text = question
    self.answers = answers
  }

  /// Tells whether an answer confirms; the end of the input does not.
  package func isConfirmed(by answer: String?) -> Bool {
    guard let answer else { return false }
    let bare = answer.drop { $0 == " " }
    let end = bare.lastIndex { $0 != " " }.map { bare.index(after: $0) } ?? bare.startIndex
    return answers.contains(bare[..<end].lowercased())
  }
}

extension ConfirmationQuestion {
  /// A question that is answered with a sum, with its currency or without.
  static func typing(_ sum: Money, _ rest: String) -> ConfirmationQuestion {
    let amount = sum.amount.majorUnits(in: sum.currency)
    return ConfirmationQuestion(
      typing: [amount, sum.description.lowercased()],
      "Type \(amount) \(rest)"
    )
  }
}
