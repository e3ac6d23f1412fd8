import DTXPlanning
import Foundation
import Testing

/// Saved plans that are whole and unchanged, and not to be carried out for what they say.
@Suite("Saved plans")
struct SavedPlanTests {
  /// Saves a plan of the sentence, with its header changed and its digest made anew.
  private func plan(
    in workplace: Workplace,
    _ change: (inout PlanHeader) -> Void
  ) async throws {
    let script = #"capture tx123 line 1 29990 ref "ship-1""#
    let planned = try await workplace.start(
      ["plan", "-", "-o", "out.plan"],
      input: Array(script.utf8)
    )
    .result()
    try #require(planned.status == 0, "\(planned.errors)")
    let file = try PlanFile.decode(workplace.bytes(of: "out.plan"))
    var header = file.header
    change(&header)
    try workplace.write(
      PlanFile.encode(file.plan, header: header, places: file.places).bytes,
      to: "out.plan"
    )
  }

  @Test("are carried out as long as they have not expired", arguments: [true, false])
  func expiry(isExpired: Bool) async throws {
    let workplace = try Workplace()
    let age = PlanHeader.lifetimeMilliseconds + (isExpired ? 1_000 : -60_000)
    try await plan(in: workplace) { header in
      header.plannedAt -= age
      header.expiresAt -= age
    }
    let result = try await workplace.dtx("apply", "out.plan", "--yes")
    #expect(result.status == (isExpired ? 5 : 0), "\(result.errors)")
    #expect(result.errors.contains("DTX5046") == isExpired)
    #expect(result.errors.contains("make it again with `dtx plan`") == isExpired)
    #expect(try workplace.captured("tx123") == (isExpired ? 0 : 29_990))
    // Looking at it is still allowed.
    #expect(try await workplace.dtx("show", "out.plan").status == 0)
  }

  @Test("are not carried out on another account")
  func otherAccount() async throws {
    let workplace = try Workplace()
    try await plan(in: workplace) { $0.account = "P12345678" }
    let result = try await workplace.dtx("apply", "out.plan", "--yes")
    #expect(result.status == 5)
    #expect(result.errors.contains("this plan is for account P12345678, and this is T12345678"))
    #expect(try workplace.captured("tx123") == 0)
  }

  @Test("are refused with an account that is none")
  func noAccount() async throws {
    let workplace = try Workplace()
    try await plan(in: workplace) { $0.account = "nobody" }
    for command in ["apply", "show"] {
      let result = try await workplace.dtx(command, "out.plan")
      #expect(result.status == 5, "\(command): \(result)")
    }
  }
}
