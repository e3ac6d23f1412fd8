import DTXSandbox
import DTXSandboxServer
import NIOHTTP1
import Testing

@Suite("Faults of the served sandbox")
struct FaultTests {
  /// What a fault does to a capture of a tenth, what is read at once, and what a while later.
  struct Row: Sendable, CustomTestStringConvertible {
    let fault: Fault
    /// Nil where no answer comes.
    let status: Int?
    let atOnce: [String]
    let later: [String]

    init(_ fault: Fault, _ status: Int?, _ atOnce: [String], later: [String]? = nil) {
      self.fault = fault
      self.status = status
      self.atOnce = atOnce
      self.later = later ?? atOnce
    }

    var testDescription: String { fault.rawValue }
  }

  static let rows: [Row] = [
    Row(.none, 200, ["CAPTURE"]),
    Row(.acceptedThenDone, 202, ["INITIATE_CAPTURE"], later: ["INITIATE_CAPTURE", "CAPTURE"]),
    Row(.acceptedThenFailed, 202, ["INITIATE_CAPTURE"], later: ["INITIATE_CAPTURE", "CAPTURE!"]),
    Row(.refused, 400, ["CAPTURE!"]),
    Row(.failedEvent, 200, ["CAPTURE!"]),
    Row(.silentApplied, nil, ["CAPTURE"]),
    Row(.silentNotApplied, nil, []),
    Row(.brokenApplied, 500, ["CAPTURE"]),
    Row(.brokenNotApplied, 500, []),
    Row(.unavailable, 503, []),
    Row(.conflict, 409, []),
    Row(.throttled, 429, []),
    Row(.failedThenCorrected, 200, ["CAPTURE!"], later: ["CAPTURE!", "CAPTURE"]),
  ]

