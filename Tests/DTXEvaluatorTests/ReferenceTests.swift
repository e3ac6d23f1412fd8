import DTXLedger
import Testing

/// The references that are made where none is written.
@Suite("A derived reference")
struct ReferenceTests {
  private static func reference(_ statement: String) -> String? {
    PlannedScript(statement).references.first ?? nil
  }

  @Test("is short, marked, and of letters that can be read aloud")
  func shape() throws {
    let reference = try #require(Self.reference("capture card 1000"))
    #expect(reference.hasPrefix(PlanBuilder.derivedReferencePrefix))
    #expect(reference.utf8.count == 16)
    #expect(reference.dropFirst(4).allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz".contains($0) })
  }

  @Test(
    "is the same for the same operation, however it is written",
    arguments: [
      ("capture card 1000", "capture  T12345678.card 10.00 NOK meta parcel \"7\""),
      ("capture card 1000", "print now\ncapture card 1_000"),
      ("capture card line chair 1000", "capture card 1000 line \"chair\" 1000"),
      ("capture card all", "capture  card  all"),
      ("capture card 10% of 9.00 NOK", "capture card 10%  of\t9.00 NOK"),
      ("refund returned line 1 500 reason \"a\"", "refund returned line 1 500 reason \"b\""),
    ]
  )
  func same(left: String, right: String) {
    #expect(Self.reference(left) != nil)
    #expect(Self.reference(left) == Self.reference(right))
  }

  @Test(
    "differs for different operations",
    arguments: [
      ("capture card 1000", "capture card 1001"), ("capture card 1000", "capture klarna 1000"),
      ("capture card 29990", "capture card line chair 29990"),
      ("capture card all", "capture card 54890"),
      ("capture card line chair", "capture card line lamp"),
      ("capture klarna 1000", "capture klarna 1000 again \"x\""),
      ("capture klarna 1000 again \"x\"", "capture klarna 1000 again \"y\""),
      ("capture psp 1000", "capture psp 1000 final"),
      ("capture yen 10% of ((transaction yen).authorized)", "capture yen 2999"),
      ("adjust klarna { set line 1 100 }", "adjust klarna { set line 1 200 }"),
      ("refund partial 1000", "capture partial 1000"),
    ]
  )
  func different(left: String, right: String) {
    #expect(Self.reference(left) != nil)
    #expect(Self.reference(right) != nil)
    #expect(Self.reference(left) != Self.reference(right))
  }

  @Test("is not made for operations that carry none", arguments: ["void psp", "tag card \"x\""])
  func none(statement: String) {
    #expect(PlannedScript(statement).references == [nil])
  }
}
