import Crypto
import DTXJSON
import GRDB

/// One row of the chain.
struct JournalRecord: Hashable, Sendable {
  /// What an entry tells, as its row names it.
  enum Kind: String, Sendable {
    case began, intended, sent, outcome, ended
  }

  static let hashByteCount = 32
  /// What the first entry follows.
  static let firstPrevious = [UInt8](repeating: 0, count: hashByteCount)

  let sequence: Int64
  /// The run's id; the row keeps the number of the run's first entry instead.
  let run: String
  let kind: String
  let time: Int64
  let step: Int64?
  let transaction: String?
  /// A JSON object in canonical form.
  let payload: [UInt8]

  /// The record's canonical form.
  ///
  /// Shape: `{"sequence":2,"run":"…","kind":"intended","time":1787…,"step":0,"transaction":"…",
  /// "payload":{…}}`, without blanks; `step` and `transaction` only where there is one.
  var canonicalBytes: [UInt8] {
    var writer = JSONWriter(reserving: 160 + payload.count)
    writer.object { writer in write(to: &writer) }
    return writer.bytes
  }

  /// Writes the members of the canonical form.
  func write(to writer: inout JSONWriter) {
    writer.member("sequence", sequence)
    writer.member("run", run)
    writer.member("kind", kind)
    writer.member("time", time)
    if let step { writer.member("step", step) }
    writer.member("transaction", ifPresent: transaction)
    writer.name("payload")
    writer.value(written: payload)
  }

  /// Returns the SHA-256 over the previous entry's hash and the canonical form.
  func hash(following previous: [UInt8]) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(data: previous)
    hasher.update(data: canonicalBytes)
    return Array(hasher.finalize())
  }
}

/// The newest entry of a journal: whoever remembers it can prove that nothing was cut off since.
package struct JournalHead: Hashable, Sendable {
  /// How many entries there are; 0 for an empty journal.
  package let sequence: Int64
  /// The newest entry's hash, in hexadecimal.
  package let hash: String

  package init(sequence: Int64, hash: String) {
    self.sequence = sequence
    self.hash = hash
  }

  /// Reads what `text` writes; nil where it is not that.
  package init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let sequence = Int64(parts[0]), sequence >= 0,
      parts[1].utf8.count == 2 * JournalRecord.hashByteCount, parts[1].allSatisfy(\.isHexDigit)
    else { return nil }
    self.init(sequence: sequence, hash: parts[1].lowercased())
  }

  /// The number and the hash, as a person keeps them elsewhere.
  package var text: String { "\(sequence):\(hash)" }
}

extension Sequence<UInt8> {
  /// The bytes in hexadecimal, lower case.
  var hexadecimal: String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * JournalRecord.hashByteCount)
    for byte in self {
      text.append(digit(byte >> 4))
      text.append(digit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
