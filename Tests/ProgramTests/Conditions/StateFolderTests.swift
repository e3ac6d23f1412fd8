import DTXTestSupport
import Foundation
import GRDB
import Testing

/// Whether the tests may mount file systems in a place of their own.
private let canMount = unsafe access("/usr/bin/unshare", X_OK) == 0 && geteuid() == 0

@Suite("The folder that dtx keeps its state in")
struct StateFolderTests {
  static let capture = ["-c", "capture tx123 line 2", "--yes"]

  @Test("says that there is no home, and needs none where the folder is named")
  func noHome() async throws {
    let workplace = try Workplace()
    for (home, code) in [(nil, "DTX5001"), ("", "DTX5001"), ("relative", "DTX5001")]
      as [(String?, String)]
    {
      let result = try await workplace.start(
        Self.capture,
        environment: ["HOME": home, "XDG_STATE_HOME": nil]
      ).result()
      #expect(result.status == 5)
      #expect(result.errors.contains(code))
      #expect(result.errors.contains("set HOME, or XDG_STATE_HOME"))
    }
    let named = try await workplace.start(Self.capture, environment: ["HOME": nil]).result()
    #expect(named.status == 0)
    #expect(try workplace.captured("tx123") == 5_100)
  }

  @Test("makes its folder in the home, for nobody else to read")
  func inHome() async throws {
    let workplace = try Workplace()
    let result = try await workplace.start(Self.capture, environment: ["XDG_STATE_HOME": nil])
      .result()
    #expect(result.status == 0)
    let folder = workplace.stateHome + "/../.local/state/dtx"
    for (path, mode) in [(folder, 0o700), (folder + "/journal.sqlite", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
    }
  }

  @Test("says what is in the way of its folder", arguments: ["state/dtx", "state"])
  func fileInTheWay(name: String) async throws {
    let workplace = try Workplace()
    let path = workplace.workFolder + "/../" + name
    try? FileManager.default.removeItem(atPath: path)
    try Data("mine".utf8).write(to: URL(filePath: path))
    let result = try await workplace.start(Self.capture).result()
    #expect(result.status == 5)
    #expect(result.errors.lowercased().contains("not a directory"))
    #expect(result.errors.contains(workplace.stateFolder))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
  }

  @Test(
    "says that it may not write, and does nothing",
    .enabled(if: canMount, "only root can mount a file system")
  )
  func readOnly() async throws {
    let workplace = try Workplace()
    #expect(try await workplace.start(Self.capture).result().status == 0)
    let before = try workplace.effects()
    let result = try await workplace.shell(
      """
      unshare --mount sh -c '
        mount --bind "$XDG_STATE_HOME" "$XDG_STATE_HOME" &&
        mount -o remount,ro,bind "$XDG_STATE_HOME" &&
        exec dtx -c "capture tx123 line 1" --yes'
      """
    )
    #expect(result.status == 5)
    #expect(result.errors.contains("DTX5"))
    #expect(result.errors.contains(workplace.stateFolder))
    #expect(try workplace.effects() == before)
  }

  @Test(
    "says that it may not enter, and does nothing",
    .enabled(if: geteuid() == 0, "only root can become somebody else")
  )
  func noRights() async throws {
    let workplace = try Workplace()
    #expect(try await workplace.start(Self.capture).result().status == 0)
    let before = try workplace.effects()
    let result = try await workplace.shell(
      "exec setpriv --reuid=65534 --regid=65534 --clear-groups dtx -c 'capture tx123 line 1' --yes"
    )
    #expect(result.status == 5)
    #expect(result.errors.lowercased().contains("permission denied"))
    #expect(try workplace.effects() == before)
  }

  @Test(
    "stops where the disk is full, and finishes when there is room again",
    .enabled(if: canMount, "only root can mount a file system")
  )
  func fullDisk() async throws {
    let workplace = try Workplace()
    try workplace.write(ManyPayments.seed(count: 40), to: "seed.json")
    try workplace.write(ManyPayments.script(count: 40), to: "many.dtx")
    // The sandbox lies elsewhere: a provider's disk is not the one that is full.
    let result = try await workplace.shell(
      """
      unshare --mount sh -c '
        mount -t tmpfs -o size=32m none "$XDG_STATE_HOME" || exit 99
        mkdir "$XDG_STATE_HOME/dtx" sandbox
        ln -s "$PWD/sandbox/sandbox.sqlite" "$XDG_STATE_HOME/dtx/sandbox.sqlite"
        dtx sandbox seed seed.json || exit 98
        dtx journal verify || exit 97
        free=$(df --output=avail -k "$XDG_STATE_HOME" | tail -1)
        head -c $(( (free - 300) * 1024 )) /dev/zero > "$XDG_STATE_HOME/filler"
        dtx run many.dtx --yes; echo "run: $?"
        rm "$XDG_STATE_HOME/filler"
        dtx journal verify; echo "verify: $?"
        dtx resume --yes; echo "resume: $?"
        dtx run many.dtx --yes; echo "again: $?"'
      """
    )
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("no space is left for the journal"))
    #expect(result.errors.contains("`dtx resume` settles and finishes this run."))
    for line in ["run: 5", "verify: 0", "resume: 0", "nothing to do", "again: 0"] {
      #expect(result.output.contains(line), "\(line) is missing from \(result.output)")
    }
    try FileManager.default.moveItem(
      atPath: workplace.file("sandbox"),
      toPath: workplace.stateFolder
    )
    try ManyPayments.expectEachOnce(count: 40, in: workplace)
  }
}

