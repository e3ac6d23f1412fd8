import DTXTestSupport
import Foundation
import GRDB
import Testing

/// What becomes of a run whose process is killed, interrupted, or not alone.
@Suite("Runs that are cut short")
struct RecoveryTests {
  static let payments = 40
  static let operations = payments * ManyPayments.operationsForEach
  /// Entries of a whole run: each operation is intended and settled, and the run begins and ends.
  static let entries = operations * 2 + 2

  private func workplace() async throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(ManyPayments.seed(count: Self.payments), to: "seed.json")
    try workplace.write(ManyPayments.script(count: Self.payments), to: "many.dtx")
    let seeded = try await workplace.dtx("sandbox", "seed", "seed.json")
    try #require(seeded.status == 0, "\(seeded.errors)")
    return workplace
  }

  /// Waits until a condition holds, or the program has ended.
  private func wait(for run: ProgramRun, until condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + ProgramRun.deadline
    while run.isRunning, !(try condition()) {
      try #require(ContinuousClock.now < deadline, "what was waited for did not come")
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Runs the script again and expects that everything has then happened once.
  private func runAgain(_ workplace: Workplace) async throws {
    let again = try await workplace.dtx("run", "many.dtx", "--yes")
    #expect(again.status == 0, "\(again)")
    #expect(try await workplace.dtx("journal", "verify").status == 0)
    try ManyPayments.expectEachOnce(count: Self.payments, in: workplace)
    #expect(try await workplace.dtx("run", "many.dtx", "--yes").output.contains("nothing to do"))
  }

  @Test("do everything once when the script is run again", arguments: UInt64(1)...6)
  func killedAnywhere(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let workplace = try await workplace()
    // It may be killed more than once, and at any moment: with intents, effects and outcomes of
    // eight payments on their way.
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let before = try workplace.journalEntryCount()
      let moment = before + Int.random(in: 1...(Self.entries / 2), using: &random)
      let run = try workplace.start(["run", "many.dtx", "--yes", "--concurrency", "8"])
      try await wait(for: run) { try workplace.journalEntryCount() >= moment }
      run.signal(SIGKILL)
      _ = try await run.result()
      #expect(try await workplace.dtx("journal", "verify").status == 0)
    }
    try await runAgain(workplace)
  }

  @Test("go on after a kill between two operations", arguments: UInt64(1)...4)
  func killedInBetween(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let workplace = try await workplace()
    let moment = Int.random(in: 1...15, using: &random)
    let run = try await startSlowly(in: workplace, until: moment)
    // The run's beginning and pairs of entries: everything that was intended is settled.
    try await wait(for: run) { try !workplace.journalEntryCount().isMultiple(of: 2) }
    run.signal(SIGKILL)
    #expect(try await run.result().status == 128 + SIGKILL)
    guard try !workplace.journalEntryCount().isMultiple(of: 2) else {
      // The machine was so busy that the signal came later, with an operation on its way: looking
      // for that would take a minute.
      return try await runAgain(workplace)
    }
    #expect(try await workplace.dtx("resume").status == 5)
    let resumed = try await workplace.dtx("resume", "--yes")
    #expect(resumed.status == 0, "\(resumed)")
    try ManyPayments.expectEachOnce(count: Self.payments, in: workplace)
    #expect(try await workplace.dtx("resume", "--yes").errors.contains("no unfinished run"))
    try await runAgain(workplace)
  }

  @Test("find what was carried out and not recorded, and do not send it again")
  func killedBeforeTheOutcome() async throws {
    let workplace = try await workplace()
    let run = try await startSlowly(in: workplace, until: 5)
    let (sandbox, journal) = try await holdRequest(of: run, in: workplace)
    // The request is let through, and its outcome is not.
    try await journal.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let before = try workplace.effects().count
    try await sandbox.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try await wait(for: run) { try workplace.effects().count > before }
    run.signal(SIGKILL)
    #expect(try await run.result().status == 128 + SIGKILL)
    try await journal.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    let resumed = try await workplace.dtx("resume", "--yes")
    #expect(resumed.status == 0, "\(resumed)")
    try ManyPayments.expectEachOnce(count: Self.payments, in: workplace)
  }

  @Test("send nothing again that was intended and left no trace")
  func killedBeforeTheEffect() async throws {
    let workplace = try await workplace()
    let run = try await startSlowly(in: workplace, until: 5)
    let (sandbox, _) = try await holdRequest(of: run, in: workplace)
    run.signal(SIGKILL)
    #expect(try await run.result().status == 128 + SIGKILL)
    try await sandbox.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    let held = try workplace.lastIntended()
    let before = try workplace.effects()
    // Other payments go on meanwhile. Looking for the one takes more than a minute, for which the
    // test does not wait.
    let resumed = try workplace.start(["resume", "--yes"])
    try await wait(for: resumed) { try workplace.effects().count > before.count + 20 }
    resumed.signal(SIGKILL)
    _ = try await resumed.result()
    #expect(
      try workplace.effects().filter { $0.transaction == held }
        == before.filter { $0.transaction == held }
    )
    #expect(try await workplace.dtx("journal", "verify").status == 0)
    try await runAgain(workplace)
  }

  @Test("are left to whoever is at work on them")
  func atWork() async throws {
    let workplace = try await workplace()
    let run = try await startSlowly(in: workplace, until: 5)
    let resumed = try await workplace.dtx("resume", "--yes")
    #expect(resumed.status == 5, "\(resumed)")
    #expect(resumed.errors.contains("DTX5037"))
    #expect(try await workplace.dtx("journal").output.contains("at work"))
    run.signal(SIGKILL)
    _ = try await run.result()
    #expect(try await workplace.dtx("journal").output.contains("interrupted"))
    try await runAgain(workplace)
  }

  /// Starts a run of one operation at a time and waits until the journal has so many entries.
  private func startSlowly(in workplace: Workplace, until entries: Int) async throws -> ProgramRun {
    let run = try workplace.start(
      ["run", "many.dtx", "--yes", "--concurrency", "1", "--rate", "2"]
    )
    try await wait(for: run) { try workplace.journalEntryCount() >= entries }
    return run
  }

  /// Locks the sandbox and waits until an operation is intended, which the lock then holds up.
  private func holdRequest(
    of run: ProgramRun,
    in workplace: Workplace
  ) async throws -> (sandbox: DatabaseQueue, journal: DatabaseQueue) {
    let sandbox = try workplace.database(workplace.sandbox)
    let journal = try workplace.database(workplace.journal)
    try await wait(for: run) { try !workplace.journalEntryCount().isMultiple(of: 2) }
    try await sandbox.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    try await wait(for: run) { try workplace.journalEntryCount().isMultiple(of: 2) }
    return (sandbox, journal)
  }
}

