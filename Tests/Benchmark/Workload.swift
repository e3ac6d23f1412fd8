import DTXLedger
import DTXTestSupport

/// The work that is measured: operations on authorized transactions, all of them valid.
///
/// Of ten operations seven capture a part of a line, and of the rest half refund a part of what was
/// captured; a tenth releases what is left of a transaction, and a twentieth sets its reference.
/// Five operations a transaction, in random order of transactions, the same for the same seed.
struct Workload {
  static let operationsPerTransaction = 5
  private static let lineAmount: Int64 = 1_000_000

  /// A transaction's money as the generator tracks it, so that every operation holds.
  private struct Account {
    var captured: [Int64] = [0, 0, 0]
    var refunded: [Int64] = [0, 0, 0]
    var isVoided = false
  }

  private var random: SplitMix64
  private var accounts: [Account]
  private(set) var script: [UInt8] = []
  private(set) var sqlInserts: [UInt8] = []
  private(set) var sqlUpdates: [UInt8] = []
  private(set) var ledgerOpening: [UInt8] = []
  private(set) var ledgerEntries: [UInt8] = []
  let ids: [String]
  /// The transactions by number, in the order in which the script first names them.
  private var order: [Int] = []
  private var isNamed: [Bool]

  init(operations: Int, seed: UInt64 = 42) {
    random = SplitMix64(seed: seed)
    let count = max(1, operations / Self.operationsPerTransaction)
    accounts = Array(repeating: Account(), count: count)
    var identifiers = SplitMix64(seed: seed ^ 0xffff)
    ids = (0..<count).map { Self.id(number: $0, using: &identifiers) }
    isNamed = Array(repeating: false, count: count)
    script.reserveCapacity(operations * 72)
    writeTables()
    writeOpening()
    for number in 0..<operations { writeOperation(number) }
    sqlUpdates += Array("COMMIT;\n".utf8)
  }

  /// The transactions before anything was done to them, as a reader gives them: in the order in
  /// which the script asks for them.
  var transactions: [Transaction] {
    order.map { number in
      let lines = (1...3).map {
        LineItem(id: "\($0)", description: "Thing \($0)", amount: MinorUnits(Self.lineAmount))
      }
      return Transaction(
        id: TransactionID("T12345678." + ids[number]),
        product: PaymentProduct("payex.creditcard"),
        currency: Self.currency,
        state: .init(
          status: .authorized,
          authorized: MinorUnits(3 * Self.lineAmount),
          lines: lines
        )
      )
    }
  }

  private static let currency: Currency = {
    guard let currency = Currency(code: "NOK") else { preconditionFailure("NOK is a currency") }
    return currency
  }()

  /// Twenty-two letters, of which the last say the number, so that no two are the same.
  private static func id(number: Int, using random: inout SplitMix64) -> String {
    let letters = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
    var text = String(
      (0..<15).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
    )
    var rest = number
    for _ in 0..<7 {
      text.append(letters[rest % letters.count])
      rest /= letters.count
    }
    return text
  }

  private mutating func writeOperation(_ number: Int) {
    let index = Int.random(in: 0..<accounts.count, using: &random)
    let line = Int.random(in: 0..<3, using: &random)
    let amount = Int64.random(in: 1_001...9_999, using: &random)
    let choice = Int.random(in: 0..<20, using: &random)
    let account = accounts[index]
    if !isNamed[index] {
      isNamed[index] = true
      order.append(index)
    }
    if choice == 0 || account.isVoided && account.captured[line] - account.refunded[line] < amount {
      tag(index, number)
    } else if choice < 3, !account.isVoided,
      account.captured.reduce(0, +) > 0 && account.captured.reduce(0, +) < 3 * Self.lineAmount
    {
      void(index)
    } else if choice < 6 || account.isVoided,
      account.captured[line] - account.refunded[line] >= amount
    {
      refund(index, line, amount, number)
    } else if account.captured[line] + amount <= Self.lineAmount, !account.isVoided {
      capture(index, line, amount, number)
    } else {
      tag(index, number)
    }
  }

