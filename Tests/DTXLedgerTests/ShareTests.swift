import DTXLedger
import Testing

@Suite("A share of an amount")
struct ShareTests {
  @Test(
    "is rounded half to even",
    arguments: [
      (amount: 20_000, basisPoints: 100, share: 200), (19_999, 100, 200), (149, 100, 1),
      (150, 100, 2), (250, 100, 2), (25, 5_000, 12), (35, 5_000, 18), (-25, 5_000, -12),
      (-35, 5_000, -18), (1, 1, 0),
    ] as [(amount: Int64, basisPoints: Int64, share: Int64)]
  )
  func rounding(amount: Int64, basisPoints: Int64, share: Int64) {
    #expect(MinorUnits(amount).share(basisPoints: basisPoints) == MinorUnits(share))
  }

  @Test("is refused where it does not fit")
  func overflow() {
    #expect(MinorUnits(.max).share(basisPoints: 10_001) == nil)
    #expect(MinorUnits(.max).share(basisPoints: 10_000) == MinorUnits(.max))
  }
}
