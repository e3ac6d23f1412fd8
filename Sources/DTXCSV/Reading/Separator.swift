/// Finds the byte between the fields of a row.
enum Separator {
  static let comma = UInt8(ascii: ",")
  /// What is recognised; of equally likely ones the first is taken.
  ///
  /// Where a comma stands in numbers, spreadsheets write semicolons, so that a comma is the last.
  static let candidates = [UInt8(ascii: ";"), Byte.tab, comma]
  /// How many rows below the header are looked at where the header alone does not tell.
  private static let sampleRows = 20

  /// Returns the separator of rows that begin at an offset; a comma where there is only one column.
  ///
  /// It is a candidate that the header has outside of quotes. Of several, it is the one that gives
  /// the most rows as many fields as the header, and then the one that gives the header the most.
  /// Where the header has none, but all rows below it have, a title may stand where the names should.
  static func recognized(in bytes: Span<UInt8>, from start: Int) -> UInt8 {
    var best: (separator: UInt8, sample: Sample)?
    for separator in candidates {
      let sample = Sample(bytes, from: start, separator: separator)
      guard sample.isPossible else { continue }
      if best.map({ $0.sample.rank < sample.rank }) ?? true { best = (separator, sample) }
    }
    return best?.separator ?? comma
  }

  /// What a separator makes of the header and of the first rows below it.
  private struct Sample {
    private var columns = 0
    /// How many rows have as many fields as the header.
    private var fitting = 0
    /// Whether there are rows, and all of them have the same number of fields, which is not one.
    private var areRowsAlike = false

    init(_ bytes: Span<UInt8>, from start: Int, separator: UInt8) {
      var row = CSVRow()
      var next = row.read(bytes, from: start, separator: separator)
      columns = row.fieldCount
      var width: Int?
      for _ in 0..<sampleRows where next < bytes.count {
        next = row.read(bytes, from: next, separator: separator)
        if row.fieldCount == columns { fitting += 1 }
        areRowsAlike = row.fieldCount > 1 && row.fieldCount == width ?? row.fieldCount
        width = areRowsAlike ? row.fieldCount : 0
      }
    }

    var isPossible: Bool { columns > 1 || areRowsAlike }
    /// What is compared first, second and third.
    var rank: (Int, Int, Int) { (columns > 1 ? 1 : 0, fitting, columns) }
  }

  /// Reads a first line such as `sep=;`, by which Excel is told the separator.
  ///
  /// Excel does not show the line as a row.
  static func declared(in bytes: Span<UInt8>, at start: Int) -> (separator: UInt8, end: Int)? {
    let words = "sep=".utf8
    guard start + words.count < bytes.count else { return nil }
    for (index, letter) in words.enumerated()
    where bytes[start + index].lowercased != letter { return nil }
    let position = start + words.count
    let next = bytes.lineEndEnd(at: position + 1)
    guard next > position + 1 || position + 1 == bytes.count, !bytes[position].isLineEnd else {
      return nil
    }
    return (bytes[position], next)
  }
  /// Returns the offset behind a line that has nothing but blanks and separators; nil for others.
  ///
  /// Before the header nobody knows yet which of them is the separator.
  static func blankLineEnd(
    in bytes: Span<UInt8>,
    at start: Int,
    or declared: UInt8?
  ) -> Int? {
    var position = start
    while position < bytes.count, !bytes[position].isLineEnd {
      let byte = bytes[position]
      guard byte.isBlank || candidates.contains(byte) || byte == declared else { return nil }
      position += 1
    }
    return start < bytes.count ? bytes.lineEndEnd(at: position) : nil
  }
}
