/// Whether what stands in the line is a whole text or waits for more.
package enum SessionInput {
  /// Returns false inside brackets and after a line continuation; Enter then adds a line.
  ///
  /// Strings and comments are passed over as the lexer passes over them. A bracket that nothing
  /// opened is a mistake for the parser to report, not a reason to wait.
  package static func isComplete(_ text: String) -> Bool {
    var depth = 0
    var isInString = false
    var isInComment = false
    var isEscaped = false
    var last: UInt8 = 0
    for byte in text.utf8 {
      defer { last = byte }
      if byte == UInt8(ascii: "\n") {
        // A string ends with its line, whether or not it was closed.
        (isInString, isInComment, isEscaped) = (false, false, false)
      } else if isInComment {
        continue
      } else if isInString {
        if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "#"): isInComment = true
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
        default: break
        }
      }
    }
    return depth == 0 && (last != UInt8(ascii: "\\") || isInComment || isInString)
  }
}
