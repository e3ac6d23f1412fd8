import DTXReport
import DTXSyntax
import Foundation
import Testing

@Suite("SARIF")
struct SARIFTests {
  private static func log(_ reports: [DiagnosticReport]) throws -> [String: Any] {
    var writer = JSONWriter()
    SARIFLog(reports, version: "1.2.3").append(to: &writer)
    let object = try JSONSerialization.jsonObject(with: Data(writer.text.utf8))
    return try #require(object as? [String: Any])
  }

  private static func report(_ source: String, name: String = "fix.dtx") -> DiagnosticReport {
    let bytes = Array(source.utf8)
    return DiagnosticReport(
      Parser.parse(bytes, mode: .script).diagnostics,
      in: SourceSet(name: name, bytes: bytes)
    )
  }

  @Test("a log is whole where nothing was found")
  func empty() throws {
    let log = try Self.log([Self.report("show tx1")])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    #expect((run["results"] as? [Any])?.isEmpty == true)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "dtx")
    #expect(driver["version"] as? String == "1.2.3")
    #expect((driver["rules"] as? [Any])?.isEmpty == true)
  }

  @Test("every result names its rule, its place and its repair")
  func results() throws {
    let first = Self.report("# å 👍\ncapture tx1 all ref ship-1\nprint (1\n", name: "my fix:1.dtx")
    let second = Self.report("captrue tx1 all")
    let log = try Self.log([first, second])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.compactMap { $0["id"] as? String } == ["DTX1101", "DTX1115", "DTX1117"])
    #expect(rules.allSatisfy { ($0["shortDescription"] as? [String: String])?["text"] != nil })

    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 3)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      #expect(result["level"] as? String == "error")
      #expect((result["message"] as? [String: String])?["text"]?.isEmpty == false)
      #expect((result["locations"] as? [Any])?.count == 1)
    }
    let missingQuotes = results[0]
    let place = try Self.place(missingQuotes, "locations")
    #expect((place["artifactLocation"] as? [String: String])?["uri"] == "my%20fix%3A1.dtx")
    let region = try #require(place["region"] as? [String: Int])
    #expect(region["startLine"] == 2 && region["endLine"] == 2)
    #expect(region["startColumn"] == 21 && region["endColumn"] == 27)
    // A comment of two letters beyond ASCII: three bytes of two characters, eight in all.
    #expect(region["byteOffset"] == 10 + 20 && region["byteLength"] == 6)

    let fix = try #require((missingQuotes["fixes"] as? [[String: Any]])?.first)
    let change = try #require((fix["artifactChanges"] as? [[String: Any]])?.first)
    let replacements = try #require(change["replacements"] as? [[String: Any]])
    #expect(replacements.count == 2)
    for replacement in replacements {
      #expect((replacement["insertedContent"] as? [String: String])?["text"] == "\"")
      #expect((replacement["deletedRegion"] as? [String: Int])?["byteLength"] == 0)
    }
    let related = try Self.place(results[1], "relatedLocations")
    #expect((related["region"] as? [String: Int])?["startColumn"] == 7)
  }

  @Test("a place in a text that is not at hand is left out")
  func missingSource() throws {
    let diagnostic = Diagnostic(
      SyntaxMessage.unknownStatement,
      at: .init(SourceRange(0, 1), in: SourceID(3))
    )
    let log = try Self.log([DiagnosticReport([diagnostic], in: SourceSet())])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    #expect((result["locations"] as? [Any])?.isEmpty == true)
  }

  private static func place(_ result: [String: Any], _ key: String) throws -> [String: Any] {
    let location = try #require((result[key] as? [[String: Any]])?.first)
    return try #require(location["physicalLocation"] as? [String: Any])
  }
}
