import Crypto

/// SHA-256, by which scripts, plans and data files are named.
package enum Digest {
  /// Returns the digest of bytes in hexadecimal.
  package static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(data: Array(bytes))
    return digits(of: hash.finalize())
  }

  /// Returns bytes in hexadecimal, as they are.
  static func digits(of bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
