package import DTXLedger

/// Where an embedded provider is served, and how a profile leads to it.
package struct ServedReport: Report, Sendable {
  private let url: String
  private let path: String
  private let account: Account
  private let client: String
  private let secret: String

  /// Makes the report; the secret of a sandbox protects nothing, so that it may be shown.
  package init(url: String, path: String, account: Account, client: String, secret: String) {
    self.url = url
    self.path = path
    self.account = account
    self.client = client
    self.secret = secret
  }

  /// Appends the address, and the lines of a profile that leads there.
  package func append(to builder: inout TextBuilder) {
    builder.append("Serving ")
    builder.append(foreign: path)
    builder.append(", account ")
    builder.append(foreign: account.text)
    builder.append(", at ")
    builder.append(foreign: url)
    builder.endLine()
    builder.endLine()
    builder.append("To use it, add this to the configuration and say --profile served:")
    builder.endLine()
    builder.endLine()
    for line in profile {
      builder.append(foreign: line)
      builder.endLine()
    }
    builder.endLine()
    builder.append("Ctrl-C ends it.")
    builder.endLine()
  }

  private var profile: [String] {
    [
      "[profiles.served]",
      "account = \"\(account)\"",
      "client_id = \"\(client)\"",
      "client_secret_command = \"echo \(secret)\"",
      "checkout_url = \"\(url)\"",
      "rate = 1000",
    ]
  }

  /// Appends the address as one JSON line.
  ///
  /// Shape: `{"type": "served", "url", "account", "path", "client"}`.
  package func append(to writer: inout JSONWriter) {
    writer.record("served") { line in
      line.member("url", url)
      line.member("account", account.text)
      line.member("path", path)
      line.member("client", client)
    }
  }
}
