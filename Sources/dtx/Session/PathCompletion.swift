import Glibc

/// The files that a half-written path may become.
enum PathCompletion {
  /// More than anybody looks through.
  private static let limit = 200

  /// Returns the paths that begin with a text, in order; a folder ends in a slash.
  ///
  /// Hidden files are left out unless the text begins one.
  static func paths(beginningWith text: String) -> [String] {
    let slash = text.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(text[...$0]) } ?? ""
    let name = slash.map { String(text[text.index(after: $0)...]) } ?? text
    guard let stream = unsafe opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { unsafe closedir(stream) }
    var paths: [String] = []
    while let entry = unsafe readdir(stream), paths.count < limit {
      // Sound: the name is a terminated string within the entry, which lives until the next call.
      let found = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          unsafe String(validatingCString: $0)
        }
      }
      guard let found, found.hasPrefix(name), found != ".", found != ".." else { continue }
      // A quote would end the string, and a brace begin an expression in it.
      if found.hasPrefix(".") && name.isEmpty || found.contains(where: { "\"\\{".contains($0) }) {
        continue
      }
      paths.append(folder + found + (isFolder(folder + found) ? "/" : ""))
    }
    return paths.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
