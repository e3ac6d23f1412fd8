/// Finds rows that are the same as an earlier one: a table of their fingerprints, in open addressing.
///
/// The numbers of the rows are kept beside their fingerprints, eight bytes a row and half as much
/// again, because going back to the text of other rows for every row would be slow.
struct DuplicateRows {
  /// The most places looked at for one row, which bounds the work whatever the rows are.
  ///
  /// With a third of the table empty, rows that are not made to collide need less than a tenth of it.
  private static let probeLimit = 1_024

  private let fingerprints: [UInt32]
  /// The fingerprint of a row above its number plus one; 0 where there is no row.
  private var entries: [UInt64]
  /// How many places were looked at, as a measure of the work.
  private(set) var probeCount = 0

  init(fingerprints: [UInt32]) {
    self.fingerprints = fingerprints
    entries = [UInt64](repeating: 0, count: fingerprints.count + fingerprints.count / 2 + 1)
  }

  /// Adds a row and returns the earlier row that is the same, if there is one.
  ///
  /// Rows with equal fingerprints are compared by `isSame`.
  mutating func insert(_ row: Int, where isSame: (_ earlier: Int) -> Bool) -> Int? {
    let fingerprint = fingerprints[row]
    // The order of the places is the order of the fingerprints.
    var place = Int((UInt64(fingerprint) &* UInt64(entries.count)) >> 32)
    for _ in 0..<Self.probeLimit {
      probeCount += 1
      let entry = entries[place]
      guard entry != 0 else {
        entries[place] = UInt64(fingerprint) << 32 | UInt64(row + 1)
        return nil
      }
      let earlier = Int(entry & 0xFFFF_FFFF) - 1
      if entry >> 32 == UInt64(fingerprint), isSame(earlier) { return earlier }
      place = place + 1 == entries.count ? 0 : place + 1
    }
    return nil
  }
}
