import DTXExplanations
import DTXSyntax
import Foundation
import Testing

@Suite("Explanations")
struct CompletenessTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let explained = Set(ExampleTests.explanations.map(\.code.number))

  /// The numbers that the program's source gives to messages.
  ///
  /// Most messages are cases with payloads, which nothing can list; what can be listed is the text
  /// of the program.
  static func numbersInSource() throws -> Set<UInt16> {
    var numbers: Set<UInt16> = []
    let folder = root.appending(path: "Sources")
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
    where path.hasSuffix(".swift") && !path.hasPrefix("DTXExplanations/") {
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      guard text.contains("DiagnosticCode(") || text.contains(": UInt16") else { continue }
      for line in text.split(separator: "\n") where mayGiveCode(line) {
        // A number with a digit group or more digits is something else.
        for match in line.matches(of: /\b([1-5]\d{3})\b/) {
          if let number = UInt16(match.output.1) { numbers.insert(number) }
        }
      }
    }
    return numbers
  }

  private static func mayGiveCode(_ line: Substring) -> Bool {
    line.contains("DiagnosticCode(") || line.contains(/^ *case \.?\w.*[:=] ?\(?[1-5]\d{3}\b/)
  }

  @Test("there is one for every code, and none for a code that does not exist")
  func complete() throws {
    let numbers = try Self.numbersInSource()
    #expect(numbers.count > 150, "the search in the source finds the codes")
    #expect(numbers.subtracting(Self.explained).sorted() == [], "codes without an explanation")
    #expect(Self.explained.subtracting(numbers).sorted() == [], "explanations of no code")
    let syntax = Set(SyntaxMessage.Code.allCases.map(\.rawValue))
    #expect(syntax.isSubset(of: numbers))
  }

  /// Codes that no script or data file of a reasonable length can cause.
  static let withoutExample: Set<UInt16> = [
    1014, 1015, 1124, 2011, 2027, 2039, 2050, 2051, 2052, 2053, 2054, 2055, 2056, 2060, 2061, 2063,
    2102, 2105, 2119,
    3003, 3004, 3010, 3011, 3013, 3021, 3022, 3034, 3035, 3050, 3052, 3054, 3055, 3056, 3062, 3063,
    3064,
    3071, 3103, 3204,
  ]

  @Test("each has an example, or says how it comes about", arguments: ExampleTests.explanations)
  func examples(explanation: Explanation) {
    let number = explanation.code.number
    if case .event(let event) = explanation.example {
      #expect(number >= 4000 || Self.withoutExample.contains(number))
      #expect(event.hasSuffix("."))
    } else {
      #expect(!Self.withoutExample.contains(number))
    }
  }

  @Test(
    "the words are sentences, and the code in them is closed",
    arguments: ExampleTests.explanations
  )
  func words(explanation: Explanation) {
    #expect(!explanation.title.hasSuffix("."))
    #expect(explanation.title.count <= 60)
    for text in [explanation.meaning, explanation.reason, explanation.remedy] {
      #expect(text.hasSuffix(".") && !text.contains("  "))
      #expect(text.count { $0 == "`" }.isMultiple(of: 2), "\(text)")
      // Longer sentences are hard to follow in a second language.
      for sentence in text.split(separator: /[.:;]\s/) {
        #expect(sentence.count <= 160, "\(sentence)")
      }
    }
  }

  @Test("the codes that a text names exist", arguments: ExampleTests.explanations)
  func references(explanation: Explanation) {
    var texts = [explanation.meaning, explanation.reason, explanation.remedy]
    if case .event(let event) = explanation.example { texts.append(event) }
    for match in texts.joined(separator: " ").matches(of: /DTX(\d+)/) {
      #expect(Explanation.named(String(match.output.0)) != nil)
    }
  }

  /// What the codes of a thousand are about, by the titles of the sections that explain them.
  static let subjects: [UInt16: [String]] = [
    1: ["Reading a script"],
    2: ["Names, kinds and amounts", "Files"],
    3: ["The rules of payments"],
    4: ["The provider"],
    5: ["Configuration, confirmation and journal"],
  ]

  @Test("a code tells by its first digit what it is about", arguments: subjects.keys.sorted())
  func subject(thousand: UInt16) {
    let sections = Explanation.sections.filter { section in
      section.explanations.contains { $0.code.number / 1_000 == thousand }
    }
    #expect(sections.map(\.title) == Self.subjects[thousand])
    #expect(
      sections.allSatisfy { $0.explanations.allSatisfy { $0.code.number / 1_000 == thousand } }
    )
  }

  @Test("stand in the order of the codes, each once")
  func order() {
    let numbers = ExampleTests.explanations.map(\.code.number)
    #expect(numbers == numbers.sorted())
    #expect(Set(numbers).count == numbers.count)
  }

  @Test(
    "is found as a person writes a code",
    arguments: ["DTX3001", "dtx3001", "3001", "Dtx3001"]
  )
  func names(text: String) {
    #expect(Explanation.named(text)?.code == DiagnosticCode(3001))
  }

  @Test(
    "is not found for what is no code",
    arguments: ["", "DTX", "DTX0001", "+3001", "30001", "x"]
  )
  func noNames(text: String) {
    #expect(Explanation.named(text)?.code == nil)
  }
}
