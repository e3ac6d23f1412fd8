/// Parses arbitrary bytes, as a script and at the prompt, lays them out, and checks what must hold.
///
/// `scripts/fuzz` compiles it together with the sources of DTXSyntax, so it imports nothing.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // The fuzzer's buffer is valid for the call, and the copy outlives it.
  let source = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  checkTokens(source)
  for mode in [Parser.Mode.script, .session] { checkTree(source, mode) }
  checkLayout(source)
  return 0
}

private func checkTokens(_ source: [UInt8]) {
  var end: UInt32 = 0
  for token in Lexer.tokens(of: source).tokens {
    precondition(token.range.start == end && !token.range.isEmpty, "tokens tile the source")
    end = token.range.end
  }
  precondition(end == UInt32(source.count), "tokens reach the end")
}

private func checkTree(_ source: [UInt8], _ mode: Parser.Mode) {
  var parser = Parser(source, mode: mode)
  parser.parseScript()
  precondition(parser.bytesReread <= 64 + 8 * source.count, "reading is linear")
  let (script, diagnostics) = (parser.script, parser.diagnostics.finish())
  let table = script.lineTable()
  var start: UInt32?
  for diagnostic in diagnostics {
    let range = diagnostic.primary.range
    precondition(start.map { $0 < range.start } ?? true, "one diagnostic for a place, in order")
    precondition(range.end <= UInt32(source.count), "places are inside the source")
    precondition(table.position(of: range.start).line <= table.lineCount)
    start = range.start
  }
  // One is enough: each costs another parse.
  if let fixIt = diagnostics.lazy.flatMap(\.fixIts).first { checkFixIt(fixIt, source, mode) }
  for statement in script.statements {
    precondition(statement.content != .invalid || !diagnostics.isEmpty, "a reason is given")
  }
  for expression in script.expressions {
    guard let literal = expression.literal else { continue }
    _ = script.stringValue(of: literal)
    _ = script.percentValue(of: literal)
  }
}

/// The edits of a repair stand in order, and what they make of the source parses too.
private func checkFixIt(
  _ fixIt: Diagnostic.FixIt,
  _ source: [UInt8],
  _ mode: Parser.Mode
) {
  var repaired = source
  var end = source.count
  for edit in fixIt.edits.reversed() {
    precondition(Int(edit.range.end) <= end, "edits are in order and do not overlap")
    end = Int(edit.range.start)
    repaired.replaceSubrange(edit.range.bytes, with: edit.replacement.utf8)
  }
  _ = Parser.parse(repaired, mode: mode)
}

/// A layout has the same tokens, is well formed, and is not laid out otherwise.
private func checkLayout(_ source: [UInt8]) {
  guard let text = Formatter.format(source).text else { return }
  precondition(significant(text) == significant(source), "a layout keeps the tokens")
  precondition(Formatter.format(text).text == text, "a layout is final")
}

/// Returns the tokens and comments one after the other, without blanks, line ends and semicolons.
private func significant(_ source: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = []
  for token in Lexer.tokens(of: source).tokens {
    switch token.kind {
    case .newline, .semicolon: continue
    case .trivia where source[Int(token.range.start)] != UInt8(ascii: "#"): continue
    default: bytes += source[token.range.bytes]
    }
    while bytes.last == UInt8(ascii: " ") || bytes.last == UInt8(ascii: "\t") { bytes.removeLast() }
    bytes.append(0)
  }
  return bytes
}
