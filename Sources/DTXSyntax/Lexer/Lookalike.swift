/// A character that word processors, spreadsheets and web pages put in the place of a plain one.
package enum Lookalike: Hashable, Sendable {
  case blank
  case doubleQuote
  case singleQuote
  case dash
  case multiplication
  /// A character without width, which nobody can see.
  case invisible
  case and, or, not

  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: self = .blank
    case 0xAB, 0xBB, 0x201C...0x201F, 0x2033, 0xFF02: self = .doubleQuote
    case 0x27, 0x60, 0xB4, 0x2018...0x201B, 0x2032: self = .singleQuote
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: self = .dash
    case 0xD7: self = .multiplication
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: self = .invisible
    case 0x21: self = .not
    default: return nil
    }
  }

  /// What to write instead.
  var replacement: String {
    switch self {
    case .blank: " "
    case .doubleQuote, .singleQuote: "\""
    case .dash: "-"
    case .multiplication: "*"
    case .invisible: ""
    case .and: "and"
    case .or: "or"
    case .not: "not "
    }
  }
}
