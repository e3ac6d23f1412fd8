import FoundationEssentials

/// Bytes as text of 64 letters, in the form of web tokens or that of passwords in headers.
///
/// Source: RFC 4648, sections 4 and 5.
enum Base64 {
  /// Returns bytes in the form for URLs, without padding.
  static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    let text = Data(bytes).base64EncodedString()
    return String(text.prefix { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
  }

  /// Returns the bytes of a text in either form; nil for any other text.
  static func decoded(_ text: some StringProtocol) -> [UInt8]? {
    var letters = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
    while letters.last == "=" { letters.removeLast() }
    let padding = String(repeating: "=", count: (4 - letters.count % 4) % 4)
    return Data(base64Encoded: String(letters) + padding).map { Array($0) }
  }
}
