import DTXPlanning

/// A plan file that was changed by someone who then put the right digest at its end.
enum ForgedPlan {
  /// Replaces the first occurrence of a text in the records, and makes the trailer fit again.
  static func bytes(of file: [UInt8], replacing old: String, with new: String) -> [UInt8]? {
    let text = String(decoding: file, as: UTF8.self)
    guard let range = text.firstRange(of: old) else { return nil }
    return sealed(text.replacingCharacters(in: range, with: new))
  }

  /// Puts the trailer that fits behind the records of a file.
  static func sealed(_ text: String) -> [UInt8] {
    let records = text.split(separator: "\n").filter { !$0.hasPrefix(#"{"end":"#) }
    let body = records.map { $0 + "\n" }.joined()
    func count(_ kind: String) -> Int { records.count { $0.hasPrefix("{\"\(kind)\":") } }
    let trailer =
      #"{"end":{"digest":"\#(Digest.hexadecimal(of: Array(body.utf8)))","#
      + #""operations":\#(count("operation")),"transactions":\#(count("transaction"))}}"#
    return Array((body + trailer + "\n").utf8)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    var copy = self
    copy.replaceSubrange(range, with: text)
    return copy
  }
}
