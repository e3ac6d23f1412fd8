import DTXExecution
import DTXJSON
import DTXLedger

/// An entry as its row has it.
struct EncodedEntry: Sendable {
  let kind: JournalRecord.Kind
  var step: Int64?
  var transaction: String?
  let payload: [UInt8]
}

/// Entries as canonical JSON.
///
/// The form is part of the chain: what was written must be written the same way for ever. A new
/// fact gets a new member at the end.
enum EntryEncoding {
  /// Returns the payload of a run's first entry.
  static func payload(of run: RunRecord, planBytesDigest: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("startedAt", run.startedAt)
      writer.member("person", run.person)
      writer.member("profile", run.profile)
      writer.member("account", run.account.text)
      writer.member("script", run.script)
      writer.member("scriptDigest", run.scriptDigest)
      writer.member("planDigest", run.planDigest)
      writer.member("planBytesDigest", planBytesDigest)
      writer.member("operations", Int64(run.operationCount))
      guard !run.approvers.isEmpty else { return }
      writer.name("approvers")
      writer.array { writer in
        for approver in run.approvers { writer.value(approver) }
      }
    }
    return writer.bytes
  }

  /// Returns an entry as its row has it.
  ///
  /// - Throws: `.unknownRun` when the entry names another run than the one it is appended to.
  static func encode(_ entry: JournalEntry, of run: RunID) throws(JournalError) -> EncodedEntry {
    switch entry {
    case .intended(let request, let knownEvents):
      EncodedEntry(
        kind: .intended,
        step: try step(of: request.id, in: run),
        transaction: request.transaction.text,
        payload: payload(of: request, knownEvents: knownEvents)
      )
    case .sent(let id):
      EncodedEntry(kind: .sent, step: try step(of: id, in: run), payload: Array("{}".utf8))
    case .outcome(let id, let outcome):
      EncodedEntry(kind: .outcome, step: try step(of: id, in: run), payload: payload(of: outcome))
    case .ended(let summary):
      EncodedEntry(kind: .ended, payload: payload(of: summary))
    }
  }

  private static func step(of id: OperationID, in run: RunID) throws(JournalError) -> Int64 {
    guard id.run == run else {
      throw JournalError(.unknownRun, "operation \(id) does not belong to run \(run)")
    }
    return Int64(id.step)
  }

  private static func payload(of request: OperationRequest, knownEvents: [String]) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.name("operation")
      writer.object { writer in write(request.operation, to: &writer) }
      writer.member("reference", ifPresent: request.reference)
      writer.member("reason", ifPresent: request.reason)
      writer.member("description", ifPresent: request.description)
      if !request.metadata.isEmpty {
        writer.name("metadata")
        writer.array { writer in
          for entry in request.metadata {
            writer.object { writer in
              writer.member("name", entry.name)
              writer.member("value", entry.value)
            }
          }
        }
      }
      writer.name("known")
      writer.array { writer in
        for event in knownEvents { writer.value(event) }
      }
    }
    return writer.bytes
  }

  private static func write(_ operation: Operation, to writer: inout JSONWriter) {
    writer.member("kind", operation.kind.name)
    writer.member("amount", operation.amount.count)
    if !operation.lines.isEmpty {
      writer.name("lines")
      writer.array { writer in
        for portion in operation.lines {
          writer.object { writer in
            writer.member("line", Int64(portion.line))
            writer.member("amount", portion.amount.count)
            if let quantity = portion.quantity { writer.member("quantity", quantity.millionths) }
          }
        }
      }
    }
    writer.member("final", ifTrue: operation.isFinal)
    writer.member("remainder", ifTrue: operation.isRemainder)
    if !operation.items.isEmpty {
      writer.name("items")
      writer.array { writer in
        for item in operation.items {
          writer.object { writer in write(item, to: &writer) }
        }
      }
    }
    writer.member("text", ifPresent: operation.text)
  }

  private static func write(_ item: LineItem, to writer: inout JSONWriter) {
    writer.member("id", item.id)
    writer.member("description", item.description)
    writer.member("quantity", item.quantity.millionths)
    writer.member("amount", item.amount.count)
    if let vat = item.vatBasisPoints { writer.member("vat", Int64(vat)) }
    writer.member("kind", ifPresent: item.kind?.rawValue)
  }

  private static func payload(of summary: RunSummary) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("done", Int64(summary.done))
      writer.member("pending", Int64(summary.pending))
      writer.member("failed", Int64(summary.failed))
      writer.member("unresolved", Int64(summary.unresolved))
      writer.member("notSent", Int64(summary.notSent))
    }
    return writer.bytes
  }
}

// MARK: - Outcomes

extension EntryEncoding {
  private static func payload(of outcome: Outcome) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      switch outcome {
      case .done(let completion):
        writer.member("outcome", "done")
        writer.member("event", ifPresent: completion.eventID)
        writer.member("request", ifPresent: completion.requestID)
        write(completion.after, named: "after", to: &writer)
        writer.member("asPredicted", ifTrue: completion.isAsPredicted)
        if let status = completion.status { writer.member("status", Int64(status)) }
      case .pending(let requestID):
        writer.member("outcome", "pending")
        writer.member("request", ifPresent: requestID)
      case .failed(let failure):
        writer.member("outcome", "failed")
        if let status = failure.status { writer.member("status", Int64(status)) }
        writer.member("code", ifPresent: failure.code)
        writer.member("message", failure.message)
        writer.member("request", ifPresent: failure.requestID)
      case .unresolved(let message):
        writer.member("outcome", "unresolved")
        writer.member("message", message)
      case .notSent(let reason):
        writer.member("outcome", "notSent")
        write(reason, to: &writer)
      }
    }
    return writer.bytes
  }

  private static func write(_ reason: Outcome.Reason, to writer: inout JSONWriter) {
    switch reason {
    case .drift(let was, let now):
      writer.member("reason", "drift")
      write(was, named: "was", to: &writer)
      write(now, named: "is", to: &writer)
    case .unreadable(let message):
      writer.member("reason", "unreadable")
      writer.member("message", message)
    case .stopped:
      writer.member("reason", "stopped")
    case .interrupted:
      writer.member("reason", "interrupted")
    case .beyondTrial:
      writer.member("reason", "beyondTrial")
    }
  }

  private static func write(
    _ balance: Balance,
    named name: StaticString,
    to writer: inout JSONWriter
  ) {
    writer.name(name)
    writer.object { writer in
      writer.member("authorized", balance.authorized.count)
      writer.member("captured", balance.captured.count)
      writer.member("refunded", balance.refunded.count)
      writer.member("voided", balance.voided.count)
      writer.member("status", balance.status.rawValue)
    }
  }
}
