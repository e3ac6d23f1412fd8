import DTXJSON
import DTXLedger
import DTXSandbox

/// The part of an address behind the question mark: names and values, in order, decoded.
struct Query: Sendable {
  private let parameters: [(name: String, value: String)]

  /// Reads a query; nil where it is not well-formed.
  init?(_ text: String?) {
    var parameters: [(String, String)] = []
    for part in (text ?? "").split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = sides.count == 2 ? sides[1].replacing("+", with: " ") : ""
      guard let name = PercentCoding.decoded(sides[0]), let value = PercentCoding.decoded(value)
      else { return nil }
      parameters.append((name, value))
    }
    self.parameters = parameters
  }

  func values(_ name: String) -> [String] {
    parameters.filter { $0.name == name || $0.name == name + "[]" }.map(\.value)
  }

  func value(_ name: String) -> String? { values(name).last }
}

/// Why a query asks for nothing that could be answered.
struct QueryError: Error, Hashable, Sendable {
  let message: String

  init(_ name: String, _ rule: String) { message = "query parameter \(name) \(rule)" }

  /// For what the provider documents and nothing here is kept for.
  init(absent name: String) { self.init(name, "is not supported by the sandbox") }
}

extension Query {
  /// Returns a whole number within limits.
  ///
  /// - Throws: Where something else was given.
  func integer(_ name: String, in range: ClosedRange<Int64>) throws(QueryError) -> Int64? {
    guard let text = value(name) else { return nil }
    guard let number = Int64(text), range.contains(number) else {
      throw QueryError(name, "must be an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Returns a moment in milliseconds; without a zone it is one of UTC, and a day ends at its end.
  ///
  /// - Throws: Where something else was given.
  func time(_ name: String) throws(QueryError) -> Int64? {
    guard let text = value(name) else { return nil }
    guard let moment = ISO8601(text), let time = UTCTime(moment.text) else {
      throw QueryError(name, "must be a date-time of ISO 8601")
    }
    let isWholeDay = !moment.hasTime && name.hasSuffix(".lte")
    return time.milliseconds + (isWholeDay ? 86_400_000 - 1 : 0)
  }

  /// Returns the range between two ends of which each may be absent; nil where both are.
  ///
  /// - Throws: Where an end can't be read, or the range is none.
  func range(
    _ name: String,
    of read: (String) throws(QueryError) -> Int64?
  ) throws(QueryError) -> ClosedRange<Int64>? {
    let (start, end) = (try read(name + ".gte"), try read(name + ".lte"))
    if start == nil, end == nil { return nil }
    let (low, high) = (start ?? .min, end ?? .max)
    guard low <= high else { throw QueryError(name, "has an end before its beginning") }
    return low...high
  }
}

/// A date, or a date and a time, in any form of the standard, as RFC 3339 has it.
///
/// Shape: `2026-08-03`, `2026-08-03T09:14Z`, `20260803T091405.120+0200`; without a zone it is UTC.
/// Source: ISO 8601, the basic and the extended form of calendar dates.
private struct ISO8601 {
  let text: String
  let hasTime: Bool

  init?(_ written: String) {
    let sides = written.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    let date = Self.grouped(sides[0], [4, 2, 2], by: "-")
    hasTime = sides.count == 2
    guard hasTime else {
      text = date + "T00:00:00Z"
      return
    }
    let clock = sides[1].prefix { !"Z+-".contains($0) }
    let zone = sides[1].dropFirst(clock.count)
    let whole = clock.prefix { $0 != "." }
    var time = Self.grouped(whole, [2, 2, 2], by: ":")
    if time.utf8.count == "09:14".utf8.count { time += ":00" }
    var offset = zone.isEmpty ? "Z" : String(zone)
    if zone.count == "+02".count { offset += ":00" }
    if zone.count == "+0200".count {
      offset.insert(":", at: offset.index(offset.startIndex, offsetBy: 3))
    }
    text = date + "T" + time + clock.dropFirst(whole.count) + offset
  }

  /// Puts a separator between the groups of a run of digits; any other text stays as it is.
  private static func grouped(_ text: Substring, _ sizes: [Int], by separator: String) -> String {
    guard text.allSatisfy(\.isWholeNumber) else { return String(text) }
    var rest = text
    var groups: [Substring] = []
    for size in sizes where !rest.isEmpty {
      groups.append(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    return groups.joined(separator: separator) + rest
  }
}

extension TransactionFilter {
  /// Reads what is asked of a list of transactions.
  ///
  /// - Throws: The first parameter that can't be used.
  init(_ query: Query) throws(QueryError) {
    self.init()
    limit = Int(try query.integer("limit", in: 1...100) ?? 10)
    cursor = query.value("starting_after").map { TransactionID($0) }
    if query.value("payout_correlation_id") != nil {
      throw QueryError(absent: "payout_correlation_id")
    }
    for field in Field.allCases {
      let values = query.values(field.rawValue)
      if values.isEmpty { continue }
      if field == .status, let wrong = values.first(where: { Status(rawValue: $0) == nil }) {
        throw QueryError(field.rawValue, "has the unknown value \(wrong)")
      }
      add(field, anyOf: values)
    }
    func amount(_ name: String) throws(QueryError) -> Int64? {
      try query.integer(name, in: 0...MinorUnits.largestAmount.count)
    }
    if let amount = try amount("amount") { add(.amount, amount...amount) }
    if let range = try query.range("amount", of: amount) { add(.amount, range) }
    for measure in [Measure.createdAt, .capturedAt, .refundedAt] {
      if let range = try query.range(measure.rawValue, of: query.time) { add(measure, range) }
    }
    if let text = query.value("search") { add(search: text) }
  }
}

/// What a query may ask to be shown with a transaction.
enum Inclusions {
  private static let known: Set<String> = [
    "card.payment_token", "card.recurrence_token", "events.request_headers", "events.success.true",
  ]
  /// What the provider documents and the sandbox does not keep.
  private static let absent: Set<String> = [
    "session", "session.events.latest", "initiating_system_request_headers",
  ]

  /// Tells whether failed events are to be left out.
  ///
  /// - Throws: Where something is asked for that is not known.
  static func hideFailures(_ query: Query) throws(QueryError) -> Bool {
    let values = query.values("includes")
    if let absent = values.first(where: { absent.contains($0) }) {
      throw QueryError(absent: "includes=\(absent)")
    }
    if let wrong = values.first(where: { !known.contains($0) }) {
      throw QueryError("includes", "has the unknown value \(wrong)")
    }
    return values.contains("events.success.true")
  }
}
