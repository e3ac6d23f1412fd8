// A table: one entry for each code.
extension Explanation {
  /// 300x to 302x: what is left to move, and what the status allows.
  static let limits: [Explanation] = [
    Explanation(
      3001,
      "More than is left to capture",
      "The capture takes more than the authorization has left. Money that other statements of the"
        + " script take counts as taken; the second place shows which one.",
      why: "The customer has agreed to this amount and no more.",
      remedy: "Capture what is left with `all`, or find out which statement has taken it.",
      .script("capture tx123 500.00 NOK", "capture tx123 all")
    ),
    Explanation(
      3002,
      "More than is left to refund",
      "The refund gives back more than was captured and not yet refunded.",
      why: "The provider would refuse it, or the shop would pay more than it got.",
      remedy: "Refund what is left with `all`. `show` tells what was refunded already.",
      .script("refund tx126 400.00 NOK", "refund tx126 all")
    ),
    Explanation(
      3003,
      "Nothing is left to release",
      "Everything of the authorization was captured or released already.",
      why: "A void of nothing most often means that the wrong transaction is named.",
      remedy: "Leave the statement out. Captured money is given back with `refund`.",
      .event(
        "A void was planned for a transaction that had nothing left, in a status that allows it."
      )
    ),
    Explanation(
      3004,
      "The total cannot change any more",
      "Everything of the authorization was captured or released.",
      why: "There is no authorization left whose total could be another.",
      remedy: "Give captured money back with `refund`. For more money, a new payment is needed.",
      .event(
        "An adjustment was planned for a transaction that was captured in full, in a status that"
          + " allows adjustments."
      )
    ),
    Explanation(
      3005,
      "Less than was captured",
      "The new total is less than what was captured already.",
      why: "Captured money is not given back by an adjustment.",
      remedy: "Write a total that is at least what was captured, and use `refund` for the rest.",
      .script(
        "adjust tx146 to 500.00 SEK { line 1 \"Coat\" 500.00 SEK vat 25% }",
        "adjust tx146 { add line 3 \"Hat\" 100.00 SEK vat 25% }"
      )
    ),
    Explanation(
      3006,
      "A pre-authorization can only grow",
      "The transaction is an open pre-authorization, and the new total is not above the old one.",
      why:
        "The card scheme allows more to be added, as in a hotel. Less is said with the final total.",
      remedy: "Write `final` if this is the last total. It may then be less.",
      .script("adjust tx132 to 1500.00 NOK", "adjust tx132 to 1500.00 NOK final")
    ),
    Explanation(
      3007,
      "Another amount is on hold",
      "`authorize` names an amount, and the transaction is on hold with another one.",
      why: "The amount is there to make sure that the right transaction is released.",
      remedy: "Check the transaction with `show`. Write its amount, or leave the amount out.",
      .script("authorize tx150 800.00 NOK", "authorize tx150 880.00 NOK")
    ),
    Explanation(
      3008,
      "More than is left of a line",
      "The amount for the line is more than what is left of this line.",
      why: "The rest would be taken from another item, and the customer's receipt would be wrong.",
      remedy: "Leave the amount out to take what is left of the line.",
      .script("capture tx123 line 1 350.00 NOK", "capture tx123 line 1")
    ),
    Explanation(
      3009,
      "A line falls below what was captured of it",
      "The new list of items drops or shrinks a line of which more was captured already.",
      why: "What was captured was shipped and paid, so it stays in the list.",
      remedy: "Keep the line with at least that amount. Give money back with `refund`.",
      .script(
        "adjust tx146 { set line 1 600.00 SEK set line 2 400.00 SEK }",
        "adjust tx146 { set line 2 150.00 SEK }"
      )
    ),
    Explanation(
      3010,
      "A void releases all that is left",
      "A void of another amount than what is left was asked for.",
      why: "The provider cannot release a part.",
      remedy: "Leave the amount out. To keep a part, capture it first.",
      .event("A plan file had a void of another amount than what is left. No script can say that.")
    ),
    Explanation(
      3011,
      "An operation of nothing",
      "The operation moves no money.",
      why: "A number must be wrong or missing.",
      remedy: "Leave the statement out, or write how much.",
      .event("A plan file had an operation of nothing. In a script that is DTX2005.")
    ),
    Explanation(
      3012,
      "An operation of less than nothing",
      "The lines of the operation add up to less than zero, because a gift card or discount among"
        + " them is larger than the rest.",
      why: "The verb says where money goes, so an amount is always positive.",
      remedy: "Add the lines that the gift card was used for.",
      .script(
        "capture 5Qw8ZrTn2KvYb7LcXeHs4M line gift-1",
        "capture 5Qw8ZrTn2KvYb7LcXeHs4M line 1 line gift-1"
      )
    ),
    Explanation(
      3013,
      "An operation that is too large",
      "The amount has more minor units than a payment can have: 9007199254740991.",
      why: "Above this number other programs on the way begin to round.",
      remedy: "Check the amounts of the lines.",
      .event("The lines of an operation added up to more than a payment can have.")
    ),
    Explanation(
      3020,
      "The status does not allow it",
      "The transaction is in a status in which this operation is not possible.",
      why: "Only what was authorized can be captured, and only what was captured can be refunded.",
      remedy: "Look at the transaction with `show`: it lists what can be done now.",
      .script("refund tx123 100.00 NOK", "capture tx123 100.00 NOK")
    ),
    Explanation(
      3021,
      "The history contradicts itself",
      "The events of the transaction add up to something that cannot be, such as more refunds than"
        + " captures.",
      why: "dtx cannot tell how much is left, so every amount would be a guess.",
      remedy: "Ask the provider about this transaction before anything else is done to it.",
      .event("The provider's events of a transaction did not add up.")
    ),
    Explanation(
      3022,
      "Something is still pending",
      "The provider has accepted an earlier operation on this transaction and not completed it.",
      why: "Nobody knows yet whether that money moves, so nobody knows what is left.",
      remedy: "Wait, and look with `show`. `dtx resume` follows operations of your own.",
      .event("A refund that a bank completes later, as with Swish, was still pending.")
    ),
  ]
}
