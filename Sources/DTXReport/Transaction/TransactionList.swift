package import DTXLedger

/// Transactions as `list` presents them: a row each, and the sums per currency.
package struct TransactionList: Sendable {
  package let transactions: [Transaction]
  private let sums: [Sum]

  package init(_ transactions: [Transaction]) {
    self.transactions = transactions
    sums = Sum.sums(of: transactions)
  }

  private static let table = Table(columns: [
    Table.Column(title: "Transaction", place: .title),
    Table.Column(title: "Status", place: .verdict),
    Table.Column(title: "Product", place: .clause, isOptional: true),
    Table.Column(title: "Authorized", place: .clause, isRightAligned: true),
    Table.Column(title: "Captured", place: .clause, isRightAligned: true),
    Table.Column(title: "Refunded", place: .clause, isRightAligned: true),
    Table.Column(title: "Left", name: "left to capture", place: .clause, isRightAligned: true),
    Table.Column(title: "Reference", place: .clause, canWrap: true),
    Table.Column(title: "Created (UTC)", place: .clause, isOptional: true),
  ])

  /// Appends the rows, how many they are, and what they add up to.
  ///
  /// Of a long list the first and the last rows are shown, unless the options ask for all.
  package func append(to builder: inout TextBuilder) {
    guard !transactions.isEmpty else {
      builder.append("No transactions.")
      builder.endLine()
      return
    }
    let rows = ShownRows(count: transactions.count, isComplete: builder.options.isComplete)
    builder.append(Self.table, rows: rows) { index, row in
      let transaction = transactions[index]
      let state = transaction.state
      let currency = transaction.currency
      row.cell(foreign: transaction.id.text)
      row.cell { $0.append(safe: state.status.rawValue) }
      row.cell(foreign: transaction.product.name)
      row.cell { $0.append(money: state.authorized, in: currency) }
      row.cell { $0.append(state.captured, in: currency) }
      row.cell { $0.append(state.refunded, in: currency) }
      row.cell { $0.append(state.remaining(for: .capture), in: currency) }
      row.cell(foreign: transaction.details.merchantReference ?? "")
      row.cell { $0.append(minuteOf: transaction.details.createdAt) }
    }
    builder.endLine()
    appendSums(to: &builder)
  }

  /// Appends every transaction as one line of JSON, and one line of sums per currency.
  ///
  /// Shape: `transaction`: id, status, product, currency; authorized, captured, refunded,
  /// released, remaining and refundable, each also in minor units; reference, reference2, session,
  /// customer, store, created_at, updated_at, expires_at, settlement. `sums`: currency,
  /// transactions, and authorized, captured, refunded and remaining in minor units, `null` where
  /// the sum is too large to be counted.
  package func append(to writer: inout JSONWriter) {
    for transaction in transactions {
      writer.record("transaction") { $0.members(of: transaction) }
    }
    for sum in sums {
      writer.record("sums") { record in
        record.member("currency", sum.currency.code)
        record.member("transactions", sum.count)
        record.member("authorized_minor", sum.authorized?.count)
        record.member("captured_minor", sum.captured?.count)
        record.member("refunded_minor", sum.refunded?.count)
        record.member("remaining_minor", sum.left?.count)
      }
    }
  }
}

// MARK: - Sums

extension TransactionList {
  /// What the transactions in one currency add up to; nil is a sum too large to be counted.
  private struct Sum {
    let currency: Currency
    var count = 0
    var authorized: MinorUnits? = .zero
    var captured: MinorUnits? = .zero
    var refunded: MinorUnits? = .zero
    var left: MinorUnits? = .zero

    /// Returns a sum for each currency, in the order of first use.
    static func sums(of transactions: [Transaction]) -> [Sum] {
      var sums: [Sum] = []
      for transaction in transactions {
        let known = sums.firstIndex { $0.currency == transaction.currency }
        let index = known ?? sums.count
        if known == nil { sums.append(Sum(currency: transaction.currency)) }
        sums[index].add(transaction.state)
      }
      return sums
    }

    private mutating func add(_ state: Transaction.State) {
      count += 1
      authorized = authorized?.adding(state.authorized)
      captured = captured?.adding(state.captured)
      refunded = refunded?.adding(state.refunded)
      left = left?.adding(state.remaining(for: .capture))
    }
  }

  private static let sumTable = Table(
    columns: [
      Table.Column(title: "Currency", place: .title),
      Table.Column(title: "Transactions", isRightAligned: true),
      Table.Column(title: "Authorized", isRightAligned: true),
      Table.Column(title: "Captured", isRightAligned: true),
      Table.Column(title: "Refunded", isRightAligned: true),
      Table.Column(title: "Left", name: "Left to capture", isRightAligned: true),
    ],
    indentation: 2
  )

  private func appendSums(to builder: inout TextBuilder) {
    builder.append("Sums", as: .heading)
    builder.endLine()
    let rows = ShownRows(count: sums.count, isComplete: true)
    builder.append(Self.sumTable, rows: rows) { index, row in
      let sum = sums[index]
      row.cell { $0.append(safe: sum.currency.code) }
      row.cell { $0.append(count: sum.count) }
      for amount in [sum.authorized, sum.captured, sum.refunded, sum.left] {
        row.cell { text in
          if let amount {
            text.append(amount, in: sum.currency)
          } else {
            text.append("too large")
          }
        }
      }
    }
  }
}
