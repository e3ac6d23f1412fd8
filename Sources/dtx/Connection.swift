import DTXEvaluator
import DTXExecution
import DTXJournal
import DTXLedger
import DTXPlanning
import DTXSandbox

/// A profile with its provider and the journal: what a command works with.
struct Connection {
  /// The one profile that exists without configuration.
  static let sandboxProfile = "sandbox"
  /// The account of the embedded sandbox: a test account that nobody has.
  static let sandboxAccount: Account = {
    guard let account = Account("T12345678") else {
      preconditionFailure("the sandbox's account has the shape of an account")
    }
    return account
  }()

  let place: Place
  let profile: String
  let sandbox: Sandbox
  let journal: SQLiteJournal

  init(_ place: Place) {
    self.place = place
    profile = Self.sandboxProfile
    sandbox = Sandbox(path: place.sandboxPath, account: Self.sandboxAccount)
    journal = SQLiteJournal(path: place.journalPath)
  }

  var account: Account { sandbox.account }
  /// The view that can only read.
  var reader: any TransactionReader { sandbox.reader }
  /// The view that moves money, for the driver alone.
  var writer: any TransactionWriter { sandbox.writer }

  /// Plans with a view that can only read.
  func planner(operationLimit: Int = Evaluator.Options.defaultOperationLimit) -> Planner {
    var options = Evaluator.Options()
    options.operationLimit = operationLimit
    return Planner(reader: reader, options: options, clock: Place.now)
  }
}
