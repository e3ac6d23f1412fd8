/// The diagnostics of one source while it is read: bounded, so that garbage stays cheap.
struct DiagnosticList {
  /// The most diagnostics kept for one source; nobody reads more, and each costs memory.
  static let limit = 1_000

  private var diagnostics: [Diagnostic] = []
  /// The place of the first diagnostic that was dropped.
  private var firstDropped: SourceRange?

  /// Whether another diagnostic would be kept; where not, its suggestions need not be worked out.
  var hasRoom: Bool { diagnostics.count < Self.limit }

  mutating func report(_ diagnostic: Diagnostic) {
    if hasRoom {
      diagnostics.append(diagnostic)
    } else if firstDropped == nil {
      firstDropped = diagnostic.primary.range
    }
  }

  mutating func report(
    _ message: SyntaxMessage,
    at range: SourceRange,
    label: String = "",
    fixIts: [Diagnostic.FixIt] = []
  ) {
    report(Diagnostic(message, at: Diagnostic.Label(range, label), fixIts: fixIts))
  }

  /// Reports with a fix-it that replaces what is reported; none where `fixIt` is nil.
  mutating func report(
    _ message: SyntaxMessage,
    at range: SourceRange,
    label: String = "",
    fixIt: (title: String, replacement: String)?,
    isCertain: Bool = false
  ) {
    let fixIts = fixIt.map { title, replacement in
      [Diagnostic.FixIt(title, [Diagnostic.Edit(range, replacement)], isCertain: isCertain)]
    }
    report(message, at: range, label: label, fixIts: fixIts ?? [])
  }

  /// Forgets what was reported at an offset and after it, which is about to be read anew.
  mutating func removeAll(from offset: UInt32) {
    while let last = diagnostics.last, last.primary.range.start >= offset {
      diagnostics.removeLast()
    }
  }

  /// Returns the diagnostics in source order, at most one for a place.
  consuming func finish() -> [Diagnostic] {
    var sorted: [Diagnostic] = []
    sorted.reserveCapacity(diagnostics.count + 1)
    // The sort is stable: of two at one place, the one found first stays.
    for diagnostic in diagnostics.sorted(by: {
      $0.primary.range.start < $1.primary.range.start
    }) where sorted.last?.primary.range.start != diagnostic.primary.range.start {
      sorted.append(diagnostic)
    }
    if let firstDropped {
      sorted.append(
        Diagnostic(
          SyntaxMessage.tooManyDiagnostics(.error, limit: Self.limit),
          at: Diagnostic.Label(firstDropped)
        )
      )
    }
    return sorted
  }
}
