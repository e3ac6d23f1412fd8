import DTXExecution
import DTXLedger
import DTXTestSupport
import Testing

@Suite("Execution in a world that misbehaves")
struct SimulationTests {
  /// Above this many turns a run of the sizes here does not end by itself.
  static let turnLimit = 20_000

  @Test("without faults, everything is done", arguments: 0..<40 as Range<UInt64>)
  func quiet(seed: UInt64) throws {
    var world = try World(seed: seed, operationCount: 12, faultShare: 0)
    world.options.firstOnly = nil
    var simulation = world.simulation()
    simulation.run(untilTurn: Self.turnLimit)
    try simulation.checkReport()
    #expect(simulation.problems == [])
    // A provider that can't be read five times running is a fault too, only a rare one.
    let isRead = simulation.report?.isUnreachable == false
    #expect(!isRead || simulation.report?.category == .allDone)
  }

  @Test("with faults and interruptions, the report is true", arguments: 0..<400 as Range<UInt64>)
  func faults(seed: UInt64) throws {
    let world = try World(seed: seed, operationCount: 14, faultShare: 3)
    var simulation = world.simulation()
    if seed % 3 == 0 {
      simulation.run(untilTurn: Int(seed % 100))
      simulation.interrupt()
    }
    simulation.run(untilTurn: Self.turnLimit)
    try simulation.checkReport()
    #expect(simulation.problems == [])
  }

  @Test("with crashes at random, nothing is sent twice", arguments: 0..<300 as Range<UInt64>)
  func crashes(seed: UInt64) throws {
    let world = try World(seed: seed, operationCount: 14, faultShare: 4)
    var simulation = world.simulation()
    while simulation.report == nil, simulation.turn < Self.turnLimit {
      simulation.run(untilTurn: simulation.turn + 1)
      if simulation.turn < 400, simulation.isTrue(in: 25) { try simulation.crash() }
    }
    try simulation.checkReport()
    #expect(simulation.problems == [])
  }

  @Test("a crash at any one turn loses nothing", arguments: 0..<10 as Range<UInt64>)
  func everyTurn(seed: UInt64) throws {
    let world = try World(seed: seed, operationCount: 6, faultShare: 5)
    var turn = 0
    while true {
      var simulation = world.simulation()
      simulation.run(untilTurn: turn)
      if simulation.report != nil { break }
      try simulation.crash()
      simulation.run(untilTurn: Self.turnLimit)
      try simulation.checkReport()
      #expect(simulation.problems == [], "crash at turn \(turn)")
      turn += 1
    }
    #expect(turn > 0)
  }

  @Test("a run that was interrupted is finished by resuming", arguments: 0..<60 as Range<UInt64>)
  func interruptions(seed: UInt64) throws {
    var world = try World(seed: seed, operationCount: 12, faultShare: 0)
    world.options.firstOnly = nil
    var simulation = world.simulation()
    for pause in [7, 23, 41] {
      simulation.run(untilTurn: simulation.turn + pause)
      simulation.interrupt()
      simulation.run(untilTurn: Self.turnLimit)
      try simulation.checkReport()
      try simulation.resume()
    }
    simulation.run(untilTurn: Self.turnLimit)
    try simulation.checkReport()
    #expect(simulation.problems == [])
    let isRead = simulation.report?.isUnreachable == false
    #expect(!isRead || simulation.report?.category == .allDone)
  }

  @Test(
    "a failure that is corrected since is done after resuming",
    arguments: 0..<60 as Range<UInt64>
  )
  func corrections(seed: UInt64) throws {
    var world = try World(seed: seed, operationCount: 12, faultShare: 0)
    world.options.firstOnly = nil
    world.options.errorPolicy = seed.isMultiple(of: 2) ? .continue : .skip
    world.faults = world.faulty(every: 3, .failedEventThenCorrected)
    var simulation = world.simulation()
    simulation.run(untilTurn: Self.turnLimit)
    // A look may fail as well, so that one time need not be enough.
    for _ in 0..<8 {
      try simulation.resume()
      simulation.run(untilTurn: Self.turnLimit)
    }
    try simulation.checkReport()
    #expect(simulation.problems == [])
  }
}

/// A random plan with random options and faults.
struct World {
  var options = ExecutionOptions()
  private let plan: Plan
  var faults: [(OperationID, [FakeProviderFault])]
  private let seed: UInt64

  /// Draws a world; of so many operations about one has a fault, or none if it is 0.
  init(seed: UInt64, operationCount: Int, faultShare: Int) throws {
    self.seed = seed
    var generator = LedgerGenerator(seed: seed)
    plan = Self.plan(operationCount: operationCount, &generator)
    var faults: [(OperationID, [FakeProviderFault])] = []
    for step in plan.steps.indices
    where faultShare > 0 && Int.random(in: 0..<faultShare, using: &generator.random) == 0 {
      let count = Int.random(in: 1...3, using: &generator.random)
      let list = (0..<count).compactMap { _ in
        Self.faults.randomElement(using: &generator.random)
      }
      faults.append((OperationID(run: Plans.run, step: Int32(step)), list))
    }
    self.faults = faults
    options.concurrency = .random(in: 1...4, using: &generator.random)
    options.ratePerSecond = [nil, 5, 50].randomElement(using: &generator.random) ?? nil
    options.pendingWaitSeconds = [0, 5, 120].randomElement(using: &generator.random) ?? 0
    options.errorPolicy =
      [.stop, .skip, .continue].randomElement(using: &generator.random) ?? .stop
    options.firstOnly = [nil, nil, 0, 1, 3].randomElement(using: &generator.random) ?? nil
  }

  /// What the provider corrects behind the run's back makes the report of it wrong.
  private static let faults = FakeProviderFault.allCases.filter {
    $0 != .failedEventThenCorrected
  }

  func simulation() -> Simulation {
    Simulation(plan, options: options, faults: faults, seed: seed &+ 1)
  }

  /// Returns a fault for every so many operations that leave an event.
  func faulty(every share: Int, _ fault: FakeProviderFault) -> [(OperationID, [FakeProviderFault])]
  {
    plan.steps.indices.filter { plan.steps[$0].kind != .tag && $0 % share == 0 }
      .map { (OperationID(run: Plans.run, step: Int32($0)), [fault]) }
  }

  private static func plan(operationCount: Int, _ generator: inout LedgerGenerator) -> Plan {
    let transactions = (1...4).map { number in
      var transaction = generator.transaction(number: number)
      transaction.events = [
        Event(id: "start-\(number)", kind: .authorize, statusAfter: .authorized, createdAt: 0)
      ]
      return transaction
    }
    var builder = PlanBuilder(transactions: transactions)
    // Most operations drawn hold; some plans stay shorter.
    for number in 0..<operationCount * 4 where builder.steps.count < operationCount {
      let target = Int32.random(in: 0..<Int32(transactions.count), using: &generator.random)
      let operation = generator.operation(on: builder.plannedTransaction(target))
      let isReferenced = operation.kind == .capture || operation.kind == .refund
      let reference = Array((isReferenced ? "reference-\(number)" : "").utf8)
      do throws(Refusal) {
        _ = try builder.add(
          operation,
          to: target,
          reference: reference.span,
          isReferenceWritten: true,
          isAgain: true,
          extras: nil,
          statement: Int32(number)
        )
      } catch {
        // The draw includes operations that the rules refuse, which belong to no plan.
        continue
      }
    }
    return builder.finish()
  }
}
