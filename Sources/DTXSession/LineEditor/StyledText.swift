/// A piece of text and how it looks, as in a prompt.
package struct StyledText: Hashable, Sendable {
  package let text: String
  /// What stands for the text where the user's locale is not UTF-8.
  ///
  /// Without it each character outside of ASCII becomes a question mark.
  package let asciiText: String?
  package let style: TextStyle

  package init(_ text: String, _ style: TextStyle = .plain, ascii asciiText: String? = nil) {
    self.text = text
    self.asciiText = asciiText
    self.style = style
  }
}

/// Colour and weight of text, in the terms that every terminal has.
package struct TextStyle: Hashable, Sendable {
  /// A colour of the terminal's own palette; the raw value is its SGR parameter.
  ///
  /// Source: ECMA-48, 5th edition, section 8.3.117.
  package enum Color: Int, Hashable, Sendable {
    case red = 31
    case green = 32
    case yellow = 33
    case blue = 34
    case magenta = 35
    case cyan = 36
  }

  package static let plain = TextStyle()
  package static let dim = TextStyle(isDim: true)

  package var color: Color?
  package var isBold: Bool
  package var isDim: Bool

  package init(_ color: Color? = nil, isBold: Bool = false, isDim: Bool = false) {
    self.color = color
    self.isBold = isBold
    self.isDim = isDim
  }

  /// The escape sequence that sets this style, whatever was set before.
  var escapeSequence: String {
    var parameters = ["0"]
    if isBold { parameters.append("1") }
    if isDim { parameters.append("2") }
    if let color { parameters.append(String(color.rawValue)) }
    return "\u{1B}[" + parameters.joined(separator: ";") + "m"
  }
}

/// A prompt in the form libedit wants.
struct EncodedPrompt: Hashable {
  /// The text, with what takes no columns between two U+0001.
  let encoded: String
  /// The text as it is seen.
  let visible: String

  /// Encodes the pieces, without styles or without characters outside of ASCII if the terminal has
  /// none.
  ///
  /// libedit drops an escape that nothing printable follows, and joins each to the one character
  /// after it. So there is one escape before a piece, never two in a row, and a plain space at the
  /// end.
  init(_ pieces: [StyledText], isStyled: Bool, isASCII: Bool) {
    var encoded = ""
    var visible = ""
    var current = TextStyle.plain
    for piece in pieces {
      let text = Self.printable(piece, isASCII: isASCII)
      guard !text.isEmpty else { continue }
      if isStyled, piece.style != current {
        encoded += "\u{1}\(piece.style.escapeSequence)\u{1}"
        current = piece.style
      }
      encoded += text
      visible += text
    }
    if current != .plain {
      encoded += "\u{1}\(TextStyle.plain.escapeSequence)\u{1} "
      visible += " "
    } else if !visible.isEmpty, !visible.hasSuffix(" ") {
      encoded += " "
      visible += " "
    }
    self.encoded = encoded
    self.visible = visible
  }

  private static func printable(_ piece: StyledText, isASCII: Bool) -> String {
    let text = isASCII ? piece.asciiText ?? piece.text : piece.text
    let cleaned = text.removingControlCharacters()
    guard isASCII else { return cleaned }
    return String(cleaned.map { $0.isASCII ? $0 : "?" })
  }
}

extension String {
  /// Returns the text without control characters, which a terminal would obey rather than show.
  func removingControlCharacters(keepingNewlines: Bool = false) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      if !isControl || keepingNewlines && scalar == "\n" { result.append(scalar) }
    }
    return String(result)
  }
}
