package import DTXExecution

/// How far a run has come: one line, written over and over on a terminal.
package struct RunProgress: Hashable, Sendable {
  /// How many operations have to be through before the time that is left is guessed.
  ///
  /// The first few answers say little, and a wrong guess is worse than none.
  private static let fewestForEstimate = 5
  /// The longest time that is guessed, a day: what is further off is no use to who waits.
  private static let mostSeconds: Int64 = 86_400

  package let total: Int
  package let summary: RunSummary
  /// Since the first operation of the run was sent.
  package let elapsedSeconds: Double

  package init(total: Int, summary: RunSummary, elapsedSeconds: Double) {
    self.total = total
    self.summary = summary
    self.elapsedSeconds = elapsedSeconds
  }

  /// Appends the line without its end: `37 of 120 done, 1 failed, about 12 s left`.
  package func append(to builder: inout TextBuilder) {
    builder.append(count: summary.done)
    builder.append(" of ")
    builder.append(count: total)
    builder.append(" done")
    for (count, words, role) in [
      (summary.pending, " pending", .note), (summary.failed, " failed", .error),
      (summary.unresolved, " unresolved", .error),
    ] as [(Int, StaticString, TextRole)] where count > 0 {
      builder.append(", ")
      builder.begin(role)
      builder.append(count: count)
      builder.append(words)
      builder.end(role)
    }
    guard let seconds = secondsLeft else { return }
    builder.append(", about ")
    if seconds >= 120 {
      builder.append((seconds + 30) / 60)
      builder.append(" min left")
    } else {
      builder.append(seconds)
      builder.append(" s left")
    }
  }

  /// The time that is left if the rest goes as fast, in whole seconds.
  private var secondsLeft: Int64? {
    let through = summary.done + summary.pending + summary.failed + summary.unresolved
    guard through >= Self.fewestForEstimate, through < total, elapsedSeconds > 0 else { return nil }
    let left = elapsedSeconds / Double(through) * Double(total - through)
    guard left < Double(Self.mostSeconds) else { return nil }
    // Cut off and one more: the last second takes as long as any other.
    return Int64(left) + 1
  }
}
