import DTXReport
import DTXTestSupport
import Testing

@Suite("Line diffs")
struct LineDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    var builder = TextBuilder(options: OutputOptions(columns: nil))
    LineDiff(from: Array(old.utf8), to: Array(new.utf8))
      .append(to: &builder, old: "old", new: "new")
    return builder.text
  }

  static let rows: [(String, String, String)] = [
    ("", "", ""),
    ("a\nb\n", "a\nb\n", ""),
    ("", "a\n", "@@ -0,0 +1 @@\n+a\n"),
    ("a\n", "", "@@ -1 +0,0 @@\n-a\n"),
    ("a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"),
    ("a\nc\n", "a\nb\nc\n", "@@ -1,2 +1,3 @@\n a\n+b\n c\n"),
    ("a\nb\nc\n", "a\nc\n", "@@ -1,3 +1,2 @@\n a\n-b\n c\n"),
    (
      "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
      "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"
    ),
    ("a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"),
    ("a\tb\n", "a b\n", "@@ -1 +1 @@\n-a\tb\n+a b\n"),
  ]

  @Test("are the ones in the table", arguments: rows)
  func table(old: String, new: String, expected: String) {
    #expect(diff(old, new) == (expected.isEmpty ? "" : "--- old\n+++ new\n" + expected))
  }

  @Test("changes that are far apart have hunks of their own")
  func hunks() {
    let old = (1...40).map { "\($0)\n" }.joined()
    let new = old.replacing("\n5\n", with: "\n").replacing("\n30\n", with: "\n30\nx\n")
    let hunks = diff(old, new).split(separator: "\n").filter { $0.hasPrefix("@@") }
    #expect(hunks == ["@@ -2,7 +2,6 @@", "@@ -28,6 +27,7 @@"])
  }

  @Test("whoever follows it makes the one text of the other", arguments: 0..<100 as Range<UInt64>)
  func patch(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var lines = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      "\(Int.random(in: 0...9, using: &random))\n"
    }
    let old = lines
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let place = Int.random(in: 0...lines.count, using: &random)
      if Bool.random(using: &random) || place == lines.count {
        lines.insert("new\n", at: place)
      } else {
        lines.remove(at: place)
      }
    }
    let diff = diff(old.joined(), lines.joined())
    #expect(patched(old, with: diff) == lines, "\(diff)")
  }

  @Test("texts without anything in common differ in all of it")
  func nothingInCommon() {
    let old = (0..<500).map { "a\($0)\n" }
    let new = (0..<700).map { "b\($0)\n" }
    #expect(patched(old, with: diff(old.joined(), new.joined())) == new)
  }

  /// Follows a diff as the `patch` program does; nil where a line is not what the diff says.
  private func patched(_ old: [String], with diff: String) -> [String]? {
    var new: [String] = []
    var position = 0
    for line in diff.split(separator: "\n").dropFirst(2) {
      if let match = line.firstMatch(of: /^@@ -(\d+)(?:,(\d+))?/) {
        let isEmpty = match.output.2 == "0"
        let start = (Int(match.output.1) ?? 0) - (isEmpty ? 0 : 1)
        guard position <= start, start <= old.count else { return nil }
        new += old[position..<start]
        position = start
        continue
      }
      let text = line.dropFirst() + "\n"
      if line.first != "+" {
        guard position < old.count, old[position] == text else { return nil }
        position += 1
      }
      if line.first != "-" { new.append(String(text)) }
    }
    return new + old[position...]
  }
}
