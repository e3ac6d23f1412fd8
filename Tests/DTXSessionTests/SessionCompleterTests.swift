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
      known: TransactionIndex(
        try [SessionFixture.captured("tx2"), SessionFixture.authorized("tx1")]
      ),
      names: Self.names
    )
    return completer.complete(text, cursorByteOffset: offset)
  }

  private static var names: SessionCompleter.Names {
    var names = SessionCompleter.Names()
    names.profiles = ["sandbox", "shop-test"]
    names.variables = ["$goodwill"]
    names.files = { prefix in ["fix.dtx", "fixes/"].filter { $0.hasPrefix(prefix) } }
    return names
  }

  static let clausesOfCapture = ["all", "line", "ref", "final", "meta", "again"]

  static let rows: [Row] = [
    // Verbs begin a statement, wherever it begins.
    Row("cap|", ["capture"]),
    Row("ca|", ["capture", "call"]),
    Row("  re|", ["refund"]),
    Row("capture tx1 all; vo|", ["void"]),
    Row("capture tx1 all;vo|", ["void"]),
    Row("capture tx1 all\nun|", ["undo"]),
    Row("xy|", []),
    // Only the transactions that the operation is still possible on.
    Row("capture |", ["tx1", "order", "session"]),
    Row("refund t|", ["tx2"]),
    Row("void t|", ["tx1"]),
    Row("show t|", ["tx1", "tx2"]),
    Row("show tx2|", ["tx2"]),
    Row("show tx2 |", []),
    Row("quit |", []),
    // An order by its reference, in quotes, and its lines.
    Row("capture order |", ["WEB-tx1"]),
    Row(#"capture order "W|"#, ["WEB-tx1"]),
    Row(#"show order "WEB-tx2|"#, ["WEB-tx2"]),
    Row(#"show order "X|"#, []),
    Row(#"capture order "WEB-tx1" line s|"#, ["ship-1"]),
    // An id may be written with its account.
    Row("capture T1|", ["T12345678.tx1"]),
    Row("show T12345678.tx|", ["T12345678.tx1", "T12345678.tx2"]),
    Row("watch show tx1|", ["tx1"]),
    // Clauses, of which one that was given is not offered again.
    Row("capture tx1 |", clausesOfCapture),
    Row("capture tx1 l|", ["line"]),
    Row("capture tx1 all |", ["ref", "final", "meta", "again"]),
    Row(#"capture tx1 all ref "a" |"#, ["final", "meta", "again"]),
    Row(#"capture tx1 all meta a "b" |"#, ["ref", "final", "meta", "again"]),
    Row("refund tx2 line 1 re|", ["reason", "ref"]),
    Row("void tx1 |", []),
    Row("capture tx1 line 1 |", ["qty", "line", "ref", "final", "meta", "again"]),
    Row("capture tx1 line 1 qty |", []),
    Row("tag tx1 |", []),
    // Lines on which something is left.
    Row("capture tx1 line |", ["1", "2", "ship-1"]),
    Row("capture tx1 line s|", ["ship-1"]),
    Row("capture tx1 line 1 line |", ["2", "ship-1"]),
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
    Row("list order by cr|", ["created"]),
    Row("list order by created |", ["limit", "desc"]),
    Row("list where st|", ["status", "store"]),
    Row("list where status = PARTIALLY_R|", ["PARTIALLY_REFUNDED"]),
    Row("list where currency = NO|", ["NOK"]),
    Row("list where product != dintero_psp.cr|", ["dintero_psp.creditcard"]),
    Row("list where settlement = S|", ["SETTLED"]),
    Row("for $t in transactions where status = V|", []),
    Row("list where status = AUTHORIZED |", ["and", "or", "order", "limit"]),
    Row("set |", ["output", "page", "confirm", "timing", "reader"]),
    Row("set output |", ["table", "json", "csv"]),
    Row("set output json |", []),
    Row("autocommit |", ["on", "off"]),
    Row("use |", ["sandbox", "shop-test"]),
    Row("account |", ["T12345678"]),
    // Files stand in quotes; one goes on typing in a folder.
    Row(#"run "f|"#, ["fix.dtx", "fixes/"]),
    Row(#"for $r in csv "f|"#, ["fix.dtx", "fixes/"]),
    // Inside a block statements begin, and inside an adjustment its changes.
    Row("for $t in transactions where status = AUTHORIZED { vo|", ["void"]),
    Row("if 1 = 1 {\n  com|", []),
    Row("adjust tx1 |", ["to", "{ … }"]),
    Row("adjust tx1 { |", ["add", "set", "drop", "qty", "vat"]),
    Row("adjust tx1 { drop |", ["line"]),
    Row("adjust tx1 { drop line |", ["1", "2", "ship-1"]),
    Row("adjust tx1 { drop line 1 } re|", ["reason", "ref"]),
    Row("if 1 = 1 { undo } el|", ["else"]),
    // A line goes on behind a backslash.
    Row("capture tx1 \\\n line s|", ["ship-1"]),
    // Variables, and what they have.
    Row("print $|", ["$plan", "$goodwill"]),
    Row("print $plan.re|", ["refunded", "released"]),
    Row("print $goodwill.capt|", ["captured"]),
    Row("print su|", ["sum(…)"]),
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
    #expect(
      try completion("capture t|").candidates.map(\.detail)
        == ["AUTHORIZED, 399.90 NOK left, WEB-tx1, Kari Nordmann"]
    )
    #expect(
      try completion("capture order |").candidates.map(\.detail)
        == ["tx1, AUTHORIZED, 399.90 NOK left, Kari Nordmann"]
    )
    #expect(
      try completion("capture tx1 line 1|").candidates.map(\.detail)
        == ["Oak chair, 299.90 NOK left"]
    )
  }

  @Test("puts a space behind a finished word, ready for the next")
  func insertions() throws {
    #expect(try completion("cap|").candidates.map(\.insertion) == ["capture "])
    #expect(
      try completion(#"run "f|"#).candidates.map(\.insertion) == [#""fix.dtx" "#, #""fixes/"#]
    )
    #expect(
      try completion("capture |").candidates.map(\.insertion) == ["tx1 ", "order ", "session "]
    )
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
