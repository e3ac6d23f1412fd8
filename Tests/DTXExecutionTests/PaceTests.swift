import DTXTestSupport
import Testing

@testable import DTXExecution

@Suite("Time inside the execution")
struct PaceTests {
  static func seconds(_ count: Double) -> Moment {
    Moment(nanoseconds: 0).advanced(bySeconds: count)
  }

  @Test(
    "a moment plus a span",
    arguments: [
      (1.5, 1_500_000_000), (0, 0), (-1, 0), (.nan, 0), (.infinity, .max), (1e300, .max),
      (1e-10, 1),
    ] as [(Double, Int64)]
  )
  func moments(seconds: Double, nanoseconds: Int64) {
    #expect(Self.seconds(seconds).nanoseconds == nanoseconds)
  }

  @Test("the end of time is not passed")
  func lastMoment() {
    let last = Moment(nanoseconds: .max - 1)
    #expect(last.advanced(bySeconds: 1).nanoseconds == .max)
  }

  @Test("a pace gives one token per interval, and none in advance")
  func pace() {
    var pace = Pace(perSecond: 5)
    let given = [0, 0.1, 0.2, 9, 9.1].map { pace.take(at: Self.seconds($0)) }
    #expect(given == [true, false, true, true, false])
    #expect(pace.next == Self.seconds(9.2))
  }

  @Test("a pause is never shortened")
  func pause() {
    var pace = Pace(perSecond: nil)
    let before = [0, 0].map { pace.take(at: Self.seconds($0)) }
    pace.pause(until: Self.seconds(3))
    pace.pause(until: Self.seconds(2))
    let after = [2.9, 3, 3].map { pace.take(at: Self.seconds($0)) }
    #expect(before == [true, true])
    #expect(after == [false, true, true])
  }

  @Test("alarms go off in order of time", arguments: 0..<30 as Range<UInt64>)
  func alarms(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var alarms = Alarms()
    var waiting: [Int64] = []
    for turn in 0..<200 {
      if Bool.random(using: &random) {
        let moment = Int64.random(in: 0...50, using: &random)
        alarms.add(Alarms.Alarm(moment: Moment(nanoseconds: moment), transaction: Int32(turn)))
        waiting.append(moment)
        waiting.sort()
      } else {
        let now = Int64.random(in: 0...50, using: &random)
        let due = waiting.first.flatMap { $0 <= now ? $0 : nil }
        let popped = alarms.popDue(at: Moment(nanoseconds: now))
        #expect(popped?.moment.nanoseconds == due)
        if due != nil { waiting.removeFirst() }
      }
      #expect(alarms.soonest?.nanoseconds == waiting.first)
    }
  }

  @Test("a queue keeps its order", arguments: 0..<10 as Range<UInt64>)
  func queue(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var queue = Queue<Int>()
    var model: [Int] = []
    for number in 0..<2_000 {
      // Fills more often than it empties, then the other way round.
      if Int.random(in: 0..<10, using: &random) < (number < 1_000 ? 6 : 3) {
        queue.append(number)
        model.append(number)
      } else {
        let popped = queue.popFirst()
        #expect(popped == model.first)
        if popped != nil { model.removeFirst() }
      }
      #expect(queue.isEmpty == model.isEmpty)
    }
  }
}
