package import DTXExecution
package import DTXLedger

/// A script that takes back what a run has done, as far as that can be done.
///
/// It is a script like any other, to be read, changed, planned and looked at: whether what it asks
/// for is still possible, the plan made of it shows. Operations come in the opposite order, and
/// what can't be taken back stands in it as a remark.
package struct RevertScript: Sendable {
  /// The script.
  package let text: String
  /// How many statements it has that do something.
  package let statementCount: Int
  /// How many operations can't be taken back.
  package let finalCount: Int

  /// Writes the script.
  ///
  /// - Parameters:
  ///   - run: The run, by whose name the operations say why they are.
  ///   - plan: The run's plan.
  ///   - open: The steps of which nobody knows whether they were carried out.
  ///   - isDone: Tells whether a step of the plan was carried out.
  package init(
    of run: RunRecord,
    plan: Plan,
    open: [Int] = [],
    isDone: @escaping (Int) -> Bool
  ) {
    var lines = [
      "# Takes back what run \(run.id) has done.",
      "account \(run.account)",
      "",
    ]
    for index in open {
      let step = plan.steps[index]
      lines.append(
        "# operation \(index + 1), \(step.kind.name) of"
          + " \(plan.transactions[Int(step.transaction)].id): nobody knows whether it was done"
      )
    }
    var statements = 0
    var finals = 0
    for index in plan.steps.indices.reversed() where isDone(index) {
      let writer = RevertStatement(run: run.id, plan: plan, index: index, isDone: isDone)
      if let statement = writer.statement {
        lines.append(statement)
        statements += 1
      } else {
        finals += 1
      }
      if let remark = writer.remark { lines.append("# \(remark)") }
    }
    text = lines.joined(separator: "\n") + "\n"
    statementCount = statements
    finalCount = finals
  }
}

/// What takes one operation back.
private struct RevertStatement {
  let run: RunID
  let plan: Plan
  let index: Int
  let isDone: (Int) -> Bool

  private var step: Step { plan.steps[index] }
  private var transaction: Transaction { plan.transactions[Int(step.transaction)] }
  private var target: String { ScriptText.name(transaction.id.text) }

  /// The statement; nil where nothing takes the operation back.
  var statement: String? {
    switch step.kind {
    case .capture: refund
    case .adjust: step.isFinal ? nil : adjustment
    case .tag: tag
    case .refund, .void, .extend, .authorize: nil
    }
  }

  /// What a person should know about it.
  var remark: String? {
    let subject = "operation \(index + 1), \(step.kind.name) of \(transaction.id)"
    switch step.kind {
    case .capture where step.isFinal: return "\(subject): what it released stays released"
    case .capture: return nil
    case .refund: return "\(subject): a refund can't be taken back"
    case .void: return "\(subject): what was released can't be reserved again"
    case .extend: return "\(subject): an extension can't be taken back"
    case .authorize: return "\(subject): a release from hold can't be taken back"
    case .adjust: return step.isFinal ? "\(subject): a final total can't be changed" : nil
    case .tag: return tag == nil ? "\(subject): there was no second reference before" : nil
    }
  }

  private var refund: String {
    var words = ["refund", target]
    let lines = plan.lines(beforeStep: index)
    let portions = plan.portions(of: step)
    if portions.isEmpty { words.append(money(step.amount)) }
    for portion in portions {
      words += ["line", ScriptText.name(lines[Int(portion.line)].id)]
      if let quantity = portion.quantity { words += ["qty", ScriptText.number(quantity)] }
      words.append(money(portion.amount))
    }
    words += ["reason", ScriptText.quoted("takes back run \(run)")]
    // Two equal captures are taken back by two equal refunds.
    words += ["again", ScriptText.quoted("takes back operation \(index + 1) of run \(run)")]
    return words.joined(separator: " ")
  }

  private var adjustment: String {
    var words = ["adjust", target, "to", money(plan.before(step).authorized)]
    let lines = plan.lines(beforeStep: index)
    if !lines.isEmpty {
      words.append("{")
      for line in lines {
        words += ["line", ScriptText.name(line.id), ScriptText.quoted(line.description)]
        if line.quantity != .one { words += ["qty", ScriptText.number(line.quantity)] }
        words.append(money(line.amount))
        if let vat = line.vatBasisPoints { words += ["vat", ScriptText.percent(vat)] }
      }
      words.append("}")
    }
    words += ["reason", ScriptText.quoted("takes back run \(run)")]
    return words.joined(separator: " ")
  }

  private var tag: String? {
    var previous = step.previous
    while previous >= 0 {
      let earlier = plan.steps[Int(previous)]
      if earlier.kind == .tag, isDone(Int(previous)) { return tag(plan.extras(of: earlier)?.text) }
      previous = earlier.previous
    }
    return tag(transaction.state.secondReference)
  }

  private func tag(_ text: String?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    return "tag \(target) \(ScriptText.quoted(text))"
  }

  private func money(_ amount: MinorUnits) -> String {
    Money(amount, transaction.currency).description
  }
}

/// Values as a script writes them.
enum ScriptText {
  /// Returns an id as a word where it can be none but that, and else in quotes.
  static func name(_ id: String) -> String {
    let isPlain = id.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      }
    }
    // A word with a digit in it is no word of the language.
    let hasDigit = id.utf8.contains { (0x30...0x39).contains($0) }
    let startsWell =
      id.utf8.first.map { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") } ?? false
    return isPlain && hasDigit && startsWell ? id : quoted(id)
  }

  /// Returns a text in quotes, with what would end it or be replaced in it escaped.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\", "{": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        quoted += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Returns a quantity without needless zeros.
  static func number(_ quantity: Quantity) -> String { decimal(quantity.millionths, places: 6) }

  /// Returns hundredths of a percent as a percentage.
  static func percent(_ basisPoints: Int32) -> String {
    decimal(Int64(basisPoints), places: 2) + "%"
  }

  private static func decimal(_ units: Int64, places: Int) -> String {
    let digits = String(units)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    var fraction = padded.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    return padded.dropLast(places) + (fraction.isEmpty ? "" : "." + fraction)
  }
}
