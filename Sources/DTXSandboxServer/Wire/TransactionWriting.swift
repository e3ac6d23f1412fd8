import DTXJSON
import DTXLedger
import DTXSandbox

/// Writes transactions in the provider's form.
///
/// Source: Dintero's Checkout API reference, the schema of a transaction.
struct TransactionWriting {
  let behaviour: WireBehaviour
  /// Whether failed events are left out, as a query may ask.
  var hidesFailures = false

  /// Returns a transaction as JSON.
  func json(of stored: StoredTransaction) -> [UInt8] {
    var writer = JSONWriter(reserving: 4096)
    write(stored, to: &writer)
    return writer.bytes
  }

  /// Returns transactions as a bare array.
  func json(of list: [StoredTransaction]) -> [UInt8] {
    var writer = JSONWriter(reserving: 4096 * (list.count + 1))
    writer.array { writer in
      for stored in list { write(stored, to: &writer) }
    }
    return writer.bytes
  }

  private func write(_ stored: StoredTransaction, to writer: inout JSONWriter) {
    let transaction = stored.transaction
    let details = transaction.details
    writer.object { writer in
      writer.member("id", transaction.id.text)
      writer.member("account_id", String(transaction.id.text.prefix { $0 != "." }))
      writer.member("session_id", ifPresent: details.sessionID)
      writer.member("payment_product", transaction.product.family)
      writer.member("payment_product_type", transaction.product.name)
      writer.member("amount", transaction.state.authorized.count)
      writer.member("currency", transaction.currency.code)
      writer.member("status", transaction.state.status.rawValue)
      writer.member("merchant_reference", ifPresent: details.merchantReference)
      writer.member("merchant_reference_2", ifPresent: transaction.state.secondReference)
      writer.member("settlement_status", details.settlement.rawValue)
      writer.member("created_at", UTCTime(milliseconds: details.createdAt).text)
      writer.member("updated_at", UTCTime(milliseconds: details.updatedAt).text)
      writer.name("items")
      writer.array { writer in
        for (index, item) in transaction.state.lines.enumerated() {
          write(item, stored.itemDocuments[index], to: &writer)
        }
      }
      writer.name("events")
      writer.array { writer in
        for (index, event) in transaction.events.enumerated() {
          if event.isSuccessful || !hidesFailures {
            write(event, of: stored, to: &writer)
          }
          if index == 0, behaviour.addsUnknowns { writeUnknownEvent(after: event, to: &writer) }
        }
      }
      writeRest(of: stored.document, except: Self.ownMembers, to: &writer)
      writeUnknownMember(to: &writer)
    }
  }

  private static let ownMembers: Set<String> = [
    "id", "account_id", "session_id", "payment_product", "payment_product_type", "amount",
    "currency", "status", "merchant_reference", "merchant_reference_2", "settlement_status",
    "created_at", "updated_at", "items", "events",
  ]

  /// Writes the members of a kept object that are not written from the ledger.
  private func writeRest(
    of document: String?,
    except own: Set<String>,
    to writer: inout JSONWriter
  ) {
    guard let document, let node = try? JSONParser.parse(Array(document.utf8)),
      let members = try? node.members()
    else { return }
    for member in members where !own.contains(member.name) {
      writer.name(text: member.name)
      writer.value(member.node)
    }
  }
}

// MARK: - Lines and events

extension TransactionWriting {
  private static let ownItemMembers: Set<String> = [
    "line_id", "description", "quantity", "amount", "vat",
  ]

