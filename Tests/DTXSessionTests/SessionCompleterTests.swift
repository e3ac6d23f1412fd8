import DTXLedger
import DTXSession
import Testing

@Suite("Session completion")
struct SessionCompleterTests {
  /// A text in which `|` is the cursor, and the labels that are offered there.
  struct Row: Sendable, CustomTestStringConvertible {
    let text: String
    let labels: [String]

    init(_ text: String, _ labels: [String]) {
      self.text = text
      self.labels = labels
    }

    var testDescription: String { text }
  }

  private func completion(_ marked: String) throws -> Completion {
    let cursor = try #require(marked.utf8.firstIndex(of: UInt8(ascii: "|")))
    let offset = marked.utf8.distance(from: marked.startIndex, to: cursor)
    let text = marked.replacing("|", with: "")
    let completer = SessionCompleter(
      account: try #require(Account(SessionFixture.account)),
      transactions: try [SessionFixture.captured("tx2"), SessionFixture.authorized("tx1")]
    )
    return completer.complete(text, cursorByteOffset: offset)
  }

  static let clausesOfCapture = ["all", "line", "ref", "final", "meta", "again"]

  static let rows: [Row] = [
    // Verbs begin a statement, wherever it begins.
    Row("ca|", ["capture"]),
    Row("  re|", ["refund"]),
    Row("capture tx1 all; vo|", ["void"]),
    Row("capture tx1 all;vo|", ["void"]),
    Row("capture tx1 all\nun|", ["undo"]),
    Row("xy|", []),
    // Only the transactions that the operation is still possible on.
    Row("capture |", ["tx1"]),
    Row("refund |", ["tx2"]),
    Row("void |", ["tx1"]),
    Row("show |", ["tx1", "tx2"]),
    Row("show tx2|", ["tx2"]),
    Row("show tx2 |", []),
    Row("quit |", []),
    // Clauses, of which one that was given is not offered again.
    Row("capture tx1 |", clausesOfCapture),
    Row("capture tx1 l|", ["line"]),
    Row("capture tx1 all |", ["line", "ref", "final", "meta", "again"]),
    Row(#"capture tx1 all ref "a" |"#, ["line", "final", "meta", "again"]),
    Row(#"capture tx1 all meta a "b" |"#, ["line", "ref", "final", "meta", "again"]),
    Row("refund tx2 line 1 re|", ["reason", "ref"]),
    Row("void tx1 |", ["remaining"]),
    Row("tag tx1 |", []),
    // Lines on which something is left.
    Row("capture tx1 line |", ["1", "2", "ship-1"]),
    Row("capture tx1 line s|", ["ship-1"]),
    Row("capture tx1 line 1 line |", ["1", "2", "ship-1"]),
    Row("capture T12345678.tx1 line 2|", ["2"]),
    Row("capture tx2 line |", []),
    Row("refund tx2 line |", ["1", "2", "ship-1"]),
    Row("capture tx9 line |", []),
    // Nothing is offered inside a string, whatever it says.
    Row(#"capture tx1 all ref "|"#, []),
    Row(#"capture tx1 all ref "a f|"#, []),
    Row(#"capture tx1 all ref "a; ca|"#, []),
    Row(#"capture tx1 all ref "a \"b f|"#, []),
    Row(#"capture tx1 all ref "a \\" f|"#, ["final"]),
    Row("capture tx1 all # f|", []),
    // Commands.
    Row("help cap|", ["capture"]),
    Row("commit |", ["first"]),
    Row("commit first |", []),
    Row("on |", ["error"]),
    Row("on error |", ["stop", "continue", "skip"]),
    Row("list o|", ["order"]),
    Row("list order |", ["by"]),
    Row("list order by c|", ["created", "captured"]),
    Row("list order by created |", ["limit", "desc"]),
  ]

  @Test("offers what may follow", arguments: rows)
  func offers(row: Row) throws {
    let completion = try completion(row.text)
    #expect(completion.candidates.map(\.label) == row.labels)
  }

  @Test("replaces the word before the cursor and leaves what is behind it")
  func ranges() throws {
    #expect(try completion("capture tx|1 all").range == 8..<10)
    #expect(try completion("capture |").range == 8..<8)
    #expect(try completion(#"refund tx2 all reason "æøå" re|"#).range == 31..<33)
    #expect(try completion("|").range == 0..<0)
  }

  @Test("says what is left beside a transaction and a line")
  func details() throws {
    #expect(try completion("capture |").candidates.map(\.detail) == ["AUTHORIZED, 399.90 NOK"])
    #expect(
      try completion("capture tx1 line 1|").candidates.map(\.detail)
        == ["Oak chair, 299.90 NOK left"]
    )
  }

  @Test("puts a space behind a finished word, ready for the next")
  func insertions() throws {
    #expect(try completion("cap|").candidates.map(\.insertion) == ["capture "])
    #expect(try completion("capture |").candidates.map(\.insertion) == ["tx1 "])
  }

  @Test("holds at every place of every text", arguments: rows)
  func everywhere(row: Row) throws {
    let text = row.text.replacing("|", with: "æ")
    for offset in 0...text.utf8.count {
      let index = text.utf8.index(text.startIndex, offsetBy: offset)
      guard index.samePosition(in: text) != nil else { continue }
      let marked = text[..<index] + "|" + text[index...]
      let completion = try completion(String(marked))
      #expect(completion == .none || completion.range.upperBound == offset)
    }
  }
}
