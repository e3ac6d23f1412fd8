import DTXExecution
import DTXJSON
import DTXLedger
import DTXSandbox

// What changes nothing: transactions, lists of them, and payouts.
extension FrontDesk {
  func transaction(_ id: TransactionID, _ query: Query) async throws(ProviderError) -> Reply {
    if let reply = fault(ofReading: id.text) { return reply }
    let writing: TransactionWriting
    do throws(QueryError) { writing = try self.writing(query) } catch { return .wrong(error) }
    guard let stored = try await service.transaction(id) else {
      return .error(404, "NOT FOUND", "Transaction not found")
    }
    return .success(writing.json(of: stored))
  }

  /// Returns a page of transactions as a bare array.
  ///
  /// Source: Dintero's Checkout API reference, `GET /transactions`.
  func list(_ query: Query) async throws(ProviderError) -> Reply {
    if let reply = fault(ofReading: "list") { return reply }
    let writing: TransactionWriting
    var filter: TransactionFilter
    do throws(QueryError) {
      writing = try self.writing(query)
      filter = try TransactionFilter(query)
    } catch { return .wrong(error) }
    filter.isOldestFirst = behaviour.isOldestFirst
    guard let list = try await service.transactions(matching: filter) else {
      return .wrong(QueryError("starting_after", "names no transaction"))
    }
    return .success(writing.json(of: list))
  }

  private func writing(_ query: Query) throws(QueryError) -> TransactionWriting {
    let hidesFailures = try Inclusions.hideFailures(query)
    return TransactionWriting(behaviour: behaviour, hidesFailures: hidesFailures)
  }

  /// Returns what befalls a read; nil for nothing.
  ///
  /// Only that no answer comes, or one that says "later", can befall what changes nothing.
  private func fault(ofReading subject: String) -> Reply? {
    switch faults.fault(ofReading: subject) {
    case nil: return nil
    case .silentApplied, .silentNotApplied: return .silence
    case .throttled: return .throttled(seconds: 1)
    case .brokenApplied, .brokenNotApplied:
      return .fault(
        ProviderRefusal(status: 500, message: "an unexpected error occurred"),
        in: behaviour.faultShape
      )
    case .unavailable:
      return .fault(
        ProviderRefusal(status: 503, message: "temporarily unavailable"),
        in: behaviour.faultShape
      )
    case .some(.none), .acceptedThenDone, .acceptedThenFailed, .refused, .failedEvent, .conflict,
      .failedThenCorrected:
      return nil
    }
  }
}

// MARK: - Payouts

extension FrontDesk {
  /// Returns a page of payouts with the key that asks for the next.
  ///
  /// Shape: `{"items": [Settlement], "last_evaluated_key": {"id", "account_id", "settled_at",
  /// "created_at"}?}`.
  /// Source: Dintero's payments reference, `GET /accounts/{aid}/settlements`.
  func settlements(_ query: Query) async throws(ProviderError) -> Reply {
    var filter: SettlementFilter
    do throws(QueryError) { filter = try SettlementFilter(query) } catch { return .wrong(error) }
    let limit = filter.limit
    // One more than is shown tells whether there is a next page.
    filter.limit += 1
    let found = try await service.settlements(matching: filter)
    var writer = JSONWriter()
    writer.object { writer in
      writer.name("items")
      writer.array { writer in
        for settlement in found.prefix(limit) { writer.value(written: settlement.document.utf8) }
      }
      if found.count > limit {
        let last = found[limit - 1]
        writer.name("last_evaluated_key")
        writer.object { writer in
          writer.member("id", last.id)
          writer.member("account_id", service.account.text)
          writer.member("settled_at", UTCTime(milliseconds: last.settledAt).text)
          writer.member("created_at", UTCTime(milliseconds: last.createdAt).text)
        }
      }
    }
    return .success(writer.bytes)
  }
}

extension SettlementFilter {
  /// Reads what is asked of a list of payouts.
  ///
  /// - Throws: The first parameter that can't be used.
  fileprivate init(_ query: Query) throws(QueryError) {
    self.init()
    limit = Int(try query.integer("limit", in: 1...1_000) ?? 10)
    if query.value("payout_destination_id") != nil {
      throw QueryError(absent: "payout_destination_id")
    }
    // The plain name asks for the time of the payment, however misleading that is.
    let paid = try query.range("created_at", of: query.time)
    let made = try query.range("item_created_at", of: query.time)
    if paid != nil, made != nil {
      throw QueryError("item_created_at", "can not be combined with created_at")
    }
    if let paid { settledAt = paid }
    if let made {
      createdAt = made
      isOrderedByCreation = true
    }
    let (id, date) = (query.value("starting_after_id"), try query.time("starting_after_date"))
    switch (id, date) {
    case (nil, nil): break
    case (let id?, let date?): cursor = (id, date)
    default: throw QueryError("starting_after_id", "and starting_after_date need each other")
    }
    providers = query.values("payment_provider")
    search = query.value("search")
  }
}

extension Reply {
  fileprivate static func wrong(_ error: QueryError) -> Reply {
    .error(400, "INVALID_REQUEST", error.message)
  }
}
