package import DTXLedger

/// A profile as it is listed.
package struct ProfileRow: Hashable, Sendable {
  package let name: String
  package let account: Account
  /// The host of the provider, or `embedded`.
  package let address: String
  /// Where the secret is kept; nil where none is needed.
  package let secret: String?
  package let policyRules: [String]
  /// Whether it is the profile that is used when none is named.
  package let isDefault: Bool

  package init(
    name: String,
    account: Account,
    address: String,
    secret: String?,
    policyRules: [String],
    isDefault: Bool
  ) {
    self.name = name
    self.account = account
    self.address = address
    self.secret = secret
    self.policyRules = policyRules
    self.isDefault = isDefault
  }

  /// Writes the members that a listing and a test have in common.
  func members(_ record: inout JSONWriter) {
    record.member("name", name)
    record.member("account", account.text)
    record.member("production", account.isProduction)
    record.member("address", address)
    record.member("secret", secret)
    record.strings("policy", policyRules)
    record.member("default", isDefault)
  }
}

/// The profiles, as they are listed.
package struct ProfileList: Report, Sendable {
  package let rows: [ProfileRow]

  package init(_ rows: [ProfileRow]) { self.rows = rows }

  private static let table = Table(columns: [
    Table.Column(title: "Profile", place: .title),
    Table.Column(title: "Account", place: .title),
    Table.Column(title: "Provider", place: .line, canWrap: true),
    Table.Column(title: "Secret", place: .line, canWrap: true),
    Table.Column(title: "Policy", place: .line, canWrap: true),
  ])

  /// Appends a row for each profile.
  package func append(to builder: inout TextBuilder) {
    builder.append(Self.table, rows: ShownRows(count: rows.count, isComplete: true)) { index, row in
      let profile = rows[index]
      row.cell { text in
        text.append(foreign: profile.name)
        if profile.isDefault { text.append(" (default)") }
      }
      row.cell(as: profile.account.isProduction ? .production : .plain) { text in
        text.append(foreign: profile.account.text)
        text.append(profile.account.isProduction ? ", PRODUCTION" : ", test")
      }
      row.cell(foreign: profile.address)
      row.cell(foreign: profile.secret ?? "")
      row.cell(foreign: profile.policyRules.joined(separator: "; "))
    }
  }

  /// Appends a JSON line for each profile.
  ///
  /// Shape: `profile`: name, account, production, address, secret, policy, default.
  package func append(to writer: inout JSONWriter) {
    for row in rows { writer.record("profile") { row.members(&$0) } }
  }
}

/// What came of asking the provider whether it lets one in.
package struct ProfileTestPage: Report, Sendable {
  /// One thing that was tried.
  package struct Check: Hashable, Sendable {
    /// What can be tried without changing anything.
    package enum Subject: String, Sendable {
      case token, transactions, settlements

      var name: StaticString {
        switch self {
        case .token: "token"
        case .transactions: "transactions"
        case .settlements: "settlements"
        }
      }
    }

    package let subject: Subject
    package let verdict: String

    package init(_ subject: Subject, _ verdict: String) {
      self.subject = subject
      self.verdict = verdict
    }
  }

  package let profile: ProfileRow
  package let checks: [Check]

  package init(_ profile: ProfileRow, _ checks: [Check]) {
    self.profile = profile
    self.checks = checks
  }

  private static let factWidth = 12

  /// Appends what was tried, and what could not be: nothing is changed for the sake of a test.
  package func append(to builder: inout TextBuilder) {
    builder.appendParagraph(as: .heading) { text in
      text.append("Profile ")
      text.append(foreign: profile.name)
    }
    builder.append(
      fact: "account",
      width: Self.factWidth,
      as: profile.account.isProduction ? .production : .plain
    ) { text in
      text.append(foreign: profile.account.text)
      text.append(profile.account.isProduction ? ", PRODUCTION: real money" : ", a test account")
    }
    builder.append(fact: "provider", width: Self.factWidth) { $0.append(foreign: profile.address) }
    for check in checks {
      builder.append(fact: check.subject.name, width: Self.factWidth) {
        $0.append(foreign: check.verdict)
      }
    }
    builder.append(fact: "operations", width: Self.factWidth) {
      $0.append("not tried: that would change something")
    }
  }

  /// Appends the same as JSON lines.
  ///
  /// Shape: `profile` as a listing has it; `check`: name, verdict.
  package func append(to writer: inout JSONWriter) {
    writer.record("profile") { profile.members(&$0) }
    for check in checks {
      writer.record("check") { record in
        record.member("name", check.subject.rawValue)
        record.member("verdict", check.verdict)
      }
    }
  }
}
