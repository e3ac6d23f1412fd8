import DTXSyntax
import Testing

@Suite("LineTable")
struct LineTableTests {
  @Test(
    "counts lines and characters from 1",
    arguments: [
      ("", 0, 1, 1, 1), ("abc", 3, 1, 4, 4), ("a\nb", 2, 2, 1, 1), ("a\r\nb", 3, 2, 1, 1),
      ("a\rb", 2, 2, 1, 1), ("æøå x", 6, 1, 4, 7), ("a\næ😀b", 8, 2, 3, 7), ("a\n", 2, 2, 1, 1),
      ("\n\n\n", 3, 4, 1, 1),
    ] as [(String, UInt32, Int, Int, Int)]
  )
  func positions(source: String, offset: UInt32, line: Int, column: Int, byteColumn: Int) {
    let position = LineTable(Array(source.utf8)).position(of: offset)
    #expect(position.line == line)
    #expect(position.column == column)
    #expect(position.byteColumn == byteColumn)
  }

  @Test("agrees with counting one by one", arguments: 0..<20 as Range<UInt64>)
  func agrees(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = ["a", "æ", "😀", "\n", "\r\n", "\r", " ", "xxxxxxxxxxxxxxxx"]
    let text = (0..<600).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    let source = Array(text.utf8)
    let table = LineTable(source)
    var (line, column, byteColumn) = (1, 1, 1)
    var differences: [Int] = []
    for offset in 0...source.count {
      if offset == source.count || source[offset] & 0xC0 != 0x80 {
        let position = table.position(of: UInt32(offset))
        let isSame =
          position.line == line && position.column == column && position.byteColumn == byteColumn
        if !isSame { differences.append(offset) }
      }
      guard offset < source.count else { break }
      let endsLine =
        source[offset] == 10
        || source[offset] == 13 && (offset + 1 == source.count || source[offset + 1] != 10)
      let isCharacter = source[offset] & 0xC0 != 0x80
      (line, column, byteColumn) =
        endsLine ? (line + 1, 1, 1) : (line, column + (isCharacter ? 1 : 0), byteColumn + 1)
    }
    #expect(differences == [])
    #expect(table.lineCount == line)
  }

  @Test("gives the text of a line without its end")
  func text() {
    let table = LineTable(Array("one\r\ntwo\n\nfour".utf8))
    #expect((1...5).map(table.text(ofLine:)) == ["one", "two", "", "four", ""])
    #expect(table.text(ofLine: 0) == "")
  }
}