  private mutating func capture(_ index: Int, _ line: Int, _ amount: Int64, _ number: Int) {
    accounts[index].captured[line] += amount
    append("capture T12345678.\(ids[index]) line \(line + 1) \(amount) ref \"ship-\(number)\"\n")
    update("captured=captured+\(amount),c\(line + 1)=c\(line + 1)+\(amount)", index)
    enter("ship-\(number)", index, [(line, "left", -amount), (line, "captured", amount)])
  }

  private mutating func refund(_ index: Int, _ line: Int, _ amount: Int64, _ number: Int) {
    accounts[index].refunded[line] += amount
    append("refund T12345678.\(ids[index]) line \(line + 1) \(amount) ref \"back-\(number)\"\n")
    update("refunded=refunded+\(amount),r\(line + 1)=r\(line + 1)+\(amount)", index)
    enter("back-\(number)", index, [(line, "captured", -amount), (line, "refunded", amount)])
  }

  private mutating func void(_ index: Int) {
    let left = accounts[index].captured.map { Self.lineAmount - $0 }
    accounts[index].isVoided = true
    append("void T12345678.\(ids[index]) remaining\n")
    update("voided=authorized-captured", index)
    enter("void", index, (0..<3).flatMap { [($0, "left", -left[$0]), ($0, "voided", left[$0])] })
  }

  private mutating func tag(_ index: Int, _ number: Int) {
    append("tag T12345678.\(ids[index]) \"order-\(number)\"\n")
    update("ref2='order-\(number)'", index)
    enter("tag  ; ref2: order-\(number)", index, [(0, "left", 0), (0, "captured", 0)])
  }

  private mutating func append(_ line: String) { script.append(contentsOf: line.utf8) }

  private mutating func update(_ change: String, _ index: Int) {
    sqlUpdates.append(
      contentsOf: "UPDATE t SET \(change) WHERE id='T12345678.\(ids[index])';\n".utf8
    )
  }

  /// Writes an entry of double-entry bookkeeping, which says of every account what it holds then.
  private mutating func enter(
    _ title: String,
    _ index: Int,
    _ postings: [(line: Int, name: String, amount: Int64)]
  ) {
    ledgerEntries += Array("2026/11/01 \(title)\n".utf8)
    for (line, name, amount) in postings {
      let balance = balance(of: name, line, accounts[index])
      ledgerEntries += Array(
        "  T12345678.\(ids[index]):\(line + 1):\(name)  \(amount) = \(balance)\n".utf8
      )
    }
    ledgerEntries.append(UInt8(ascii: "\n"))
  }

  private func balance(of name: String, _ line: Int, _ account: Account) -> Int64 {
    let released = account.isVoided ? Self.lineAmount - account.captured[line] : 0
    return switch name {
    case "captured": account.captured[line] - account.refunded[line]
    case "refunded": account.refunded[line]
    case "voided": released
    default: Self.lineAmount - account.captured[line] - released
    }
  }

  /// The transactions as entries of double-entry bookkeeping.
  private mutating func writeOpening() {
    for id in ids {
      ledgerOpening += Array("2026/10/01 authorization\n".utf8)
      for line in 1...3 {
        ledgerOpening += Array("  T12345678.\(id):\(line):left  \(Self.lineAmount)\n".utf8)
      }
      ledgerOpening += Array("  authorized\n\n".utf8)
    }
  }

  /// The ledger's rules as checks of one table: the least that SQL needs to refuse the same.
  private mutating func writeTables() {
    sqlInserts += Array(
      """
      CREATE TABLE t(id TEXT PRIMARY KEY, authorized INT, captured INT, refunded INT, voided INT,
        l1 INT, l2 INT, l3 INT, c1 INT, c2 INT, c3 INT, r1 INT, r2 INT, r3 INT, ref2 TEXT,
        CHECK(captured+voided<=authorized), CHECK(refunded<=captured), CHECK(voided>=0),
        CHECK(c1<=l1), CHECK(c2<=l2), CHECK(c3<=l3),
        CHECK(r1<=c1), CHECK(r2<=c2), CHECK(r3<=c3)) WITHOUT ROWID;
      BEGIN;

      """.utf8
    )
    for id in ids {
      let amount = Self.lineAmount
      sqlInserts += Array(
        "INSERT INTO t VALUES('T12345678.\(id)',\(3 * amount),0,0,0,\(amount),\(amount),\(amount),0,0,0,0,0,0,NULL);\n"
          .utf8
      )
    }
  }
}
