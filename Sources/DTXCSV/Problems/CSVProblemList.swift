/// The problems of a table while it is read: bounded, so that a ruined file stays cheap.
///
/// The bound is one for each rule, so that thousands of harmless problems never hide a grave one.
struct CSVProblemList {
  private var problems: [CSVProblem] = []
  private var counts = [Int](repeating: 0, count: CSVProblem.Rule.allCases.count)
  private var rest: [CSVProblem.Rule: CSVTable.LeftOut] = [:]

  mutating func report(_ problem: CSVProblem) {
    let rule = problem.rule
    guard counts[rule.rawValue] == CSVTable.problemLimit else {
      problems.append(problem)
      counts[rule.rawValue] += 1
      return
    }
    rest[rule, default: CSVTable.LeftOut(rule: rule)].count += 1
    if let column = problem.column { rest[rule]?.columns.insert(column.number) }
  }

  /// Returns the problems in the order of the file.
  func sorted() -> [CSVProblem] {
    problems.sorted {
      ($0.range.lowerBound, $0.rule.rawValue) < ($1.range.lowerBound, $1.rule.rawValue)
    }
  }

  /// Returns what was found of each rule besides what was kept.
  func leftOut() -> [CSVTable.LeftOut] {
    rest.values.sorted { $0.rule.rawValue < $1.rule.rawValue }
  }
}
