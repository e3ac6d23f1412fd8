/// What `set` can change, for as long as the session lasts.
package enum SessionSetting: String, CaseIterable, Sendable {
  case output, page, confirm, timing, reader

  /// What it is for, beside its name in a list.
  var purpose: String {
    switch self {
    case .output: "how answers are written: table, json or csv"
    case .page: "long answers go through $PAGER, or not"
    case .confirm: "what a commit asks for: y, or the total typed out"
    case .timing: "say how long each answer took"
    case .reader: "plain lines for a screen reader: no tables, no redrawing"
    }
  }

  /// The words that it can be set to.
  var values: [String] {
    switch self {
    case .output: SessionSettings.Format.allCases.map(\.rawValue)
    case .confirm: SessionSettings.Confirmation.allCases.map(\.rawValue)
    case .page, .timing, .reader: ["on", "off"]
    }
  }
}

/// How a session behaves, as the person has set it.
package struct SessionSettings: Hashable, Sendable {
  /// How answers to `show`, `list`, `print` and `preview` are written.
  package enum Format: String, CaseIterable, Sendable {
    case table, json, csv
  }

  /// What a commit asks for on a test account; in production it is always the total.
  package enum Confirmation: String, CaseIterable, Sendable {
    case short, total
  }

  package var format = Format.table
  package var pages = true
  package var confirmation = Confirmation.short
  package var showsTiming = false
  /// Whether everything is said in lines that a screen reader can read aloud as they come.
  package var isForReader = false

  package init() {}

  /// Sets one of them; false where the value is none that it can have.
  mutating func set(_ setting: SessionSetting, to value: String) -> Bool {
    guard setting.values.contains(value) else { return false }
    switch setting {
    case .output: format = Format(rawValue: value) ?? format
    case .confirm: confirmation = Confirmation(rawValue: value) ?? confirmation
    case .page: pages = value == "on"
    case .timing: showsTiming = value == "on"
    case .reader: isForReader = value == "on"
    }
    return true
  }

  /// What it is set to now.
  func value(of setting: SessionSetting) -> String {
    func word(_ isOn: Bool) -> String { isOn ? "on" : "off" }
    return switch setting {
    case .output: format.rawValue
    case .confirm: confirmation.rawValue
    case .page: word(pages)
    case .timing: word(showsTiming)
    case .reader: word(isForReader)
    }
  }
}
