package import DTXSyntax

/// The texts that diagnostics point into: the script itself first, then what it includes and reads.
package struct SourceSet: Sendable {
  private var sources: [Source] = []

  package init() {}

  /// Makes a set of one script.
  package init(name: String, bytes: [UInt8]) { append(Source(name: name, bytes: bytes)) }

  /// Adds a text; its number is its place in the order of adding.
  @discardableResult
  package mutating func append(_ source: Source) -> SourceID {
    sources.append(source)
    return SourceID(UInt32(sources.count - 1))
  }

  /// The text of a number, if there is one.
  package subscript(id: SourceID) -> Source? {
    Int(id.index) < sources.count ? sources[Int(id.index)] : nil
  }
}
