// A table: one entry for each code.
extension Explanation {
  /// 200x, 201x and 2045: what an amount, a quantity or a reference can be.
  static let amounts: [Explanation] = [
    Explanation(
      2001,
      "Unknown currency",
      "The three letters are no currency of the standard ISO 4217.",
      why: "dtx has to know how many decimals a currency has before it can count its minor units.",
      remedy: "Correct the code. The help names the nearest one.",
      .script("capture tx123 299.90 NKO", "capture tx123 299.90 NOK")
    ),
    Explanation(
      2002,
      "A whole number with a currency that has decimals",
      "`300 NOK` can be read as 300 kroner or as 300 øre.",
      why: "The two differ by a factor of a hundred. dtx does not guess about money.",
      remedy: "Write the decimals (`300.00 NOK`), or the minor units alone (`30000`).",
      .script("capture tx123 300 NOK", "capture tx123 300.00 NOK")
    ),
    Explanation(
      2003,
      "Too few or too many decimals",
      "The amount does not have exactly the decimals of its currency: two for NOK, none for JPY,"
        + " three for KWD.",
      why: "`299.9 NOK` may be a slip for `299.90` or for `29.99`.",
      remedy: "Write exactly as many decimals as the currency has.",
      .script("capture tx131 12.34 KWD", "capture tx131 12.345 KWD")
    ),
    Explanation(
      2004,
      "The wrong currency",
      "The amount is in another currency than the transaction.",
      why: "dtx never converts money, and the provider would refuse it.",
      remedy: "Write the amount in the currency of the transaction. `show` tells which one it is.",
      .script("refund tx140 150.00 NOK", "refund tx140 150.00 SEK")
    ),
    Explanation(
      2005,
      "An amount of nothing",
      "The amount is zero.",
      why: "It moves nothing, so a number must be wrong or missing.",
      remedy: "Write how much. Leave the statement out if nothing should move.",
      .script("capture tx123 0", "capture tx123 29990")
    ),
    Explanation(
      2006,
      "An amount below zero",
      "A calculation gives less than nothing.",
      why: "The verb says where money goes, so an amount is always positive.",
      remedy: "Check the calculation. To give money back, use `refund`.",
      .script(
        "refund tx125 (50.00 NOK - 60.00 NOK)",
        "refund tx125 (60.00 NOK - 50.00 NOK)"
      )
    ),
    Explanation(
      2007,
      "An amount that is too large",
      "The amount has more minor units than a payment can have: 9007199254740991.",
      why: "Above this number other programs on the way begin to round.",
      remedy: "Check the number. Perhaps two numbers were glued together.",
      .script("capture tx123 99999999999999999999", "capture tx123 29990")
    ),
    Explanation(
      2008,
      "A factor of a hundred",
      "The amount is exactly a hundred times, or a hundredth of, what it is taken from. This is a"
        + " warning; the plan can be carried out.",
      why: "That is what happens when kroner and øre are mixed up.",
      remedy: "Check the amount. If it is meant, go on: it is a warning and no error.",
      .script("refund tx125 1250", "refund tx125 1250.00 NOK")
    ),
    Explanation(
      2009,
      "A share that is nothing",
      "The share of the amount is less than half a minor unit, so it rounds to zero.",
      why: "An operation of nothing moves nothing.",
      remedy: "Check the percentage and what it is a share of.",
      .script("refund tx125 1% of 0.10 NOK", "refund tx125 10% of 100.00 NOK")
    ),
    Explanation(
      2010,
      "A quantity that is not above zero",
      "The quantity of a line is zero or negative.",
      why: "Nothing would be shipped or returned.",
      remedy: "Write how many. Leave the line out if it is none.",
      .script("capture tx123 line 2 qty 0", "capture tx123 line 2 qty 4")
    ),
    Explanation(
      2011,
      "A percentage that is too precise",
      "A calculated percentage, such as `vat`, has more than two decimals.",
      why: "The provider keeps hundredths of a percent and no more.",
      remedy: "Round it to two decimals.",
      .event(
        "A percentage that is computed, or comes from a data file, had more than two decimals."
      )
    ),
    Explanation(
      2012,
      "A quantity that is too precise",
      "The quantity has more than six decimals.",
      why: "dtx counts millionths, which is finer than any scale in a shop.",
      remedy: "Round it.",
      .script(
        "capture tx123 line 2 qty 1.2345678 25.50 NOK",
        "capture tx123 line 2 qty 1.5 25.50 NOK"
      )
    ),
    Explanation(
      2013,
      "An empty reference or reason",
      "The text behind `ref` or `again` is empty.",
      why:
        "A reference names the operation on the settlement report, and `again` tells why something"
        + " is done twice. An empty text does neither.",
      remedy:
        "Write a reference, or leave `ref` out: then dtx makes one. Write why it is done again.",
      .script("capture tx123 all ref \"\"", "capture tx123 all")
    ),
    Explanation(
      2045,
      "A quantity without an amount",
      "A line is named with a quantity and without an amount, and so many of it are no whole number"
        + " of minor units.",
      why: "A third of 100.00 NOK would have to be rounded, and dtx does not guess about money.",
      remedy: "Write the amount behind the quantity.",
      .script("capture tx123 line 2 qty 0.333333", "capture tx123 line 2 qty 0.333333 4.25 NOK")
    ),
  ]
}
