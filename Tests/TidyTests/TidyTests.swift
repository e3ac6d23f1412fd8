import Foundation
import Testing

/// Rules about the code itself that neither the compiler nor swift-format can check.
@Suite("Tidy")
struct TidyTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let sources = files(under: "Sources", endingIn: ".swift")
  static let tests = files(under: "Tests", endingIn: ".swift")

  /// What each target may import: the table of ARCHITECTURE.md, which a test compares with this.
  static let allowedImports: [String: Set<String>] = [
    "DTXSyntax": [],
    "DTXLedger": [],
    "DTXCSV": [],
    "DTXEvaluator": ["DTXCSV", "DTXLedger", "DTXSyntax"],
    "DTXExplanations": ["DTXSyntax"],
    "DTXExecution": ["DTXLedger"],
    "DTXPlanning": [
      "Crypto", "DTXCSV", "DTXEvaluator", "DTXExecution", "DTXLedger", "DTXSyntax", "Foundation",
    ],
    "DTXReport": ["DTXEvaluator", "DTXExecution", "DTXExplanations", "DTXLedger", "DTXSyntax"],
    "DTXJSON": [],
    "DTXProfiles": [
      "DTXExecution", "DTXLedger", "DTXSyntax", "Glibc", "Subprocess", "SystemPackage", "TOMLKit",
    ],
    "DTXDintero": [
      "AsyncHTTPClient", "DTXExecution", "DTXJSON", "DTXLedger", "FoundationEssentials", "NIOCore",
      "NIOHTTP1", "NIOPosix", "NIOSSL", "Synchronization",
    ],
    "DTXStore": ["Dispatch", "GRDB", "Glibc", "Synchronization"],
    "DTXJournal": [
      "Crypto", "DTXExecution", "DTXJSON", "DTXLedger", "DTXStore", "FoundationEssentials", "GRDB",
      "Glibc",
    ],
    "DTXSandbox": [
      "DTXExecution", "DTXJSON", "DTXLedger", "DTXStore", "GRDB", "Glibc", "Synchronization",
    ],
    "DTXSandboxServer": [
      "Crypto", "DTXExecution", "DTXJSON", "DTXLedger", "DTXSandbox", "FoundationEssentials",
      "HTTPTypes", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "NIOCore",
      "NIOSSL", "ServiceLifecycle",
      "Synchronization",
    ],
    "DTXSession": [
      "CLineEditor", "DTXEvaluator", "DTXExecution", "DTXLedger", "DTXPlanning", "DTXReport",
      "DTXSyntax", "Dispatch", "Foundation", "Synchronization",
    ],
    "DTXTestSupport": ["DTXExecution", "DTXLedger", "DTXSyntax", "Glibc"],
  ]

  /// Longer than this, a file holds more than one thing.
  static let lineLimitPerFile = 400
  /// Longer than this, a function cannot be read at once.
  static let lineLimitPerFunction = 70

  @Test("imports only what its target may", arguments: sources)
  func imports(path: String) throws {
    guard let allowed = Self.allowedImports[Self.target(of: path)] else {
      #expect(Self.target(of: path) == "dtx", "\(path) is in a target without a rule")
      return
    }
    // A plain search first: regular expressions over every line would take minutes.
    for line in try Self.lines(of: path) where line.contains("import ") {
      guard let match = line.firstMatch(of: /^(?:@\w+ )*(?:\w+ )?import (?:\w+ )?(\w+)/) else {
        continue
      }
      #expect(allowed.contains(String(match.output.1)), "\(path) imports \(match.output.1)")
    }
  }

  @Test("the architecture has a row for every target, no row for another, and the same imports")
  func architecture() throws {
    let text = try String(
      contentsOf: Self.root.appending(path: "ARCHITECTURE.md"),
      encoding: .utf8
    )
    let rows = Set(text.matches(of: /\n\| `(\w+)` \|/).map { String($0.output.1) })
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Sources").path
    )
    // A module map is no target that could do or not do anything.
    #expect(rows == Set(folders).subtracting(["CLibedit"]))
    #expect(Set(Self.allowedImports.keys).isSubset(of: rows))
    for row in text.matches(of: /\n\| `(\w+)` \| [^|]+ \| ([^|]+) \|/) {
      guard let allowed = Self.allowedImports[String(row.output.1)] else { continue }
      let told = Set(row.output.2.split(separator: ", ").map { "DTX\($0)" })
      let own = allowed.filter { $0.hasPrefix("DTX") }
      #expect(Set(own) == told.intersection(Self.allowedImports.keys), "\(row.output.1)")
    }
  }

  @Test("only the executable and the tests see the whole")
  func testSupportStaysOut() throws {
    let manifest = try String(
      contentsOf: Self.root.appending(path: "Package.swift"),
      encoding: .utf8
    )
    let program = try #require(
      manifest.firstMatch(of: /executableTarget\(\s+name: "dtx",[\s\S]*?\n    \),/)
    )
    #expect(!program.output.contains("DTXTestSupport"))
  }

  @Test("documents every package type and function", arguments: sources)
  func documentation(path: String) throws {
    var isDocumented = false
    for (number, line) in try Self.lines(of: path).enumerated() {
      let declaration = line.drop { $0 == " " }
      if declaration.hasPrefix("///") {
        isDocumented = true
        continue
      }
      // Attributes may stand between the comment and what it documents.
      if declaration.hasPrefix("@") && !declaration.contains("func ") { continue }
      guard declaration.hasPrefix("package ") else {
        isDocumented = false
        continue
      }
      let isTopLevelType = line.contains(
        /^package (?:\w+ )*(?:struct|enum|protocol|actor|class|func)\b/
      )
      let isMethod = line.contains(/^ +package (?:\w+ )*func [a-z]/)
      if isTopLevelType || isMethod {
        #expect(isDocumented, "\(path):\(number + 1) has no documentation")
      }
      isDocumented = false
    }
  }

  @Test("fits on the page", arguments: sources + tests)
  func sizes(path: String) throws {
    let lines = try Self.lines(of: path)
    // A table of data may be as long as the data; it says so in its first lines.
    let isTable = lines.prefix(12).contains { $0.contains("// A table:") }
    #expect(isTable || lines.count <= Self.lineLimitPerFile + 1, "\(path) has \(lines.count) lines")
    for (start, line) in lines.enumerated()
    where !isTable && (line.contains("func ") || line.contains("init")) {
      guard
        let indent = line.firstMatch(of: /^( *)(?:@\w+ )*(?:\w+ )*(?:func |init\b)/)?.output.1
      else { continue }
      let end = lines[start...].firstIndex { $0 == indent + "}" || $0.hasSuffix(" }") } ?? start
      #expect(
        end - start < Self.lineLimitPerFunction,
        "\(path):\(start + 1) has a function of \(end - start + 1) lines"
      )
    }
  }

  /// Words with a better one, and what to write instead.
  static let bannedWords = [
    ("txn", "transaction"),
    ("fatalError(", "a diagnostic, a typed error, or preconditionFailure with a reason"),
    ("TODO", "an open issue"),
    ("FIXME", "an open issue"),
    ("try!", "a typed error"),
    ("as!", "a typed error"),
    ("@unchecked Sendable", "a type that is safe by construction"),
    ("nonisolated(unsafe)", "a type that is safe by construction"),
  ]

  @Test("uses the house's words", arguments: sources)
  func words(path: String) throws {
    for (number, line) in try Self.lines(of: path).enumerated() {
      for (word, instead) in Self.bannedWords where line.contains(word) {
        // A part of a longer word is another word.
        let pattern = try Regex("(?<![A-Za-z])" + NSRegularExpression.escapedPattern(for: word))
        guard line.contains(pattern) else { continue }
        Issue.record("\(path):\(number + 1) says \"\(line)\"; write \(instead)")
      }
    }
  }

  @Test("every golden program has its expectation, and every expectation its program")
  func goldenPairs() {
    let golden = Self.files(under: "Tests", endingIn: "").filter {
      // What golden programs read and include stands in folders of its own.
      $0.contains("/Golden/") && !$0.contains("/files/")
    }
    let programs = Set(golden.filter { $0.hasSuffix(".dtx") }.map { $0.dropLast(4) })
    let expectations = Set(golden.filter { $0.hasSuffix(".expected") }.map { $0.dropLast(9) })
    #expect(!programs.isEmpty)
    #expect(programs.subtracting(expectations).isEmpty)
    // Reports are made of values, so that their expectations stand alone.
    let withPrograms = Set(programs.map { Self.target(of: String($0)) })
    let orphans = expectations.subtracting(programs)
      .filter { withPrograms.contains(Self.target(of: String($0))) }
    #expect(orphans.isEmpty)
  }

  private static func target(of path: String) -> String { String(path.split(separator: "/")[1]) }

  private static func files(under folder: String, endingIn suffix: String) -> [String] {
    (FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.allObjects ?? [])
      .compactMap { $0 as? String }
      .filter { $0.hasSuffix(suffix) }
      .map { "\(folder)/\($0)" }
      .sorted()
  }

  private static func lines(of path: String) throws -> [Substring] {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }
}
