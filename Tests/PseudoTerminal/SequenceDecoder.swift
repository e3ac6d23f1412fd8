/// Takes a terminal's output apart into characters, control codes and control sequences.
///
/// Source: ECMA-48, 5th edition, section 5.4; RFC 3629 for UTF-8.
struct SequenceDecoder {
  enum Item: Hashable {
    case scalar(Unicode.Scalar)
    case control(UInt8)
    /// ESC and one byte.
    case escape(UInt8)
    /// A control sequence, with its private marker if it has one.
    case sequence(marker: UInt8?, parameters: [Int], final: UInt8)
  }

  private enum State {
    case ground
    case escape
    case sequence
    /// An operating system command, such as a window's title, which shows nothing.
    case command
  }

  private var state = State.ground
  private var collected: [UInt8] = []
  private var expectedCount = 0

  /// Takes the next byte; returns what it completes.
  mutating func next(_ byte: UInt8) -> Item? {
    switch state {
    case .ground: return ground(byte)
    case .escape: return escape(byte)
    case .sequence:
      collected.append(byte)
      guard (0x40...0x7E).contains(byte) else { return nil }
      state = .ground
      return sequence()
    case .command:
      if byte == 0x07 || byte == 0x5C { state = .ground }
      return nil
    }
  }

  private mutating func ground(_ byte: UInt8) -> Item? {
    if !collected.isEmpty { return continueCharacter(byte) }
    switch byte {
    case 0x1B:
      state = .escape
      return nil
    case ..<0x20, 0x7F: return .control(byte)
    case ..<0x80: return .scalar(Unicode.Scalar(byte))
    default:
      collected = [byte]
      expectedCount = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      return nil
    }
  }

  private mutating func continueCharacter(_ byte: UInt8) -> Item? {
    collected.append(byte)
    guard collected.count == expectedCount else { return nil }
    defer { collected = [] }
    return String(decoding: collected, as: UTF8.self).unicodeScalars.first.map(Item.scalar)
  }

  private mutating func escape(_ byte: UInt8) -> Item? {
    switch byte {
    case UInt8(ascii: "["):
      state = .sequence
      collected = []
      return nil
    case UInt8(ascii: "]"):
      state = .command
      return nil
    case 0x20...0x2F:
      // An intermediate byte, as in the choice of a character set: the next one ends it.
      return nil
    default:
      state = .ground
      return .escape(byte)
    }
  }

  private mutating func sequence() -> Item? {
    defer { collected = [] }
    guard let final = collected.popLast() else { return nil }
    var marker: UInt8?
    if let first = collected.first, (0x3C...0x3F).contains(first) {
      marker = first
      collected.removeFirst()
    }
    let parameters = collected.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    return .sequence(
      marker: marker,
      parameters: parameters.map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 },
      final: final
    )
  }
}
