import DTXTestSupport
import Soaking
import Testing

/// A small soak: everything goes wrong that can, in processes that are killed.
@Suite("Operations that go wrong between processes that are killed")
struct SoakTests {
  @Test("happen once, or are known not to have happened", arguments: [UInt64(1), 2])
  func soak(seed: UInt64) throws {
    let folder = TemporaryFolder()
    var options = Soak.Options()
    options.operations = 160
    options.transactions = 40
    options.kills = 3
    options.seed = seed
    options.faultShare = 0.3
    options.concurrency = 16
    options.longestSeconds = 0.6
    options.patience = 0.005
    let verdict = try Soak(options, program: Program.path, folder: folder.path).run()
    #expect(verdict.twice == [])
    #expect(verdict.lost == [])
    #expect(verdict.wrong == [])
    // Some of both, or nothing is tested; how many depends on what was on its way at each kill.
    #expect(verdict.counts["done", default: 0] > 16, "\(verdict.counts)")
    #expect(verdict.counts["done"] != options.operations, "\(verdict.counts)")
  }
}
