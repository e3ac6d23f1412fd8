import DTXExecution
import DTXJournal
import DTXLedger
import Glibc

/// A view of a provider in which what was done with this machine's journal bears the name of who did
/// it.
///
/// The provider knows its API client, which is the same for everybody; the journal knows the person.
struct AttributedReader: TransactionReader {
  let reader: any TransactionReader
  let journal: SQLiteJournal

  var account: Account { reader.account }

  func transactions(withIDs ids: [TransactionID]) async throws(ProviderError) -> [Transaction] {
    await attributed(try await reader.transactions(withIDs: ids))
  }

  func transactions(matching query: TransactionQuery) async throws(ProviderError) -> [Transaction] {
    await attributed(try await reader.transactions(matching: query))
  }

  private func attributed(_ transactions: [Transaction]) async -> [Transaction] {
    // What a customer did, the provider says of nobody.
    let ids = transactions.filter { $0.events.contains { $0.createdBy != nil } }.map(\.id)
    // Looking creates no journal. Without one only names are missing; before anything is sent it must
    // be there anyway.
    guard !ids.isEmpty, unsafe access(journal.path, F_OK) == 0,
      let people = try? await journal.people(behindEventsOf: ids),
      !people.isEmpty
    else { return transactions }
    return transactions.map { transaction in
      var transaction = transaction
      for index in transaction.events.indices {
        if let person = people[transaction.events[index].id] {
          transaction.events[index].person = person
        }
      }
      return transaction
    }
  }
}
