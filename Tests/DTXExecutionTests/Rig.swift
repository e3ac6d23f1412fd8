import DTXExecution
import DTXLedger
import DTXTestSupport
import Testing

/// An execution with a provider and a journal around it, moved by hand, one event at a time.
struct Rig {
  /// Something that the world does; operations and transactions are named by number, from 1.
  enum Input: Sendable {
    case start
    /// The read for this operation comes back.
    case read(Int)
    case readMisses(Int)
    case readFails(Int, ProviderError.Code)
    case recorded
    case recordFails
    /// The provider receives the operation, and its answer comes back.
    case answer(Int, FakeProviderFault? = nil)
    /// This answer comes back, whatever the provider did.
    case reply(Int, Answer)
    /// The provider accepts the operation, and its answer neither shows it nor names it.
    case acceptUnseen(Int)
    /// The provider carries the operation out, and shows the last transaction instead of its own.
    case replyAboutOther(Int)
    /// The provider receives the operation; no answer comes back yet.
    case receive(Int)
    /// So many seconds pass, and the moment asked for, if it has come, is handed in.
    case pass(Double)
    case interrupt
    case continueTrial
    case endTrial
    /// Somebody else captures one minor unit of this transaction.
    case meddle(Int)
  }

  private(set) var execution: Execution
  private(set) var provider: FakeProviderModel
  private(set) var journal: [JournalEntry]
  private(set) var now = Moment(nanoseconds: 0)
  private var recording: [JournalEntry] = []
  private let plan: Plan

  init(_ execution: Execution, of plan: Plan, journal: [JournalEntry] = []) {
    self.init(execution, of: plan, provider: FakeProviderModel(plan.transactions), journal: journal)
  }

  init(
    _ execution: Execution,
    of plan: Plan,
    provider: FakeProviderModel,
    journal: [JournalEntry]
  ) {
    self.execution = execution
    self.plan = plan
    self.provider = provider
    self.journal = journal
  }

  /// Lets the process end, and starts another from what the journal holds.
  func resumed(_ options: ExecutionOptions) throws -> Rig {
    let recovered = try RecoveredState(
      run: Plans.run,
      operationCount: plan.steps.count,
      entries: journal
    )
    let execution = try Execution(resuming: recovered, of: plan, options: options)
    return Rig(execution, of: plan, provider: provider, journal: journal)
  }

  /// Lets something happen and returns what the execution wants done, as short texts.
  mutating func take(_ input: Input) -> [String] {
    effects(of: input).map { effect in
      if case .record(let entries) = effect { recording = entries }
      return Self.text(of: effect, at: now)
    }
  }

  private mutating func effects(of input: Input) -> [Execution.Effect] {
    switch input {
    case .start: return execution.start(at: now)
    case .read(let number):
      let transaction = provider.read(transaction(ofOperation: number))
      return handle(.transactionRead(transaction, for: id(number)))
    case .readMisses(let number): return handle(.transactionRead(nil, for: id(number)))
    case .readFails(let number, let code):
      return handle(.readFailed(ProviderError(code, "no luck"), for: id(number)))
    case .recorded:
      journal += recording
      return handle(.recorded)
    case .recordFails: return handle(.recordFailed(JournalError(.cannotWrite, "disk full")))
    case .answer(let number, let fault):
      if let fault { provider.inject([fault], into: id(number)) }
      return handle(.answered(provider.receive(request(number)), for: id(number)))
    case .reply(let number, let answer): return handle(.answered(answer, for: id(number)))
    case .acceptUnseen(let number):
      guard let current = provider.read(transaction(ofOperation: number)) else { return [] }
      return handle(.answered(.accepted(current, requestID: nil), for: id(number)))
    case .replyAboutOther(let number):
      _ = provider.receive(request(number))
      guard let other = plan.transactions.last else { return [] }
      return handle(.answered(.completed(other, requestID: nil), for: id(number)))
    case .receive(let number):
      _ = provider.receive(request(number))
      return []
    case .pass(let seconds):
      now = now.advanced(bySeconds: seconds)
      return handle(.elapsed)
    case .interrupt: return handle(.interrupted)
    case .continueTrial: return handle(.continueAfterTrial)
    case .endTrial: return handle(.endAfterTrial)
    case .meddle(let number):
      meddle(with: plan.transactions[number - 1].id)
      return []
    }
  }

  private mutating func handle(_ event: Execution.Event) -> [Execution.Effect] {
    execution.handle(event, at: now)
  }

  private mutating func meddle(with id: TransactionID) {
    provider.change(id) { transaction in
      transaction.state.captured += MinorUnits(1)
      var event = Event(
        id: "foreign",
        kind: .capture,
        statusAfter: .partiallyCaptured,
        createdAt: 1
      )
      event.amount = MinorUnits(1)
      transaction.events.append(event)
    }
  }

  private func id(_ number: Int) -> OperationID {
    OperationID(run: Plans.run, step: Int32(number - 1))
  }

  private func transaction(ofOperation number: Int) -> TransactionID {
    plan.transactions[Int(plan.steps[number - 1].transaction)].id
  }

  /// The request as it was journalled, which is what leaves.
  private func request(_ number: Int) -> OperationRequest {
    for case .intended(let request, _) in journal where request.id == id(number) {
      return request
    }
    preconditionFailure("operation \(number) was answered before its intent was recorded")
  }
}

// MARK: - In short

extension Rig {
  static func text(of effect: Execution.Effect, at now: Moment) -> String {
    switch effect {
    case .record(let entries): "record " + entries.map(text(of:)).joined(separator: ", ")
    case .read(_, let id): "read \(id.step + 1)"
    case .send(let request): "send \(request.id.step + 1)"
    case .wait(let moment):
      "wait \(Double(moment.nanoseconds - now.nanoseconds) / 1e9)"
    case .trialDone(let report): "trial " + outcomes(of: report)
    case .finished(let report): "\(report.category): " + outcomes(of: report)
    }
  }

  static func outcomes(of report: RunReport) -> String {
    report.entries.map { text(of: $0.outcome) }.joined(separator: " ")
  }

  private static func text(of entry: JournalEntry) -> String {
    switch entry {
    case .intended(let request, _): "intended \(request.id.step + 1)"
    case .sent(let id): "sent \(id.step + 1)"
    case .outcome(let id, let outcome): "\(text(of: outcome)) \(id.step + 1)"
    case .ended: "ended"
    }
  }

  static func text(of outcome: Outcome) -> String {
    switch outcome {
    case .done(let completion): completion.isAsPredicted ? "done" : "different"
    case .pending: "pending"
    case .failed: "failed"
    case .unresolved: "unresolved"
    case .notSent(.drift): "drift"
    case .notSent(.unreadable): "unreadable"
    case .notSent(.stopped): "stopped"
    case .notSent(.interrupted): "interrupted"
    case .notSent(.beyondTrial): "beyond"
    }
  }
}
