/// Numbers found by a hash: the steps and events that an operation may be equal to.
///
/// Open addressing over one flat array of 8-byte slots, the upper half of a hash beside each
/// number, so that nearly every slot that does not match is passed over without looking further.
/// Nothing is ever removed. Equality is for the caller to tell: a hash finds candidates.
struct RepetitionTable: Sendable {
  /// Where a search stands.
  struct Cursor {
    fileprivate var position: Int
    fileprivate let tag: UInt32
  }

  /// How many slots were looked at so far, which is how tests tell linear from quadratic.
  private(set) var probeCount = 0
  private var slots = Array(repeating: Self.emptySlot, count: 1 << Self.smallestSizeBits)
  private var sizeBits = Self.smallestSizeBits
  private var count = 0

  /// A number that no entry has.
  private static let emptySlot = UInt64(UInt32(bitPattern: .min))
  private static let smallestSizeBits = 4

  /// Makes room for so many entries.
  mutating func reserve(_ entries: Int) {
    while Self.capacity(sizeBits: sizeBits) < entries { grow() }
  }

  // The functions of a search are inlined into the builder's, where most of its time is spent.

  /// Starts a search for the entries under a hash.
  @inline(__always)
  func cursor(for hash: UInt64) -> Cursor {
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    return Cursor(position: home(of: tag), tag: tag)
  }

  /// Returns the next entry under the hash, or nil when there are no more.
  @inline(__always)
  mutating func next(_ cursor: inout Cursor) -> Int32? {
    while true {
      probeCount += 1
      let slot = slots[cursor.position]
      if slot == Self.emptySlot { return nil }
      cursor.position = (cursor.position + 1) & (slots.count - 1)
      if UInt32(truncatingIfNeeded: slot >> 32) == cursor.tag { return Self.entry(of: slot) }
    }
  }

  /// Adds an entry where a search has found no more; nothing was added since.
  @inline(__always)
  mutating func insert(_ entry: Int32, at cursor: Cursor) {
    let slot = Self.slot(tag: cursor.tag, entry: entry)
    count += 1
    if count <= Self.capacity(sizeBits: sizeBits) {
      slots[cursor.position] = slot
    } else {
      grow()
      place(slot)
    }
  }

  /// Replaces the entry that a search has just returned.
  mutating func replace(at cursor: Cursor, with entry: Int32) {
    let position = (cursor.position - 1) & (slots.count - 1)
    slots[position] = Self.slot(tag: cursor.tag, entry: entry)
  }
}

extension RepetitionTable {
  /// Three quarters of the slots, beyond which searches get long.
  @inline(__always)
  private static func capacity(sizeBits: Int) -> Int { (1 << sizeBits) / 4 * 3 }

  @inline(__always)
  private static func slot(tag: UInt32, entry: Int32) -> UInt64 {
    UInt64(tag) << 32 | UInt64(UInt32(bitPattern: entry))
  }

  @inline(__always)
  private static func entry(of slot: UInt64) -> Int32 {
    Int32(bitPattern: UInt32(truncatingIfNeeded: slot))
  }

  /// The slot where a search starts: the upper bits of the tag, so that growing keeps the order.
  @inline(__always)
  private func home(of tag: UInt32) -> Int { Int(tag >> UInt32(32 - sizeBits)) }

  private mutating func place(_ slot: UInt64) {
    var position = home(of: UInt32(truncatingIfNeeded: slot >> 32))
    while slots[position] != Self.emptySlot {
      probeCount += 1
      position = (position + 1) & (slots.count - 1)
    }
    slots[position] = slot
  }

  private mutating func grow() {
    let old = slots
    sizeBits += 1
    slots = Array(repeating: Self.emptySlot, count: 1 << sizeBits)
    for slot in old where slot != Self.emptySlot { place(slot) }
  }
}
