import Foundation
import GRDB
import Testing

/// The program against a served sandbox: two processes, and HTTP between them.
@Suite("dtx and a provider over HTTP")
struct WireTests {
  private func served(_ arguments: [String] = ServedProgram.hurry) async throws
    -> (Workplace, ServedProgram)
  {
    let workplace = try Workplace()
    let server = try await ServedProgram(in: workplace, arguments)
    try workplace.configure(server.url, more: Workplace.hurriedProfile)
    return (workplace, server)
  }

  // MARK: Operations

  /// A statement for each operation, and the event that it leaves with its amount.
  static let operations: [(statement: String, event: String)] = [
    (#"capture tx123 line 1 299.90 NOK ref "c1""#, "CAPTURE 29990 c1"),
    (#"capture tx123 all"#, "CAPTURE 39990"),
    (#"capture tx123 100.00 NOK final ref "f1""#, "CAPTURE 10000 f1"),
    (#"refund tx125 12.50 NOK reason "damaged" ref "r1""#, "REFUND 1250 r1"),
    (#"refund tx140 100.00 SEK ref "swish""#, "REFUND 10000 swish"),
    (#"void tx123"#, "VOID 39990"),
    (#"void tx142 remaining"#, "VOID 30000"),
    (#"adjust tx132 to 1500.00 NOK final ref "a1""#, "AUTHORIZE 150000 a1"),
    (#"extend tx145 reason "late" ref "e1""#, "AUTHORIZE 0 e1"),
    (#"authorize tx150"#, "AUTHORIZE 88000"),
    // The provider wants the quantity of each line of this product.
    (#"capture tx149 line 2 ref "q1""#, "CAPTURE 99000 q1"),
  ]

  @Test("carries out every operation", arguments: operations)
  func operation(row: (statement: String, event: String)) async throws {
    let (workplace, server) = try await served()
    let result = try await workplace.dtx("-c", row.statement, "--yes")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let events = try workplace.events()
    #expect(events.contains { $0.hasPrefix(row.event) }, "\(events.suffix(3))")
    let posts = try server.requests.filter { $0.hasPrefix("POST /v1/transactions") }
    #expect(posts.count == 1, "\(posts)")
    #expect(try await workplace.dtx("journal", "verify").status == 0)
  }

  @Test("says who it is with everything that moves money")
  func headers() async throws {
    let (workplace, server) = try await served()
    #expect(try await workplace.dtx("-c", "capture tx123 line 2", "--yes").status == 0)
    #expect(server.run.isRunning)
    let headers = try await workplace.database(workplace.sandbox).read { database in
      try String.fetchAll(database, sql: "SELECT document FROM event_headers")
    }
    #expect(headers.count == 1)
    #expect(headers.first?.contains(#""dintero-system-name":"dtx""#) == true, "\(headers)")
    #expect(headers.first?.contains(#""user-agent":"dtx"#) == true, "\(headers)")
  }

  @Test("sets a reference")
  func tag() async throws {
    let (workplace, server) = try await served()
    let result = try await workplace.dtx("-c", #"tag tx123 "10124""#, "--yes")
    #expect(result.status == 0, "\(result)")
    #expect(try server.requests.last == "PUT /v1/transactions/T12345678.tx123 200")
    #expect(try await workplace.dtx("-c", "show tx123").output.contains("10124"))
  }

  @Test("asks for nothing but reads and a token before a plan is carried out")
  func preview() async throws {
    let (workplace, server) = try await served(["--log"])
    try workplace.write(
      Self.operations.map { $0.statement + "\n" }.joined(),
      to: "all.dtx"
    )
    try workplace.write("capture tx123 line 1\nrefund tx125 12.50 NOK\n", to: "some.dtx")
    let commands: [[String]] = [
      ["run", "some.dtx", "--dry-run"], ["run", "some.dtx"], ["check", "all.dtx"],
      ["plan", "some.dtx", "-o", "some.plan"], ["show", "some.plan"], ["apply", "some.plan"],
      ["approve", "some.plan"], ["-c", "show tx123"], ["-c", "list"], ["-c", "void tx123"],
      ["profile", "test"], ["resume"], ["journal", "list"], ["run", "all.dtx", "--dry-run"],
    ]
    for command in commands {
      let result = try await workplace.start(command).result()
      #expect(result.status != 6 && result.status != 64, "\(command) \(result.errors)")
    }
    let requests = try server.requests
    #expect(requests.count > 10)
    let others = requests.filter { request in
      !request.hasPrefix("GET ")
        && !request.hasPrefix("POST /v1/accounts/T12345678/auth/token ")
    }
    #expect(others == [])
  }

  // MARK: Faults

  /// What a fault comes to: the exit status, what the report says, and how often it happened.
  static let faults: [(fault: String, status: Int32, says: String, captures: Int)] = [
    ("ok", 0, "1 done", 1),
    ("async-ok", 0, "1 done", 1),
    ("async-fail", 1, "the payment processor declined", 0),
    ("fail-4xx", 1, "the payment processor declined", 0),
    ("fail-200", 1, "the payment processor declined", 0),
    ("timeout-applied", 0, "1 done", 1),
    ("timeout-not-applied", 4, "1 unresolved", 0),
    ("500-applied", 0, "1 done", 1),
    ("500-not-applied", 4, "1 unresolved", 0),
    ("503", 4, "1 unresolved", 0),
    ("409", 4, "1 unresolved", 0),
    ("429", 0, "1 done", 1),
    ("fail-then-correct", 1, "no answer from the processor", 0),
  ]

  @Test(
    "sends nothing again of which nobody knows whether it arrived, unless that is meant",
    arguments: [
      ("", 5), (#" ref "second""#, 0), (#" again "it never arrived""#, 0),
    ] as [(String, Int32)]
  )
  func unknownBefore(clause: String, status: Int32) async throws {
    let (workplace, server) = try await served()
    try await server.control("faults", #"{"fault":"timeout-not-applied"}"#)
    let reference = clause.contains("ref") ? #" ref "first""# : ""
    let statement = "capture tx123 100.00 NOK"
    #expect(try await workplace.dtx("-c", statement + reference, "--yes").status == 4)
    let sent = try server.requests.count { $0.hasPrefix("POST /v1/transactions") }
    let dry = try await workplace.dtx("run", "-", "--dry-run", input: statement + clause)
    #expect(dry.status == status, "\(dry.output)\(dry.errors)")
    let again = try await workplace.dtx("-c", statement + clause, "--yes")
    #expect(again.status == status, "\(again.output)\(again.errors)")
    #expect(again.errors.contains("DTX5039") == (status == 5))
    #expect(again.errors.contains("`dtx resume ") == (status == 5))
    #expect(again.errors.contains("nobody knows what became of it; this is sent") == (status == 0))
    let sentLater = try server.requests.count { $0.hasPrefix("POST /v1/transactions") }
    #expect(sentLater - sent == (status == 5 ? 0 : 1))
    // Another amount is another operation, and the claims of the refused run are given up.
    #expect(try await workplace.dtx("-c", "capture tx123 50.00 NOK", "--yes").status == 0)
  }

  @Test("tells what became of an operation that went wrong", arguments: faults)
  func fault(
    row: (fault: String, status: Int32, says: String, captures: Int)
  ) async throws {
    let (workplace, server) = try await served()
    try await server.control("faults", #"{"fault":"\#(row.fault)"}"#)
    let statement = #"capture tx123 100.00 NOK ref "wrong""#
    let result = try await workplace.dtx("-c", statement, "--yes")
    #expect(result.status == row.status, "\(result.output)\(result.errors)")
    #expect(result.output.contains(row.says), "\(result.output)")
    #expect(result.output.contains("ref wrong"))
    #expect(try workplace.captures(of: "wrong") == row.captures)
    let posts = try server.requests.filter { $0.contains("/capture ") }
    // Only a request that was turned away before it was looked at is sent again.
    #expect(posts.count == (row.fault == "429" ? 2 : 1), "\(posts)")
    #expect(try await workplace.dtx("journal", "verify").status == 0)
  }

  @Test("ends after a trial in which not everything went well, although nobody is asked")
  func badTrial() async throws {
    let (workplace, server) = try await served()
    try await server.control("faults", #"{"fault":"fail-4xx"}"#)
    let script = """
      on error continue
      capture tx123 1.00 NOK ref "a"
      capture tx141 all ref "b"
      """
    let result = try await workplace.dtx("run", "-", "--first", "1", "--yes", input: script)
    #expect(result.status == 1, "\(result)")
    #expect(result.output.contains("The run ended after the trial."))
    #expect(try workplace.captures(of: "b") == 0)
  }

  @Test("takes back what is done of a run of which something is unknown, and says what")
  func revertOfUnknown() async throws {
    let (workplace, server) = try await served()
    try await server.control(
      "faults",
      #"{"fault":"timeout-not-applied","transaction":"T12345678.tx123"}"#
    )
    let script = """
      on error continue
      capture tx141 all ref "a"
      capture tx123 1.00 NOK ref "b"
      """
    let result = try await workplace.dtx("run", "-", "--yes", "--concurrency", "1", input: script)
    #expect(result.status == 4, "\(result)")
    let run = try #require(result.output.firstMatch(of: /Run (\w+)/)?.output.1)
    let undo = try await workplace.dtx("revert", String(run), "-o", "undo.dtx")
    #expect(undo.status == 0, "\(undo)")
    #expect(undo.errors.contains("Of 1 more nobody knows yet"))
    let text = try await workplace.shell("cat undo.dtx").output
    #expect(text.contains("refund T12345678.tx141"))
    #expect(text.contains("# operation 2, capture of T12345678.tx123: nobody knows whether"))
  }

  @Test("waits for what was accepted, and resumes when it was not waited for")
  func pending() async throws {
    let (workplace, server) = try await served(["--silence", "0.05", "--completion", "3"])
    try await server.control("faults", #"{"fault":"async-ok"}"#)
    let statement = #"capture tx123 100.00 NOK ref "later""#
    let result = try await workplace.dtx("-c", statement, "--yes", "--wait", "0.01")
    #expect(result.status == 4, "\(result)")
    #expect(result.output.contains("1 pending"))
    #expect(result.output.contains("No money is known to have been moved."))
    #expect(result.errors.contains("dtx resume"))
    // It is left out of the next plan, and is not done for all that.
    let again = try await workplace.dtx("-c", statement, "--yes")
    #expect(again.status == 4, "\(again)")
    #expect(again.output.contains("only accepted, not done yet"))
    // The server's end does not keep the operation from its own.
    try await server.kill()
    let served = try await ServedProgram(in: workplace, port: server.port)
    let resumed = try await workplace.dtx("resume", "--yes")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(try workplace.captures(of: "later") == 1)
    #expect(try served.requests.allSatisfy { !$0.contains("/capture") })
  }

  @Test("tells a second one who is at work on a transaction, and does nothing twice")
  func twoAtOnce() async throws {
    let (workplace, server) = try await served(ServedProgram.hurry)
    let script = (1...6).map { "capture tx123 \($0).00 NOK ref \"p\($0)\"\n" }.joined()
    try workplace.write(script, to: "six.dtx")
    // Slow enough to be still at work when the second has started.
    let first = try workplace.start(["run", "six.dtx", "--yes", "--rate", "1"])
    while first.isRunning, try workplace.journalEntryCount() < 2 {
      try await Task.sleep(for: .milliseconds(5))
    }
    let second = try await workplace.dtx("-c", #"capture tx123 99.00 NOK ref "q""#, "--yes")
    #expect(second.status == 5, "\(second)")
    #expect(second.errors.contains("DTX5037") && second.errors.contains("tx123"))
    #expect(try await first.result().status == 0)
    let later = try await workplace.dtx("-c", #"capture tx123 99.00 NOK ref "q""#, "--yes")
    #expect(later.status == 0, "\(later)")
    #expect(server.run.isRunning)
    for reference in (1...6).map({ "p\($0)" }) + ["q"] {
      #expect(try workplace.captures(of: reference) == 1, "\(reference)")
    }
  }

  @Test("reports as done what had failed and was corrected, once the run is resumed")
  func corrected() async throws {
    let (workplace, server) = try await served()
    try await server.control("faults", #"{"fault":"fail-then-correct"}"#)
    let statement = #"capture tx123 100.00 NOK ref "right""#
    let result = try await workplace.dtx("-c", statement, "--yes")
    #expect(result.status == 1, "\(result)")
    let run = try #require(result.output.firstMatch(of: /Run (\w+)/)?.output.1)
    try await Task.sleep(for: .milliseconds(300))
    let resumed = try await workplace.dtx("resume", String(run), "--yes")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(resumed.output.contains("1 done"))
    #expect(try workplace.captures(of: "right") == 1)
  }
}

extension Workplace {
  /// Every event of the sandbox's file, as kind, amount and reference, in order.
  func events() throws -> [String] {
    try database(sandbox).read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT kind || ' ' || coalesce(amount, 0) || ' ' || coalesce(reference, '')
          FROM events WHERE is_successful ORDER BY sequence
          """
      )
      .map { $0[0] }
    }
  }

  /// How often something was captured under a reference.
  func captures(of reference: String) throws -> Int {
    try effects().count { $0.kind == "CAPTURE" && $0.reference == reference }
  }
}
