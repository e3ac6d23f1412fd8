import DTXJSON

/// What the provider says about a request that it did not carry out.
///
/// Four shapes occur, and the status alone does not tell which: the documented envelope, a bare
/// message of the gateway before the service, a page of some proxy, and nothing at all.
///
/// Shape: `{"error": {"code": String?, "message": String, "errors": [Object]?}}`, or
/// `{"error": String, "error_description": String?}`, or `{"message": String}`, or any other text.
/// Source: Dintero's documentation of errors; its plugins for WooCommerce and nopCommerce, which
/// read the bare message.
struct ErrorBody: Hashable, Sendable {
  var code: String?
  /// What the provider wrote, in one line; a few words of our own where it wrote nothing.
  var message: String

  init(_ response: HTTPResponse) {
    if let node = try? JSONParser.parse(response.body), let body = Self.read(node) {
      self = body
    } else {
      message = Self.gist(of: response.body)
    }
    code = code.map { PlainText.line($0, upTo: DinteroLimits.messageCharacterCount) }
    message = PlainText.line(message, upTo: DinteroLimits.messageCharacterCount)
    if message.isEmpty { message = "no explanation was given" }
  }

  private init(code: String? = nil, message: String) {
    self.code = code
    self.message = message
  }

  private static func read(_ node: JSONNode) -> ErrorBody? {
    guard let error = node["error"] else {
      return node["message"]?.string.map { ErrorBody(message: $0) }
    }
    if let word = error.string {
      return ErrorBody(code: word, message: node["error_description"]?.string ?? word)
    }
    guard let message = error["message"]?.string ?? node["message"]?.string else { return nil }
    // Validation errors have no documented shape; what reads as a message is shown.
    let details = (error["errors"]?.array ?? []).compactMap { $0["message"]?.string }
    return ErrorBody(
      code: error["code"]?.string,
      message: ([message] + details.filter { $0 != message }).joined(separator: "; ")
    )
  }

  /// Returns what a body that is no JSON says: the title of a page, or the text itself.
  private static func gist(of body: [UInt8]) -> String {
    guard body.contains(UInt8(ascii: "<")) else { return String(decoding: body, as: UTF8.self) }
    // Small letters alone, byte by byte, so that every place stays where it was.
    let lowered = body.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard let start = lowered.firstRange(of: Array("<title>".utf8)),
      let end = lowered[start.upperBound...].firstRange(of: Array("</title>".utf8))
    else { return "a page without a title instead of an answer" }
    return String(decoding: body[start.upperBound..<end.lowerBound], as: UTF8.self)
  }
}

extension HTTPResponse {
  /// Whether the body is a text for people's eyes, as proxies send them, and no JSON.
  var isPage: Bool { !body.isEmpty && (try? JSONParser.parse(body)) == nil }
}

/// Text from outside, made fit to stand in a sentence on a terminal.
enum PlainText {
  /// Returns a text in one line, without control characters and cut to a length.
  static func line(_ text: String, upTo limit: Int) -> String {
    var line = ""
    var count = 0
    for scalar in text.unicodeScalars {
      let isBlank = scalar == " " || scalar.properties.isWhitespace
      let isHidden = [.control, .format, .lineSeparator, .paragraphSeparator, .surrogate]
        .contains(scalar.properties.generalCategory)
      if isBlank || isHidden {
        if !line.isEmpty, line.last != " " { line.append(" ") }
        continue
      }
      guard count < limit else { return line + "…" }
      line.unicodeScalars.append(scalar)
      count += 1
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
