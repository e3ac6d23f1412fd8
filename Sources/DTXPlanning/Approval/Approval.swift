import Crypto
import Foundation

/// The key with which a person approves plans: an Ed25519 key pair of that person's own.
///
/// A colleague's configuration names the public half; the private half never leaves the person's
/// machine. Source: RFC 8032.
package struct ApprovalKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// Makes a new key.
  package init() { key = Curve25519.Signing.PrivateKey() }

  /// Reads a key from the text of its file; nil where it is none.
  package init?(privateText text: String) {
    guard let bytes = Data(hexadecimal: text.prefix(64)),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    else { return nil }
    self.key = key
  }

  /// The private half, for the key's file and nothing else.
  package var privateText: String { Digest.digits(of: key.rawRepresentation) }
  /// The public half, as a policy names it: 64 hexadecimal digits.
  package var publicText: String { Digest.digits(of: key.publicKey.rawRepresentation) }

  /// Approves a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - approver: The login name of whoever approves.
  ///   - time: When, in milliseconds since 1970-01-01T00:00Z.
  /// - Returns: The approval.
  package func approve(_ plan: PlanFile, as approver: String, at time: Int64) -> Approval {
    var approval = Approval(
      version: Approval.currentVersion,
      plan: plan.digest,
      account: plan.header.account,
      approver: approver,
      time: time,
      signature: ""
    )
    // Signing fails only where there is no memory left.
    let signature = try? key.signature(for: approval.signedBytes)
    approval.signature = Digest.digits(of: signature ?? Data())
    return approval
  }
}

/// One person's word that a plan may be carried out.
///
/// It names the plan by its digest, which covers every operation, the planner and the account, so
/// that it is good for that plan and no other. As a file it is a line of JSON; several stand one
/// below the other.
package struct Approval: Hashable, Sendable, Codable {
  static let currentVersion = 1

  let version: Int
  package let plan: String
  package let account: String
  package let approver: String
  /// Milliseconds since 1970-01-01T00:00Z.
  package let time: Int64
  /// In hexadecimal.
  var signature: String

  /// What is signed: everything else, each on a line of its own behind a line that says what it is,
  /// so that a signature for this can't be taken for one of anything else.
  fileprivate var signedBytes: Data {
    Data("dtx approval \(version)\n\(plan)\n\(account)\n\(approver)\n\(time)\n".utf8)
  }

  /// Tells whether the holder of a public key gave this approval, for this plan.
  func isGiven(for file: PlanFile, by publicText: String) -> Bool {
    guard version == Self.currentVersion, plan == file.digest, account == file.header.account,
      !approver.contains("\n"),
      let keyBytes = Data(hexadecimal: publicText[...]),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: keyBytes),
      let bytes = Data(hexadecimal: signature[...])
    else { return false }
    return key.isValidSignature(bytes, for: signedBytes)
  }
}

extension Approval {
  /// The line for the file of approvals.
  package var line: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let line = try? encoder.encode(self) else {
      preconditionFailure("an approval is made of strings and numbers, which always encode")
    }
    return Array(line) + [UInt8(ascii: "\n")]
  }

  /// Reads a file of approvals; lines that are none are passed over, as they approve nothing.
  package static func read(_ bytes: [UInt8]) -> [Approval] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      try? JSONDecoder().decode(Approval.self, from: Data(line))
    }
  }

  /// Returns who has approved a plan, of those who may: each once, and never its planner.
  ///
  /// - Parameters:
  ///   - file: The plan.
  ///   - approvals: What there is, whoever it is from.
  ///   - approvers: Who may approve, by login name, with their public keys.
  /// - Returns: Login names in alphabetical order.
  package static func approvers(
    of file: PlanFile,
    _ approvals: [Approval],
    among approvers: [String: String]
  ) -> [String] {
    let given = approvals.filter { approval in
      guard approval.approver != file.header.plannedBy, let key = approvers[approval.approver]
      else { return false }
      return approval.isGiven(for: file, by: key)
    }
    return Set(given.map(\.approver)).sorted()
  }
}

extension Data {
  /// Reads pairs of hexadecimal digits; nil for anything else.
  fileprivate init?(hexadecimal text: Substring) {
    guard text.utf8.count.isMultiple(of: 2), text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      return nil
    }
    self.init(capacity: text.utf8.count / 2)
    var rest = text
    while let byte = UInt8(rest.prefix(2), radix: 16) {
      append(byte)
      rest = rest.dropFirst(2)
    }
  }
}
