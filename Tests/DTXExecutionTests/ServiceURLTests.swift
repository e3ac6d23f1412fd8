import DTXExecution
import Testing

@Suite("Addresses of services")
struct ServiceURLTests {
  @Test(
    "are taken as they are, without a slash at their end",
    arguments: [
      ("https://checkout.dintero.com", "checkout.dintero.com", false, false),
      ("https://checkout.dintero.com//", "checkout.dintero.com", false, false),
      ("https://a.test:8443/v1/x", "a.test:8443", false, true),
      ("http://localhost", "localhost", true, false),
      ("http://127.0.0.1:8090", "127.0.0.1:8090", true, false),
      ("http://127.9.9.9", "127.9.9.9", true, false),
      ("https://[::1]:8443", "[::1]:8443", true, false),
    ]
  )
  func good(text: String, authority: String, isLoopback: Bool, hasPath: Bool) throws {
    let url = try ServiceURL(text)
    #expect(url.authority == authority)
    #expect(url.isLoopback == isLoopback)
    #expect(url.hasPath == hasPath)
    #expect(!url.text.hasSuffix("/"))
  }

  @Test(
    "lead nowhere unencrypted but to this machine",
    arguments: [
      "http://checkout.dintero.com", "http://127.0.0.1.evil.test", "http://localhost.evil.test",
      "http://128.0.0.1", "http://127.0.0", "http://127.0.0.1.5", "http://[::2]",
    ]
  )
  func unencrypted(text: String) {
    #expect(throws: ServiceURL.Mistake.unencrypted) { try ServiceURL(text) }
  }

  @Test(
    "are nothing else",
    arguments: [
      "", "checkout.dintero.com", "ftp://a", "https://", "https:///v1", "https://user:pw@a.test",
      "https://a.test?x=1", "https://a.test#x", "https://a b", "https://a.test:0",
      "https://a.test:99999", "https://a.test:", "https://a:b:1", "https://æ.test",
      "HTTPS://a.test", "https://a\r\nX: y",
    ]
  )
  func malformed(text: String) {
    #expect(throws: ServiceURL.Mistake.malformed) { try ServiceURL(text) }
  }
}
