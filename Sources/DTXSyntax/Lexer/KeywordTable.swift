/// Finds the keyword that a stretch of source spells, without making a string of it.
///
/// Words are packed into two integers and hashed. The table is built once and copied into each
/// parser, because a look-up in a global costs a check of its initialization each time.
struct KeywordTable {
  static let shared = KeywordTable()

  /// Longer words need not be looked at.
  static let longestCount = 12
  /// A power of two, several times the number of keywords, so that look-ups rarely collide.
  private static let slotCount = 256

  private struct Entry {
    let key: Key
    let keyword: Keyword?
  }

  /// The bytes of a word, the first in the lowest place; no two words have the same.
  private struct Key: Equatable {
    var low: UInt64 = 0
    var high: UInt64 = 0

    @inline(__always)
    mutating func append(_ byte: UInt8, at index: Int) {
      if index < 8 {
        low |= UInt64(byte) &<< UInt64(index * 8)
      } else {
        high |= UInt64(byte) &<< UInt64((index - 8) * 8)
      }
    }

    init() {}

    /// Packs the bytes of a word.
    @inline(__always)
    init(_ range: Range<Int>, in bytes: Span<UInt8>) {
      let (start, count) = (range.lowerBound, range.count)
      guard start &+ 16 <= bytes.count else {
        for index in 0..<count { append(bytes[start + index], at: index) }
        return
      }
      // What follows the word in the source is shifted out.
      low = bytes.eightBytes(at: start)
      if count < 8 {
        low &= (1 &<< UInt64(count &* 8)) &- 1
      } else if count > 8 {
        high = bytes.eightBytes(at: start &+ 8) & ((1 &<< UInt64((count &- 8) &* 8)) &- 1)
      }
    }

    /// The multiplier is 2^64 divided by the golden ratio, which spreads neighbours apart.
    @inline(__always)
    var slot: Int {
      Int(truncatingIfNeeded: ((low ^ high) &* 0x9E37_79B9_7F4A_7C15) &>> 56)
    }
  }

  private var entries = [Entry](repeating: Entry(key: Key(), keyword: nil), count: slotCount)

  private init() {
    for keyword in Keyword.allCases {
      var key = Key()
      for (index, byte) in keyword.rawValue.utf8.enumerated() { key.append(byte, at: index) }
      var slot = key.slot
      while entries[slot].keyword != nil { slot = (slot + 1) & (Self.slotCount - 1) }
      entries[slot] = Entry(key: key, keyword: keyword)
    }
  }

  /// Returns the keyword that the bytes of a word spell, if they spell one.
  func keyword(at range: SourceRange, in source: [UInt8]) -> Keyword? {
    guard range.count <= Self.longestCount else { return nil }
    let key = Key(range.bytes, in: source.span)
    var slot = key.slot
    while let keyword = entries[slot].keyword {
      if entries[slot].key == key { return keyword }
      slot = (slot + 1) & (Self.slotCount - 1)
    }
    return nil
  }
}
