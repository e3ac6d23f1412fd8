import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

extension TransportFailure {
  /// Says of an error of the library whether the request may have left, and why in plain words.
  ///
  /// Only errors that are known to come before the first byte of a request count as "not sent".
  init(_ error: any Error, host: String, answerSeconds: Double) {
    switch error {
    case let error as NIOConnectionError:
      self.init(kind: .notSent, message: Self.sentence(for: error, host: host))
    case let error as IOError where Self.isBeforeConnection(error.errnoCode):
      let reason = Self.reason(error.errnoCode)
      self.init(kind: .notSent, message: "cannot connect to \(host): \(reason)")
    case let error as NIOSSLError where Self.isHandshake(error):
      self.init(
        kind: .notSent,
        message: "cannot trust \(host): its certificate was not accepted"
      )
    case is NIOSSLExtraError:
      self.init(
        kind: .notSent,
        message: "cannot trust \(host): its certificate is for another host"
      )
    case let error as HTTPClientError:
      self.init(error, at: host, answerSeconds: answerSeconds)
    case is NIOTooManyBytesError:
      let limit = DinteroLimits.answerByteCount >> 20
      self.init(kind: .tooLong, message: "the answer of \(host) is longer than \(limit) MiB")
    case is CancellationError:
      self.init(kind: .cancelled, message: "the request to \(host) was given up")
    default:
      self.init(kind: .lost, message: "the connection to \(host) was lost")
    }
  }

  private init(_ error: HTTPClientError, at host: String, answerSeconds: Double) {
    switch error {
    case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
      let limit = Int(DinteroLimits.connectSeconds)
      self.init(kind: .notSent, message: "cannot connect to \(host) within \(limit) seconds")
    case .readTimeout, .writeTimeout, .deadlineExceeded:
      self.init(
        kind: .timedOut,
        message: "\(host) did not answer within \(Int(answerSeconds)) seconds"
      )
    case .cancelled:
      self.init(kind: .cancelled, message: "the request to \(host) was given up")
    case .remoteConnectionClosed:
      self.init(kind: .lost, message: "\(host) closed the connection without an answer")
    default:
      self.init(kind: .lost, message: "the exchange with \(host) failed: \(error.shortDescription)")
    }
  }

  private static func isHandshake(_ error: NIOSSLError) -> Bool {
    switch error {
    case .handshakeFailed, .noCertificateToValidate, .unableToValidateCertificate,
      .failedToLoadCertificate, .noSuchFilesystemObject, .cannotFindPeerIP:
      true
    default: false
    }
  }

  private static func sentence(for error: NIOConnectionError, host: String) -> String {
    if error.connectionErrors.isEmpty, error.dnsAError != nil || error.dnsAAAAError != nil {
      return "cannot find the host \(error.host)"
    }
    let reason = error.connectionErrors.lazy.compactMap { $0.error as? IOError }.first
    guard let reason else { return "cannot connect to \(host)" }
    return "cannot connect to \(host): \(Self.reason(reason.errnoCode))"
  }

  /// Tells whether an error only ever comes of an attempt to connect.
  private static func isBeforeConnection(_ number: CInt) -> Bool {
    [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL].contains(number)
  }

  /// The system's words for an error number.
  private static func reason(_ number: CInt) -> String {
    switch number {
    case ECONNREFUSED: "connection refused; nothing listens there"
    case ENETUNREACH, EHOSTUNREACH: "no way leads there from here"
    case ECONNRESET: "the connection was reset"
    case EADDRNOTAVAIL: "no port is free on this machine"
    default: "error \(number)"
    }
  }
}
