// A table: one entry for each code.
extension Explanation {
  /// 12xx: amounts written in a way that could mean something else.
  static let spellings: [Explanation] = [
    Explanation(
      1201,
      "A decimal amount without its currency",
      "The amount has decimals, and no currency follows it.",
      why: "A number without a currency counts minor units, and there is no half of a minor unit."
        + " Reading `299.90` as 299.90 kroner or as 29990 kroner would be a guess about money.",
      remedy: "Write the currency behind it, or write the minor units as a whole number.",
      .script("capture tx123 299.90", "capture tx123 299.90 NOK")
    ),
    Explanation(
      1202,
      "A decimal comma",
      "The amount has a comma. Some countries write a comma before the decimals, others between"
        + " thousands.",
      why: "`1,299` is a little more than one in Norway, and more than a thousand in England.",
      remedy: "Write a point before the decimals, nothing between thousands, and the currency.",
      .script("capture tx123 299,90 NOK", "capture tx123 299.90 NOK")
    ),
    Explanation(
      1203,
      "An amount in groups of digits",
      "The digits are in groups, as in `1 299.90` or `1.299,90`.",
      why: "A blank separates the parts of a statement, so `1 299` could be two amounts.",
      remedy: "Write the digits together. In minor units `_` may help the eye: `129_990`.",
      .script("refund tx125 1 190.00 NOK", "refund tx125 1190.00 NOK")
    ),
    Explanation(
      1204,
      "A negative amount",
      "The amount has a minus sign.",
      why: "The verb says where the money goes: `capture` takes it, `refund` gives it back, `void`"
        + " releases it. A minus sign as well would say it twice, or the opposite.",
      remedy: "Use the verb for what you mean, with a positive amount.",
      .script("capture tx125 -60.00 NOK", "refund tx125 60.00 NOK")
    ),
    Explanation(
      1205,
      "An amount with a plus sign",
      "The amount has a plus sign in front.",
      why: "A sign would suggest that a minus sign is possible too, which it is not.",
      remedy: "Leave the sign out.",
      .script("capture tx123 +29990", "capture tx123 29990")
    ),
    Explanation(
      1206,
      "The currency stands before the amount",
      "The currency code stands in front of the number.",
      why: "There is one way to write an amount, so that everybody reads it in the same way.",
      remedy: "Write the number, a blank, and the code. `dtx check --fix` does it for you.",
      .script("capture tx123 NOK 299.90", "capture tx123 299.90 NOK")
    ),
    Explanation(
      1207,
      "A currency in small letters",
      "The currency code is not written in capitals.",
      why: "Three small letters could be the beginning of a clause or an id.",
      remedy: "Write the code in capitals. `dtx check --fix` does it for you.",
      .script("capture tx123 299.90 nok", "capture tx123 299.90 NOK")
    ),
    Explanation(
      1208,
      "No blank between the amount and its currency",
      "The number and the currency code are written together.",
      why: "`299NOK` is also a possible transaction id or line id.",
      remedy: "Write a blank between them. `dtx check --fix` does it for you.",
      .script("capture tx123 299.90NOK", "capture tx123 299.90 NOK")
    ),
    Explanation(
      1209,
      "A currency that is not its code",
      "The currency is a sign or a name, such as `kr` or `€`.",
      why: "`kr` is the money of four countries, and `$` that of twenty.",
      remedy: "Write the three letters of its code: NOK, SEK, DKK, EUR.",
      .script("capture tx123 299.90 kr", "capture tx123 299.90 NOK")
    ),
    Explanation(
      1210,
      "This is not how a percentage is written",
      "The percent sign does not stand right behind the number, or the number has another form.",
      why: "`25 %` could be the amount 25 followed by something unknown.",
      remedy: "Write `25%` or `12.5%`, with a point and without a blank.",
      .script(
        "adjust tx145 { set line 2 21000 vat 25 }",
        "adjust tx145 { set line 2 21000 vat 25% }"
      )
    ),
    Explanation(
      1211,
      "A percentage with more than two decimals",
      "The percentage is finer than a hundredth of a percent.",
      why:
        "More decimals are almost always a slip, and the share is rounded to a minor unit anyway.",
      remedy: "Round it to two decimals.",
      .script("refund tx125 12.345% of 60.00 NOK", "refund tx125 12.35% of 60.00 NOK")
    ),
  ]
}
