import DTXEvaluator
import DTXLedger
import DTXPlanning
import Foundation
import Testing

@Suite("Approvals of plans")
struct ApprovalTests {
  private let ola = ApprovalKey()
  private let per = ApprovalKey()

  private var approvers: [String: String] { ["ola": ola.publicText, "per": per.publicText] }

  private func file(_ script: String = "capture card 29990") async throws -> PlanFile {
    let (plan, source) = try await PlannedAccount.plan(script)
    let bytes = PlanFile.encode(
      plan,
      header: PlannedAccount.header,
      places: StatementPlaces("script", lines: source.statementLines())
    ).bytes
    return try PlanFile.decode(bytes)
  }

  private func count(_ approvals: [Approval], of file: PlanFile) -> [String] {
    Approval.approvers(of: file, approvals, among: approvers)
  }

  @Test("count for the plan they were given for, from whoever may give them, each once")
  func given() async throws {
    let file = try await file()
    let approvals = [
      per.approve(file, as: "per", at: 1), ola.approve(file, as: "ola", at: 2),
      ola.approve(file, as: "ola", at: 3),
    ]
    #expect(count(approvals, of: file) == ["ola", "per"])
    #expect(count([], of: file) == [])
  }

  @Test("do not count for another plan, even one that does the same")
  func otherPlan() async throws {
    let file = try await file()
    let other = try await self.file("capture card 29990 # the same")
    // The header has the digest of one script; the records are the same, and so is the plan's name.
    #expect(other.digest == file.digest)
    let different = try await self.file("capture card 29991")
    #expect(count([ola.approve(different, as: "ola", at: 1)], of: file) == [])
  }

  @Test("do not count from the planner, from strangers, or under another's name")
  func wrongPeople() async throws {
    let file = try await file()
    let stranger = ApprovalKey()
    // The plan is kari's.
    let wrong = [
      stranger.approve(file, as: "eva", at: 1), stranger.approve(file, as: "ola", at: 1),
      per.approve(file, as: "ola", at: 1), ola.approve(file, as: "kari", at: 1),
    ]
    #expect(count(wrong, of: file) == [])
    let planner = ApprovalKey()
    let own = planner.approve(file, as: "kari", at: 1)
    #expect(
      Approval.approvers(of: file, [own], among: ["kari": planner.publicText]) == []
    )
  }

  @Test("do not count once a letter of them is changed")
  func changed() async throws {
    let file = try await file()
    let line = String(decoding: ola.approve(file, as: "ola", at: 17).line, as: UTF8.self)
    #expect(count(Approval.read(Array(line.utf8)), of: file) == ["ola"])
    for (old, new) in [
      (#""time":17"#, #""time":18"#), (#""approver":"ola""#, #""approver":"per""#),
      (#""version":1"#, #""version":2"#), ("T12345678", "P12345678"),
    ] {
      let forged = line.replacing(old, with: new)
      #expect(forged != line)
      #expect(count(Approval.read(Array(forged.utf8)), of: file) == [])
    }
  }

  @Test("are read from a file line by line, and what is none is passed over")
  func reading() async throws {
    let file = try await file()
    let bytes =
      ola.approve(file, as: "ola", at: 1).line + Array("nonsense\n{}\n\n".utf8)
      + per.approve(file, as: "per", at: 1).line
    #expect(count(Approval.read(bytes), of: file) == ["ola", "per"])
  }

  @Test("are signed with a key that is kept as text")
  func keys() async throws {
    let copy = try #require(ApprovalKey(privateText: ola.privateText + "\n"))
    #expect(copy.publicText == ola.publicText)
    #expect(ola.publicText.utf8.count == 64)
    for text in ["", "xyz", String(ola.privateText.dropLast()), String(repeating: "g", count: 64)] {
      #expect(ApprovalKey(privateText: text) == nil)
    }
  }
}
