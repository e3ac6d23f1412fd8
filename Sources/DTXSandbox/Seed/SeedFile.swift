import DTXJSON
import DTXLedger

/// Reads transactions from JSON in the provider's form, as its list of transactions gives them.
///
/// Shape: an array of transactions, or a single one. Of each, `id`, `payment_product_type`,
/// `currency`, `amount` and `status` must be there. `id` may leave out the account. `items` are
/// the order's lines. `events` are its history; without them one that leads to the status is made
/// up, which can't be done for a status that is reached by a part. Times are those of RFC 3339 or,
/// so that a file stays as fresh as it was, relative to the moment of seeding: `-6d`, `-90m`,
/// `+2d`. `metadata` with `dintero_psp:preauthorization` makes a pre-authorization. Members that
/// are not known are kept and change nothing.
///
/// Units: amounts in minor units, VAT in percent.
/// Source: Dintero's payments reference, the transaction object.
struct SeedFile {
  /// What a file holds.
  struct Contents {
    let transactions: [SeedTransaction]
    let report: SeedReport
  }

  let account: Account
  let environment: SandboxEnvironment

  /// Reads a whole file.
  ///
  /// - Throws: `SeedError` with the place of the first mistake.
  func read(_ bytes: [UInt8]) throws(SeedError) -> Contents {
    let node: JSONNode
    do throws(JSONError) {
      node = try JSONParser.parse(bytes)
    } catch {
      throw SeedError(.unreadable, error, in: bytes)
    }
    var nodes = [node]
    if case .array(let elements) = node.value { nodes = elements }
    var transactions: [SeedTransaction] = []
    var notes: [SeedReport.Note] = []
    var ids: Set<TransactionID> = []
    for node in nodes {
      var reader = SeedReader(node: node, account: account, environment: environment)
      do throws(JSONError) {
        transactions.append(try reader.transaction())
      } catch {
        throw SeedError(.invalid, error, in: bytes)
      }
      guard let id = transactions.last?.id, ids.insert(id).inserted else {
        let error = JSONError("the transaction stands in the file twice", at: node.offset)
        throw SeedError(.duplicate, error, in: bytes)
      }
      for note in reader.notes {
        notes.append(SeedReport.Note(line: note.place(in: bytes).line, message: note.message))
      }
    }
    let report = SeedReport(transactions: transactions.count, notes: notes)
    return Contents(transactions: transactions, report: report)
  }
}
