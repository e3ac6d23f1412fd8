import DTXExecution
import DTXPlanning
import DTXSession
import DTXSyntax

/// Why a command cannot go on: what a person reads, and how the program ends.
struct CommandFailure: Error {
  let code: DiagnosticCode
  let text: String
  var help: String?
  var status = ExitStatus.configuration
  /// More that is wrong at the same time, to be said after it.
  var others: [CommandFailure] = []
}

/// What can be wrong around a script rather than in it: the codes DTX5xxx, and DTX4xxx for the
/// provider.
extension CommandFailure {
  static func noHome() -> CommandFailure {
    CommandFailure(
      code: DiagnosticCode(5001),
      text: "there is no folder for dtx to keep its journal in",
      help: "set HOME, or XDG_STATE_HOME to a folder that you own"
    )
  }

  static func stateFolder(_ path: String, _ reason: String) -> CommandFailure {
    CommandFailure(
      code: DiagnosticCode(5002),
      text: "cannot use the folder \(path): \(reason)",
      help: "set XDG_STATE_HOME to a folder that you can write to"
    )
  }

  static func cannotRead(
    _ path: String,
    _ reason: String,
    status: ExitStatus = .usage
  ) -> CommandFailure {
    CommandFailure(
      code: DiagnosticCode(5003),
      text: "cannot read \(path): \(reason)",
      status: status
    )
  }

  static func cannotWrite(_ path: String, _ reason: String) -> CommandFailure {
    CommandFailure(code: DiagnosticCode(5004), text: "cannot write \(path): \(reason)")
  }

  /// There is nobody to ask, and nothing was assumed; the help says how to go on without asking.
  static func noTerminal(help: String) -> CommandFailure {
    CommandFailure(
      code: DiagnosticCode(5010),
      text: "there is no terminal to ask for a confirmation, so nothing was done",
      help: help
    )
  }

  static func notConfirmed() -> CommandFailure {
    CommandFailure(code: DiagnosticCode(5011), text: "not confirmed, so nothing was done")
  }

  static func controlTotals(_ text: String) -> CommandFailure {
    CommandFailure(
      code: DiagnosticCode(5014),
      text: text + "; nothing was done",
      help: "look at the plan with --dry-run"
    )
  }

  static func controlTotalsMissing() -> CommandFailure {
    CommandFailure(
      code: DiagnosticCode(5015),
      text: "in production, --yes needs what the plan must come to, so nothing was done",
      help: "add --expect-operations N and --expect-total \"AMOUNT CURRENCY\""
    )
  }

  static func usage(_ text: String, help: String? = nil) -> CommandFailure {
    CommandFailure(code: DiagnosticCode(5012), text: text, help: help, status: .usage)
  }

  init(_ error: ProviderError) {
    let (number, status): (UInt16, ExitStatus) =
      switch error.code {
      case .unreachable: (4001, .unreachable)
      case .refused: (4002, .unreachable)
      case .unreadable: (4003, .unreachable)
      case .unauthorized: (5020, .configuration)
      case .storage: (5021, .configuration)
      }
    let help =
      error.code == .storage
      ? "if the file itself is damaged, move it away: dtx then makes a new one" : nil
    self.init(code: DiagnosticCode(number), text: error.message, help: help, status: status)
  }

  init(_ error: JournalError) {
    let (number, help): (UInt16, String?) =
      switch error.code {
      case .cannotOpen: (5030, "set XDG_STATE_HOME to a folder that you can write to")
      case .locked: (5031, nil)
      case .cannotWrite: (5032, "make room on the disk, then finish with `dtx resume`")
      case .corrupt: (5033, "keep the file as it is and ask for help; without it nothing is sent")
      case .newerVersion: (5034, nil)
      case .planUsed: (5035, "`dtx resume RUN` goes on with it; a new plan does what is left")
      case .unknownRun: (5036, "see the runs with `dtx journal list`")
      }
    self.init(code: DiagnosticCode(number), text: error.message, help: help)
  }

  init(_ error: PlanFileError, path: String) {
    let (number, text): (UInt16, String) =
      switch error {
      case .notAPlan: (5040, "\(path) is not a plan")
      case .newerVersion(let version): (5041, "\(path) is a plan of the unknown version \(version)")
      case .truncated: (5042, "\(path) ends too early: a part of the plan is missing")
      case .changed: (5043, "\(path) was changed after it was made")
      case .unreadable(let line): (5044, "\(path) cannot be read at line \(line)")
      case .invalid(let line): (5045, "\(path) has an operation at line \(line) that cannot hold")
      }
    self.init(
      code: DiagnosticCode(number),
      text: text,
      help: "make it again with `dtx plan`"
    )
  }

  static func planExpired(_ path: String, on time: String) -> CommandFailure {
    CommandFailure(
      code: DiagnosticCode(5046),
      text: "the plan \(path) expired on \(time)",
      help: "make it again with `dtx plan`"
    )
  }

  static func planOfOtherAccount(_ account: String, connected: String) -> CommandFailure {
    CommandFailure(
      code: DiagnosticCode(5047),
      text: "this plan is for account \(account), and this is \(connected)"
    )
  }
}

extension CommandFailure {
  /// Why there is no session, and what to do instead.
  static func editor(_ failure: LineEditor.Failure) -> CommandFailure {
    let (text, help): (String, String) =
      switch failure {
      case .notATerminal: ("a session needs a terminal", "pipe statements into `dtx -` instead")
      case .noUTF8Locale:
        ("this machine has no UTF-8 locale, so typed letters would be lost", "set LANG=C.UTF-8")
      case .alreadyOpen: ("a session is open in this process already", "use that one")
      case .unavailable: ("the terminal cannot be used for editing", "try TERM=xterm")
      }
    return CommandFailure(code: DiagnosticCode(5013), text: text, help: help)
  }
}
