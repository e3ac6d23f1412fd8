import DTXExecution
import DTXLedger

/// Changes to the text of a configuration file that leave everything else in it as it is.
package enum ConfigurationText {
  /// Returns the text with a profile added at its end.
  package static func adding(_ profile: Profile, to text: String) -> String {
    var lines = ["[profiles.\(profile.name)]"]
    func add(_ key: String, _ value: String?) {
      if let value { lines.append("\(key) = \(quoted(value))") }
    }
    add("account", profile.account.text)
    add("client_id", profile.clientID)
    switch profile.secret {
    case .command(let words):
      lines.append("client_secret_command = [\(words.map(quoted).joined(separator: ", "))]")
    case .variable(let name): add("client_secret_env", name)
    case .file(let path): add("client_secret_file", path)
    }
    add("checkout_url", profile.checkoutURL?.text)
    add("api_url", profile.apiURL?.text)
    add("ca_file", profile.certificateAuthorityPath)
    let separator = text.isEmpty ? "" : text.hasSuffix("\n") ? "\n" : "\n\n"
    return text + separator + lines.joined(separator: "\n") + "\n"
  }

  /// Returns the text with a name as its default profile.
  package static func settingDefault(_ name: String, in text: String) -> String {
    let line = "default = \(quoted(name))"
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // Only what stands before the first table belongs to no table.
    let end = lines.firstIndex { $0.drop { $0 == " " || $0 == "\t" }.first == "[" } ?? lines.count
    if let index = lines[..<end].firstIndex(where: isDefault) {
      lines[index] = line
    } else {
      lines.insert(contentsOf: text.isEmpty ? [line] : [line, ""], at: 0)
    }
    return lines.joined(separator: "\n")
  }

  private static func isDefault(_ line: String) -> Bool {
    guard let sign = line.firstIndex(of: "=") else { return false }
    return line[..<sign].filter { !" \t\"'".contains($0) } == "default"
  }

  /// Writes a text as TOML's basic string.
  ///
  /// Source: TOML 1.0.0, strings.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
