import DTXJSON
import DTXLedger

/// Reads one transaction of a seed file.
struct SeedReader {
  /// More than the provider's 22 characters, so that ids may be told apart by name.
  static let idLengthLimit = 64
  static let preauthorizationKey = "dintero_psp:preauthorization"
  /// The members that have a place of their own in the store.
  private static let storedMembers: Set<String> = [
    "id", "payment_product_type", "currency", "amount", "status", "merchant_reference",
    "merchant_reference_2", "session_id", "settlement_status", "created_at", "updated_at",
    "items", "events",
  ]

  let node: JSONNode
  let account: Account
  let environment: SandboxEnvironment
  /// What was not taken as it stands.
  private(set) var notes: [JSONError] = []

  init(node: JSONNode, account: Account, environment: SandboxEnvironment) {
    self.node = node
    self.account = account
    self.environment = environment
  }

  /// Reads the transaction.
  ///
  /// - Throws: At the place of the first mistake.
  mutating func transaction() throws(JSONError) -> SeedTransaction {
    var transaction = SeedTransaction(
      offset: node.offset,
      id: try id(),
      product: PaymentProduct(try product()),
      currency: try currency(),
      amount: try amount()
    )
    transaction.secondReference = try node.member("merchant_reference_2")?.text()
    (transaction.items, transaction.itemDocuments) = try items()
    transaction.details = try details()
    transaction.maskedCardNumber = try node.member("card")?.member("masked_pan")?.text()
    transaction.isPreauthorization =
      try node.member("metadata")?.member(Self.preauthorizationKey) != nil
    transaction.document = try document()
    try readEvents(into: &transaction)
    note(transaction)
    return transaction
  }

  private func id() throws(JSONError) -> TransactionID {
    let member = try node.required("id")
    var text = try member.text()
    if let dot = text.firstIndex(of: ".") {
      guard text[..<dot] == account.text else {
        throw JSONError("\(text) belongs to another account than \(account)", at: member.offset)
      }
      text.removeSubrange(...dot)
    }
    let isWord = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isWord, (1...Self.idLengthLimit).contains(text.utf8.count) else {
      throw JSONError(
        "an id has 1 to \(Self.idLengthLimit) letters, digits, '_' or '-' after the account",
        at: member.offset
      )
    }
    return TransactionID("\(account).\(text)")
  }

  private func product() throws(JSONError) -> String {
    if let type = try node.member("payment_product_type") { return try type.text() }
    return try node.required("payment_product").text()
  }

  private func currency() throws(JSONError) -> Currency {
    let member = try node.required("currency")
    let code = try member.text()
    guard let currency = Currency(code: code) else {
      throw JSONError("\"\(code)\" is no currency of ISO 4217", at: member.offset)
    }
    return currency
  }

  private func amount() throws(JSONError) -> MinorUnits {
    let member = try node.required("amount")
    let amount = MinorUnits(try member.integer())
    guard amount >= .zero, amount <= .largestAmount else {
      throw JSONError(
        "an amount is between 0 and \(MinorUnits.largestAmount.count)",
        at: member.offset
      )
    }
    return amount
  }

  private func items() throws(JSONError) -> ([LineItem], documents: [String: String]) {
    guard let nodes = try node.member("items")?.elements() else { return ([], [:]) }
    var documents: [String: String] = [:]
    var items: [LineItem] = []
    for node in nodes {
      let item = try Self.item(node)
      guard !item.id.isEmpty, documents[item.id] == nil else {
        throw JSONError("a line_id must be unique within the order", at: node.offset)
      }
      items.append(item)
      var writer = JSONWriter()
      writer.value(node)
      documents[item.id] = String(decoding: writer.bytes, as: UTF8.self)
    }
    return (items, documents)
  }

  private static func item(_ node: JSONNode) throws(JSONError) -> LineItem {
    // Some shops give a line no id of its own; the goods' id then stands for it.
    let hasLineID = try node.member("line_id") != nil
    var item = LineItem(
      id: try node.required(hasLineID ? "line_id" : "id").text(),
      description: try node.member("description")?.text() ?? "",
      amount: MinorUnits(try node.required("amount").integer())
    )
    if let quantity = try node.member("quantity") { item.quantity = try Self.quantity(quantity) }
    if let vat = try node.member("vat") {
      item.vatBasisPoints = Int32(clamping: try vat.decimal(places: 2))
    }
    if let kind = try node.member("type") { item.kind = LineItem.Kind(rawValue: try kind.text()) }
    return item
  }

  private static func quantity(_ node: JSONNode) throws(JSONError) -> Quantity {
    let quantity = Quantity(millionths: try node.decimal(places: Quantity.places))
    guard quantity.millionths > 0 else {
      throw JSONError("a quantity is more than 0", at: node.offset)
    }
    return quantity
  }

  private func details() throws(JSONError) -> Transaction.Details {
    var details = Transaction.Details()
    details.merchantReference = try node.member("merchant_reference")?.text()
    details.sessionID = try node.member("session_id")?.text()
    if let settlement = try node.member("settlement_status") {
      guard let known = SettlementStatus(rawValue: try settlement.text()) else {
        throw JSONError("an unknown settlement status", at: settlement.offset)
      }
      details.settlement = known
    }
    details.createdAt = try time("created_at", of: node) ?? environment.now()
    details.customer = try customer()
    if let store = try node.member("store") {
      details.store = try name(ofStore: store)
    }
    return details
  }

  /// Returns a store's name or, without one, its id.
  private func name(ofStore store: JSONNode) throws(JSONError) -> String? {
    if case .string(let name) = store.value { return name }
    if let name = try store.member("name") { return try name.text() }
    return try store.member("id")?.text()
  }

  /// Returns the customer's name or, without one, the e-mail address.
  private func customer() throws(JSONError) -> String? {
    if let address = try node.member("billing_address") {
      let names = [
        try address.member("first_name")?.text(), try address.member("last_name")?.text(),
      ]
      let name = names.compactMap(\.self).joined(separator: " ")
      if !name.isEmpty { return name }
    }
    return try node.member("customer")?.member("email")?.text()
  }

  private func document() throws(JSONError) -> [UInt8] {
    let members = try node.members().filter { !Self.storedMembers.contains($0.name) }
    var writer = JSONWriter()
    writer.value(JSONNode(.object(members), offset: node.offset))
    return writer.bytes
  }

  /// Compares what the file says with what its events add up to.
  private mutating func note(_ transaction: SeedTransaction) {
    let state = transaction.state
    if case .string(let status) = try? node.member("status")?.value,
      status != state.status.rawValue
    {
      notes.append(
        JSONError(
          "\(transaction.id) is \(status) in the file, \(state.status.rawValue) by its events; "
            + "the events count",
          at: transaction.offset
        )
      )
    }
    if !state.isConsistent {
      notes.append(
        JSONError(
          "the events of \(transaction.id) contradict its amount; every operation will be refused",
          at: transaction.offset
        )
      )
    }
    let sum = transaction.items.reduce(MinorUnits?(.zero)) { $0?.adding($1.amount) }
    if !transaction.items.isEmpty, sum != transaction.amount {
      notes.append(
        JSONError(
          "the items of \(transaction.id) do not add up to its amount",
          at: transaction.offset
        )
      )
    }
  }
}
