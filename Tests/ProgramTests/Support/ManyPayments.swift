import Testing

/// Many payments of the sandbox, and a script with three operations on each.
///
/// What is authorized is several times what is captured, so that the sandbox would let every
/// operation happen twice: only dtx can keep it from that.
enum ManyPayments {
  static let operationsForEach = 3

  /// Returns a file of payments for `dtx sandbox seed`.
  static func seed(count: Int) -> String {
    let payments = (0..<count).map { number in
      """
      {"id": "many\(number)", "payment_product_type": "dintero_psp.creditcard",
       "amount": 98765, "currency": "NOK", "status": "AUTHORIZED",
       "merchant_reference": "MANY-\(number)"}
      """
    }
    return "[\(payments.joined(separator: ",\n"))]\n"
  }

  /// Returns the script; `on error continue` lets each payment go its own way.
  static func script(count: Int) -> String {
    "on error continue\n"
      + (0..<count).map { number in
        """
        capture many\(number) \(1_000 + number) ref "first-\(number)"
        capture many\(number) \(2_000 + number) ref "second-\(number)"
        refund many\(number) \(500 + number) reason "åpnet" ref "back-\(number)"

        """
      }
      .joined()
  }

  /// Expects every operation of the script on its payment, exactly once and in order.
  static func expectEachOnce(
    count: Int,
    in workplace: Workplace,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let effects = Dictionary(grouping: try workplace.effects(), by: \.transaction)
    var expected: [String: [Workplace.Effect]] = [:]
    for number in 0..<count {
      let transaction = "T12345678.many\(number)"
      expected[transaction] = [
        ("CAPTURE", 1_000, "first"), ("CAPTURE", 2_000, "second"), ("REFUND", 500, "back"),
      ]
      .map { kind, amount, reference in
        Workplace.Effect(
          transaction: transaction,
          kind: kind,
          amount: Int64(amount + number),
          reference: "\(reference)-\(number)"
        )
      }
    }
    // Those that are not as they should be, rather than all of them.
    let wrong = expected.filter { effects[$0.key] != $0.value }
    #expect(wrong.mapValues { $0.map(\.reference) } == [:], sourceLocation: sourceLocation)
  }
}
