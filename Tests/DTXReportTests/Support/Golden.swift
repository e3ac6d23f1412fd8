import DTXReport
import Foundation
import Testing

/// The widths and manners in which every report is kept in a golden file.
enum Variant: String, CaseIterable {
  case narrow, usual, wide, coloured, plain

  var options: OutputOptions {
    switch self {
    case .narrow: OutputOptions(columns: 40)
    case .usual: OutputOptions(columns: 80)
    case .wide: OutputOptions(columns: 120)
    case .coloured: OutputOptions(columns: 80, isColoured: true)
    case .plain: OutputOptions(columns: 80, isUnicode: false)
    }
  }

  var title: String {
    switch self {
    case .narrow: "-- 40 columns"
    case .usual: "-- 80 columns"
    case .wide: "-- 120 columns"
    case .coloured: "-- 80 columns, coloured"
    case .plain: "-- 80 columns, ASCII"
    }
  }
}

/// Compares a report in every variant with the file `Golden/<name>.expected`.
///
/// With `DTX_UPDATE_GOLDEN=1` in the environment the file is written instead.
func expectGolden(
  _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ append: (inout TextBuilder) -> Void
) throws {
  var sections: [String] = []
  for variant in Variant.allCases {
    var builder = TextBuilder(options: variant.options)
    append(&builder)
    sections.append("\(variant.title)\n\(visible(builder.text))")
  }
  try expectGolden(name, text: sections.joined(separator: "\n"), sourceLocation: sourceLocation)
}

/// Compares a text with the file `Golden/<name>.expected`; see the other `expectGolden`.
func expectGolden(
  _ name: String,
  text: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden/\(name).expected")
  if ProcessInfo.processInfo.environment["DTX_UPDATE_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
  #expect(text == expected, "\(name).expected", sourceLocation: sourceLocation)
}

/// Spells escape characters out, so that a golden file can be read and reviewed.
private func visible(_ text: String) -> String {
  text.replacing("\u{1B}", with: "␛")
}
