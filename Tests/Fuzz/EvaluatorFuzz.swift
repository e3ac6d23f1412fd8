import DTXCSV
import DTXEvaluator
import DTXLedger
import DTXSyntax

/// Checks and evaluates arbitrary scripts against a few transactions, and checks what must hold.
///
/// The bytes up to a NUL are a script, and those behind it are the file that it reads, whatever it
/// calls it. `scripts/fuzz` links it with the modules that it imports.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // The fuzzer's buffer is valid for the call, and the copy outlives it.
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
  let source = Array(parts[0])
  let (script, syntax) = Parser.parse(source, mode: .script)
  let (program, names) = Checker.check(script, account: account)
  for diagnostic in names {
    precondition(diagnostic.primary.range.end <= UInt32(source.count), "places are in the script")
    precondition(!diagnostic.message.text.isEmpty, "every message has words")
  }
  guard !(syntax + names).contains(where: { $0.severity == .error }) else { return 0 }
  let table = CSVTable(parts.count > 1 ? Array(parts[1]) : [])
  let first = plan(program, table)
  precondition(first.plan == plan(program, table).plan, "a plan is the same when made twice")
  for step in first.plan.steps {
    let after = step.after
    precondition(MinorUnits.zero <= after.refunded && after.refunded <= after.captured)
    precondition(after.captured <= after.authorized, "no more is taken than there is")
  }
  return 0
}

/// Evaluates a program in as many rounds as it needs.
private func plan(_ program: Program, _ table: CSVTable) -> Evaluation {
  var options = Evaluator.Options()
  options.operationLimit = 1_000
  options.now = 1_795_435_200_000
  var snapshot = Snapshot(transactions: transactions)
  supply(program.needs, table, to: &snapshot)
  var evaluation = Evaluator.evaluate(program, against: snapshot, options: options)
  var rounds = 0
  while !evaluation.needs.isEmpty, rounds < 8 {
    snapshot.furtherIDs += evaluation.needs.ids
    supply(evaluation.needs, table, to: &snapshot)
    evaluation = Evaluator.evaluate(program, against: snapshot, options: options)
    rounds += 1
  }
  return evaluation
}

private func supply(_ needs: Needs, _ table: CSVTable, to snapshot: inout Snapshot) {
  for file in needs.files { snapshot.files[file] = .table(table, SourceID(1)) }
  for lookup in needs.lookups { snapshot.found[lookup] = lookup.text.isEmpty ? [] : [0] }
  for listing in needs.listings { snapshot.listings[listing] = [0, 1, 2] }
  for name in needs.variables { snapshot.variables[name] = .some(name.isEmpty ? nil : name) }
}

private let account: Account = {
  guard let account = Account("T12345678") else { preconditionFailure("this is an account") }
  return account
}()

private let transactions: [Transaction] = ["card", "klarna", "yen"].map { name in
  guard let currency = Currency(code: name == "yen" ? "JPY" : "NOK") else {
    preconditionFailure("these are currencies")
  }
  let lines = ["1", "2"].map { LineItem(id: $0, description: $0, amount: MinorUnits(20_000)) }
  return Transaction(
    id: TransactionID("T12345678.\(name)"),
    product: PaymentProduct(name == "klarna" ? "klarna.klarna" : "payex.creditcard"),
    currency: currency,
    state: .init(status: .authorized, authorized: MinorUnits(40_000), lines: lines)
  )
}
