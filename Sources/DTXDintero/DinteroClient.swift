package import DTXExecution
package import DTXLedger

/// An account at Dintero over HTTP.
///
/// Nothing is opened, asked or fetched until the first request: a client costs nothing to make.
/// Its connections close when the last copy of it is gone.
package struct DinteroClient: Sendable {
  let access: DinteroAccess

  package init(_ configuration: DinteroConfiguration, clock: RunClock = .system()) {
    let transport = HTTPClientTransport(
      HTTPClientTransport.Settings(
        certificateAuthorityPath: configuration.certificateAuthorityPath,
        answerSeconds: configuration.answerSeconds,
        connectionCount: configuration.concurrency
      )
    )
    self.init(configuration, transport: transport, clock: clock)
  }

  init(
    _ configuration: DinteroConfiguration,
    transport: any HTTPTransport,
    clock: RunClock,
    chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
  ) {
    access = DinteroAccess(configuration, transport: transport, clock: clock, chance: chance)
  }

  package var account: Account { access.configuration.account }
  /// The view that can only read.
  package var reader: any TransactionReader { DinteroReader(access: access) }
  /// The view that moves money, for the execution's driver alone.
  package var writer: any TransactionWriter { DinteroWriter(access: access) }
}
