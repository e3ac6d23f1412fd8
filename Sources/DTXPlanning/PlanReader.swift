import DTXEvaluator
import DTXLedger
import Foundation

/// Reads the lines of a plan file in their one order.
struct PlanReader {
  private let bytes: [UInt8]
  private let decoder = JSONDecoder()
  private var offset = 0
  private var line = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func read() throws(PlanFileError) -> PlanFile {
    guard let header = try next()?.plan else { throw .notAPlan }
    guard header.version == PlanHeader.currentVersion else { throw .newerVersion(header.version) }
    var transactions: [Transaction] = []
    var operations: [(line: Int, record: OperationRecord)] = []
    var applied: [AppliedRecord] = []
    while true {
      let start = offset
      guard let record = try next() else { throw .truncated }
      if let transaction = record.transaction {
        guard let value = transaction.value else { throw .unreadable(line: line) }
        transactions.append(value)
      } else if let operation = record.operation {
        operations.append((line, operation))
      } else if let trailer = record.end {
        try check(trailer, start: start, transactions.count, operations.count)
        let plan = try replay(operations, applied, on: transactions)
        let places = Self.places(
          operations.map { ($0.record.file, $0.record.line) } + applied.map { ($0.file, $0.line) },
          in: header.script
        )
        return PlanFile(header: header, plan: plan, places: places, digest: trailer.digest)
      } else if let found = record.applied {
        applied.append(found)
      } else {
        throw .unreadable(line: line)
      }
    }
  }

  private static func places(
    _ records: [(file: String?, line: UInt32?)],
    in script: String
  ) -> StatementPlaces {
    var names = [script]
    var numbers: [String: UInt32] = [:]
    let places = records.map { file, line in
      var source: UInt32 = 0
      if let file {
        source = numbers[file] ?? UInt32(names.count)
        if numbers.updateValue(source, forKey: file) == nil { names.append(file) }
      }
      return StatementPlaces.Place(source: source, line: line ?? 0)
    }
    return StatementPlaces(sourceNames: names, places: places)
  }

  /// Checks the trailer, which the digest does not cover: it must be exactly the one for what
  /// stands before it, and nothing may stand after it.
  private func check(
    _ trailer: TrailerRecord,
    start: Int,
    _ transactions: Int,
    _ operations: Int
  ) throws(PlanFileError) {
    let expected = TrailerRecord(
      transactions: transactions,
      operations: operations,
      digest: Digest.hexadecimal(of: bytes[..<start])
    )
    var writer = RecordWriter()
    writer.append(PlanRecord(end: expected))
    guard bytes[start...].elementsEqual(writer.bytes) else { throw .changed }
  }

  /// Applies the operations in order: a plan is made by its builder and by nothing else.
  private func replay(
    _ operations: [(line: Int, record: OperationRecord)],
    _ applied: [AppliedRecord],
    on transactions: [Transaction]
  ) throws(PlanFileError) -> Plan {
    var builder = PlanBuilder(transactions: transactions)
    builder.reserve(steps: operations.count, portions: operations.count, referenceBytes: 0)
    // Statements are numbered anew, in the order of the records.
    for (number, (line, record)) in operations.enumerated() {
      guard let operation = record.value, transactions.indices.contains(Int(record.transaction))
      else { throw .unreadable(line: line) }
      let reference = Array((record.reference ?? "").utf8)
      do throws(Refusal) {
        _ = try builder.add(
          operation,
          to: record.transaction,
          reference: reference.span,
          isReferenceWritten: record.written ?? false,
          isAgain: record.again != nil,
          extras: record.extras,
          statement: Int32(number)
        )
      } catch { throw .invalid(line: line) }
      // The same operation must have come of it, with the effect that was shown and approved.
      guard builder.steps.count == number + 1, let step = builder.steps.last,
        record.predicts(step.after)
      else { throw .invalid(line: line) }
    }
    try recall(applied, in: &builder, after: operations.count)
    return builder.finish()
  }

  private func recall(
    _ applied: [AppliedRecord],
    in builder: inout PlanBuilder,
    after operations: Int
  ) throws(PlanFileError) {
    for (number, record) in applied.enumerated() {
      guard builder.transactions.indices.contains(Int(record.transaction)),
        let found = record.value(statement: Int32(operations + number))
      else { throw .unreadable(line: line) }
      let isThere =
        switch found.precedent {
        case .step(let step): builder.steps.indices.contains(Int(step))
        case .event(let event):
          builder.transactions[Int(record.transaction)].events.indices.contains(Int(event))
        case .state: true
        }
      guard isThere else { throw .unreadable(line: line) }
      builder.recall(found)
    }
  }

  private mutating func next() throws(PlanFileError) -> PlanRecord? {
    guard offset < bytes.count else { return nil }
    line += 1
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else {
      // Every record ends its line, so that one that does not was cut off.
      throw line == 1 ? .notAPlan : .truncated
    }
    defer { offset = end + 1 }
    do { return try decoder.decode(PlanRecord.self, from: Data(bytes[offset..<end])) } catch {
      throw line == 1 ? .notAPlan : .unreadable(line: line)
    }
  }
}
