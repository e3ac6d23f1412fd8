import DTXCSV
import DTXEvaluator
import DTXLedger
import DTXSyntax
import DTXTestSupport

/// The same captures twice: one statement for each, and one loop over the rows of a file.
struct RowWork {
  private static let lineAmount: Int64 = 1_000_000
  private static let operationsPerTransaction = 5

  private(set) var flat: [UInt8] = []
  private(set) var rows: [UInt8] = Array("id,line,amount,reference\n".utf8)
  let loop = Array(
    """
    for $row in csv "work.csv" {
      capture $row.id line $row.line $row.amount ref $row.reference
    }

    """.utf8
  )
  /// The transactions in the order in which they are named.
  let transactions: [Transaction]

  init(operations: Int, seed: UInt64 = 42) {
    var random = SplitMix64(seed: seed)
    let count = max(1, operations / Self.operationsPerTransaction)
    guard let currency = Currency(code: "NOK") else { preconditionFailure("NOK is a currency") }
    transactions = (0..<count).map { number in
      let lines = (1...3).map {
        LineItem(id: "\($0)", description: "Thing \($0)", amount: MinorUnits(Self.lineAmount))
      }
      return Transaction(
        id: TransactionID("T12345678.\(Self.id(number))"),
        product: PaymentProduct("payex.creditcard"),
        currency: currency,
        state: .init(
          status: .authorized,
          authorized: MinorUnits(3 * Self.lineAmount),
          lines: lines
        )
      )
    }
    for number in 0..<operations {
      let id = transactions[number % count].id.text
      let line = Int.random(in: 1...3, using: &random)
      let amount = Int.random(in: 1_001...9_999, using: &random)
      flat += Array("capture \(id) line \(line) \(amount) ref \"ship-\(number)\"\n".utf8)
      rows += Array("\(id),\(line),\(amount),ship-\(number)\n".utf8)
    }
  }

  /// Twenty-two letters, as long as the provider's.
  private static func id(_ number: Int) -> String {
    let digits = String(number)
    return "465UfBENeLpkBv" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }

  /// Plans the statements one by one.
  func planFlat(for account: Account, _ options: Evaluator.Options) -> Evaluation {
    let (script, syntax) = Parser.parse(flat, mode: .script)
    let (program, names) = Checker.check(script, account: account)
    precondition(syntax.isEmpty && names.isEmpty, "the work parses")
    return Evaluator.evaluate(
      program,
      against: Snapshot(transactions: transactions),
      options: options
    )
  }

  /// Plans the loop: reads the file, finds which transactions it names, and evaluates it with them.
  func planLoop(for account: Account, _ options: Evaluator.Options) -> Evaluation {
    let (script, syntax) = Parser.parse(loop, mode: .script)
    let (program, names) = Checker.check(script, account: account)
    precondition(syntax.isEmpty && names.isEmpty, "the work parses")
    var snapshot = Snapshot()
    for file in program.needs.files {
      snapshot.files[file] = .table(CSVTable(rows), SourceID(1))
    }
    let first = Evaluator.evaluate(program, against: snapshot, options: options)
    precondition(first.needs.ids.count == transactions.count, "the file names them all")
    snapshot.furtherIDs = first.needs.ids
    snapshot.transactions = transactions
    return Evaluator.evaluate(program, against: snapshot, options: options)
  }
}
