/// What is remembered of the values of one column while the rows go by.
struct ColumnSurvey {
  /// How many rows have nothing in the column.
  private(set) var emptyCount = 0
  /// Whether every value that was met is made of digits.
  private var hasOnlyDigits = true
  /// The width of the values that begin with a zero; 0 before one was met.
  private var zeroWidth = 0
  private var isZeroWidthShared = true
  private var longest = 0
  /// The width of the shortest value that does not begin with a zero.
  private var shortest = Int.max

  /// The width that all values of the column had before some lost their leading zeros.
  ///
  /// It is known where all values are digits, those that begin with a zero are equally long, none is
  /// longer, and one without a zero in front is shorter. A lone `0` is a number and begins none.
  var widthOfCodes: Int? {
    hasOnlyDigits && isZeroWidthShared && longest <= zeroWidth && shortest < zeroWidth
      ? zeroWidth : nil
  }

  mutating func add(_ bytes: Span<UInt8>, _ value: Range<Int>) {
    guard !value.isEmpty else {
      emptyCount += 1
      return
    }
    guard hasOnlyDigits else { return }
    guard value.allSatisfy({ bytes[$0].isDigit }) else {
      hasOnlyDigits = false
      return
    }
    longest = max(longest, value.count)
    if bytes[value.lowerBound] == UInt8(ascii: "0"), value.count > 1 {
      isZeroWidthShared = isZeroWidthShared && (zeroWidth == 0 || zeroWidth == value.count)
      zeroWidth = value.count
    } else {
      shortest = min(shortest, value.count)
    }
  }
}
