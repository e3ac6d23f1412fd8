import Glibc

/// The process itself: its environment, and its end.
enum Process {
  /// The environment variables.
  static var variables: [String: String] {
    var variables: [String: String] = [:]
    var entry = unsafe environ
    // Sound: environ is a list of terminated strings that ends with a null pointer.
    while let text = unsafe entry.pointee {
      let line = unsafe String(cString: text)
      if let sign = line.firstIndex(of: "=") {
        variables[String(line[..<sign])] = String(line[line.index(after: sign)...])
      }
      unsafe entry += 1
    }
    return variables
  }

  static func exit(_ status: ExitStatus) -> Never { Glibc.exit(status.rawValue) }
}
