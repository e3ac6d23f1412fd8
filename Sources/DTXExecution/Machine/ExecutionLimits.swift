/// The limits of an execution that nobody sets, each with its reason.
package enum ExecutionLimits {
  /// How long to wait before each look at a transaction whose operation got no answer.
  ///
  /// In seconds, one wait after the other. A provider that lost the connection has usually
  /// finished after 2; after more than a minute it is a person's turn.
  package static let inspectionDelaysSeconds: [Double] = [2, 5, 15, 60]

  /// How long to wait before the first poll of an accepted operation; each wait doubles.
  package static let firstPollSeconds = 2.0
  /// The longest wait between two polls.
  package static let longestPollSeconds = 60.0

  /// After so many failures one after the other, whatever the policy, something is wrong with more
  /// than one transaction, and the run stops.
  package static let failuresInARow = 3

  /// How often one operation is sent again because of too many requests.
  package static let throttlesPerOperation = 10
  /// The longest that the provider may ask to wait; more is cut to this, and asked again.
  package static let longestThrottleSeconds = 300.0
  /// The shortest wait after too many requests, whatever the provider says.
  package static let shortestThrottleSeconds = 1.0

  /// How many accepted operations may be waited for beside the lanes.
  ///
  /// Each keeps its transaction in memory; above this a waiting operation keeps its lane.
  package static let waitingBesideLanes = 1_000
}
