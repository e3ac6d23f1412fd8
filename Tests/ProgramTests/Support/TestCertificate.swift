/// A certificate that nobody has signed but itself, for 127.0.0.1 and localhost, and its key.
///
/// It protects nothing: its key stands here for everybody to read.
enum TestCertificate {
  static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBmzCCAUGgAwIBAgIUN2nCUgHkKIHHhTg9hlbmMY8F9UAwCgYIKoZIzj0EAwIw
    FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjA4MjgzMloYDzIxMjYxMTAy
    MDgyODMyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
    PQMBBwNCAASFcyH/CkPuhZwyg2xaXWD7voL7p2+PWTMkKHZxsKFEmJYN7orGvSh6
    6R7kBkpwho87EeECfwZKg4gZZgbUU0QEo28wbTAdBgNVHQ4EFgQUeBWcWCzF+CDQ
    RSInPNwS1sFTh3AwHwYDVR0jBBgwFoAUeBWcWCzF+CDQRSInPNwS1sFTh3AwDwYD
    VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
    zj0EAwIDSAAwRQIgZCY1cfvTN/DChyMQbxx8T8mLAIimAu58eSVMdwUsukcCIQDT
    E62sKQ+Jxn8UD/yo8W92BGY6e+Wf2MqBCRVl5u4Zgw==
    -----END CERTIFICATE-----

    """

  static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAz2nYOKGFqJoSLa4
    1Rir9W0d5DROVjSZYlpl3JBf2ROhRANCAASFcyH/CkPuhZwyg2xaXWD7voL7p2+P
    WTMkKHZxsKFEmJYN7orGvSh66R7kBkpwho87EeECfwZKg4gZZgbUU0QE
    -----END PRIVATE KEY-----

    """
}