  private func write(_ item: LineItem, _ document: String?, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("line_id", item.id)
      writer.member("description", item.description)
      writer.name("quantity")
      writer.value(item.quantity.millionths, places: 6)
      writer.member("amount", item.amount.count)
      if let vat = item.vatBasisPoints {
        writer.name("vat")
        writer.value(Int64(vat), places: 2)
      }
      if document == nil { writer.member("type", ifPresent: item.kind?.rawValue) }
      writeRest(of: document, except: Self.ownItemMembers, to: &writer)
      writeUnknownMember(to: &writer)
    }
  }

  private func write(
    _ event: Event,
    of stored: StoredTransaction,
    to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("id", event.id)
      writer.member("event", event.kind.name)
      writer.member("transaction_status", event.statusAfter.rawValue)
      writer.name("success")
      writer.value(event.isSuccessful)
      if let amount = event.amount { writer.member("amount", amount.count) }
      writer.member("event_reference", ifPresent: event.reference)
      writer.member("created_at", UTCTime(milliseconds: event.createdAt).text)
      writer.member("created_by", ifPresent: event.createdBy)
      writer.member("request_id", ifPresent: event.requestID.map(requestID))
      writer.member(
        "correlation_request_id",
        ifPresent: event.correlationRequestID.map(requestID)
      )
      if !event.lines.isEmpty, behaviour.showsAcceptedItems || !event.isAcceptance {
        writer.name("items")
        writer.array { writer in
          for line in event.lines { write(line, to: &writer) }
        }
      }
      if let failure = event.failure { write(failure, to: &writer) }
      if let headers = stored.requestHeaders[event.id] {
        writer.name("request_headers")
        writer.value(written: headers.utf8)
      }
      if let correction = stored.corrections[event.id] {
        writer.name("correction")
        writer.value(written: correction.utf8)
      }
      if !event.metadata.isEmpty {
        writer.name("metadata")
        writer.object { writer in
          for (name, value) in event.metadata.sorted(by: { $0.key < $1.key }) {
            writer.name(text: name)
            writer.value(value)
          }
        }
      }
      writeUnknownMember(to: &writer)
    }
  }

  private func write(_ line: Event.Line, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("line_id", line.id)
      if let quantity = line.quantity {
        writer.name("quantity")
        writer.value(quantity.millionths, places: 6)
      }
      writer.member("amount", line.amount.count)
    }
  }

  private func write(_ failure: Event.Failure, to writer: inout JSONWriter) {
    writer.name("error")
    writer.object { writer in
      writer.member("code", ifPresent: failure.code)
      writer.member("message", failure.message)
      writer.name("type")
      writer.array { $0.value(failure.code == "DECLINED" ? "DECLINED" : "ERROR") }
      writer.name("retry_policy")
      writer.object { writer in
        writer.name("retry_codes")
        writer.array { $0.value("DO_NOT_RETRY") }
      }
    }
  }

  /// Returns a request's id in the form that was asked for.
  func requestID(_ id: String) -> String {
    guard behaviour.hasDashedRequestIDs, id.utf8.count == 32, !id.contains("-") else { return id }
    var text = ""
    for (index, digit) in id.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append("-") }
      text.append(digit)
    }
    return text
  }
}

extension Event {
  /// Whether it only says that a request was accepted.
  fileprivate var isAcceptance: Bool {
    switch kind {
    case .initiateCapture, .initiateRefund, .initiateVoid: true
    case .initialize, .authorize, .capture, .refund, .void, .settlement, .other: false
    }
  }
}

// MARK: - What no document names

extension TransactionWriting {
  private func writeUnknownMember(to writer: inout JSONWriter) {
    guard behaviour.addsUnknowns else { return }
    writer.name("simulated_unknown")
    writer.object { writer in
      writer.name("nested")
      writer.array { writer in
        writer.value(written: "1.5e3".utf8)
        writer.value(written: "null".utf8)
      }
    }
  }

  private func writeUnknownEvent(after event: Event, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", event.id + "-unknown")
      writer.member("event", "SIMULATED_UNKNOWN")
      writer.member("transaction_status", "SIMULATED_STATUS")
      writer.name("success")
      writer.value(true)
      writer.member("created_at", UTCTime(milliseconds: event.createdAt).text)
    }
  }
}