  @Test("there are thirteen")
  func complete() { #expect(Self.rows.map(\.fault) == Fault.allCases) }

  @Test("answer and leave behind what they should", arguments: rows)
  func modes(row: Row) async throws {
    let sandbox = ServedSandbox()
    try await sandbox.serving { (caller) async throws in
      try await caller.plan(#"{"fault":"\#(row.fault.rawValue)"}"#)
      let before = try await caller.history("tx123").count
      var status: Int?
      do {
        let body = #"{"amount":3999,"capture_reference":"r"}"#
        let answer = try await caller.act("capture", "tx123", body)
        status = answer.status
        if status == 202 { #expect(answer.headers["event-request-id"].count == 1) }
        if status == 429 { #expect(answer.headers["retry-after"] == ["1"]) }
      } catch is Caller.Silence {}
      #expect(status == row.status)
      #expect(Array(try await caller.history("tx123").dropFirst(before)) == row.atOnce)
      sandbox.move(seconds: 2)
      #expect(Array(try await caller.history("tx123").dropFirst(before)) == row.later)
      let state = try await caller.transaction("tx123")["status"]?.string
      let isCaptured = row.later.contains("CAPTURE")
      #expect(state == (isCaptured ? "PARTIALLY_CAPTURED" : "AUTHORIZED"))
    }
  }

  @Test("a correction names what repairs, and what is left")
  func correction() async throws {
    let sandbox = ServedSandbox()
    try await sandbox.serving { (caller) async throws in
      try await caller.plan(#"{"fault":"fail-then-correct"}"#)
      _ = try await caller.act("capture", "tx123", #"{"amount":990}"#)
      sandbox.move(seconds: 2)
      let events = try await caller.transaction("tx123")["events"]?.array ?? []
      let failed = try #require(events.dropLast().last)
      #expect(failed["error"]?["code"]?.string == "TIMEOUT")
      let correction = try #require(failed["correction"])
      #expect(correction["event_ids"]?.array.first?.string == events.last?["id"]?.string)
      #expect(correction["status"]?.string == "PARTIALLY_CAPTURED")
      #expect(correction["remaining_capture_amount"]?.number == 39_000)
      #expect(correction["remaining_refund_amount"]?.number == 990)
    }
  }

  @Test("a completion names the request that it completes")
  func correlation() async throws {
    let sandbox = ServedSandbox()
    try await sandbox.serving { (caller) async throws in
      try await caller.plan(#"{"fault":"async-ok","operation":"void"}"#)
      let answer = try await caller.act("void", "tx123")
      #expect(answer.status == 202)
      sandbox.move(seconds: 2)
      let last = try await caller.transaction("tx123")["events"]?.array.last
      #expect(last?["event"]?.string == "VOID")
      #expect(last?["correlation_request_id"]?.string == answer.headers["event-request-id"].first)
    }
  }

  @Test("are asked for by a card, by metadata, or as a share", arguments: 0...2)
  func selection(way: Int) async throws {
    try await ServedSandbox().serving(
      [],
      { if way == 2 { $0.operationFaults = [FaultRates.Rate(.silentApplied, 1)] } }
    ) { (caller) async throws in
      // The card of this transaction makes a capture time out.
      let name = way == 0 ? "tx134" : "tx123"
      let body =
        way == 1
        ? #"{"amount":100,"metadata":{"ext_sim_fault":"timeout-applied"}}"# : #"{"amount":100}"#
      await #expect(throws: Caller.Silence.self) {
        _ = try await caller.act("capture", name, body)
      }
      #expect(try await caller.history(name).last == "CAPTURE")
    }
  }

  @Test("that are planned come before what a card does")
  func plannedOnCard() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      try await caller.plan(#"{"fault":"503","operation":"capture"}"#)
      #expect(try await caller.act("capture", "tx134", #"{"amount":100}"#).status == 503)
      await #expect(throws: Caller.Silence.self) {
        _ = try await caller.act("capture", "tx134", #"{"amount":100}"#)
      }
    }
  }

  @Test("of reads and tokens answer later, or not at all")
  func reads() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      try await caller.plan(#"{"fault":"429","operation":"read","transaction":"tx123"}"#)
      try await caller.plan(#"{"fault":"503","operation":"read","count":2}"#)
      #expect(try await caller.send(.GET, Caller.path("tx124")).status == 503)
      #expect(try await caller.send(.GET, Caller.path("tx123")).status == 429)
      #expect(try await caller.send(.GET, "/v1/transactions").status == 503)
      #expect(try await caller.send(.GET, Caller.path("tx123")).status == 200)
      try await caller.plan(#"{"fault":"429","operation":"token"}"#)
      let path = "/v1/accounts/\(Caller.account)/auth/token"
      let answer = try await caller.send(.POST, path, Caller.grant, as: ("dtx", "sandbox"))
      #expect(answer.status == 429)
      #expect(answer.headers["retry-after"] == ["1"])
    }
  }

  @Test("of the control address are listed, cleared and checked")
  func control() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      try await caller.plan(#"{"fault":"500-applied","operation":"refund","count":3}"#)
      let listed = try await caller.send(.GET, "/sandbox/faults").json.array
      #expect(listed.first?["count"]?.number == 3)
      #expect(try await caller.send(.DELETE, "/sandbox/faults").json.array.isEmpty)
      for wrong in [
        "{}", #"{"fault":"x"}"#, #"{"fault":"503","operation":"pay"}"#, "no",
        #"{"fault":"fail-4xx","operation":"read"}"#, #"{"fault":"409","operation":"token"}"#,
        #"{"fault":"async-ok","operation":"tag"}"#,
      ] {
        #expect(try await caller.send(.POST, "/sandbox/faults", wrong).status == 400, "\(wrong)")
      }
      // What is shown can be asked for again.
      try await caller.plan(#"{"fault":"503"}"#)
      let shown = try await caller.send(.GET, "/sandbox/faults")
      try await caller.plan(String(shown.text.dropFirst().dropLast()))
      #expect(try await caller.send(.GET, "/sandbox/faults").json.array.count == 2)
    }
  }

  @Test("recognise no repetition: the same partial capture twice captures twice")
  func noDeduplication() async throws {
    try await ServedSandbox().serving { (caller) async throws in
      for _ in 0..<2 {
        let body = #"{"amount":100,"capture_reference":"same"}"#
        #expect(try await caller.act("capture", "tx123", body).status == 200)
      }
      #expect(try await caller.history("tx123").suffix(2) == ["CAPTURE", "CAPTURE"])
    }
  }

  @Test("strike the same share of requests with the same seed", arguments: [UInt64(1), 2])
  func shares(seed: UInt64) throws {
    let rates = [FaultRates.Rate(.conflict, 0.1), FaultRates.Rate(.throttled, 0.05)]
    let (first, second) = (FaultRates(rates, seed: seed), FaultRates(rates, seed: seed))
    var counts: [Fault: Int] = [:]
    for number in 0..<10_000 {
      let fault = first.fault(ofReading: "tx\(number)")
      #expect(fault == second.fault(ofReading: "tx\(number)"))
      if let fault { counts[fault, default: 0] += 1 }
    }
    #expect((900...1_100).contains(counts[.conflict] ?? 0), "\(counts)")
    #expect((430...570).contains(counts[.throttled] ?? 0), "\(counts)")
  }
}
