/// The limits of the client, each with its reason.
package enum DinteroLimits {
  /// How long a connection may take to be made; a healthy one takes well under a second.
  package static let connectSeconds = 10.0
  /// How long the provider may be silent, unless a profile says otherwise.
  ///
  /// Plugins of shops wait 10 to 30 seconds and then do not know what happened; a capture that
  /// takes 45 is better waited for than looked for.
  package static let answerSeconds = 60.0
  /// What a profile may ask for instead; below, money operations would be given up too early.
  package static let answerSecondsRange = 30.0...600.0
  /// How long an idle connection is kept: less than servers keep theirs, so that a request is not
  /// sent into a connection that is being closed at the other end.
  static let idleSeconds = 20.0
  /// The longest answer that is read: a hundred transactions of a hundred lines and events each,
  /// several times over.
  static let answerByteCount = 64 << 20

  /// The most transactions in one answer; the provider allows no more.
  static let pageSize = 100
  /// The longest query of a URL; servers and proxies refuse lines of more than 8 KB.
  static let queryByteCount = 6_000
  /// The most transactions that a listing reads; beyond, it is to be narrowed by a condition.
  ///
  /// A thousand pages at five a second take more than three minutes.
  package static let listingCount = 100_000

  /// How often a read is tried in all, when it is not answered or answered with "later".
  static let readAttempts = 4
  /// The wait before the second attempt; each further one doubles, and chance shortens it by up to
  /// half, so that many clients do not come back at the same moment.
  static let firstRetrySeconds = 0.5
  /// The longest wait that the provider may ask a read for; beyond, a person is told instead.
  static let longestRetrySeconds = 60.0
  /// What is waited after "too many requests" where the provider names no time.
  static let throttleSeconds = 5.0

  /// A token is renewed so long before it expires.
  static let renewalMarginSeconds = 600.0
  /// After a renewal failed while the token still holds, it is tried again so much later.
  static let renewalPauseSeconds = 30.0

  /// How much of a message of the provider is shown; a proxy's page is longer than its sense.
  static let messageCharacterCount = 300
}
