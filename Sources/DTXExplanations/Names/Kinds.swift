// A table: one entry for each code.
extension Explanation {
  /// 203x: kinds of values, and what can be done with them.
  static let kinds: [Explanation] = [
    Explanation(
      2030,
      "Another kind of value is needed",
      "The value has one kind, such as a text, and this place needs another, such as an amount.",
      why: "Nothing is converted by itself, so that an id is never taken for an amount.",
      remedy: "Use a value of the kind that the message names.",
      .script(
        "list order by lines",
        "list order by created"
      )
    ),
    Explanation(
      2031,
      "These cannot be compared",
      "The two values have kinds that cannot be compared with each other.",
      why: "The comparison would always be false, and the script would silently do nothing.",
      remedy: "Compare values of the same kind: money with money, a word with a word.",
      .script("list where status = 1", "list where status = AUTHORIZED")
    ),
    Explanation(
      2032,
      "This calculation does not work",
      "The operator does not work between values of these kinds.",
      why: "Money is added to money and multiplied by numbers and percentages. It is never divided,"
        + " because a rest could be lost: use a share instead.",
      remedy: "Use another operator. Half of an amount is `50% of $amount`.",
      .script("refund tx125 (60.00 NOK / 2)", "refund tx125 50% of 60.00 NOK")
    ),
    Explanation(
      2033,
      "Several currencies in one sum",
      "The plan moves several currencies, and one sum of them is asked for.",
      why: "Kroner and euros cannot be added up.",
      remedy: "Compare with an amount, which says the currency: `$plan.captured > 0.00 NOK`.",
      .script(
        "capture tx123 all\ncapture tx138 all\nexpect $plan.captured > $plan.refunded",
        "capture tx123 all\nexpect $plan.captured > $plan.refunded"
      )
    ),
    Explanation(
      2034,
      "The result is too large",
      "The calculation gives a number of more than 64 bits.",
      why: "A number that runs over would come out as a small or negative one.",
      remedy: "Check the numbers.",
      .script("print 9223372036854775807 + 1", "print 9007199254740991 + 1")
    ),
    Explanation(
      2035,
      "A condition that is neither true nor false",
      "A condition has to be a comparison or something else that is true or false.",
      why: "In some languages zero or an empty text counts as false. Here nothing has to be"
        + " remembered.",
      remedy: "Compare the value with something.",
      .script("expect $plan.operations", "expect $plan.operations = 0")
    ),
    Explanation(
      2036,
      "A limit below zero",
      "The number behind `limit` is negative.",
      why: "There is no list with less than no entries.",
      remedy: "Write how many entries to show at most.",
      .script("list limit (1 - 5)", "list limit 5")
    ),
    Explanation(
      2037,
      "Two currencies that do not go together",
      "Amounts in different currencies are compared, added or subtracted.",
      why: "dtx does not know rates and never converts money.",
      remedy: "Ask for the currency first: `currency = NOK and …`.",
      .script(
        "expect 60.00 NOK < 60.00 SEK",
        "expect $plan.refunded < 65.00 NOK"
      )
    ),
    Explanation(
      2038,
      "A condition that is always the same",
      "The condition holds always, or never, whatever the transactions are.",
      why: "Most likely something else was meant. It is a warning: the script is planned.",
      remedy: "Compare with a field or a variable. To switch lines off, write `if false { … }`.",
      .script("expect 1 < 2", "expect $plan.operations < 2")
    ),
    Explanation(
      2039,
      "The line is no longer there",
      "The script goes through the lines of a transaction, and has dropped this one meanwhile.",
      why: "What was said about the line would be said about another one.",
      remedy: "Read what you need of the line before the `adjust` that drops it.",
      .event("A loop over the lines of a transaction dropped a line and read it afterwards.")
    ),
  ]
}
