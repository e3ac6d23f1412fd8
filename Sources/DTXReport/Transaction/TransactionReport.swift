package import DTXLedger

/// One transaction as `show` presents it: a page with everything there is to know.
package struct TransactionReport: Sendable {
  package let transaction: Transaction
  /// What the ledger's rules allow now.
  package let available: [AvailableOperation]

  package init(_ transaction: Transaction, under rules: LedgerRules = .standard) {
    self.transaction = transaction
    available = availableOperations(of: transaction, under: rules)
  }

  /// Appends the page: what it is, its totals, its lines, its history, and what can be done.
  package func append(to builder: inout TextBuilder) {
    builder.appendParagraph(indentation: 2, as: .heading) { text in
      text.append("Transaction ")
      text.append(foreign: transaction.id.text)
    }
    appendFacts(to: &builder)
    appendTotals(to: &builder)
    if !transaction.state.lines.isEmpty { appendLines(to: &builder) }
    if !transaction.events.isEmpty { appendEvents(to: &builder) }
    appendAvailable(to: &builder)
  }

  private var currency: Currency { transaction.currency }
}

// MARK: - Facts

extension TransactionReport {
  private static let factWidth = 16

  private func appendFacts(to builder: inout TextBuilder) {
    let details = transaction.details
    let state = transaction.state
    let width = Self.factWidth
    builder.append(fact: "status", width: width) { text in
      text.append(safe: state.status.rawValue)
      text.append(": ")
      text.append(state.status.words)
    }
    if !state.isConsistent {
      builder.append(fact: "warning", width: width, as: .warning) {
        $0.append("the history contradicts the totals: ask the provider before doing anything")
      }
    }
    if state.isPreauthorization {
      builder.append(fact: "preauthorization", width: width) {
        $0.append("must be made final with adjust before it can be captured")
      }
    }
    for (name, value) in [
      ("product", transaction.product.name), ("reference", details.merchantReference),
      ("second reference", state.secondReference), ("session", details.sessionID),
      ("customer", details.customer), ("store", details.store),
    ] as [(StaticString, String?)] {
      guard let value else { continue }
      builder.append(fact: name, width: width) { $0.append(foreign: value) }
    }
    for (name, moment) in [
      ("created", details.createdAt), ("updated", details.updatedAt),
    ] as [(StaticString, Int64)] {
      builder.append(fact: name, width: width) { text in
        text.append(minuteOf: moment)
        text.append(" UTC")
      }
    }
    if let expiry = details.expiresAt { append(expiry: expiry, to: &builder) }
    builder.append(fact: "settlement", width: width) { text in
      text.append(safe: details.settlement.rawValue)
      text.append(": ")
      text.append(details.settlement.words)
    }
    builder.endLine()
  }
}

// MARK: - Expiry

extension TransactionReport {
  private static let millisecondsPerHour: Int64 = 3_600_000
  private static let hoursPerDay: Int64 = 24
  /// Below so many hours an expiry is counted in hours, and is something to look out for.
  private static let soonHours: Int64 = 48

  /// Appends when the authorization ends and, where the time is known, how long that is from now.
  private func append(expiry: Int64, to builder: inout TextBuilder) {
    let now = builder.options.now
    let hours = now.map { (expiry - $0) / Self.millisecondsPerHour }
    let isSoon = hours.map { $0 < Self.soonHours } ?? false
    builder.append(
      fact: "expires",
      width: Self.factWidth,
      as: isSoon && transaction.state.capturable > .zero ? .warning : .plain
    ) { text in
      text.append(minuteOf: expiry)
      text.append(" UTC")
      guard let now, let hours else { return }
      if expiry <= now {
        text.append(", which is over")
      } else if isSoon {
        text.append(", in ")
        text.append(count: Int(hours), "hour", "hours")
      } else {
        text.append(", in ")
        text.append(count: Int(hours / Self.hoursPerDay), "day", "days")
      }
    }
  }
}

// MARK: - Totals

extension TransactionReport {
  private func appendTotals(to builder: inout TextBuilder) {
    let state = transaction.state
    var totals: [(StaticString, MinorUnits)] = [
      ("authorized", state.authorized), ("captured", state.captured), ("refunded", state.refunded),
      ("released", state.voided),
    ]
    if state.pendingCapture != .zero { totals.append(("capture pending", state.pendingCapture)) }
    if state.pendingRefund != .zero { totals.append(("refund pending", state.pendingRefund)) }
    totals.append(("left to capture", state.remaining(for: .capture)))
    totals.append(("left to refund", state.remaining(for: .refund)))

    builder.append("Totals", as: .heading)
    builder.endLine()
    let columns = totals.map { $0.1.majorUnits(in: currency).utf8.count }.max() ?? 0
    for (name, amount) in totals {
      builder.append(fact: name, width: Self.factWidth) { text in
        let digits = amount.majorUnits(in: currency)
        text.append(LineWrapping.glue, times: columns - digits.utf8.count)
        text.append(money: amount, in: currency)
      }
    }
    if state.isVoidPending {
      builder.append(fact: "void pending", width: Self.factWidth) {
        $0.append("accepted by the provider, not done yet")
      }
    }
    builder.endLine()
  }
}

