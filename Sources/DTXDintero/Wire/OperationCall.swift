import DTXExecution
import DTXJSON
import DTXLedger

/// One operation as the provider wants it: which method, which path, which body.
///
/// An amount is always sent, also of a full capture, and a reference wherever the provider takes
/// one, because it is what an operation is recognised by when no answer comes.
///
/// Source: Dintero's payments reference, the operations on a transaction.
struct OperationCall: Sendable {
  let method: HTTPRequest.Method
  /// What stands behind the transaction's own path.
  let action: String
  /// Nil where the provider takes no body: a void is not even given an empty object.
  let body: [UInt8]?
  /// Whether the call takes the headers that name the system which makes it.
  let takesSystemHeaders: Bool

  /// Makes the call of an operation.
  ///
  /// - Parameters:
  ///   - request: What is asked for.
  ///   - current: The transaction as the provider shows it, for an operation that sends its lines
  ///     back (`needsCurrent`).
  init(_ request: OperationRequest, current: JSONNode?) {
    let kind = request.operation.kind
    method = kind == .tag ? .put : .post
    (action, takesSystemHeaders) =
      switch kind {
      case .capture: ("/capture", true)
      case .refund: ("/refund", true)
      case .void: ("/void", true)
      case .adjust, .extend, .authorize: ("/authorization", false)
      case .tag: ("", false)
      }
    guard kind != .void else {
      body = nil
      return
    }
    var writer = JSONWriter()
    writer.object { writer in
      switch kind {
      case .capture: Self.writeCapture(request, to: &writer)
      case .refund: Self.writeRefund(request, to: &writer)
      case .adjust: Self.writeAdjustment(request, current, to: &writer)
      case .extend: Self.writeExtension(request, to: &writer)
      case .authorize: Self.writeAmount(of: request, to: &writer)
      case .tag: writer.member("merchant_reference_2", request.operation.text ?? "")
      case .void: break
      }
    }
    body = writer.bytes
  }

  /// Whether an operation sends lines back, with everything that the provider knows of them.
  static func needsCurrent(_ request: OperationRequest) -> Bool {
    request.operation.kind == .adjust
  }
}

// MARK: - Bodies

extension OperationCall {
  private static func writeCapture(_ request: OperationRequest, to writer: inout JSONWriter) {
    writer.member("amount", request.operation.amount.count)
    writer.member("capture_reference", ifPresent: request.reference)
    writer.member("final_capture", ifTrue: request.operation.isFinal)
    writeLines(request.lines, to: &writer)
    writeMetadata(request.metadata, to: &writer)
  }

  private static func writeRefund(_ request: OperationRequest, to writer: inout JSONWriter) {
    writer.member("amount", request.operation.amount.count)
    writer.member("refund_reference", ifPresent: request.reference)
    writer.member("reason", ifPresent: request.reason)
    writeLines(request.lines, to: &writer)
    writeMetadata(request.metadata, to: &writer)
  }

  /// What is said to lengthen an authorization without a reason: the provider demands one.
  private static let extensionReason = "extended by the merchant"

  private static func writeExtension(_ request: OperationRequest, to writer: inout JSONWriter) {
    writer.member("reason", request.reason ?? extensionReason)
    writer.member("reference", ifPresent: request.reference)
  }

  /// Writes the amount to check an order against, where one was given.
  private static func writeAmount(of request: OperationRequest, to writer: inout JSONWriter) {
    guard request.operation.amount > .zero else { return }
    writer.member("amount", request.operation.amount.count)
  }

  private static func writeLines(_ lines: [Event.Line], to writer: inout JSONWriter) {
    guard !lines.isEmpty else { return }
    writer.name("items")
    writer.array { writer in
      for line in lines {
        writer.object { writer in
          writer.member("line_id", line.id)
          if let quantity = line.quantity { write(quantity, to: &writer) }
          writer.member("amount", line.amount.count)
        }
      }
    }
  }

  private static func writeMetadata(
    _ metadata: [StepExtras.Metadata],
    to writer: inout JSONWriter
  ) {
    guard !metadata.isEmpty else { return }
    writer.name("metadata")
    writer.object { writer in
      for entry in metadata {
        writer.name(text: "ext_" + entry.name)
        writer.value(entry.value)
      }
    }
  }

  private static func write(_ quantity: Quantity, to writer: inout JSONWriter) {
    writer.name("quantity")
    writer.value(quantity.millionths, places: 6)
  }
}

// MARK: - Adjustments

extension OperationCall {
  private static func writeAdjustment(
    _ request: OperationRequest,
    _ current: JSONNode?,
    to writer: inout JSONWriter
  ) {
    writer.member("amount", request.operation.amount.count)
    // Without the word, an authorization that is to be locked would stay open, and the provider
    // does not say what its absence means for one that is to stay open.
    if current?["payment_product"]?.string == "dintero_psp" {
      writer.name("final_authorization")
      writer.value(request.operation.isFinal)
    }
    writer.member("reference", ifPresent: request.reference)
    writer.member("reason", ifPresent: request.reason)
    writer.member("description", ifPresent: request.description)
    guard !request.operation.items.isEmpty else { return }
    let shown = current?["items"]?.array ?? []
    writer.name("items")
    writer.array { writer in
      for item in request.operation.items {
        let before = shown.first { ($0["line_id"] ?? $0["id"])?.name == item.id }
        writer.object { writer in write(item, before: before, to: &writer) }
      }
    }
  }

  /// What of a line is written from the ledger, or read-only, or no longer true of a changed line.
  private static let ownMembers: Set<String> = [
    "line_id", "description", "quantity", "amount", "vat", "version",
  ]
  /// What only holds while the line's amount does.
  private static let derivedMembers: Set<String> = [
    "vat_amount", "gross_amount", "discount_lines", "is_changed", "splits",
  ]

  /// Writes a line of a new list, with everything that the provider shows of it and that stays.
  ///
  /// The list replaces the one there: a line's article number or picture that is not sent is gone.
  private static func write(_ item: LineItem, before: JSONNode?, to writer: inout JSONWriter) {
    writer.member("line_id", item.id)
    writer.member("description", item.description)
    write(item.quantity, to: &writer)
    writer.member("amount", item.amount.count)
    if let vat = item.vatBasisPoints {
      writer.name("vat")
      writer.value(Int64(vat), places: 2)
    }
    guard let before, case .object(let members) = before.value else {
      writer.member("type", ifPresent: item.kind?.rawValue)
      return
    }
    let isSameAmount =
      before["amount"]?.wholeNumber == item.amount.count
      && before["vat"]?.units(places: 2) == item.vatBasisPoints.map(Int64.init)
    for member in members where !ownMembers.contains(member.name) && member.node.value != .null {
      if !isSameAmount, derivedMembers.contains(member.name) { continue }
      writer.name(text: member.name)
      writer.value(member.node)
    }
  }
}
