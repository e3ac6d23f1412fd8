import DTXLedger
import DTXSyntax

/// A name that a script gives to a value.
struct Variable {
  enum Role {
    case binding, parameter, loop
    /// The parameter of a procedure.
    case argument
  }

  let name: String
  let role: Role
  let place: Diagnostic.Label
  var type: StaticType
  var isUsed = false
}

extension Checker {
  /// The name of a variable without its `$`, which a script with a mistake may lack.
  func variableName(_ range: SourceRange) -> String {
    let text = script.text(range)
    return text.hasPrefix("$") ? String(text.dropFirst()) : text
  }

  /// Gives a name to a value from here to the end of the block.
  ///
  /// - Returns: The variable's number; nil where the name is in use, which is reported.
  @discardableResult
  mutating func bind(
    _ range: SourceRange,
    _ type: StaticType?,
    _ role: Variable.Role,
    at index: Int? = nil
  ) -> Int32? {
    let name = variableName(range)
    guard !name.isEmpty else { return nil }
    if name == "plan" {
      report(.nameIsTaken("$plan"), at: range)
      return nil
    }
    if let other = visible(name) {
      report(
        .redefined("$\(name)"),
        at: range,
        secondary: [variables[Int(other)].place.with("it is set here")]
      )
      return nil
    }
    let number = Int32(variables.count)
    variables.append(
      Variable(name: name, role: role, place: label(range), type: type ?? .any)
    )
    scopes[scopes.count - 1][name] = number
    if let index { statements[unit][index] = .slot(number) }
    return number
  }

  /// The variable that a name may not be given to again.
  ///
  /// The parameters and variables of a procedure may be called like those outside of it, which
  /// whoever writes it need not know.
  private func visible(_ name: String) -> Int32? {
    let own = currentProcedure == nil ? scopes[...] : scopes.dropFirst()
    return own.lazy.reversed().compactMap { $0[name] }.first
  }

  /// Returns what a variable is, and takes down that it is used.
  mutating func variable(_ id: ExpressionID, _ range: SourceRange) -> StaticType {
    let name = variableName(range)
    if name == "plan" {
      expressions[unit][Int(id.index)] = .plan
      return StaticType(.plan)
    }
    guard let (number, isOuter) = lookUp(name) else {
      let near = nearestName(to: name) { $0.scopes.flatMap(\.keys) + ["plan"] }
      report(.undefinedVariable("$\(name)", nearest: near.map { "$\($0)" }), at: range)
      return .any
    }
    variables[Int(number)].isUsed = true
    if let currentProcedure, isOuter { procedures[currentProcedure].note(number) }
    expressions[unit][Int(id.index)] = .slot(number)
    return variables[Int(number)].type
  }

  /// Returns which of the script's names a misspelt one is nearest to, as long as comparing is cheap.
  mutating func nearestName(
    to name: String,
    among names: (Checker) -> [String]
  ) -> String? {
    guard comparisonsLeft > 0 else { return nil }
    let names = names(self)
    comparisonsLeft -= names.count
    return nearest(to: name, among: names.sorted())
  }

  private func lookUp(_ name: String) -> (number: Int32, isOuter: Bool)? {
    for (depth, scope) in scopes.enumerated().reversed() {
      if let number = scope[name] { return (number, depth == 0) }
    }
    return nil
  }

  /// Reports what the script sets and never uses, and parameters that it does not have.
  mutating func checkUses() {
    checkGivenParameters()
    guard options.isWhole else { return }
    for variable in variables where !variable.isUsed {
      let message: ProgramMessage
      switch variable.role {
      case .parameter: message = .unusedParameter("$\(variable.name)")
      case .binding, .argument: message = .unusedVariable("$\(variable.name)")
      // A loop may be there to repeat something, whatever the turn.
      case .loop: continue
      }
      diagnostics.append(Diagnostic(message, at: variable.place))
    }
  }

  private mutating func checkGivenParameters() {
    let names = parameters.map(\.name)
    for name in (options.parameters ?? [:]).keys.sorted() where !names.contains(name) {
      report(
        .unknownParameter(name, nearest: nearest(to: name, among: names)),
        at: SourceRange(0, 0)
      )
    }
  }
}

extension Diagnostic.Label {
  /// The same place with another remark.
  func with(_ text: String) -> Diagnostic.Label { Diagnostic.Label(range, text, in: source) }
}
