import DTXEvaluator
import DTXLedger
import DTXPlanning
import DTXSyntax
import Testing

/// A plan file that is not exactly the one that was written is refused, and nothing traps.
@Suite("A plan file that was changed")
struct ChangedPlanTests {
  private static func file(_ script: String = "capture yen 1000 ref \"a\"") async throws -> [UInt8]
  {
    let (plan, tree) = try await PlannedAccount.plan(script)
    return PlanFile.encode(
      plan,
      header: PlannedAccount.header,
      places: StatementPlaces("script", lines: tree.statementLines())
    ).bytes
  }

  private static func error(of bytes: [UInt8]) -> PlanFileError? {
    do throws(PlanFileError) {
      _ = try PlanFile.decode(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test("in one byte is refused", arguments: [UInt8(0x01), 0x04, 0x20, 0x80, 0xFF])
  func flipped(bits: UInt8) async throws {
    let bytes = try await Self.file()
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= bits
      #expect(Self.error(of: changed) != nil, "byte \(index)")
    }
  }

  @Test("in its last bytes is refused, whatever stands there instead")
  func lastBytes() async throws {
    let bytes = try await Self.file()
    for index in bytes.indices.suffix(4) {
      for byte in UInt8.min...UInt8.max where byte != bytes[index] {
        var changed = bytes
        changed[index] = byte
        #expect(Self.error(of: changed) != nil, "byte \(index) as \(byte)")
      }
    }
  }

  @Test("is refused at every length at which it can be cut off")
  func truncated() async throws {
    let bytes = try await Self.file()
    let firstLine = (bytes.firstIndex(of: UInt8(ascii: "\n")) ?? 0) + 1
    for length in 0..<bytes.count {
      let expected: PlanFileError = length < firstLine ? .notAPlan : .truncated
      #expect(Self.error(of: Array(bytes.prefix(length))) == expected, "\(length) bytes")
    }
    #expect(Self.error(of: bytes) == nil)
  }

  @Test("by something behind it is refused", arguments: ["\n", " ", "{}", "{}\n", "\u{0}"])
  func trailing(text: String) async throws {
    #expect(Self.error(of: try await Self.file() + Array(text.utf8)) != nil)
  }

  @Test(
    "is refused where it is no plan at all",
    arguments: ["", "\n", "{}\n", "capture yen 1000\n", "[]\n", "{\"plan\":{}}\n", "\u{0}\u{FF}\n"]
  )
  func notAPlan(text: String) {
    #expect(Self.error(of: Array(text.utf8)) == .notAPlan)
  }

  @Test("by one line more or less, or in another order, is refused")
  func lines() async throws {
    let bytes = try await Self.file("capture yen 1000 ref \"a\"\ncapture yen 2000 ref \"b\"")
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
    func joined(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
      Array(lines.map { $0 + [UInt8(ascii: "\n")] }.joined())
    }
    #expect(Self.error(of: joined(lines)) == nil)
    for index in lines.indices {
      var fewer = lines
      fewer.remove(at: index)
      #expect(Self.error(of: joined(fewer)) != nil)
      #expect(Self.error(of: joined(lines + [lines[index]])) != nil)
      for other in lines.indices where other != index {
        var swapped = lines
        swapped.swapAt(index, other)
        #expect(Self.error(of: joined(swapped)) != nil)
      }
    }
  }

  struct Forgery: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let error: PlanFileError

    init(_ old: String, _ new: String, _ error: PlanFileError) {
      (self.old, self.new, self.error) = (old, new, error)
    }

    var testDescription: String { "\(old) → \(new)" }
  }

  /// Lines: 1 the header, 2 the transaction, 3 the capture, 4 the void, 5 what was found done.
  static let forgeries = [
    Forgery("\"version\":1", "\"version\":2", .newerVersion(2)),
    Forgery("\"version\":1", "\"version\":0", .newerVersion(0)),
    Forgery("\"version\":1", "\"version\":-9223372036854775808", .newerVersion(.min)),
    Forgery("\"currency\":\"NOK\"", "\"currency\":\"NKO\"", .unreadable(line: 2)),
    Forgery("\"status\":\"PARTIALLY_CAPTURED\",\"v", "\"status\":\"X\",\"v", .unreadable(line: 2)),
    Forgery("\"captured\":10000", "\"captured\":-1", .unreadable(line: 2)),
    Forgery("\"captured\":10000", "\"captured\":9223372036854775807", .unreadable(line: 2)),
    Forgery("\"captured\":10000", "\"captured\":9223372036854775808", .unreadable(line: 2)),
    Forgery("\"captured\":10000", "\"captured\":50000", .invalid(line: 3)),
    Forgery("\"amount\":2000", "\"amount\":2001", .invalid(line: 3)),
    Forgery("\"amount\":2000", "\"amount\":90000", .invalid(line: 3)),
    Forgery("\"amount\":2000", "\"amount\":0", .invalid(line: 3)),
    Forgery("\"amount\":2000", "\"amount\":-9223372036854775808", .invalid(line: 3)),
    Forgery("\"amount\":2000", "\"amount\":9223372036854775807", .invalid(line: 3)),
    Forgery("\"amount\":2000", "\"amount\":2000.5", .unreadable(line: 3)),
    Forgery("\"kind\":\"capture\"", "\"kind\":\"refund\"", .invalid(line: 3)),
    Forgery("\"kind\":\"capture\"", "\"kind\":\"seize\"", .unreadable(line: 3)),
    Forgery("\"transaction\":0}}", "\"transaction\":9}}", .unreadable(line: 4)),
    Forgery("\"transaction\":0}}", "\"transaction\":-1}}", .unreadable(line: 4)),
    Forgery("[50000,12000,0,0]", "[50000,12000,0,1]", .invalid(line: 3)),
    Forgery("[50000,12000,0,0]", "[]", .invalid(line: 3)),
    Forgery("\"remainder\":true", "\"remainder\":false", .invalid(line: 4)),
    Forgery("\"amount\":38000", "\"amount\":37999", .invalid(line: 4)),
    Forgery("\"event\":0", "\"event\":9", .unreadable(line: 6)),
    Forgery("\"event\":0", "\"event\":-1", .unreadable(line: 6)),
    Forgery("\"event\":0", "\"step\":2", .unreadable(line: 6)),
    Forgery("{\"applied\":", "{\"other\":", .unreadable(line: 5)),
  ]

  @Test("by someone who can make digests is refused where it does not hold", arguments: forgeries)
  func forged(forgery: Forgery) async throws {
    let done = PlannedAccount.event("e-1", .capture, 10000, after: .partiallyCaptured, ref: "old")
    let (plan, tree) = try await PlannedAccount.plan(
      "capture done 2000 ref \"a\"\nvoid (transaction done) remaining\ncapture done 10000 ref \"old\"",
      against: [PlannedAccount.transaction("done", events: [done])]
    )
    let bytes = PlanFile.encode(
      plan,
      header: PlannedAccount.header,
      places: StatementPlaces("script", lines: tree.statementLines())
    )
    .bytes
    #expect(ForgedPlan.sealed(String(decoding: bytes, as: UTF8.self)) == bytes)
    let forged = try #require(
      ForgedPlan.bytes(of: bytes, replacing: forgery.old, with: forgery.new)
    )
    #expect(Self.error(of: forged) == forgery.error)
  }

  @Test("everywhere to the largest and the least number, with the right digest, never traps")
  func extremeNumbers() async throws {
    let text = String(decoding: try await Self.file(PlannedAccount.script), as: UTF8.self)
    for number in text.matches(of: /:(\d+)/).map(\.output.1) {
      for extreme in ["9223372036854775807", "-9223372036854775808", "-1", "0"] {
        var copy = text
        copy.replaceSubrange(number.startIndex..<number.endIndex, with: extreme)
        // Some of them hold all the same, such as the time at which an event happened.
        _ = Self.error(of: ForgedPlan.sealed(copy))
      }
    }
  }
}