@Suite("Files of dtx that are not as it left them")
struct DamagedFileTests {
  /// What happens to a file, and the code under which it is reported.
  enum Damage: CaseIterable {
    case garbage, emptyDatabase, cut, newer

    func befall(_ path: String, of workplace: Workplace) throws {
      switch self {
      case .garbage: try Data((0..<40_000).map { UInt8($0 & 0xFF) }).write(to: URL(filePath: path))
      case .emptyDatabase:
        try FileManager.default.removeItem(atPath: path)
        try workplace.database(path).write {
          try $0.execute(sql: "CREATE TABLE other (id INTEGER)")
        }
      case .cut:
        let bytes = try Data(contentsOf: URL(filePath: path))
        try bytes.prefix(bytes.count / 2 - 100).write(to: URL(filePath: path))
      case .newer:
        try workplace.database(path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
      }
    }
  }

  @Test("refuses a journal that is damaged, and sends nothing", arguments: Damage.allCases)
  func journal(damage: Damage) async throws {
    let workplace = try Workplace()
    #expect(try await workplace.dtx("-c", "capture tx123 line 2", "--yes").status == 0)
    try damage.befall(workplace.journal, of: workplace)
    let damaged = try Data(contentsOf: URL(filePath: workplace.journal))
    let result = try await workplace.dtx("-c", "capture tx123 line 1", "--yes")
    #expect(result.status == 5)
    #expect(result.errors.contains(damage == .newer ? "DTX5034" : "DTX5033"), "\(result.errors)")
    #expect(result.errors.contains(workplace.journal))
    #expect(try workplace.captured("tx123") == 5_100)
    // The file is left as it is, for whoever can help.
    #expect(try Data(contentsOf: URL(filePath: workplace.journal)) == damaged)
    for command in [
      ["journal", "list"], ["journal", "verify"], ["journal", "export"], ["resume"],
    ] {
      #expect(try await workplace.start(command).result().status == 5, "\(command)")
    }
  }

  @Test(
    "refuses a sandbox that is damaged, and says how to get a new one",
    arguments: Damage.allCases
  )
  func sandbox(damage: Damage) async throws {
    let workplace = try Workplace()
    #expect(try await workplace.dtx("-c", "capture tx123 line 2", "--yes").status == 0)
    try damage.befall(workplace.sandbox, of: workplace)
    let result = try await workplace.dtx("-c", "capture tx123 line 1", "--yes")
    #expect(result.status == 5)
    #expect(result.errors.contains(workplace.sandbox))
    #expect(result.errors.contains("move it away"))
    try FileManager.default.moveItem(atPath: workplace.sandbox, toPath: workplace.file("old"))
    #expect(try await workplace.dtx("-c", "show tx123").status == 0)
  }

  @Test("finds a changed entry of the journal")
  func changedEntry() async throws {
    let workplace = try Workplace()
    #expect(try await workplace.dtx("-c", "capture tx123 line 2", "--yes").status == 0)
    try await workplace.database(workplace.journal).write { database in
      try database.execute(
        sql: """
          DROP TRIGGER entries_are_not_changed;
          UPDATE entries SET time = time + 1 WHERE sequence = 2
          """
      )
    }
    let result = try await workplace.dtx("journal", "verify")
    #expect(result.status == 5)
    #expect(result.errors.contains("the journal is broken at entry 2"))
  }

  @Test("waits for whoever writes to the journal, and says so when that takes too long")
  func locked() async throws {
    let workplace = try Workplace()
    #expect(try await workplace.dtx("-c", "capture tx123 line 2", "--yes").status == 0)
    let lock = try workplace.database(workplace.journal)
    try await lock.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let result = try await workplace.dtx("-c", "capture tx123 line 1", "--yes")
    #expect(result.status == 5)
    #expect(result.errors.contains("DTX5031"))
    #expect(result.errors.contains("in use by another process"))
    #expect(try workplace.captured("tx123") == 5_100)
    try await lock.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await workplace.dtx("-c", "capture tx123 line 1", "--yes").status == 0)
  }
}
