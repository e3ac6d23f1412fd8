import DTXExecution
import DTXProfiles
import DTXTestSupport
import Foundation
import Testing

@Suite("Fetching a secret")
struct SecretTests {
  private func fetch(_ source: SecretSource, _ variables: [String: String] = [:]) async throws
    -> String
  {
    try await source.fetch(variables: variables).exposed
  }

  @Test("is never shown")
  func redacted() {
    let secret = Secret("abc")
    var dumped = ""
    dump(["x": secret], to: &dumped)
    #expect("\(secret) \(String(reflecting: secret)) \(dumped)".contains("abc") == false)
    #expect("\(secret)" == "<redacted>")
  }

  @Test("from a variable")
  func variable() async throws {
    #expect(try await fetch(.variable("S"), ["S": "abc"]) == "abc")
    let error = await #expect(throws: SecretError.self) { try await fetch(.variable("S")) }
    #expect(error?.message == "the variable S, which holds the client secret, is not set")
  }

  @Test("from a file of one's own, its first line")
  func file() async throws {
    let folder = TemporaryFolder()
    let path = folder.file("secret")
    try Data("abc \nnotes\n".utf8).write(to: URL(filePath: path))
    unsafe chmod(path, 0o600)
    #expect(try await fetch(.file(path)) == "abc ")
    #expect(try await fetch(.file("~/secret"), ["HOME": folder.path]) == "abc ")
  }

  @Test(
    "not from a file that others may read",
    arguments: [0o640, 0o604, 0o620, 0o601] as [mode_t]
  )
  func openFile(mode: mode_t) async throws {
    let folder = TemporaryFolder()
    let path = folder.file("secret")
    try Data("abc".utf8).write(to: URL(filePath: path))
    unsafe chmod(path, mode)
    let error = await #expect(throws: SecretError.self) { try await fetch(.file(path)) }
    #expect(error?.message == "others may read or change the secret file \(path)")
    #expect(error?.help?.hasPrefix("chmod 600 \(path)") == true)
  }

  @Test("not from a file that is none, is empty, or is something else")
  func wrongFiles() async throws {
    let folder = TemporaryFolder()
    for (name, bytes) in [
      ("empty", ""), ("blank", "\nabc"), ("long", String(repeating: "x", count: 5_000)),
    ] {
      let path = folder.file(name)
      try Data(bytes.utf8).write(to: URL(filePath: path))
      unsafe chmod(path, 0o600)
      await #expect(throws: SecretError.self) { try await fetch(.file(path)) }
    }
    let binary = folder.file("binary")
    try Data([0xFF, 0xFE, 0x00]).write(to: URL(filePath: binary))
    unsafe chmod(binary, 0o600)
    for path in [binary, folder.path, folder.file("missing"), "/dev/zero"] {
      await #expect(throws: SecretError.self) { try await fetch(.file(path)) }
    }
  }

  @Test("from a command, without a shell")
  func command() async throws {
    #expect(try await fetch(.command(["printf", "%s\\nmore", "$HOME"])) == "$HOME")
    #expect(try await fetch(.command(["/bin/sh", "-c", "cat; echo abc"])) == "abc")
  }

  @Test("not from a command that does not end, nor one that leaves another behind")
  func slowCommand() async throws {
    for words in [["sleep", "100"], ["sh", "-c", "sleep 100 & sleep 100"]] {
      let error = await #expect(throws: SecretError.self) {
        try await SecretSource.command(words).fetch(variables: [:], commandSeconds: 1)
      }
      #expect(error?.message.contains("did not end within 1 seconds") == true)
    }
  }

  @Test("not from a command that fails, is missing, or says too much")
  func wrongCommands() async throws {
    let rows: [([String], String)] = [
      (["false"], "failed: exited(1)"), (["sh", "-c", "echo abc; exit 3"], "failed: exited(3)"),
      (["no-such-program"], "can't be run: there is no such program"),
      (["head", "-c", "5000", "/dev/zero"], "can't be run: it writes more than a secret"),
      (["true"], "begins with an empty line"),
    ]
    for (words, expected) in rows {
      let error = await #expect(throws: SecretError.self) { try await fetch(.command(words)) }
      #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
      #expect(error?.message.contains("abc") == false)
    }
  }
}
