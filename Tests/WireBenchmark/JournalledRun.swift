import DTXDintero
import DTXEvaluator
import DTXExecution
import DTXJournal
import DTXLedger
import DTXPlanning
import Foundation

/// A plan that is ready to be carried out, as `dtx apply` does it: claims and file set aside.
struct JournalledRun {
  private let driver: Driver
  private let execution: Execution
  private let record: RunRecord
  private let plan: [UInt8]

  /// Reads the payments and plans the captures, which is not part of what is measured.
  init(_ bench: WireBenchmark, _ ids: [TransactionID], inFlight: Int) async throws {
    var configuration = DinteroConfiguration(
      account: bench.account,
      clientID: "dtx",
      clientSecret: { () async throws(ProviderError) in Secret("sandbox") },
      checkoutURL: bench.url,
      apiURL: bench.url,
      version: "bench"
    )
    configuration.concurrency = inFlight
    let client = DinteroClient(configuration)
    let script = Payments.script(ids)
    var planning = Evaluator.Options()
    planning.operationLimit = ids.count
    planning.now = Int64(Date().timeIntervalSince1970 * 1_000)
    let result = try await Planner(reader: client.reader, options: planning).plan(script)
    guard let plan = result.evaluation?.plan, plan.steps.count == ids.count else {
      throw Incomplete(planned: result.evaluation?.plan.steps.count ?? 0, wanted: ids.count)
    }
    var options = ExecutionOptions()
    options.concurrency = inFlight
    options.ratePerSecond = nil
    let run = RunID("bench-\(inFlight)-\(UInt32.random(in: 0 ... .max))")
    execution = Execution(of: plan, run: run, options: options)
    self.plan = script
    record = RunRecord(
      id: run,
      startedAt: planning.now,
      person: "bench",
      profile: "bench",
      account: bench.account,
      script: "bench.dtx",
      scriptDigest: Digest.hexadecimal(of: script),
      planDigest: Digest.hexadecimal(of: Array(run.text.utf8)),
      operationCount: plan.steps.count
    )
    driver = Driver(
      reader: client.reader,
      writer: client.writer,
      journal: SQLiteJournal(path: bench.folder + "/journal.sqlite"),
      interruptions: AsyncStream { _ in }
    )
  }

  /// Carries the plan out; everything in it must be done.
  func carryOut() async throws {
    let report = try await driver.carryOut(execution, as: record, plan: plan)
    guard report.summary.done == record.operationCount else {
      throw Incomplete(planned: report.summary.done, wanted: record.operationCount)
    }
  }

  private struct Incomplete: Error {
    let planned: Int
    let wanted: Int
  }
}