// MARK: - Lines

extension TransactionReport {
  private static let lineTable = Table(
    columns: [
      Table.Column(title: "Line", place: .title),
      Table.Column(title: "Description", place: .title, canWrap: true),
      Table.Column(title: "Quantity", isRightAligned: true),
      Table.Column(title: "Amount", isRightAligned: true),
      Table.Column(title: "Captured", isRightAligned: true),
      Table.Column(title: "Refunded", isRightAligned: true),
      Table.Column(title: "Left", name: "Left to capture", isRightAligned: true),
    ],
    indentation: 2
  )

  private func appendLines(to builder: inout TextBuilder) {
    let state = transaction.state
    builder.append("Lines", as: .heading)
    builder.endLine()
    let rows = ShownRows(count: state.lines.count, isComplete: true)
    builder.append(Self.lineTable, rows: rows) { index, row in
      let line = state.lines[index]
      let balance = state.balance(ofLine: index)
      row.cell(foreign: line.id)
      row.cell(foreign: line.description)
      row.cell { $0.append(line.quantity) }
      row.cell { $0.append(line.amount, in: currency) }
      row.cell { $0.append(balance.captured, in: currency) }
      row.cell { $0.append(balance.refunded, in: currency) }
      row.cell { $0.append(state.remaining(onLine: index), in: currency) }
    }
    builder.endLine()
  }
}

// MARK: - History

extension TransactionReport {
  private static let eventTable = Table(
    columns: [
      Table.Column(title: "Time (UTC)", place: .title),
      Table.Column(title: "Event", place: .title),
      Table.Column(title: "Amount", place: .title, isRightAligned: true),
      Table.Column(title: "Details", place: .line, canWrap: true),
    ],
    indentation: 2
  )

  private func appendEvents(to builder: inout TextBuilder) {
    builder.append("History", as: .heading)
    builder.endLine()
    let events = transaction.events
    let rows = ShownRows(count: events.count, isComplete: builder.options.isComplete)
    builder.append(Self.eventTable, rows: rows) { index, row in
      let event = events[index]
      row.cell { $0.append(minuteOf: event.createdAt) }
      row.cell(as: event.isSuccessful ? .plain : .error, foreign: event.words)
      row.cell { text in
        if let amount = event.amount { text.append(amount, in: currency) }
      }
      row.cell { append(detailsOf: event, to: &$0) }
    }
    builder.endLine()
  }

  private func append(detailsOf event: Event, to text: inout TextBuilder) {
    var list = TextBuilder.Clauses()
    if let failure = event.failure {
      list.begin(&text)
      text.append(foreign: failure.message)
      if let code = failure.code {
        text.append(" (")
        text.append(foreign: code)
        text.append(")")
      }
    }
    if !event.correctedBy.isEmpty {
      list.begin(&text)
      text.append("corrected since")
    }
    if !event.lines.isEmpty {
      list.begin(&text)
      text.append(event.lines.count == 1 ? "line" : "lines")
      text.append(byte: text.fixedBlank)
      for (number, line) in event.lines.enumerated() {
        if number > 0 { text.append(number == event.lines.count - 1 ? " and " : ", ") }
        text.append(name: line.id)
      }
    }
    if let reference = event.reference {
      list.begin(&text)
      text.append("ref")
      text.append(byte: text.fixedBlank)
      text.append(name: reference)
    }
    if let author = event.author {
      list.begin(&text)
      text.append("by ")
      text.append(foreign: author)
    }
  }
}

// MARK: - What can be done

extension TransactionReport {
  private func appendAvailable(to builder: inout TextBuilder) {
    guard !available.isEmpty else {
      builder.append("Nothing can be done with it now.")
      builder.endLine()
      return
    }
    builder.append("What can be done now", as: .heading)
    builder.endLine()
    for operation in available {
      builder.append(fact: operation.kind.verb, width: Self.factWidth) { text in
        switch operation.kind {
        case .capture, .refund:
          text.append("up to ")
          text.append(money: operation.maximum, in: currency)
        case .void:
          text.append(operation.isRemainder ? "remaining: releases " : "releases ")
          text.append(money: operation.maximum, in: currency)
        case .adjust: text.append("to another total")
        case .extend: text.append("for more time")
        case .authorize: text.append("to end the hold")
        case .tag: text.append("with another second reference")
        }
      }
    }
  }
}
