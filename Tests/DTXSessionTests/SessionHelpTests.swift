import DTXEvaluator
import DTXReport
import DTXSession
import DTXSyntax
import Testing

@Suite("Help in a session")
struct SessionHelpTests {
  @Test("helps with every topic that help lists, and with the nearest to a misspelt one")
  func help() async throws {
    var session = try SessionFixture.session()
    for topic in ["capture", "refund", "void", "adjust", "amounts", "commit"] {
      let reply = try await session.take("help \(topic)")
      #expect(reply.isAccepted)
      #expect(reply.outputText.contains(topic == "amounts" ? "29990" : topic))
    }
    #expect(try await session.take("help").outputText.contains("help capture"))
    let reply = try await session.take("help captrue")
    #expect(!reply.isAccepted)
    #expect(reply.errorText.contains("Did you mean `help capture`?"))
  }

  /// The words that begin a statement, but for `help` itself, and the names of the functions.
  static let explainedWords: [String] = {
    let statements = Keyword.allCases.map { $0.rawValue }.filter { word in
      let diagnostics = Parser.parse(Array(word.utf8), mode: .session).diagnostics
      return diagnostics.first?.message as? SyntaxMessage != .unknownStatement && word != "help"
    }
    return statements + ["on error"] + Function.allCases.map { $0.rawValue }
  }()

  @Test("helps with every statement and with every function", arguments: explainedWords)
  func helpOnWords(word: String) async throws {
    var session = try SessionFixture.session()
    let reply = try await session.take("help \(word)")
    #expect(reply.isAccepted)
    #expect(reply.outputText.contains(try Regex("\\b\(word)\\b")))
  }

  @Test("tells how a trial is written, and how a script gets the values of its parameters")
  func otherWays() async throws {
    var session = try SessionFixture.session()
    #expect(try await session.take("commit 3").errorText.contains("`commit first 3`."))
    #expect(try await !session.take("capture tx1 3 3").errorText.contains("commit first"))
    let script = Array("param $rate\ncapture tx1 $rate of 100.00 NOK\n".utf8)
    let reply = try await session.stage(script, named: "p.dtx")
    #expect(reply.errorText.contains("`dtx run p.dtx --set NAME=VALUE` does"))
    #expect(try await session.take("help nosuch").errorText.contains("`help topics` lists them"))
  }

  @Test("wraps help at words, in characters that the terminal has", arguments: [40, 80, 100])
  func helpOnNarrowTerminals(columns: Int) async throws {
    var session = try SessionFixture.session()
    session.options = OutputOptions(columns: columns, isUnicode: false)
    let names = try await session.take("help topics").outputText.split(separator: /\s+/)
    for name in names + [""] {
      let lines = try await session.take("help \(name)").outputText.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= columns && $0.utf8.allSatisfy { $0 < 0x80 } })
    }
  }
}
