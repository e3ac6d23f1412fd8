/// What a soak carries out: many payments, and a script with a few operations on each.
///
/// What is authorized is several times what is captured, and what is captured several times what is
/// refunded, so that the provider would let every operation happen twice: only dtx can keep it from
/// that. Every operation has a reference of its own, or is the only one of its kind on its payment.
package struct SoakPlan: Sendable {
  /// One operation as the provider's history shows it.
  package struct Step: Hashable, Sendable {
    package let transaction: String
    /// The kind of event that it leaves.
    package let event: String
    package let reference: String
    package let statement: String
  }

  package let steps: [Step]
  private let transactionCount: Int

  /// Makes a plan of so many operations on so many payments, spread evenly.
  package init(operations: Int, transactions: Int) {
    precondition(transactions > 0 && operations >= transactions, "every payment has an operation")
    transactionCount = transactions
    var steps: [Step] = []
    steps.reserveCapacity(operations)
    for round in 0...(operations / transactions) {
      for number in 0..<transactions where steps.count < operations {
        steps.append(Self.step(of: round, on: number))
      }
    }
    self.steps = steps
  }

  private static func step(of round: Int, on number: Int) -> Step {
    let (name, reference) = ("soak\(number)", "s\(number)-\(round)")
    let family = Family(of: number)
    let amount = 100 + (number * 7 + round * 3) % 900
    let money = "\(amount / 100).\(amount % 100 < 10 ? "0" : "")\(amount % 100)"
    let isCapture = family != .swish && (round == 0 || round % 2 == 0)
    if family == .klarna, round == 1 {
      return Step(
        transaction: name,
        event: "AUTHORIZE",
        reference: reference,
        statement: #"extend \#(name) reason "late" ref "\#(reference)""#
      )
    }
    // Refunds are small beside the first capture, so that each could happen several times.
    let verb = isCapture ? "capture" : "refund"
    let sum = isCapture ? "\(family == .swish ? "" : "1")\(money)" : "0.\(10 + round % 90)"
    return Step(
      transaction: name,
      event: isCapture ? "CAPTURE" : "REFUND",
      reference: reference,
      statement: #"\#(verb) \#(name) \#(sum) \#(family.currency) ref "\#(reference)""#
    )
  }

  /// How a payment was made.
  private enum Family: String, CaseIterable {
    case card = "dintero_psp.creditcard"
    case wallet = "vipps"
    case klarna = "klarna.klarna"
    case swish = "swish.swish"

    init(of number: Int) { self = Self.allCases[number % Self.allCases.count] }

    var currency: String { self == .swish ? "SEK" : "NOK" }
    var status: String { self == .swish ? "CAPTURED" : "AUTHORIZED" }
  }

  /// The payments, for `dtx sandbox seed`.
  package var seed: String {
    let payments = (0..<transactionCount).map { number in
      let family = Family(of: number)
      return """
        {"id":"soak\(number)","payment_product_type":"\(family.rawValue)","amount":9000000,\
        "currency":"\(family.currency)","status":"\(family.status)",\
        "merchant_reference":"SOAK-\(number)"}
        """
    }
    return "[\(payments.joined(separator: ",\n"))]\n"
  }

  /// The script: an operation that fails says nothing about the others.
  package var script: String {
    "on error continue\n" + steps.map { $0.statement + "\n" }.joined()
  }
}
