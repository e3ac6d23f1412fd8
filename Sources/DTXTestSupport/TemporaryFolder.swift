import Glibc

/// A folder of a test's own, removed with everything in it when the value is no longer used.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// Makes an empty folder that every user may enter, so that a test may give up its rights.
  package init() {
    var template = Array("/tmp/dtx-test-XXXXXX".utf8CString)
    let isMade = unsafe mkdtemp(&template) != nil
    precondition(isMade, "the temporary folder can't be made")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    unsafe chmod(path, 0o755)
  }

  deinit { Self.remove(path) }

  /// Returns the path of a file in the folder.
  package func file(_ name: String) -> String { path + "/" + name }

  private static func remove(_ path: String) {
    if let folder = unsafe opendir(path) {
      var names: [String] = []
      while let entry = unsafe readdir(folder) {
        // The entry is valid until the next call; the name ends with a zero byte.
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
          unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) {
            unsafe String(cString: $0)
          }
        }
        if name != ".", name != ".." { names.append(name) }
      }
      unsafe closedir(folder)
      for name in names { remove(path + "/" + name) }
      _ = unsafe rmdir(path)
    } else {
      _ = unsafe unlink(path)
    }
  }
}
