/// Many short texts in one buffer, found by number.
package struct TextPool: Hashable, Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  package init() {}

  /// The most bytes that all texts can have together: what a 32-bit end can say.
  package static let byteLimit = Int(UInt32.max)

  /// How many bytes all texts have together; one that would pass `byteLimit` must not be added.
  package var byteCount: Int { bytes.count }

  package var count: Int { ends.count }

  /// Adds a text and returns its number.
  package mutating func append(_ text: Span<UInt8>) -> Int32 {
    // Sound: the buffer lives as long as the span, and is only copied from. Byte by byte, this
    // was the dearest part of adding a step.
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    ends.append(UInt32(bytes.count))
    return Int32(ends.count - 1)
  }

  /// Adds a text and returns its number.
  package mutating func append(_ text: String) -> Int32 {
    bytes.append(contentsOf: text.utf8)
    ends.append(UInt32(bytes.count))
    return Int32(ends.count - 1)
  }

  /// Makes room for so many texts of so many bytes in all.
  package mutating func reserve(texts: Int, bytes count: Int) {
    ends.reserveCapacity(texts)
    bytes.reserveCapacity(count)
  }

  package subscript(index: Int32) -> String {
    String(decoding: bytes[range(of: index)], as: UTF8.self)
  }

  /// Tells whether a text is the same, byte for byte, without making a `String`.
  package func isEqual(_ index: Int32, to text: Span<UInt8>) -> Bool {
    let range = range(of: index)
    guard range.count == text.count else { return false }
    for offset in text.indices where bytes[range.lowerBound + offset] != text[offset] {
      return false
    }
    return true
  }

  private func range(of index: Int32) -> Range<Int> {
    (index == 0 ? 0 : Int(ends[Int(index) - 1]))..<Int(ends[Int(index)])
  }
}
