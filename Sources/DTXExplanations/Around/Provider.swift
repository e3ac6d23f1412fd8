// A table: one entry for each code.
extension Explanation {
  /// 40xx: reading from the provider.
  static let provider: [Explanation] = [
    Explanation(
      4001,
      "The provider cannot be reached",
      "No connection came about, or no answer came in time. Nothing was sent that changes anything.",
      why: "Without reading the transactions nothing can be planned.",
      remedy: "Check the network and the addresses of the profile: `dtx profile test`. Try again"
        + " later.",
      .event("The network was down, an address was wrong, or the provider did not answer.")
    ),
    Explanation(
      4002,
      "The provider has refused to answer",
      "The provider answered that it does not do what dtx asked for while reading.",
      why: "dtx does not plan on half of an answer.",
      remedy: "Read the provider's message. Most often the account, the rights of the client or the"
        + " condition of a list are wrong.",
      .event("The provider answered a request for transactions with an error.")
    ),
    Explanation(
      4003,
      "The provider's answer cannot be read",
      "The answer is not what the provider's documentation says.",
      why: "An amount that is guessed would be worse than no plan.",
      remedy:
        "Check that the address of the profile is the provider's. If it is, keep the request id"
        + " of the message and ask for help.",
      .event("Another server answered, or the provider has changed its answers.")
    ),
  ]
}
