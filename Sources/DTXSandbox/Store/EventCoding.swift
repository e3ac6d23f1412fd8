import DTXJSON
import DTXLedger

/// Parts of events as JSON, in the provider's own form.
enum EventCoding {
  /// Returns the lines of an event; nil where it has none.
  ///
  /// Shape: `[{"line_id": String, "quantity": Number?, "amount": Int}]`.
  static func json(of lines: [Event.Line]) -> String? {
    guard !lines.isEmpty else { return nil }
    var writer = JSONWriter()
    writer.array { writer in
      for line in lines {
        writer.object { writer in
          writer.member("line_id", line.id)
          if let quantity = line.quantity {
            writer.name("quantity")
            writer.value(quantity.millionths, places: Quantity.places)
          }
          writer.member("amount", line.amount.count)
        }
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Returns the rarer members of an event; nil where it has none of them.
  ///
  /// Shape: `{"error": {"code": String?, "message": String}?, "correction": {"event_ids":
  /// [String]}?, "metadata": {String: String}?}`.
  static func document(of event: Event) -> String? {
    if event.failure == nil, event.correctedBy.isEmpty, event.metadata.isEmpty { return nil }
    var writer = JSONWriter()
    writer.object { writer in
      if let failure = event.failure {
        writer.name("error")
        writer.object { writer in
          writer.member("code", ifPresent: failure.code)
          writer.member("message", failure.message)
        }
      }
      if !event.correctedBy.isEmpty {
        writer.name("correction")
        writer.object { writer in
          writer.name("event_ids")
          writer.array { writer in
            for id in event.correctedBy { writer.value(id) }
          }
        }
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
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Reads the lines of an event.
  ///
  /// - Throws: At the place of the first mistake.
  static func lines(_ node: JSONNode) throws(JSONError) -> [Event.Line] {
    try node.elements().map { (node) throws(JSONError) in
      Event.Line(
        id: try node.required("line_id").text(),
        amount: MinorUnits(try node.required("amount").integer()),
        quantity: try node.member("quantity").map { (node) throws(JSONError) in
          Quantity(millionths: try node.decimal(places: Quantity.places))
        }
      )
    }
  }

  /// Reads the rarer members of an event into it.
  ///
  /// - Throws: At the place of the first mistake.
  static func readDocument(_ node: JSONNode, into event: inout Event) throws(JSONError) {
    if let error = try node.member("error") {
      event.failure = Event.Failure(
        code: try error.member("code")?.text(),
        message: try error.required("message").text()
      )
    }
    if let correction = try node.member("correction") {
      event.correctedBy =
        try correction.member("event_ids")?.elements().map { (node) throws(JSONError) in
          try node.text()
        } ?? []
    }
    for member in try node.member("metadata")?.members() ?? [] {
      // Values that are no strings are kept as they are written.
      if case .string(let text) = member.node.value {
        event.metadata[member.name] = text
      } else {
        var writer = JSONWriter()
        writer.value(member.node)
        event.metadata[member.name] = String(decoding: writer.bytes, as: UTF8.self)
      }
    }
  }
}

extension Quantity {
  /// How many decimals a quantity may have.
  static let places = 6
}
