/// Where a service of the provider is reached: scheme, host, perhaps a port and a path.
///
/// Shape: `https://checkout.dintero.com`, `http://127.0.0.1:8090`. Credentials travel on it, so
/// without TLS it may only lead to this machine.
package struct ServiceURL: Hashable, Sendable, CustomStringConvertible {
  /// Why a text is no address of a service.
  package enum Mistake: Error, Hashable, Sendable {
    /// It is not `https://host` or `http://host`, with a port or a path at most.
    case malformed
    /// It has no TLS and leads to another machine.
    case unencrypted
  }

  /// The address, without a slash at its end.
  package let text: String
  /// The host and, where there is one, the port.
  package let authority: String
  /// Whether it leads to this machine.
  package let isLoopback: Bool
  /// Whether a path follows the host.
  package let hasPath: Bool

  /// Reads an address.
  ///
  /// - Throws: What is wrong with it.
  package init(_ text: String) throws(Mistake) {
    var rest = text[...]
    while rest.last == "/" { rest.removeLast() }
    self.text = String(rest)
    let isEncrypted = rest.hasPrefix("https://")
    guard isEncrypted || rest.hasPrefix("http://") else { throw .malformed }
    rest = rest.dropFirst(isEncrypted ? 8 : 7)
    let isPlain = rest.utf8.allSatisfy { byte in
      // Letters, digits and the signs that hosts, ports and paths have; no user, query, fragment.
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "-._~:/[]".utf8.contains(byte)
      }
    }
    let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard isPlain, let authority = parts.first, let host = Self.host(of: authority) else {
      throw .malformed
    }
    self.authority = String(authority)
    hasPath = parts.count > 1
    isLoopback = host == "[::1]" || Self.isLoopback(host: host)
    guard isEncrypted || isLoopback else { throw .unencrypted }
  }

  package var description: String { text }

  /// Returns the host before the port; nil where there is none, or the port is no number.
  private static func host(of authority: Substring) -> Substring? {
    var host = authority
    let afterBracket = authority.lastIndex(of: "]") ?? authority.startIndex
    if let colon = authority[afterBracket...].lastIndex(of: ":") {
      guard let port = UInt16(authority[authority.index(after: colon)...]), port > 0 else {
        return nil
      }
      host = authority[..<colon]
    }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    guard !host.isEmpty, isBracketed || !host.contains(where: { "[]:".contains($0) }) else {
      return nil
    }
    return host
  }

  /// Tells whether a host is this machine.
  ///
  /// Source: RFC 1122, section 3.2.1.3: all of 127/8 is.
  package static func isLoopback(host: some StringProtocol) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
