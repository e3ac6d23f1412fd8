/// Reads arbitrary bytes as a table, and checks what must hold for any.
///
/// `scripts/fuzz` compiles it together with the sources of DTXCSV, so it imports nothing.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // The fuzzer's buffer is valid for the call, and the copy outlives it.
  let source = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let table = CSVTable(source)
  checkRows(table)
  checkProblems(table)
  checkWork(source)
  _ = WrittenNumber(source[...])
  return 0
}

private func checkRows(_ table: CSVTable) {
  var row = CSVRow()
  var (end, number) = (0, 1)
  for index in 0..<table.rowCount {
    table.read(row: index, into: &row)
    precondition(row.range.lowerBound >= end, "rows do not overlap")
    precondition(row.number > number, "numbers grow")
    (end, number) = (row.range.upperBound, row.number)
    precondition(end <= table.bytes.count, "rows are inside the file")
    var fieldEnd = row.range.lowerBound
    for field in row.fields {
      precondition(field.wholeRange.lowerBound >= fieldEnd, "fields do not overlap")
      fieldEnd = field.wholeRange.upperBound
      precondition(fieldEnd <= end, "fields are inside their row")
      _ = table.text(of: field)
    }
    let hasEveryValue = row.fields.count == table.columns.count
    precondition(hasEveryValue || !table.isReadable, "a wrong number of values is told")
  }
}

private func checkProblems(_ table: CSVTable) {
  var start = 0
  for problem in table.problems {
    precondition(problem.range.lowerBound >= start, "problems stand in the order of the file")
    start = problem.range.lowerBound
    precondition(problem.range.upperBound <= table.bytes.count, "places are inside the file")
    precondition(problem.row >= 1 && problem.column?.number ?? 1 >= 1, "people count from 1")
    precondition(!problem.text.isEmpty && !problem.help.isEmpty, "every problem has words")
  }
}

private func checkWork(_ source: [UInt8]) {
  var survey = TableSurvey(source)
  survey.run(source.span)
  precondition(survey.bytesRead <= 5 * source.count, "reading is linear")
}
