/// The statement in which the cursor stands, taken apart as far as it is written.
struct TypedStatement: Hashable {
  /// The whole words before the cursor; a string is one word, quotes and all.
  private(set) var words: [String] = []
  /// The word that is being typed, perhaps with the quote that opens it; empty after a blank.
  private(set) var word = ""
  /// The words before the block that the statement stands in; nil outside of any block.
  private(set) var opening: [String]?

  var isString: Bool { word.utf8.first == UInt8(ascii: "\"") }

  /// What stands among the words for a block that was closed.
  static let block = "{}"

  /// Reads the text before the cursor; nil inside a comment, where anything may stand.
  init?(before cursor: Int, in text: String) {
    var reader = Reader()
    for byte in text.utf8.prefix(cursor) { reader.take(byte) }
    guard reader.mode != .comment else { return nil }
    words = reader.words
    word = String(decoding: reader.word, as: UTF8.self)
    opening = reader.openings.last
  }

  /// Passes over the bytes as the lexer does, without ever failing.
  private struct Reader {
    enum Mode { case words, string, comment }

    var mode = Mode.words
    var words: [String] = []
    var word: [UInt8] = []
    var openings: [[String]] = []
    private var isEscaped = false
    private var isContinued = false

    mutating func take(_ byte: UInt8) {
      switch mode {
      case .comment: if byte == UInt8(ascii: "\n") { endLine() }
      case .string: takeInString(byte)
      case .words: takeInWords(byte)
      }
    }

    private mutating func takeInString(_ byte: UInt8) {
      // A string ends with its line, whether or not it was closed.
      guard byte != UInt8(ascii: "\n") else { return endLine() }
      word.append(byte)
      if !isEscaped, byte == UInt8(ascii: "\"") {
        mode = .words
        endWord()
      }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }

    private mutating func takeInWords(_ byte: UInt8) {
      let wasContinued = isContinued
      isContinued = false
      switch byte {
      case UInt8(ascii: "\n"):
        if wasContinued { endWord() } else { endLine() }
      case UInt8(ascii: "\\"):
        endWord()
        isContinued = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"):
        isContinued = wasContinued
        endWord()
      case UInt8(ascii: ";"): endStatement()
      case UInt8(ascii: "#"):
        endWord()
        mode = .comment
      case UInt8(ascii: "{"):
        endWord()
        openings.append(words)
        words = []
      case UInt8(ascii: "}"):
        // What stands behind the block goes on with the statement that has it.
        word = []
        words = openings.popLast().map { $0 + [TypedStatement.block] } ?? []
      case UInt8(ascii: "\""):
        endWord()
        word = [byte]
        mode = .string
        isEscaped = false
      default: word.append(byte)
      }
    }

    private mutating func endWord() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word = []
    }

    private mutating func endStatement() { (words, word) = ([], []) }

    private mutating func endLine() {
      (mode, isEscaped) = (.words, false)
      endStatement()
    }
  }
}
