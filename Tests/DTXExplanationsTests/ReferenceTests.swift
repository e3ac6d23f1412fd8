import DTXSyntax
import Foundation
import Testing

@Suite("Language reference")
struct ReferenceTests {
  /// What a document would say if it were written now.
  private static func current(_ document: ReferenceDocument) async throws -> String {
    let machine = ExampleMachine(files: document.files)
    var pieces = document.pieces
    for index in pieces.indices {
      guard case .script(let script) = pieces[index] else { continue }
      // A blank line is between a script and what comes out of it.
      guard index + 2 < pieces.count, pieces[index + 1] == .prose([""]),
        case .output = pieces[index + 2]
      else { continue }
      pieces[index + 2] = .output(try await machine.output(of: script))
    }
    return document.text(with: pieces)
  }

  @Test("what stands under each example is what comes out of it")
  func examples() async throws {
    let document = try ReferenceDocument()
    let text = try await Self.current(document)
    if ProcessInfo.processInfo.environment["DTX_UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: ReferenceDocument.file)
      return
    }
    let expected = document.text(with: document.pieces)
    for (actual, line) in zip(text.split(separator: "\n"), expected.split(separator: "\n")) {
      #expect(actual == line)
    }
    #expect(text == expected)
  }

  @Test("every example is followed by what comes out of it, and there are many")
  func complete() throws {
    let document = try ReferenceDocument()
    var scripts = 0
    for (index, piece) in document.pieces.enumerated() {
      guard case .script(let script) = piece else { continue }
      scripts += 1
      guard index + 2 < document.pieces.count, case .output(let output) = document.pieces[index + 2]
      else {
        Issue.record("no output under \(script)")
        continue
      }
      #expect(!output.isEmpty, "nothing comes out of \(script)")
    }
    #expect(scripts > 25)
  }

  @Test("what is typed at the prompt can be typed there")
  func sessions() throws {
    var commands = 0
    for case .session(let text) in try ReferenceDocument().pieces {
      let (script, diagnostics) = Parser.parse(Array(text.utf8), mode: .session)
      #expect(diagnostics.isEmpty)
      commands += script.statements.count
    }
    #expect(commands > 10)
  }

  @Test("shows the diagrams of the main statements, and every link leads somewhere")
  func links() throws {
    let text = try String(contentsOf: ReferenceDocument.file, encoding: .utf8)
    let folder = ReferenceDocument.file.deletingLastPathComponent()
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
      heading.drop { $0 == "#" || $0 == " " }.lowercased()
        .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
        .replacing(" ", with: "-")
    }
    for match in text.matches(of: /\]\(([^)]+)\)/) {
      let target = String(match.output.1)
      if target.hasPrefix("#") {
        #expect(headings.contains(String(target.dropFirst())), "\(target)")
      } else {
        let path = folder.appending(path: target).path
        #expect(FileManager.default.fileExists(atPath: path), "\(target)")
      }
    }
    for verb in ["capture", "refund", "void", "adjust", "list", "if", "for"] {
      #expect(text.contains("](diagrams/\(verb).svg)"), "\(verb)")
    }
  }

  @Test("every statement, clause and function is told of", arguments: Keyword.allCases)
  func words(keyword: Keyword) throws {
    let text = try String(contentsOf: ReferenceDocument.file, encoding: .utf8)
    #expect(text.contains(try Regex("\\b\(keyword.rawValue)\\b")), "\(keyword.rawValue)")
  }
}