// MARK: - Interruptions and others at work

extension RecoveryTests {
  @Test("end in good order at Ctrl-C, and go on when the script is run again", arguments: [1, 12])
  func interrupted(entries: Int) async throws {
    let workplace = try await workplace()
    // A run of half a minute, if it went to its end.
    let run = try workplace.start(["run", "many.dtx", "--yes", "--rate", "4"])
    try await wait(for: run) { try workplace.journalEntryCount() >= entries }
    run.signal(SIGINT)
    let result = try await run.result()
    #expect(result.status == 130, "\(result.errors)")
    #expect(result.output.contains("The run was interrupted."))
    #expect(result.errors.contains("Ctrl-C again leaves at once"))
    #expect(result.errors.contains("run the script again"))
    // Everything that was intended is settled: there is nothing to look for.
    #expect(try await workplace.dtx("resume", "--yes").errors.contains("no unfinished run"))
    try await runAgain(workplace)
  }

  @Test("tell a second one who is at work, and let it do nothing")
  func claimed() async throws {
    let workplace = try await workplace()
    let first = try workplace.start(["run", "many.dtx", "--yes", "--rate", "2"])
    try await wait(for: first) { try workplace.journalEntryCount() >= 6 }
    let second = try await workplace.dtx("-c", #"capture many39 700 ref "other""#, "--yes")
    #expect(second.status == 5)
    #expect(second.errors.contains("DTX5037"))
    #expect(second.errors.contains("many39"))
    #expect(second.errors.contains("is being worked on by \(NSUserName())"))
    // Somebody who looks is let in, and so is somebody at other payments.
    #expect(try await workplace.dtx("-c", "show many1").status == 0)
    #expect(try await workplace.dtx("-c", "capture tx123 line 2", "--yes").status == 0)
    // The unfinished run is that of a living process, and nobody else takes it over.
    #expect(try await workplace.dtx("resume", "--yes").status == 5)
    first.signal(SIGINT)
    #expect(try await first.result().status == 130)
    try await runAgain(workplace)
  }

  @Test("do nothing twice when two begin at the same time")
  func atTheSameTime() async throws {
    let workplace = try await workplace()
    let runs = try (0..<2).map { _ in try workplace.start(["run", "many.dtx", "--yes"]) }
    var statuses: [Int32] = []
    for run in runs { statuses.append(try await run.result().status) }
    #expect(statuses.contains(0), "\(statuses)")
    try await runAgain(workplace)
  }
}
