import DTXExecution
import DTXJSON
import DTXLedger

/// The view of an account at the provider that moves money.
///
/// Every operation is sent once. An answer that is certain is told as what it is; everything else
/// is `unknown`, because a repeated capture or refund may succeed a second time: the provider
/// recognises nothing that it has seen before.
struct DinteroWriter: TransactionWriter {
  let access: DinteroAccess

  func send(_ request: OperationRequest) async -> Answer {
    do throws(ProviderError) {
      try access.checkAccount(of: [request.transaction])
      let current = try await current(request)
      return await send(request, OperationCall(request, current: current))
    } catch {
      return .notSent(error)
    }
  }

  /// Reads the transaction as the provider shows it, for an operation that sends it back changed.
  private func current(_ request: OperationRequest) async throws(ProviderError) -> JSONNode? {
    guard OperationCall.needsCurrent(request) else { return nil }
    return try await access.read(access.url(of: request.transaction), request.transaction.text)
  }

  private func send(_ request: OperationRequest, _ call: OperationCall) async -> Answer {
    var outgoing = HTTPRequest(call.method, access.url(of: request.transaction) + call.action)
    outgoing.body = call.body
    if call.takesSystemHeaders {
      outgoing.headers += [
        ("Dintero-System-Name", "dtx"),
        ("Dintero-System-Version", access.configuration.version),
      ]
    }
    do throws(AuthorizedExchange.Failure) {
      return Self.answer(try await access.exchange.send(outgoing))
    } catch {
      switch error {
      case .noToken(let error): return .notSent(error)
      case .transport(let failure) where failure.kind == .notSent:
        return .notSent(ProviderError(.unreachable, failure.message))
      case .transport(let failure): return .unknown(failure.message)
      }
    }
  }
}

// MARK: - What an answer means

extension DinteroWriter {
  /// Says what an answer to an operation means.
  ///
  /// Source: Dintero's documentation of errors: 4xx is the caller's mistake and 5xx the provider's.
  /// That nothing happened is certain only of the former, and of 408 and 409 not even then. A page
  /// is not the provider's answer, whatever its status: something in between may have written it.
  static func answer(_ response: HTTPResponse) -> Answer {
    switch response.status {
    case 200: completed(response)
    case 202: accepted(response)
    case 401, 403: .unauthorized(ProviderRefusal(response))
    case 429: .throttled(seconds: response.retryAfterSeconds ?? DinteroLimits.throttleSeconds)
    case 400..<500 where response.status != 408 && response.status != 409 && !response.isPage:
      .refused(ProviderRefusal(response))
    default: .unknown("the provider answered \(response.explanation)")
    }
  }

  private static func completed(_ response: HTTPResponse) -> Answer {
    switch transaction(in: response) {
    case .success(let transaction): .completed(transaction, requestID: response.requestID)
    case .failure(let error): .unknown("the provider's answer can't be read: \(error.message)")
    }
  }

  private static func accepted(_ response: HTTPResponse) -> Answer {
    switch transaction(in: response) {
    case .success(let transaction): .accepted(transaction, requestID: response.acceptedRequestID)
    case .failure(let error):
      .unknown("the provider accepted it, and its answer can't be read: \(error.message)")
    }
  }

  private static func transaction(in response: HTTPResponse) -> Result<Transaction, JSONError> {
    do throws(JSONError) {
      return .success(try TransactionReading.transaction(JSONParser.parse(response.body)))
    } catch {
      return .failure(error)
    }
  }
}

extension ProviderRefusal {
  init(_ response: HTTPResponse) {
    let body = ErrorBody(response)
    self.init(
      status: response.status,
      code: body.code,
      message: body.message,
      requestID: response.requestID
    )
  }
}
