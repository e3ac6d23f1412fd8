package import DTXLedger

/// The transactions that were read already, in the order of their ids.
///
/// A value: whoever completes a word works on what was known at that moment, while others read on.
package struct TransactionIndex: Sendable {
  /// In ascending order of the bytes of their ids, each id once.
  package private(set) var transactions: [Transaction] = []

  package init() {}

  /// Takes transactions in any order; of two with one id the later stays.
  package init(_ transactions: some Sequence<Transaction>) { merge(transactions) }

  package var count: Int { transactions.count }

  /// Returns the transaction with an id, if it is known.
  package subscript(id: TransactionID) -> Transaction? {
    let place = firstIndex(notBefore: id.text)
    guard place < count, transactions[place].id == id else { return nil }
    return transactions[place]
  }

  /// Returns where the ids stand that begin with a text.
  package func indices(withPrefix prefix: String) -> Range<Int> {
    let start = firstIndex(notBefore: prefix)
    let end = partition(from: start) { $0.utf8.starts(with: prefix.utf8) }
    return start..<end
  }

  /// Takes in what was read anew: it stands in for what was known.
  package mutating func merge(_ others: some Sequence<Transaction>) {
    var added: [TransactionID: Transaction] = [:]
    for other in others {
      let place = firstIndex(notBefore: other.id.text)
      if place < count, transactions[place].id == other.id {
        transactions[place] = other
      } else {
        added[other.id] = other
      }
    }
    guard !added.isEmpty else { return }
    transactions += added.values
    transactions.sort { $0.id.text.utf8.lexicographicallyPrecedes($1.id.text.utf8) }
  }

  private func firstIndex(notBefore text: String) -> Int {
    partition(from: 0) { $0.utf8.lexicographicallyPrecedes(text.utf8) }
  }

  /// Returns the first index from `start` on whose id does not belong to the first part.
  private func partition(from start: Int, belongs: (String) -> Bool) -> Int {
    var (low, high) = (start, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(transactions[middle].id.text) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
