// A table: one entry for each code.
extension Explanation {
  /// 305x to 307x: lines of an operation, items of an adjustment, texts.
  static let lines: [Explanation] = [
    Explanation(
      3050,
      "No such line",
      "A plan names a line by a number that the transaction does not have.",
      why: "The transaction has changed, or the plan is not for it.",
      remedy: "Make the plan again.",
      .event("A plan file named a line that is not there. In a script that is DTX3104.")
    ),
    Explanation(
      3051,
      "A line is named twice",
      "One operation names the same line two times.",
      why: "It would not be clear whether the amounts add up or one of them is a slip.",
      remedy: "Write each line once, with the whole amount.",
      .script(
        "capture tx123 line 1 100.00 NOK line 1 50.00 NOK",
        "capture tx123 line 1 150.00 NOK"
      )
    ),
    Explanation(
      3052,
      "Nothing of a line",
      "The operation names a line and takes nothing of it.",
      why: "The receipt would list an item for nothing.",
      remedy: "Leave the line out.",
      .event("A plan file named a line with an amount of zero. In a script that is DTX2005.")
    ),
    Explanation(
      3053,
      "A line with the wrong sign",
      "The amount of the line has the opposite sign of the line itself. A gift card is negative, other"
        + " lines are positive.",
      why: "A gift card that counts as goods would take the money twice.",
      remedy: "Leave the amount out to take the whole line.",
      .script(
        "capture 5Qw8ZrTn2KvYb7LcXeHs4M line 1 100.00 NOK line gift-1 50.00 NOK",
        "capture 5Qw8ZrTn2KvYb7LcXeHs4M line 1 line gift-1"
      )
    ),
    Explanation(
      3054,
      "The amount of a line is too large",
      "The amount for the line has more minor units than a payment can have.",
      why: "Above this number other programs on the way begin to round.",
      remedy: "Check the number.",
      .event("A plan file had such an amount. In a script that is DTX2007.")
    ),
    Explanation(
      3055,
      "The lines do not add up",
      "The amounts of the lines do not add up to the amount of the operation.",
      why: "One of the numbers must be wrong, and dtx cannot know which one.",
      remedy: "Make the plan again.",
      .event("A plan file had lines with another sum. In a script that is DTX3106.")
    ),
    Explanation(
      3056,
      "A quantity that is not above zero",
      "The quantity of a line is zero or negative.",
      why: "Nothing would be shipped or returned.",
      remedy: "Write how many, or leave the line out.",
      .event("A plan file had such a quantity. In a script that is DTX2010.")
    ),
    Explanation(
      3057,
      "More pieces than the line has",
      "The quantity is more than the quantity of the line.",
      why: "The receipt would list more goods than were bought.",
      remedy: "Check the quantity. `show` tells how many there are.",
      .script("capture tx123 line 2 qty 5", "capture tx123 line 2 qty 4")
    ),
    Explanation(
      3060,
      "The new total needs a new list",
      "The transaction has lines, and `adjust … to` gives a total without a list of items.",
      why: "The provider compares the total with the items and refuses a difference.",
      remedy:
        "Change single lines: dtx then works out the list and the total. Or write the whole list"
        + " in braces.",
      .script(
        "adjust tx145 to 700.00 NOK",
        "adjust tx145 { add line 3 \"Spoon\" 51.00 NOK vat 25% }"
      )
    ),
    Explanation(
      3061,
      "A line without an id",
      "An item of the new list has an empty id.",
      why: "It could never be captured or refunded by its line.",
      remedy: "Give it an id.",
      .script(
        "adjust tx145 { add line \"\" \"Spoon\" 51.00 NOK vat 25% }",
        "adjust tx145 { add line 3 \"Spoon\" 51.00 NOK vat 25% }"
      )
    ),
    Explanation(
      3062,
      "A line is in the new list twice",
      "Two items of the new list have the same id.",
      why: "Nobody could say which of them is captured or refunded.",
      remedy: "Give each item an id of its own.",
      .event("A plan file had such a list. In a script that is DTX3107.")
    ),
    Explanation(
      3063,
      "The amount of a line cannot be",
      "The amount of an item is negative without being a gift card, or too large.",
      why: "The provider would refuse it.",
      remedy: "Check the amount.",
      .event("A plan file had such an amount. In a script that is DTX2006 or DTX2007.")
    ),
    Explanation(
      3064,
      "The quantity of a line cannot be",
      "The quantity of an item is zero or negative.",
      why: "Nothing would be sold.",
      remedy: "Write how many, or leave the item out.",
      .event("A plan file had such a quantity. In a script that is DTX2010.")
    ),
    Explanation(
      3065,
      "The new lines do not add up",
      "The items of the new list do not add up to the new total.",
      why: "One of the numbers must be wrong, and dtx cannot know which one.",
      remedy: "Correct the total or the items. `adjust … { … }` without `to` works the total out.",
      .script(
        "adjust tx145 to 700.00 NOK { line 1 \"Mug\" qty 2 40000 vat 25% }",
        "adjust tx145 to 400.00 NOK { line 1 \"Mug\" qty 2 40000 vat 25% }"
      )
    ),
    Explanation(
      3070,
      "The new reference is empty",
      "`tag` has an empty text.",
      why: "It would wipe out the reference that the transaction has.",
      remedy: "Write the new reference.",
      .script("tag tx123 \"\"", "tag tx123 \"order-77\"")
    ),
    Explanation(
      3071,
      "The new reference is too long",
      "The text of `tag` has more bytes than the provider keeps.",
      why: "A reference that is cut off no longer finds its order.",
      remedy: "Write a shorter one.",
      .event("The text of `tag` had more bytes than the message names.")
    ),
  ]
}
