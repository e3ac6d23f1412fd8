/// Breaks a text into lines of so many columns, between words.
///
/// Words of up to `longestWord` columns stay whole even where they stick out: an id cut in two can
/// no longer be copied. East Asian text, which has no blanks, breaks between its characters.
struct LineWrapping {
  /// The longest word that is never cut: a transaction id has 32 columns, a long reference 40.
  static let longestWord = 40

  /// Stands for a blank at which no line breaks, as inside `29990 = 299.90 NOK`.
  ///
  /// Text from elsewhere never holds it, since control characters are spelled out.
  static let glue: UInt8 = 0x01

  private let text: ArraySlice<UInt8>
  private let columns: Int
  private var lines: [Range<Int>] = []

  private var start: Int
  private var width = 0
  /// The last place in this line where it can end, and where the next one would begin.
  private var breakPlace: (end: Int, next: Int)?
  /// The columns since that place.
  private var widthSinceBreak = 0
  /// Whether the word at hand is too long to stay whole and has been cut.
  private var isCutting = false

  private init(_ text: ArraySlice<UInt8>, columns: Int) {
    self.text = text
    self.columns = columns
    start = text.startIndex
  }

  /// Returns the lines of a text as ranges of it, at least one.
  static func lines(of text: ArraySlice<UInt8>, columns: Int) -> [Range<Int>] {
    var wrapping = LineWrapping(text, columns: max(columns, 1))
    wrapping.run()
    return wrapping.lines
  }

  private mutating func run() {
    var reader = ScalarReader(text)
    var counter = ColumnCounter()
    while true {
      let place = reader.index
      guard let scalar = reader.next() else { break }
      switch scalar {
      case " ":
        noteBreak(end: place, next: reader.index)
        width += 1
      default:
        let columns = scalar.value == UInt32(Self.glue) ? 1 : counter.width(of: scalar)
        add(scalar, of: columns, at: place)
      }
    }
    appendLine(until: text.endIndex)
  }

  private mutating func add(_ scalar: Unicode.Scalar, of added: Int, at place: Int) {
    if added == 2, place > start { noteBreak(end: place, next: place) }
    if width + added > columns { breakLine(before: place) }
    width += added
    widthSinceBreak += added
  }

  private mutating func noteBreak(end: Int, next: Int) {
    isCutting = false
    // A run of blanks is one place: the line ends before the first of them.
    if let last = breakPlace, last.next == end, end < next {
      breakPlace = (last.end, next)
    } else {
      breakPlace = (end, next)
    }
    widthSinceBreak = 0
  }

  /// Makes room for the character at a place that does not fit into the line any more.
  private mutating func breakLine(before place: Int) {
    if let last = breakPlace, last.next > start {
      let kept = widthSinceBreak
      endLine(at: last.end, next: last.next)
      width = kept
      widthSinceBreak = kept
      guard width >= columns else { return }
    }
    isCutting = isCutting || wordColumns(from: start) > Self.longestWord
    if isCutting, place > start { endLine(at: place, next: place) }
  }

  private mutating func endLine(at end: Int, next: Int) {
    appendLine(until: end)
    start = next
    width = 0
    widthSinceBreak = 0
    breakPlace = nil
  }

  /// Appends a line without the blanks at its end.
  private mutating func appendLine(until end: Int) {
    var end = end
    while end > start, text[end - 1] == UInt8(ascii: " ") { end -= 1 }
    lines.append(start..<end)
  }

  /// Counts the columns of the word at an index, but no further than it takes to call it too long.
  private func wordColumns(from index: Int) -> Int {
    var reader = ScalarReader(text[index...])
    var counter = ColumnCounter()
    var columns = 0
    while columns <= Self.longestWord, let scalar = reader.next(), scalar != " " {
      columns += scalar.value == UInt32(Self.glue) ? 1 : counter.width(of: scalar)
    }
    return columns
  }
}

extension LineWrapping {
  /// Returns the columns of the widest word and of the widest line of a text.
  static func extent(of text: ArraySlice<UInt8>) -> (word: Int, line: Int) {
    var reader = ScalarReader(text)
    var counter = ColumnCounter()
    var (word, line, widestWord, widestLine) = (0, 0, 0, 0)
    while let scalar = reader.next() {
      switch scalar {
      case " ": (word, line) = (0, line + 1)
      default:
        let columns = scalar.value == UInt32(glue) ? 1 : counter.width(of: scalar)
        word = columns == 2 ? 2 : word + columns
        line += columns
      }
      widestWord = max(widestWord, word)
      widestLine = max(widestLine, line)
    }
    return (min(widestWord, longestWord), widestLine)
  }
}

extension TextBuilder {
  /// Keeps each short piece of code in backquotes on one line.
  ///
  /// A person may copy it, and a line break within it would be copied too.
  mutating func glueCode() {
    var open: Int?
    for index in bytes.indices where bytes[index] == UInt8(ascii: "`") {
      guard let start = open else {
        open = index
        continue
      }
      open = nil
      guard index - start < LineWrapping.longestWord else { continue }
      for place in start..<index where bytes[place] == UInt8(ascii: " ") {
        bytes[place] = LineWrapping.glue
      }
    }
  }

  /// Appends a line that may hold glue.
  mutating func append(wrapped line: ArraySlice<UInt8>) {
    for byte in line { append(byte: byte == LineWrapping.glue ? UInt8(ascii: " ") : byte) }
  }

  /// Appends a paragraph whose first line goes on where the builder stands.
  ///
  /// - Parameters:
  ///   - text: The words, made safe.
  ///   - column: How many columns of the first line are taken.
  ///   - indentation: Where the following lines begin.
  ///   - role: The colour of the words.
  mutating func appendParagraph(
    _ text: ArraySlice<UInt8>,
    from column: Int,
    indentation: Int,
    role: TextRole = .plain
  ) {
    guard let columns = options.columns else {
      begin(role)
      append(wrapped: text)
      end(role)
      endLine()
      return
    }
    // The first line may have less room: blanks stand for what is taken, and when not even the
    // first word fits behind them, the line ends there.
    var padded = [UInt8](repeating: UInt8(ascii: " "), count: max(column - indentation, 0))
    let taken = padded.count
    padded.append(contentsOf: text)
    let lines = LineWrapping.lines(of: padded[...], columns: columns - indentation)
    for (number, line) in lines.enumerated() {
      if number > 0 { appendBlanks(indentation) }
      begin(role)
      append(wrapped: number == 0 ? padded[line].dropFirst(taken) : padded[line])
      end(role)
      endLine()
    }
  }
}
