import DTXProfiles
import DTXSyntax
import Glibc

/// The file in which a person keeps profiles.
extension Place {
  /// More than anyone writes by hand; a device may never end.
  private static let configurationByteLimit = 1 << 20

  /// The folder of the configuration, by the rules of the XDG base directory specification.
  var configurationFolder: String {
    if let home = variables["XDG_CONFIG_HOME"], home.hasPrefix("/") { return home + "/dtx" }
    return (variables["HOME"] ?? "") + "/.config/dtx"
  }

  /// The file that `DTX_CONFIG` names, or the usual one.
  var configurationPath: String {
    if let path = variables["DTX_CONFIG"], !path.isEmpty { return path }
    return configurationFolder + "/config.toml"
  }

  /// Returns the text of the configuration file; empty where there is none.
  ///
  /// - Throws: `CommandFailure` where it can't be read, or others may change it: whoever can name
  ///   the provider's address can have the secret sent there.
  func configurationText() throws(CommandFailure) -> String {
    let path = configurationPath
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      if errno == ENOENT, variables["DTX_CONFIG", default: ""].isEmpty { return "" }
      throw .cannotRead(path, StandardStreams.reason(errno), status: .configuration)
    }
    guard status.st_mode & 0o022 == 0 else {
      throw .configuration("others may change \(path)", help: "chmod go-w \(path)")
    }
    let bytes = try StandardStreams.read(path: path, byteLimit: Self.configurationByteLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .configuration("\(path) is no text in UTF-8")
    }
    return text
  }

  /// Reads the profiles.
  ///
  /// - Throws: `CommandFailure` with everything that is wrong with the file.
  func profiles() throws(CommandFailure) -> Profiles {
    let text = try configurationText()
    do throws(ConfigurationError) {
      return try Profiles(reading: text, from: configurationPath)
    } catch { throw CommandFailure(error) }
  }

  /// Finds the profile to work with.
  ///
  /// - Throws: `CommandFailure` where there is none of that name.
  func selectedProfile(_ name: String?) throws(CommandFailure) -> SelectedProfile {
    let profiles = try profiles()
    do throws(ConfigurationError) {
      return try profiles.selected(name, variables: variables)
    } catch { throw CommandFailure(error) }
  }
}

extension Place {
  /// Changes the text of the configuration file, if what comes of it can be read.
  ///
  /// - Throws: `CommandFailure` where it can't be read before or after, or not be written.
  func changeConfiguration(_ change: (String) -> String) throws(CommandFailure) {
    let text = change(try configurationText())
    do throws(ConfigurationError) {
      _ = try Profiles(reading: text, from: configurationPath)
    } catch { throw CommandFailure(error) }
    try Self.makeFolder(configurationFolder)
    try StandardStreams.replace(Self.resolved(configurationPath), with: Array(text.utf8))
  }

  /// Follows symbolic links, which people keep for such files and which are to stay.
  private static func resolved(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    // Sound: realpath gives a terminated string that is ours to free.
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}

extension CommandFailure {
  static func configuration(_ text: String, help: String? = nil) -> CommandFailure {
    CommandFailure(code: DiagnosticCode(5050), text: text, help: help)
  }

  /// Every mistake of a configuration, each with its line.
  init(_ error: ConfigurationError) {
    let failures = error.mistakes.map { mistake in
      let line = mistake.line.map { ":\($0)" } ?? ""
      let place = error.source.map { "\($0)\(line): " } ?? ""
      return CommandFailure.configuration(place + mistake.message, help: mistake.help)
    }
    self = failures[0]
    others = Array(failures.dropFirst())
  }
}
