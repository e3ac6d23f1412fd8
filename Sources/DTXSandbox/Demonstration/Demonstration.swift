import DTXLedger

/// The transactions that a new sandbox holds.
///
/// They are seed files inside the program, because an installed program has no place where it
/// could be sure to find a file. Together they have every status, every family of products, and
/// currencies with no, two and three decimals. The customers are invented.
enum Demonstration {
  /// The files, in the order in which they are read.
  static let files = [cards, moreCards, wallets, invoices, unpaid]

  /// Returns the transactions, dated from now.
  ///
  /// - Throws: `SeedError` if a file is malformed, which a test rules out.
  static func transactions(
    of account: Account,
    in environment: SandboxEnvironment
  ) throws(SeedError) -> [SeedTransaction] {
    var transactions: [SeedTransaction] = []
    for file in files {
      transactions += try SeedFile(account: account, environment: environment)
        .read(Array(file.utf8)).transactions
    }
    return transactions
  }
}
