package import DTXSyntax

/// One text with its name, and where its lines begin.
///
/// The lines are looked for when it is made, so make it once there is something to say about it.
package struct Source: Sendable {
  /// The name as a person knows it: a path, `session`, or `-c`.
  package let name: String
  package let bytes: [UInt8]
  private let lines: LineTable

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    lines = LineTable(bytes)
  }

  /// Returns the line and the column of a byte offset; past the end is the end.
  package func position(of offset: UInt32) -> SourcePosition {
    lines.position(of: UInt32(clamped(offset)))
  }

  /// Returns the number, from 1, of the line that holds a byte offset.
  func line(of offset: Int) -> Int { lines.position(of: UInt32(offset)).line }

  /// Returns the bytes of a line, counted from 1, without its end.
  func bytes(ofLine line: Int) -> ArraySlice<UInt8> { bytes[lines.range(ofLine: line).bytes] }

  func clamped(_ offset: UInt32) -> Int { min(Int(offset), bytes.count) }
}
