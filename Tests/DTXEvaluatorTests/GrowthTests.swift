import DTXEvaluator
import DTXLedger
import DTXSyntax
import Glibc
import Testing

/// How work and memory grow with the script: in proportion to it, whatever it is made of.
@Suite("Growth of planning", .serialized)
struct GrowthTests {
  /// How many times as long the long script is.
  private static let factor = 8
  /// Linear work takes eight times as long, quadratic work 64 times.
  private static let largestGrowth = 24.0

  struct Shape: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: @Sendable (_ count: Int) -> String

    init(_ description: String, _ script: @escaping @Sendable (Int) -> String) {
      (testDescription, self.script) = (description, script)
    }

    init(_ description: String, line: @escaping @Sendable (Int) -> String) {
      self.init(description, { count in (0..<count).map { line($0) + "\n" }.joined() })
    }
  }

  static let shapes: [Shape] = [
    Shape("references", line: { "capture large \($0 + 1) ref \"r\($0)\"" }),
    Shape("no references", line: { "capture large \($0 + 1)" }),
    Shape("equal operations", line: { _ in "capture large 7 again \"meant\"" }),
    Shape("equal operations left out", line: { _ in "capture large 7 ref \"a\"" }),
    Shape("mistakes after many steps") { count in
      let steps = (0..<count / 2).map { "capture large \($0 + 1)\n" }.joined()
      return steps + String(repeating: "refund large 9007199254740991\n", count: count / 2)
    },
    Shape("warnings", line: { "capture large 90071992547409.91 NOK ref \"w\($0)\"" }),
    Shape("operations beyond the limit", line: { "capture large \($0 + 1) ref \"o\($0)\"" }),
    Shape("unknown transactions", line: { "capture nosuch\($0) all" }),
    Shape("lookups", line: { "show order \"order-\($0)\"" }),
    Shape("outputs", line: { "print \($0), (transaction card).captured" }),
    Shape("guards", line: { "expect $plan.operations <= \($0)" }),
    Shape("guards that always hold", line: { _ in "expect 1 < 2" }),
  ]

  @Test("is linear in the statements", arguments: shapes)
  func time(shape: Shape) {
    let (short, long) = (shape.script(500), shape.script(500 * Self.factor))
    // The first one also pays for what is made once.
    _ = Self.seconds { plan(short, shape) }
    // The least of several is the one that was disturbed least.
    func least(_ script: String) -> Double {
      (0..<3).map { _ in Self.seconds { plan(script, shape) } }.min() ?? 0
    }
    #expect(least(long) / least(short) < Self.largestGrowth)
  }

  private func plan(_ script: String, _ shape: Shape) {
    let limit = shape.testDescription == "operations beyond the limit" ? 100 : 100_000
    let planned = PlannedScript(script, operationLimit: limit)
    #expect(planned.evaluation != nil)
  }

  /// The processor time of this thread that a piece of work takes: other programs do not count.
  private static func seconds(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
  }

  @Test("keeps one step, one portion and one reference for an operation", arguments: [100, 1_000])
  func counts(count: Int) throws {
    let script = (0..<count).map { "capture klarna line 1 \($0 + 1) ref \"r\($0)\"\n" }.joined()
    let transactions = Fixtures.transactions.map { transaction in
      var roomy = transaction
      roomy.state.authorized = MinorUnits(10_000_000)
      for index in roomy.state.lines.indices {
        roomy.state.lines[index].amount = MinorUnits(5_000_000)
      }
      return roomy
    }
    let plan = try #require(PlannedScript(script, against: transactions).evaluation).plan
    #expect(plan.steps.count == count)
    #expect(plan.portions.count == count)
    #expect(plan.references.count == count)
    #expect(plan.extras.isEmpty)
  }

  @Test("keeps the values that a script holds millions of small")
  func sizes() {
    #expect(MemoryLayout<Step>.stride <= 80)
    #expect(MemoryLayout<LinePortion>.stride <= 24)
    #expect(MemoryLayout<Statement>.stride <= 96)
    #expect(MemoryLayout<LineClause>.stride <= 44)
    #expect(MemoryLayout<Clause>.stride <= 32)
    #expect(MemoryLayout<Operand>.stride <= 12)
    #expect(MemoryLayout<Expression>.stride <= 32)
  }
}
