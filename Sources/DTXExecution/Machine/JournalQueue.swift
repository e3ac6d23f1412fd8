/// What is on its way into the journal: one batch being recorded, and what gathers behind it.
///
/// Whatever becomes ready while a batch is recorded goes into the next, so that the busier the
/// lanes, the fewer the waits for the disk: group commit without a timer.
struct JournalQueue: Hashable, Sendable {
  private var waiting: [JournalEntry] = []
  /// The transactions, by index, whose intents are among the entries of the same name.
  private var waitingIntents: [Int32] = []
  private var recordingIntents: [Int32] = []
  private(set) var isRecording = false
  /// Whether the journal has failed; then nothing more is written.
  private(set) var isBroken = false

  /// Whether everything that was added is in the journal, as far as it can be.
  var isIdle: Bool { isBroken || !isRecording && waiting.isEmpty }

  mutating func add(_ entry: JournalEntry) {
    guard !isBroken else { return }
    waiting.append(entry)
  }

  mutating func addIntent(_ entry: JournalEntry, ofTransaction transaction: Int32) {
    add(entry)
    waitingIntents.append(transaction)
  }

  /// Takes the next batch, if there is one and none is being recorded.
  mutating func nextBatch() -> [JournalEntry]? {
    guard !isRecording, !isBroken, !waiting.isEmpty else { return nil }
    defer { waiting = [] }
    recordingIntents = waitingIntents
    waitingIntents = []
    isRecording = true
    return waiting
  }

  /// Ends the batch and returns the transactions whose intents are in the journal now.
  mutating func finishBatch() -> [Int32] {
    precondition(isRecording, "only a batch under way can be recorded")
    isRecording = false
    defer { recordingIntents = [] }
    return recordingIntents
  }

  /// Gives up writing.
  mutating func fail() {
    precondition(isRecording, "only a batch under way can fail")
    isRecording = false
    isBroken = true
    waiting = []
    waitingIntents = []
    recordingIntents = []
  }
}
