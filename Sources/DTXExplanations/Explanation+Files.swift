extension Explanation {
  /// A file that an example reads, which the script of the example cannot show.
  package struct File: Hashable, Sendable {
    package let name: String
    package let text: String
  }

  /// The files that examples may read.
  package static let allExampleFiles = [
    File(
      name: "returns.csv",
      text: """
        order;id;amount;paid;when;note
        ORDER-125;tx125;60.00 NOK;60,00;2026-11-02;a scratch
        ORDER-126;tx126;100.00 NOK;100,00;2026-11-03;too small

        """
    ),
    File(
      name: "shared.dtx",
      text: """
        define goodwill($id) {
          refund $id 50.00 NOK reason "goodwill"
        }

        """
    ),
  ]

  /// The files that this example reads.
  package var exampleFiles: [File] {
    guard case .script(_, let right) = example else { return [] }
    return Self.allExampleFiles.filter { right.contains("\"\($0.name)\"") }
  }
}
