package import DTXExecution
import DTXLedger
import Synchronization

/// Faults that befall a share of the requests, the same ones whenever the seed is the same.
///
/// Which request goes wrong depends on what it asks for and on how often that was asked before, and
/// not on the order in which requests arrive, so that a run with many in flight can be repeated.
package final class FaultRates: Sendable {
  /// How large a share of the requests one fault befalls.
  package struct Rate: Hashable, Sendable {
    package let fault: Fault
    /// Between 0 and 1.
    package let share: Double

    package init(_ fault: Fault, _ share: Double) {
      self.fault = fault
      self.share = share
    }
  }

  private let rates: [Rate]
  private let seed: UInt64
  /// How often each request was seen, by its fingerprint.
  private let counts = Mutex<[UInt64: UInt64]>([:])

  /// Makes the faults; the shares come to 1 at most.
  package init(_ rates: [Rate], seed: UInt64) {
    precondition(rates.reduce(0) { $0 + $1.share } <= 1.000_001, "shares come to 1 at most")
    self.rates = rates
    self.seed = seed
  }

  /// Returns what befalls a request; nil for nothing.
  package func fault(of request: OperationRequest) -> Fault? {
    var fingerprint = Fingerprint(seed: seed)
    fingerprint.add(request.transaction.text)
    fingerprint.add(request.operation.kind.name)
    fingerprint.add(request.reference ?? "")
    fingerprint.add(request.operation.text ?? "")
    fingerprint.add(UInt64(bitPattern: request.operation.amount.count))
    return draw(fingerprint)
  }

  /// Returns what befalls a read of something; nil for nothing.
  package func fault(ofReading subject: String) -> Fault? {
    var fingerprint = Fingerprint(seed: seed)
    fingerprint.add(subject)
    return draw(fingerprint)
  }

  private func draw(_ fingerprint: Fingerprint) -> Fault? {
    if rates.isEmpty { return nil }
    let count = counts.withLock { counts in
      counts[fingerprint.value, default: 0] += 1
      return counts[fingerprint.value, default: 0]
    }
    var drawn = fingerprint
    drawn.add(count)
    var rest = drawn.fraction
    for rate in rates {
      if rest < rate.share { return rate.fault }
      rest -= rate.share
    }
    return nil
  }
}

/// A number made of values, spread evenly over 64 bits.
///
/// Source: the mixing step of SplitMix64, Steele, Lea and Flood, 2014.
private struct Fingerprint {
  private(set) var value: UInt64

  init(seed: UInt64) { value = seed }

  mutating func add(_ text: String) {
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    add(UInt64(text.utf8.count))
  }

  mutating func add(_ number: UInt64) {
    var mixed = value ^ number &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    value = mixed ^ (mixed >> 31)
  }

  /// The number as a share of the whole range.
  var fraction: Double { Double(value >> 11) / Double(UInt64(1) << 53) }
}
