/// Returns the candidate that a misspelled word most likely stands for; nil where none is near.
///
/// Near is at most one slip in three letters and three slips in all; of equally near candidates
/// the first is taken. Case does not count as a slip.
package func nearest(to word: String, among candidates: [String]) -> String? {
  // Longer words are ids and texts, not misspelled names, and the work is the product of lengths.
  let longestCount = 64
  let letters = Array(word.lowercased().unicodeScalars)
  guard !letters.isEmpty, letters.count <= longestCount else { return nil }
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let count = candidate.unicodeScalars.count
    let allowed = min(3, max(1, max(letters.count, count) / 3))
    guard count > 0, abs(count - letters.count) <= allowed else { continue }
    let others = Array(candidate.lowercased().unicodeScalars)
    let distance = editDistance(letters, others)
    guard distance <= allowed, distance < min(letters.count, others.count) else { continue }
    if distance < best?.distance ?? Int.max { best = (candidate, distance) }
  }
  return best?.candidate
}

/// Returns whether a misspelled word can stand for one of the candidates only.
func hasOneNearest(_ word: String, among candidates: [String]) -> Bool {
  guard let near = nearest(to: word, among: candidates) else { return false }
  return nearest(to: word, among: candidates.filter { $0 != near }) == nil
}

/// Counts the letters to insert, remove, replace or swap with a neighbour to turn one into another.
///
/// Source: F. J. Damerau, "A technique for computer detection and correction of spelling errors",
/// Communications of the ACM 7 (1964), in the form that edits no stretch twice.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  for row in 1...left.count {
    var current = [row] + [Int](repeating: 0, count: right.count)
    for column in 1...right.count {
      let isSame = left[row - 1] == right[column - 1]
      var distance = min(previous[column] + 1, current[column - 1] + 1)
      distance = min(distance, previous[column - 1] + (isSame ? 0 : 1))
      if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1]
      {
        distance = min(distance, beforePrevious[column - 2] + 1)
      }
      current[column] = distance
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}
