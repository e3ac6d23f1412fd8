import DTXEvaluator
import DTXLedger
import DTXTestSupport
import Testing

/// What becomes of single statements when their script is run a second time.
@Suite("A statement that is run again")
struct SecondRunTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let script: String
    /// How many operations the second run finds done.
    let applied: Int
    /// What the second run reports.
    let codes: [String]

    init(_ script: String, applied: Int = 0, codes: [String] = []) {
      (self.script, self.applied, self.codes) = (script, applied, codes)
    }

    var testDescription: String { script }
  }

  static let rows: [Row] = [
    Row("capture card all", applied: 1),
    Row("capture card all ref \"a\"", applied: 1),
    Row("capture card line chair", applied: 1),
    Row("capture card line chair line lamp 5000 ref \"a\"", applied: 1),
    Row("capture card 49990 line chair line lamp", applied: 1),
    Row("capture card line chair 100\ncapture card line chair", applied: 2),
    Row("capture card line chair\ncapture card all", applied: 2),
    Row("capture card line lamp qty 1", applied: 1),
    Row("refund returned line 1 qty 0.2\nrefund returned line 1", applied: 2),
    Row("capture gift line 1 line card", applied: 1),
    Row("capture psp 1000 final", applied: 1),
    Row("capture psp 50% of ((transaction psp).authorized)", applied: 1),
    Row("refund returned all", applied: 1),
    Row("refund returned line 1", applied: 1),
    Row("void psp", applied: 1),
    Row("void partial remaining", applied: 1),
    Row("extend klarna", applied: 1),
    Row("authorize hold", applied: 1),
    Row("tag card \"x\"", applied: 1),
    Row("adjust klarna { add line 3 \"Rug\" 500 }", applied: 1),
    Row("adjust klarna { drop line 2 } ref \"u\"", applied: 1),
    Row("adjust klarna { set line 1 50000 }\nadjust klarna { set line 2 30000 }", applied: 2),
    Row("adjust klarna { add line 3 \"A\" 1 }\nadjust klarna { add line 4 \"B\" 2 }", applied: 2),
    Row("capture klarna 5000 again \"x\"\ncapture klarna 5000 again \"x\"", applied: 2),
    // What is left has become something else: done or not cannot be told, so it is refused.
    Row("capture psp 50% of ((transaction psp).remaining)", codes: ["DTX3204"]),
    Row(
      "capture psp 50% of ((transaction psp).remaining) ref \"a\"",
      codes: ["DTX3202"]
    ),
    Row(
      "capture klarna line 1 qty 1\nadjust klarna { set line 1 70000 }",
      applied: 1,
      codes: ["DTX3204"]
    ),
    // So it is whatever carries the value from where it is read to where it is used.
    Row(
      "let $half = 50% of ((transaction psp).remaining)\ncapture psp $half",
      codes: ["DTX3204"]
    ),
    Row(
      "for $half in [50% of ((transaction psp).remaining)] { capture psp $half }",
      codes: ["DTX3204"]
    ),
    Row(
      "define take($part) { capture psp $part }\ncall take(50% of ((transaction psp).remaining))",
      codes: ["DTX3204"]
    ),
    Row(
      "for $t in transactions where id = T12345678.psp { capture $t 50% of $t.remaining }",
      codes: ["DTX3204"]
    ),
    Row(
      "for $line in (transaction klarna).lines { capture klarna line $line.id $line.remaining }",
      codes: ["DTX2005", "DTX2005"]
    ),
    Row("for $line in (transaction klarna).lines { capture klarna line $line.id }", applied: 2),
    Row(
      "capture card line chair 100 ref \"a\"\nrefund card all\ncapture card line chair 50 ref \"b\"",
      applied: 2,
      codes: ["DTX3204"]
    ),
  ]

  @Test("is left out, or refused, and never done twice", arguments: rows)
  func secondRun(row: Row) throws {
    var history = ProvidedHistory(Fixtures.transactions)
    let first = PlannedScript(row.script, against: history.transactions)
    #expect(first.errorTexts == [])
    let plan = try #require(first.evaluation).plan
    #expect(!plan.steps.isEmpty)
    try history.carryOut(plan)
    let second = PlannedScript(row.script, against: history.transactions)
    #expect(second.steps.isEmpty)
    #expect(second.codes == row.codes)
    #expect(second.evaluation?.plan.alreadyApplied.count == row.applied)
  }

  @Test(
    "is done where the line was changed by others",
    arguments: [
      ("adjust klarna { add line 3 \"Rug\" 500 }", "DTX3108"),
      ("adjust klarna { drop line 2 }", "DTX3104"),
    ]
  )
  func changedByOthers(script: String, code: String) throws {
    // The same change under another reference is no reason to believe that it was this statement.
    var history = ProvidedHistory(Fixtures.transactions)
    let others = PlannedScript("\(script) ref \"theirs\"", against: history.transactions)
    try history.carryOut(try #require(others.evaluation).plan)
    #expect(PlannedScript(script, against: history.transactions).codes == [code])
  }

  @Test("that was done once of twice is done the second time")
  func halfDone() throws {
    var history = ProvidedHistory(Fixtures.transactions)
    let one = "capture klarna 5000 again \"two parcels\"\n"
    try history.carryOut(
      try #require(PlannedScript(one, against: history.transactions).evaluation).plan
    )
    let both = PlannedScript(one + one, against: history.transactions)
    #expect(both.errorTexts == [])
    #expect(both.steps.count == 1)
    #expect(both.evaluation?.plan.alreadyApplied.count == 1)
    let fresh = PlannedScript(one + one)
    #expect(both.references == [fresh.references[1]])
  }
}
