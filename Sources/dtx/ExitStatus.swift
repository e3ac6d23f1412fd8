/// How the program ends, for scripts that call it.
///
/// Where several apply, the one that asks most urgently for a person wins; see the table in
/// README.md.
enum ExitStatus: Int32 {
  case success = 0
  /// Some operations failed or were left out.
  case someFailed = 1
  /// The script is wrong: syntax, names, kinds.
  case wrongScript = 2
  /// The dry run breaks a rule, or a target does not exist.
  case refused = 3
  /// Unresolved or still pending operations: a person or `resume` must look.
  case needsAttention = 4
  /// Configuration, credentials, policy, journal.
  case configuration = 5
  /// The provider can't be reached; nothing was sent.
  case unreachable = 6
  case usage = 64
  case interrupted = 130
}
