/// Why a text is no amount in major units of a currency.
///
/// The cases stand in the order in which they are checked.
package enum MajorUnitsError: Error, Hashable, Sendable {
  /// Something other than digits with at most one point between them.
  case notANumber
  /// The currency has another number of decimals than the text.
  case wrongDecimals(found: Int, expected: Int)
  /// More than `MinorUnits.largestAmount`, in either direction.
  case tooLarge
}

extension MinorUnits {
  /// Reads an amount in major units, which must have exactly the currency's decimals.
  ///
  ///     amount → "-"? digits ("." digit+)?
  ///     digits → digit ("_"? digit)*
  ///
  /// "299.90" is 29 990 in NOK, "300" is an error there and 300 in JPY.
  ///
  /// - Throws: The first `MajorUnitsError` that applies.
  package init(
    majorUnits digits: Span<UInt8>,
    in currency: Currency
  ) throws(MajorUnitsError) {
    var reader = MajorUnitsReader()
    for index in digits.indices {
      guard reader.read(digits[index]) else { throw .notANumber }
    }
    self = try reader.finish(decimals: currency.decimals)
  }

  /// Reads an amount in major units from a text; otherwise as from bytes.
  ///
  /// - Throws: The first `MajorUnitsError` that applies.
  package init(majorUnits text: String, in currency: Currency) throws(MajorUnitsError) {
    var reader = MajorUnitsReader()
    for byte in text.utf8 {
      guard reader.read(byte) else { throw .notANumber }
    }
    self = try reader.finish(decimals: currency.decimals)
  }

  /// Returns the amount in major units, with the currency's decimals and no separators.
  ///
  /// 29 990 is "299.90" in NOK, "29990" in JPY and "29.990" in KWD; -5 is "-0.05" in NOK.
  package func majorUnits(in currency: Currency) -> String {
    var bytes: [UInt8] = []
    appendMajorUnits(in: currency, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `majorUnits(in:)` returns to bytes, for writers of many amounts.
  package func appendMajorUnits(in currency: Currency, to bytes: inout [UInt8]) {
    if count < 0 { bytes.append(UInt8(ascii: "-")) }
    let units = count.magnitude
    let scale = UInt64(currency.unitsPerMajor)
    Self.appendDigits(units / scale, to: &bytes)
    guard currency.decimals > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var divisor = scale / 10
    var rest = units % scale
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  private static func appendDigits(_ number: UInt64, to bytes: inout [UInt8]) {
    var divisor: UInt64 = 1
    while number / divisor >= 10 { divisor *= 10 }
    var rest = number
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}

/// Takes an amount in major units byte by byte, without a limit on its length.
private struct MajorUnitsReader {
  private var units: Int64 = 0
  private var isNegative = false
  private var isTooLarge = false
  private var isAtStart = true
  private var hasPoint = false
  private var decimals = 0
  /// Whether the byte before was a digit, so that "_", "." or the end may follow.
  private var followsDigit = false

  /// Takes one byte; false means that no amount has it in this place.
  mutating func read(_ byte: UInt8) -> Bool {
    defer { isAtStart = false }
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      add(digit: Int64(byte - UInt8(ascii: "0")))
    case UInt8(ascii: "-") where isAtStart:
      isNegative = true
    case UInt8(ascii: ".") where followsDigit && !hasPoint:
      hasPoint = true
      followsDigit = false
    case UInt8(ascii: "_") where followsDigit && !hasPoint:
      followsDigit = false
    default:
      return false
    }
    return true
  }

  /// Returns the amount, if the currency has so many decimals.
  func finish(decimals expected: Int) throws(MajorUnitsError) -> MinorUnits {
    guard followsDigit else { throw .notANumber }
    guard decimals == expected else {
      throw .wrongDecimals(found: decimals, expected: expected)
    }
    guard !isTooLarge else { throw .tooLarge }
    return MinorUnits(isNegative ? -units : units)
  }

  private mutating func add(digit: Int64) {
    followsDigit = true
    if hasPoint { decimals += 1 }
    // Once too large it stays so, and the sum is left alone: below the limit, ten times and a
    // digit can't overflow.
    guard !isTooLarge else { return }
    units = units * 10 + digit
    isTooLarge = units > MinorUnits.largestAmount.count
  }
}
