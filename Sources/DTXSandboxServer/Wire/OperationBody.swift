import DTXExecution
import DTXJSON
import DTXLedger
import DTXSandbox

/// Reads what an integration sends with an operation, as the provider's schema has it.
///
/// Members that the schema does not name are passed over; a member of another kind than it says is
/// an error, and so is a text with a NUL, which ends a text in half of all programs.
///
/// Source: Dintero's Checkout API reference, the operations on a transaction.
struct OperationBody {
  private let node: JSONNode

  /// Reads a body; an absent one is an empty object where the schema demands nothing.
  ///
  /// - Throws: Where it is no JSON object.
  init(_ bytes: [UInt8], isOptional: Bool) throws(JSONError) {
    node =
      bytes.isEmpty && isOptional
      ? JSONNode(.object([]), offset: 0) : try JSONParser.parse(bytes)
    _ = try node.members()
    try Self.checkTexts(of: node)
  }

  private static func checkTexts(of node: JSONNode) throws(JSONError) {
    func check(_ text: String) throws(JSONError) {
      if text.utf8.contains(0) { throw JSONError("a text holds a NUL", at: node.offset) }
    }
    switch node.value {
    case .string(let text): try check(text)
    case .array(let elements): for element in elements { try checkTexts(of: element) }
    case .object(let members):
      for member in members {
        try check(member.name)
        try checkTexts(of: member.node)
      }
    case .null, .boolean, .number: break
    }
  }

  /// Returns the call that a body makes of an action on a transaction.
  ///
  /// - Throws: What is wrong with the body.
  func call(_ action: Route.Action, on id: TransactionID) throws(JSONError) -> SandboxCall {
    switch action {
    case .capture:
      let isFinal = try node.member("final_capture")?.boolean() ?? false
      var call = SandboxCall(id, .capture(try requiredAmount(), isFinal: isFinal))
      call.reference = try text("capture_reference")
      call.lines = try lines()
      call.metadata = try metadata()
      return call
    case .refund:
      var call = SandboxCall(id, .refund(try requiredAmount()))
      call.reference = try text("refund_reference")
      call.reason = try text("reason")
      call.lines = try lines()
      call.metadata = try metadata()
      return call
    case .void: return SandboxCall(id, .void)
    case .authorization: return try authorization(of: id)
    }
  }

  /// Returns the call that sets the second reference.
  ///
  /// - Throws: What is wrong with the body.
  func tag(of id: TransactionID) throws(JSONError) -> SandboxCall {
    SandboxCall(id, .tag(try node.required("merchant_reference_2").text()))
  }

  private func authorization(of id: TransactionID) throws(JSONError) -> SandboxCall {
    let amount = try node.member("amount").map { (node) throws(JSONError) in
      MinorUnits(try node.integer())
    }
    let isFinal = try node.member("final_authorization")?.boolean() ?? false
    var call = SandboxCall(id, .authorization(amount, try items(), isFinal: isFinal))
    call.reference = try text("reference")
    call.reason = try text("reason")
    call.description = try text("description")
    return call
  }

  /// Source: Dintero's Checkout API reference: the amount of a capture or refund has 32 bits.
  private func requiredAmount() throws(JSONError) -> MinorUnits {
    let member = try node.required("amount")
    let amount = try member.integer()
    guard Int32(exactly: amount) != nil else {
      throw JSONError("amount must be a positive integer of 32 bits", at: member.offset)
    }
    return MinorUnits(amount)
  }

  private func text(_ name: String) throws(JSONError) -> String? {
    try node.member(name)?.text()
  }

  /// Source: Dintero's Checkout API reference: `line_id` and `amount` are mandatory in each.
  private func lines() throws(JSONError) -> [Event.Line] {
    try (node.member("items")?.elements() ?? []).map { (node) throws(JSONError) in
      try Self.checkKinds(of: node)
      return Event.Line(
        id: try node.required("line_id").text(),
        amount: MinorUnits(try node.required("amount").integer()),
        quantity: try quantity(of: node)
      )
    }
  }

  private func items() throws(JSONError) -> [SandboxCall.Item] {
    try (node.member("items")?.elements() ?? []).map { (node) throws(JSONError) in
      try Self.checkKinds(of: node)
      let hasLineID = try node.member("line_id") != nil
      var line = LineItem(
        id: try node.required(hasLineID ? "line_id" : "id").text(),
        description: try node.member("description")?.text() ?? "",
        amount: MinorUnits(try node.required("amount").integer())
      )
      if let quantity = try quantity(of: node) { line.quantity = quantity }
      if let vat = try node.member("vat") {
        line.vatBasisPoints = Int32(clamping: try vat.decimal(places: 2))
      }
      if let type = try node.member("type") { line.kind = LineItem.Kind(rawValue: try type.text()) }
      var writer = JSONWriter()
      writer.value(node)
      return SandboxCall.Item(
        line: line,
        document: String(decoding: writer.bytes, as: UTF8.self)
      )
    }
  }

  /// Checks what is only passed on of a line, or not even that.
  private static func checkKinds(of item: JSONNode) throws(JSONError) {
    _ = try item.member("id")?.text()
    _ = try item.member("description")?.text()
    _ = try item.member("vat")?.decimal(places: 2)
    _ = try item.member("vat_amount")?.integer()
  }

  private func quantity(of node: JSONNode) throws(JSONError) -> Quantity? {
    guard let member = try node.member("quantity") else { return nil }
    return Quantity(millionths: try member.decimal(places: 6))
  }

  private func metadata() throws(JSONError) -> [StepExtras.Metadata] {
    try (node.member("metadata")?.members() ?? []).map { (member) throws(JSONError) in
      guard member.name.hasPrefix("ext_") else {
        throw JSONError("metadata keys must begin with ext_", at: member.node.offset)
      }
      return StepExtras.Metadata(
        name: String(member.name.dropFirst("ext_".count)),
        value: try member.node.text()
      )
    }
  }
}
