import DTXSyntax
import Testing

@Suite("nearest(to:among:)")
struct NearestTests {
  static let words = [
    "capture", "refund", "void", "adjust", "extend", "authorize", "tag", "all", "line", "ref",
  ]

  @Test(
    "finds what was meant",
    arguments: [
      ("captrue", "capture"), ("capture", "capture"), ("CAPTURE", "capture"),
      ("catpure", "capture"),
      ("refnd", "refund"), ("viod", "void"), ("athorise", "authorize"), ("al", "all"),
      ("rfe", "ref"),
      ("lines", "line"),
    ]
  )
  func finds(word: String, candidate: String) {
    #expect(nearest(to: word, among: Self.words) == candidate)
  }

  @Test(
    "finds nothing where nothing is near",
    arguments: [
      "", "x", "xyzzy", "print", "to", "transaction", String(repeating: "capture", count: 100),
    ]
  )
  func findsNothing(word: String) {
    #expect(nearest(to: word, among: Self.words) == nil)
  }

  @Test("takes the first of equally near candidates")
  func ties() {
    #expect(nearest(to: "bat", among: ["cat", "hat"]) == "cat")
    #expect(nearest(to: "bat", among: []) == nil)
  }
}
