import DTXExecution
import DTXJSON
import DTXLedger
import DTXSandbox

/// What can be asked of the simulation itself, beside what a provider can be asked.
enum ControlRoute: Hashable, Sendable {
  case health
  case faults
  case addFault
  case clearFaults
  case complete
  case settle
  case seed

  /// Reads a method and the path behind `/sandbox`; nil where nothing is there.
  init?(method: String, path: [String]) {
    switch (method, path) {
    case ("GET", ["health"]): self = .health
    case ("GET", ["faults"]): self = .faults
    case ("POST", ["faults"]): self = .addFault
    case ("DELETE", ["faults"]): self = .clearFaults
    case ("POST", ["complete"]): self = .complete
    case ("POST", ["settle"]): self = .settle
    case ("POST", ["seed"]): self = .seed
    default: return nil
    }
  }
}

/// Answers what is asked of the simulation.
struct ControlDesk: Sendable {
  let sandbox: Sandbox
  let faults: FaultControl

  func reply(to route: ControlRoute, _ body: [UInt8]) async -> Reply {
    do throws(ProviderError) {
      switch route {
      case .health: return .success(Self.object("transactions", try await transactionCount()))
      case .faults: return .success(list)
      case .addFault: return add(body)
      case .clearFaults:
        faults.removeAll()
        return .success(list)
      case .complete:
        return .success(Self.object("completed", try await sandbox.completePendingRequests()))
      case .settle: return .success(Self.object("settlements", try await sandbox.service.settle()))
      case .seed: return await seed(body)
      }
    } catch {
      return error.code == .refused
        ? .error(400, "REFUSED", error.message) : .error(500, "STORAGE", error.message)
    }
  }

  private func transactionCount() async throws(ProviderError) -> Int {
    try await sandbox.summary().transactions
  }

  private var list: [UInt8] {
    var writer = JSONWriter()
    writer.array { writer in
      for planned in faults.list { planned.write(to: &writer) }
    }
    return writer.bytes
  }

  private func add(_ body: [UInt8]) -> Reply {
    do throws(JSONError) {
      faults.add(
        try FaultControl.Planned(try JSONParser.parse(body), account: sandbox.account)
      )
      return .success(list)
    } catch {
      return .error(400, "INVALID_REQUEST", error.message)
    }
  }

  private func seed(_ body: [UInt8]) async -> Reply {
    do throws(SeedError) {
      let report = try await sandbox.seed(body)
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("transactions", Int64(report.transactions))
        writer.name("notes")
        writer.array { writer in
          for note in report.notes { writer.value("line \(note.line): \(note.message)") }
        }
      }
      return .success(writer.bytes)
    } catch {
      let place = error.line.map { "line \($0): " } ?? ""
      return .error(error.code == .storage ? 500 : 400, "INVALID_SEED", place + error.message)
    }
  }

  private static func object(_ name: StaticString, _ count: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { $0.member(name, Int64(count)) }
    return writer.bytes
  }
}
