import Dispatch
import Glibc
import Synchronization

/// Ctrl-C while something is waited for, or carried out: whoever listens decides what it means.
enum Interruptions {
  /// Where the signal handler writes, or -1 while nobody listens.
  private static let writeEnd = Atomic<CInt>(-1)
  private static let counter = Atomic(0)
  private static let interrupted = UInt8(ascii: "i")
  private static let finished = UInt8(ascii: "f")

  /// Whether Ctrl-C ends nothing where nobody listens.
  private static let isOutlived = Atomic(false)

  /// Has the program outlive, from now on, a Ctrl-C for which nobody listens.
  static func outlive() {
    isOutlived.store(true, ordering: .relaxed)
    setHandler(isListening: false)
  }

  /// How often Ctrl-C was pressed while it was not to end the program.
  static var count: Int { counter.load(ordering: .relaxed) }

  /// Returns an element for each interruption, until whoever listens is done.
  ///
  /// The first is answered at once: waiting for what is on its way can take a minute.
  static func stream(
    onFirst acknowledge: @escaping @Sendable () -> Void
  ) -> AsyncStream<Void> {
    AsyncStream { continuation in
      guard let (readEnd, writeEnd) = openPipe() else {
        // Without a pipe, Ctrl-C ends the program at once, which the journal survives.
        continuation.finish()
        return
      }
      Self.writeEnd.store(writeEnd, ordering: .relaxed)
      setHandler(isListening: true)
      DispatchQueue.global().async {
        var isFirst = true
        while next(from: readEnd) == interrupted {
          if isFirst { acknowledge() }
          isFirst = false
          continuation.yield()
        }
        close(readEnd)
        continuation.finish()
      }
      continuation.onTermination = { _ in
        // Somebody else may be listening by now.
        let (isLast, _) = Self.writeEnd.compareExchange(
          expected: writeEnd,
          desired: -1,
          ordering: .relaxed
        )
        if isLast { setHandler(isListening: false) }
        send(finished, to: writeEnd)
        close(writeEnd)
      }
    }
  }

  /// Installs a handler that only writes a byte, which is all that a handler may safely do.
  private static func setHandler(isListening: Bool) {
    guard isListening || isOutlived.load(ordering: .relaxed) else {
      signal(SIGINT, SIG_DFL)
      return
    }
    signal(SIGINT) { _ in
      let number = errno
      defer { errno = number }
      Interruptions.counter.add(1, ordering: .relaxed)
      Interruptions.send(
        Interruptions.interrupted,
        to: Interruptions.writeEnd.load(ordering: .relaxed)
      )
    }
  }

  private static func openPipe() -> (readEnd: CInt, writeEnd: CInt)? {
    var ends: [CInt] = [-1, -1]
    // Sound: the array has room for the two descriptors.
    guard unsafe pipe(&ends) == 0 else { return nil }
    return (ends[0], ends[1])
  }

  private static func send(_ byte: UInt8, to descriptor: CInt) {
    var byte = byte
    // Sound: one byte is read from a variable that lives as long as the call.
    _ = unsafe write(descriptor, &byte, 1)
  }

  private static func next(from descriptor: CInt) -> UInt8? {
    var byte: UInt8 = 0
    while true {
      // Sound: one byte is written to a variable that lives as long as the call.
      let count = unsafe read(descriptor, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      return count == 1 ? byte : nil
    }
  }
}
