import Foundation
import PseudoTerminal

/// Plays a recording on the real program and draws what its terminal showed.
///
///     dtx-recorder KEYS PROGRAM SVG
@main
struct Recorder {
  static let size = Screen.Size(rows: 26, columns: 92)

  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 3 else {
      print("usage: dtx-recorder KEYS PROGRAM SVG")
      exit(64)
    }
    let recording = try Recording(String(contentsOfFile: arguments[0], encoding: .utf8))
    let home = FileManager.default.temporaryDirectory.appending(path: "dtx-recorder-\(getpid())")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: home) }
    let terminal = try PseudoTerminal(
      executable: arguments[1],
      environment: [
        "PATH": "/usr/bin:/bin", "HOME": home.path, "TERM": "xterm", "LC_ALL": "C.UTF-8",
        "EDITRC": "/dev/null", "PAGER": "",
      ],
      size: size
    )
    let frames = try recording.play(on: terminal)
    let drawing = Drawing(frames: frames, size: size)
    try Data(drawing.svg.utf8).write(to: URL(filePath: arguments[2]))
    print("\(frames.count) screens, \(drawing.svg.utf8.count) bytes: \(arguments[2])")
  }
}
