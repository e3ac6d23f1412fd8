/// Something that can be shown both to people and to programs.
package protocol Report {
  /// Appends it as text, for people.
  func append(to builder: inout TextBuilder)
  /// Appends it as JSON lines, for programs.
  func append(to writer: inout JSONWriter)
}
