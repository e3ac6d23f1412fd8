package import DTXLedger

/// Numbers the transaction ids of a program: equal ids get equal numbers, in order of first use.
///
/// Ids are looked up by the bytes of the source, without making a `String`; a `String` is made once
/// for each id that is new. Open addressing over flat arrays: a hit costs one hash and one compare.
package struct TargetTable: Sendable {
  /// The ids in full, account and all, by number.
  package private(set) var ids: [TransactionID] = []

  /// `T12345678.`, which an id in the source may leave out.
  private let prefix: [UInt8]
  /// The ids' local parts, one after the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  /// For each occupied slot half of the hash above the number plus one; the count is a power of 2.
  private var slots: [UInt64]

  /// Slots at the start; they double whenever half of them are taken.
  private static let initialSlotCount = 64

  package init(account: Account, expected: Int = 0) {
    prefix = Array((account.text + ".").utf8)
    var count = Self.initialSlotCount
    while count < expected * 2 { count *= 2 }
    slots = Array(repeating: 0, count: count)
    ends.reserveCapacity(expected)
    ids.reserveCapacity(expected)
  }

  /// Returns the number of the id that a range of the source is, adding it if it is new.
  package mutating func number(of range: Range<Int>, in source: Span<UInt8>) -> Int32 {
    let id = source.extracting(range)
    let local = id.hasPrefix(prefix.span) ? id.extracting(prefix.count..<id.count) : id
    let hash = local.stableHash()
    var position = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[position] != 0 {
      let slot = slots[position]
      let number = Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1
      if slot >> 32 == hash >> 32, bytes.span.extracting(self.range(of: number)).isSame(as: local) {
        return Int32(number)
      }
      position = (position + 1) & (slots.count - 1)
    }
    slots[position] = (hash >> 32) << 32 | UInt64(ends.count + 1)
    return add(local)
  }

  /// Returns the number of an id, adding it if it is new.
  package mutating func number(of id: String) -> Int32 {
    let bytes = Array(id.utf8)
    return number(of: bytes.indices, in: bytes.span)
  }

  /// Returns an id with the account that it may leave out.
  func inFull(_ id: String) -> String {
    let account = String(decoding: prefix, as: UTF8.self)
    return id.hasPrefix(account) ? id : account + id
  }

  private mutating func add(_ local: Span<UInt8>) -> Int32 {
    var text = prefix
    for index in local.indices {
      bytes.append(local[index])
      text.append(local[index])
    }
    ends.append(UInt32(bytes.count))
    ids.append(TransactionID(String(decoding: text, as: UTF8.self)))
    if ends.count * 2 > slots.count { grow() }
    return Int32(ends.count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for number in ends.indices {
      let hash = bytes.span.extracting(range(of: number)).stableHash()
      var position = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[position] != 0 { position = (position + 1) & (slots.count - 1) }
      slots[position] = (hash >> 32) << 32 | UInt64(number + 1)
    }
  }

  private func range(of number: Int) -> Range<Int> {
    (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
  }
}

extension Span where Element == UInt8 {
  /// Eight bytes as one integer.
  @inline(__always)
  private func word(at offset: Int) -> UInt64 {
    // Sound: the load checks its bounds, and every pattern of bits is an integer.
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Returns a hash of the bytes, eight at a time; the same on every machine and in every run.
  @inline(__always)
  fileprivate func stableHash() -> UInt64 {
    var hash = StableHash()
    var offset = 0
    while offset &+ 8 <= count {
      hash.combine(Int64(bitPattern: word(at: offset)))
      offset &+= 8
    }
    var rest = UInt64(count)
    while offset < count {
      rest = rest << 8 | UInt64(self[offset])
      offset &+= 1
    }
    hash.combine(Int64(bitPattern: rest))
    return hash.value
  }

  /// Tells whether the bytes are the same, eight at a time.
  @inline(__always)
  fileprivate func isSame(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    return hasPrefix(other)
  }

  /// Tells whether the bytes begin with others, eight at a time.
  @inline(__always)
  fileprivate func hasPrefix(_ other: Span<UInt8>) -> Bool {
    guard count >= other.count else { return false }
    var offset = 0
    while offset &+ 8 <= other.count {
      if word(at: offset) != other.word(at: offset) { return false }
      offset &+= 8
    }
    while offset < other.count {
      if self[offset] != other[offset] { return false }
      offset &+= 1
    }
    return true
  }
}

/// A hash that is the same on every machine and in every run: FNV-1a of 64 bits with a final mix.
///
/// For tables and derived references, never for security.
package struct StableHash: Sendable {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  /// Takes in one byte.
  @inline(__always)
  package mutating func combine(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  /// Takes in a number.
  package mutating func combine(_ number: Int64) {
    state = (state ^ UInt64(bitPattern: number)) &* 0x9e37_79b9_7f4a_7c15
    state ^= state >> 29
  }

  /// Takes in a text and its length, so that two texts in a row are not taken for another two.
  package mutating func combine(_ text: String) {
    for byte in text.utf8 { combine(byte) }
    combine(Int64(text.utf8.count))
  }

  package var value: UInt64 {
    var mixed = state
    mixed ^= mixed >> 33
    mixed = mixed &* 0xff51_afd7_ed55_8ccd
    mixed ^= mixed >> 33
    mixed = mixed &* 0xc4ce_b9fe_1a85_ec53
    return mixed ^ (mixed >> 33)
  }
}
