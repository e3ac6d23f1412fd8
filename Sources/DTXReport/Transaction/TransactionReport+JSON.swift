import DTXLedger

extension TransactionReport {
  /// Appends the transaction as one line of JSON.
  ///
  /// Shape: that of a list's record, then pending_capture_minor, pending_refund_minor,
  /// void_pending, preauthorization, consistent, lines (the item with captured, refunded and left
  /// in minor units), events (id, kind, success, amount_minor, lines, reference, status_after,
  /// created_at, created_by, person, request_id, error_code, error, corrected_by) and available
  /// (kind, maximum_minor, remainder).
  package func append(to writer: inout JSONWriter) {
    writer.record("transaction") { record in
      let state = transaction.state
      record.members(of: transaction)
      record.member("pending_capture_minor", state.pendingCapture.count)
      record.member("pending_refund_minor", state.pendingRefund.count)
      record.member("void_pending", state.isVoidPending)
      record.member("preauthorization", state.isPreauthorization)
      record.member("consistent", state.isConsistent)
      record.array("lines", state.lines.indices) { append(line: $0, to: &$1) }
      record.array("events", transaction.events) { append($0, to: &$1) }
      record.array("available", available) { operation, member in
        member.member("kind", operation.kind.name)
        member.member("maximum_minor", operation.maximum.count)
        member.member("remainder", operation.isRemainder)
      }
    }
  }

  private func append(line index: Int, to member: inout JSONWriter) {
    let state = transaction.state
    let balance = state.balance(ofLine: index)
    member.members(of: state.lines[index], in: transaction.currency)
    member.member("captured_minor", balance.captured.count)
    member.member("refunded_minor", balance.refunded.count)
    member.member("left_minor", state.remaining(onLine: index).count)
  }

  private func append(_ event: Event, to member: inout JSONWriter) {
    member.member("id", event.id)
    member.member("kind", event.kind.name)
    member.member("success", event.isSuccessful)
    member.member("amount_minor", event.amount?.count)
    member.array("lines", event.lines) { line, part in
      part.member("line_id", line.id)
      part.member("amount_minor", line.amount.count)
      part.member("quantity", line.quantity)
    }
    member.member("reference", event.reference)
    member.member("status_after", event.statusAfter.rawValue)
    member.member("created_at") { $0.append(timestamp: event.createdAt) }
    member.member("created_by", event.createdBy)
    member.member("person", event.person)
    member.member("request_id", event.requestID)
    member.member("error_code", event.failure?.code)
    member.member("error", event.failure?.message)
    member.strings("corrected_by", event.correctedBy)
  }
}

extension JSONWriter {
  /// Writes what a list and a page say of a transaction.
  mutating func members(of transaction: Transaction) {
    let state = transaction.state
    let details = transaction.details
    let currency = transaction.currency
    member("id", transaction.id.text)
    member("status", state.status.rawValue)
    member("product", transaction.product.name)
    member("currency", currency.code)
    members(state.authorized, named: "authorized_minor", "authorized", in: currency)
    members(state.captured, named: "captured_minor", "captured", in: currency)
    members(state.refunded, named: "refunded_minor", "refunded", in: currency)
    members(state.voided, named: "released_minor", "released", in: currency)
    members(state.remaining(for: .capture), named: "remaining_minor", "remaining", in: currency)
    members(state.remaining(for: .refund), named: "refundable_minor", "refundable", in: currency)
    member("reference", details.merchantReference)
    member("reference2", state.secondReference)
    member("session", details.sessionID)
    member("customer", details.customer)
    member("store", details.store)
    member("created_at") { $0.append(timestamp: details.createdAt) }
    member("updated_at") { $0.append(timestamp: details.updatedAt) }
    member("expires_at", timestamp: details.expiresAt)
    member("settlement", details.settlement.rawValue)
  }
}
