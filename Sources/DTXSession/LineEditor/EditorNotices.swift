import Synchronization

/// Messages that appear above the line while the user types.
package final class EditorNotices: Sendable {
  /// More than fit a screen; of a longer queue the oldest are counted rather than kept.
  static let limit = 500

  private struct Queue {
    var messages: [String] = []
    var droppedCount = 0
  }

  private let queue = Mutex(Queue())

  /// Prints the message above the line, or before the next one if none is being read.
  ///
  /// For any thread. The message may have several lines; other control characters are left out,
  /// since it may quote somebody else.
  package func printAbove(_ message: String) {
    queue.withLock { queue in
      queue.messages.append(message.removingControlCharacters(keepingNewlines: true))
      guard queue.messages.count > Self.limit else { return }
      queue.messages.removeFirst()
      queue.droppedCount += 1
    }
    EditLine.wake()
  }

  /// Has the editor look at the line again, because there is news about it; for any thread.
  package func wake() { EditLine.wake() }

  /// Returns what is to be printed and forgets it.
  func take() -> [String] {
    let queue = queue.withLock { queue in
      defer { queue = Queue() }
      return queue
    }
    guard queue.droppedCount > 0 else { return queue.messages }
    return ["(\(queue.droppedCount) earlier messages are not shown)"] + queue.messages
  }
}
