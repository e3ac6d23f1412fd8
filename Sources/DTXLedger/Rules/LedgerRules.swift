/// How the ledger decides what the provider's documentation leaves open.
///
/// The standard values are the safest reading; the sandbox changes them to see that nothing
/// depends on a guess.
package struct LedgerRules: Hashable, Sendable {
  package static let standard = LedgerRules()

  /// The status once the rest of a partial capture, of which nothing was refunded, is voided.
  package var statusAfterRemainderVoid = Status.captured
  /// The status once everything captured is refunded while part of the authorization remains.
  package var statusAfterFullRefundOfPart = Status.partiallyCapturedRefunded
  /// Whether no line gives more than it has, rather than the totals alone setting the limit.
  package var lineCeilings = true
  /// Whether a trait that no document confirms is held to, rather than left to the provider.
  package var enforcesUncertainTraits = false

  /// Whether an operation that is pending keeps others of its kind from being asked for.
  package var blocksWhilePending = true

  package init() {}
}
