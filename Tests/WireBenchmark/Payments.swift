import DTXLedger
import Foundation

/// Authorized card payments in a row, each of which can be captured once.
struct Payments {
  private static let amount = 29_990
  private let account: Account
  private var taken = 0

  init(account: Account) { self.account = account }

  /// Hands out the next so many, which nobody has captured from.
  mutating func take(_ count: Int) -> [TransactionID] {
    defer { taken += count }
    return (taken..<taken + count).map { TransactionID("\(account).\(Self.name($0))") }
  }

  /// A script that captures all of the payments.
  static func script(_ ids: [TransactionID]) -> [UInt8] {
    Array(ids.map { "capture \($0) \(amount) ref \"bench\"\n" }.joined().utf8)
  }

  /// The body of the same capture, as the provider wants it.
  static let capture = "{\"amount\":\(amount),\"capture_reference\":\"bench\"}"

  /// The payments for `dtx sandbox seed`.
  static func seed(_ count: Int) -> Data {
    var text = "["
    for number in 0..<count {
      text += number == 0 ? "\n" : ",\n"
      text += """
        {"id": "\(name(number))", "payment_product_type": "dintero_psp.creditcard", \
        "amount": \(amount), "currency": "NOK", "status": "AUTHORIZED", \
        "events": [{"event": "AUTHORIZE", "amount": \(amount), "success": true}]}
        """
    }
    return Data((text + "\n]\n").utf8)
  }

  private static func name(_ number: Int) -> String { "bench\(number)" }
}
