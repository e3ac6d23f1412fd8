extension Transaction {
  /// What a plan relies on not to have changed, as bytes that are the same for the same facts.
  ///
  /// The totals, what is pending, the status, the second reference and the ids of the events, in
  /// their order. Each text stands behind its length, so that no two lists of facts are written
  /// alike.
  ///
  /// Shape: six totals of 8 bytes, little end first; one byte of flags; then texts, each behind
  /// 4 bytes of length.
  package var fingerprintFields: [UInt8] {
    var bytes: [UInt8] = []
    let totals = [
      state.authorized, state.captured, state.refunded, state.voided, state.pendingCapture,
      state.pendingRefund,
    ]
    for total in totals { append(UInt64(bitPattern: total.count), byteCount: 8, to: &bytes) }
    let flags: [Bool] = [
      state.isVoidPending, state.isPreauthorization, state.isConsistent,
      state.secondReference != nil,
    ]
    bytes.append(flags.reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
    append(state.status.rawValue, to: &bytes)
    append(state.secondReference ?? "", to: &bytes)
    for event in events { append(event.id, to: &bytes) }
    return bytes
  }

  /// The fields of the fingerprint in 64 bits, to find out whether a transaction has drifted.
  ///
  /// It tells changes by others apart from none; it is no protection against someone who wants
  /// two states to look alike.
  ///
  /// Source: FNV-1a, 64 bits, IETF draft-eastlake-fnv.
  package var fingerprint: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in fingerprintFields { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }

  private func append(_ text: String, to bytes: inout [UInt8]) {
    append(UInt64(text.utf8.count), byteCount: 4, to: &bytes)
    bytes.append(contentsOf: text.utf8)
  }

  private func append(_ number: UInt64, byteCount: Int, to bytes: inout [UInt8]) {
    for index in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}
