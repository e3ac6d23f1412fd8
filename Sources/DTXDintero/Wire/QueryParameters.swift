import DTXExecution
import DTXJSON
import DTXLedger

/// The conditions of a listing in the provider's own words.
///
/// Several values of one name are said by repeating it. The names have dots in them, which stand
/// as they are.
///
/// Source: Dintero's payments reference, `GET /transactions`.
struct QueryParameters: Hashable, Sendable {
  private(set) var text = ""

  init() {}

  /// The table of what is asked of the provider for each condition of a query.
  init(_ query: TransactionQuery) {
    add("merchant_reference", query.merchantReference)
    add("merchant_reference_2", query.secondReference)
    add("session_id", query.sessionID)
    for status in query.statuses ?? [] { add("status", status.rawValue) }
    addProducts(query.products ?? [])
    for currency in query.currencies ?? [] { add("currency", currency.code) }
    for store in query.stores ?? [] { add("store_id", store) }
    add("created_at.gte", query.createdFrom.flatMap(Self.time))
    // The provider's clock is finer than ours, which leaves out what is less than a millisecond.
    add("created_at.lte", query.createdTo.flatMap { Self.time($0 &+ 1) })
    add("amount.gte", query.authorizedFrom.map { String($0.count) })
    add("amount.lte", query.authorizedTo.map { String($0.count) })
  }

  /// A product that is read without a type has the name of its provider alone.
  private mutating func addProducts(_ products: [String]) {
    guard products.allSatisfy({ $0.contains(".") }) else { return }
    for product in products { add("payment_product_type", product) }
  }

  /// A moment as the provider reads it; nil for one that four digits of a year cannot say.
  private static func time(_ milliseconds: Int64) -> String? {
    let text = UTCTime(milliseconds: milliseconds).text
    return text.utf8.count == "2026-08-03T09:14:05.120Z".utf8.count ? text : nil
  }

  init(ids: some Sequence<TransactionID>) {
    for id in ids { add("id", id.text) }
  }

  mutating func add(_ name: String, _ value: String?) {
    guard let value else { return }
    if !text.isEmpty { text += "&" }
    text += name + "=" + PercentEncoding.encoded(value)
  }
}

/// Text inside of URLs.
enum PercentEncoding {
  /// Returns a text with every byte but letters, digits, `-`, `.`, `_` and `~` percent-encoded.
  ///
  /// Source: RFC 3986, section 2.3: what is not reserved means the same everywhere in a URL.
  static func encoded(_ text: String) -> String {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        encoded.append(UInt8(ascii: "%"))
        encoded.append(hexadecimal[Int(byte >> 4)])
        encoded.append(hexadecimal[Int(byte & 15)])
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static let hexadecimal = Array("0123456789ABCDEF".utf8)
}
