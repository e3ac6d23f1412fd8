extension Currency {
  /// Returns the currency that a misspelled code most likely means, or nil if none is near.
  ///
  /// Near is the same letters in another case, or one letter that is wrong, missing, extra or
  /// swapped with its neighbour. Of several such, the ones that the provider settles in win.
  package static func nearest(to text: String) -> Currency? {
    let letters = text.utf8.map(capital)
    guard (codeLength - 1...codeLength + 1).contains(letters.count) else { return nil }
    if letters.count == codeLength, let exact = Currency(letters[0], letters[1], letters[2]) {
      return exact
    }
    let near = all.filter { isOneSlip($0.letters, from: letters) }
    for code in settled {
      if let common = near.first(where: { $0.code == code }) { return common }
    }
    return near.first
  }

  /// The currencies of everyday payments, the likeliest first.
  private static let settled = ["NOK", "SEK", "DKK", "EUR", "USD", "GBP", "CHF", "ISK"]

  private var letters: [UInt8] { Array(code.utf8) }

  private static func capital(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & ~0x20 : byte
  }

  /// Tells whether one wrong, missing, extra or swapped letter makes one text of the other.
  private static func isOneSlip(_ code: [UInt8], from text: [UInt8]) -> Bool {
    if code.count != text.count {
      let (short, long) = code.count < text.count ? (code, text) : (text, code)
      return long.indices.contains { dropped in
        var rest = long
        rest.remove(at: dropped)
        return rest == short
      }
    }
    let wrong = code.indices.filter { code[$0] != text[$0] }
    if wrong.count == 1 { return true }
    guard wrong.count == 2, wrong[1] == wrong[0] + 1 else { return false }
    return code[wrong[0]] == text[wrong[1]] && code[wrong[1]] == text[wrong[0]]
  }
}
