package import DTXExecution
import Glibc
import Subprocess
import SystemPackage

/// Why a secret could not be had; it holds nothing of the secret.
package struct SecretError: Error, Hashable, Sendable {
  package let message: String
  package let help: String?

  package init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}

extension SecretSource {
  /// How long a command may take: long enough for someone to type a passphrase.
  package static let commandSeconds = 60
  /// The longest secret; more is something else, such as a page or a picture.
  static let byteLimit = 4_096

  /// Fetches the secret.
  ///
  /// - Parameters:
  ///   - variables: The environment.
  ///   - commandSeconds: How long a command may take.
  /// - Returns: The secret.
  /// - Throws: `SecretError` where the source does not have one.
  package func fetch(
    variables: [String: String],
    commandSeconds: Int = commandSeconds
  ) async throws(SecretError) -> Secret {
    switch self {
    case .variable(let name):
      guard let text = variables[name], !text.isEmpty else {
        throw SecretError("the variable \(name), which holds the client secret, is not set")
      }
      return try Self.secret(in: Array(text.utf8), of: "the variable \(name)")
    case .file(let path):
      return try Self.secret(
        in: try SecretFile.read(path, home: variables["HOME"]),
        of: "the file \(path)"
      )
    case .command(let words):
      return try Self.secret(
        in: try await SecretCommand(words: words, seconds: commandSeconds).output(),
        of: "the command \(words[0])"
      )
    }
  }

  /// Returns the first line of some bytes.
  private static func secret(
    in bytes: [UInt8],
    of source: String
  ) throws(SecretError) -> Secret {
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard let text = String(validating: line, as: UTF8.self) else {
      throw SecretError("\(source) holds no text, so it has no client secret")
    }
    guard !text.isEmpty else {
      throw SecretError("\(source) begins with an empty line, so it has no client secret")
    }
    return Secret(text)
  }
}

/// A file with a secret, which nobody but its owner may read.
private enum SecretFile {
  static func read(_ path: String, home: String?) throws(SecretError) -> [UInt8] {
    let full = path.hasPrefix("~/") ? (home ?? "~") + path.dropFirst() : path
    let descriptor = unsafe open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw SecretError("cannot read the secret file \(path): \(reason(errno))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SecretError("the secret file \(path) is no regular file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw SecretError(
        "others may read or change the secret file \(path)",
        help: "chmod 600 \(path), and change the secret if somebody has read it"
      )
    }
    guard status.st_uid == getuid() || status.st_uid == 0 else {
      throw SecretError("the secret file \(path) belongs to somebody else")
    }
    var bytes = [UInt8](repeating: 0, count: SecretSource.byteLimit + 1)
    // Sound: the array has room for as many bytes as are asked for.
    let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else {
      throw SecretError("cannot read the secret file \(path): \(reason(errno))")
    }
    guard count <= SecretSource.byteLimit else {
      throw SecretError("the secret file \(path) is longer than a secret can be")
    }
    return Array(bytes.prefix(count))
  }

  private static func reason(_ number: CInt) -> String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    // Sound: strerror gives a terminated string that lives until the next call on this thread.
    return unsafe String(cString: text).lowercased()
  }
}

/// A program that writes a secret to its output.
private struct SecretCommand {
  private enum Outcome: Sendable {
    case ended(TerminationStatus, [UInt8])
    case failed(String)
    case late
  }

  let words: [String]
  let seconds: Int

  /// Runs the program, without a shell, and returns what it wrote.
  ///
  /// It reads nothing, and what it says on its error output is for the person to see.
  func output() async throws(SecretError) -> [UInt8] {
    let outcome = await withTaskGroup(of: Outcome.self) { group in
      group.addTask { await run() }
      group.addTask {
        // Cancelled when the program has ended, which is what it waits for as well.
        try? await Task.sleep(for: .seconds(seconds))
        return .late
      }
      let first = await group.next() ?? .late
      group.cancelAll()
      return first
    }
    switch outcome {
    case .ended(.exited(0), let bytes): return bytes
    case .ended(let status, _):
      throw SecretError(
        "the command \(words[0]), which fetches the client secret, failed: \(status)"
      )
    case .failed(let message):
      throw SecretError(
        "the command \(words[0]), which fetches the client secret, can't be run: \(message)"
      )
    case .late:
      throw SecretError(
        "the command \(words[0]), which fetches the client secret, did not end within"
          + " \(seconds) seconds"
      )
    }
  }

  private func run() async -> Outcome {
    do {
      let executable: Executable =
        words[0].contains("/") ? .path(FilePath(words[0])) : .name(words[0])
      let result = try await Subprocess.run(
        executable,
        arguments: Arguments(Array(words.dropFirst())),
        input: .none,
        output: .bytes(limit: SecretSource.byteLimit),
        error: .currentStandardError
      )
      return .ended(result.terminationStatus, result.standardOutput)
    } catch let error as SubprocessError where error.code == .executableNotFound {
      return .failed("there is no such program")
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .failed("it writes more than a secret")
    } catch {
      return .failed("\(error)")
    }
  }
}
