// A table: one entry for each code.
extension Explanation {
  /// 303x and 304x: what a way of paying allows.
  static let products: [Explanation] = [
    Explanation(
      3030,
      "This way of paying does not allow it",
      "The payment product never allows this kind of operation.",
      why: "The provider would refuse it.",
      remedy: "Use another operation. `show` lists what can be done with the transaction.",
      .script("extend tx123", "extend tx145")
    ),
    Explanation(
      3031,
      "The pre-authorization is still open",
      "The transaction is a pre-authorization, and its final total is not fixed.",
      why: "A pre-authorization may still grow. It is captured after its final total is known.",
      remedy: "Fix the total first, with `adjust … final`, and capture then.",
      .script(
        "capture tx132 all",
        "adjust tx132 to 1500.00 NOK final\ncapture tx132 all"
      )
    ),
    Explanation(
      3032,
      "The authorization is final",
      "The total of this authorization cannot change.",
      why: "Card payments can be adjusted only while they are pre-authorizations.",
      remedy: "Capture less than the total, or ask the customer for a new payment.",
      .script("adjust tx123 { drop line 2 }", "capture tx123 line 1 line ship-1")
    ),
    Explanation(
      3033,
      "There is no final operation",
      "`final` is not known for this way of paying.",
      why: "The provider would ignore it, and what remains would stay on the customer's account.",
      remedy:
        "Leave `final` out. Release what remains with `void … remaining` where that is allowed.",
      .script("capture tx145 line 1 final", "capture tx145 line 1")
    ),
    Explanation(
      3034,
      "It can be captured once",
      "This way of paying allows one capture, and there was one.",
      why: "The provider would refuse the second one.",
      remedy: "Nothing more can be captured. For the rest a new payment is needed.",
      .event("A second capture was planned for a product that allows one.")
    ),
    Explanation(
      3035,
      "It is captured in full",
      "This way of paying allows no capture of a part.",
      why: "The provider would refuse it.",
      remedy: "Capture `all`, and give the rest back with `refund`.",
      .event("A capture of a part was planned for a product that is captured in full.")
    ),
    Explanation(
      3036,
      "Whole lines only",
      "This way of paying captures whole lines, not amounts and not parts of lines.",
      why: "The customer gets an invoice that lists the goods.",
      remedy: "Name the lines without amounts.",
      .script("capture tx147 line 1 500.00 SEK", "capture tx147 line 1")
    ),
    Explanation(
      3037,
      "The lines have to be named",
      "This way of paying needs to know which lines are captured or refunded.",
      why: "The customer gets an invoice that lists the goods.",
      remedy: "Name the lines: `line 1 line 2`.",
      .script("capture tx149 14000.00 NOK", "capture tx149 line 1")
    ),
    Explanation(
      3038,
      "A quantity is needed",
      "This way of paying needs a quantity for each part of a line.",
      why: "The customer gets an invoice with numbers of goods.",
      remedy: "Write `qty` and a number behind the line.",
      .script(
        "capture tx149 line 2 110.00 NOK",
        "capture tx149 line 2 qty 1 110.00 NOK"
      )
    ),
    Explanation(
      3039,
      "The rest cannot be released",
      "Part was captured, and this way of paying cannot release the rest by a void.",
      why: "The provider would refuse it. The rest expires by itself.",
      remedy: "Say `final` with the last capture: that releases what remains.",
      .script("void tx124 remaining", "capture tx124 line 2 100.00 NOK final")
    ),
    Explanation(
      3040,
      "Only the rest can be released",
      "Part was captured already, so `void` cannot release everything.",
      why: "If you thought that nothing was captured, you should know before you go on.",
      remedy:
        "Write `void … remaining` to release the rest. Give captured money back with `refund`.",
      .script("void tx146", "void tx146 remaining")
    ),
    Explanation(
      3041,
      "There is no remainder",
      "`remaining` means the rest after a capture, and nothing was captured.",
      why: "If you thought that something was captured, you should know before you go on.",
      remedy: "Write `void` alone to release everything.",
      .script("void tx123 remaining", "void tx123")
    ),
  ]
}
