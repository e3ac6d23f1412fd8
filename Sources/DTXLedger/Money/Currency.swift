/// A currency of ISO 4217: its three letters and how many decimals an amount in it has.
///
/// Four bytes, trivially copied, so that it can stand in every row of a table. Only codes that
/// have a number of decimals exist as values: the codes of metals, of testing and of "no currency"
/// have none, and an amount in them can't be written.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
  /// How many letters a code has.
  package static let codeLength = 3

  private let first: UInt8
  private let second: UInt8
  private let third: UInt8
  private let decimalCount: UInt8

  /// Makes the currency of a code in capitals; nil for a code that is unknown or has no decimals.
  package init?(code: String) {
    var letters = code.utf8.makeIterator()
    guard let first = letters.next(), let second = letters.next(), let third = letters.next(),
      letters.next() == nil
    else { return nil }
    self.init(first, second, third)
  }

  /// Makes the currency of a code in capitals, as bytes of a source; nil for any other bytes.
  package init?(_ bytes: Span<UInt8>) {
    guard bytes.count == Self.codeLength else { return nil }
    self.init(bytes[0], bytes[1], bytes[2])
  }

  /// Makes the currency of three letters in capitals; nil for a code that is unknown.
  package init?(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    let wanted = Self.key(first, second, third)
    let table = Self.all
    var low = 0
    var high = table.count
    while low < high {
      let middle = (low + high) / 2
      if table[middle].key < wanted { low = middle + 1 } else { high = middle }
    }
    guard low < table.count, table[low].key == wanted else { return nil }
    self = table[low]
  }

  /// Makes an entry of the table.
  init(_ first: UInt8, _ second: UInt8, _ third: UInt8, decimals: UInt8) {
    self.first = first
    self.second = second
    self.third = third
    decimalCount = decimals
  }

  /// The three letters, in capitals.
  package var code: String { String(decoding: [first, second, third], as: UTF8.self) }

  /// How many decimals an amount in major units has: 2 for NOK, 0 for JPY, 3 for KWD, 4 for CLF.
  package var decimals: Int { Int(decimalCount) }

  /// How many minor units are one major unit: 10 to the power of `decimals`.
  package var unitsPerMajor: Int64 {
    var units: Int64 = 1
    for _ in 0..<decimalCount { units *= 10 }
    return units
  }

  package var description: String { code }

  /// The letters as one number, in alphabetical order.
  private var key: UInt32 { Self.key(first, second, third) }

  private static func key(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt32 {
    UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
  }
}
