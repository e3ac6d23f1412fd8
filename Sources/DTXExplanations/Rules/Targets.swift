// A table: one entry for each code.
extension Explanation {
  /// 31xx and 33xx: what a statement names, and what it expects.
  static let targets: [Explanation] = [
    Explanation(
      3101,
      "There is no such transaction",
      "The provider knows no transaction with this id on this account.",
      why: "Skipping it would leave a customer without a refund, and nobody would notice.",
      remedy: "Check the id, and the account that dtx works with. Look for it with `list`.",
      .script("refund tx999 all", "refund tx125 all")
    ),
    Explanation(
      3102,
      "Nothing was found",
      "No transaction has this order reference or session.",
      why: "The text is compared exactly, with small and capital letters.",
      remedy: "Check the text. `list` shows the references.",
      .script("refund order \"order-125\" all", "refund order \"ORDER-125\" all")
    ),
    Explanation(
      3103,
      "Several were found",
      "More than one transaction has this order reference or session. The message lists them.",
      why: "A customer who paid twice, or tried twice, has two transactions. Only a person can say"
        + " which one is meant.",
      remedy: "Name the one you mean by its id.",
      .event("Two transactions had the order reference that a statement named.")
    ),
    Explanation(
      3104,
      "There is no such line",
      "The transaction has no line with this id. The message lists its lines.",
      why: "Taking the amount without a line would give a wrong receipt.",
      remedy: "Use one of its lines, or write an amount instead.",
      .script("capture tx123 line 3", "capture tx123 line 2")
    ),
    Explanation(
      3105,
      "Nothing is left of this line",
      "The line was captured or refunded in full already.",
      why: "The same goods would be paid or given back twice.",
      remedy: "Leave the line out. `show` tells what is left of each line.",
      .script("capture tx124 line 1", "capture tx124 line 2")
    ),
    Explanation(
      3106,
      "The sum differs from its lines",
      "The statement says an amount and lines, and the lines add up to another amount.",
      why: "The amount is there to make sure. When it differs, a line is wrong or missing.",
      remedy: "Correct the lines or the amount, or leave the amount out.",
      .script("capture tx123 300.00 NOK line 1", "capture tx123 299.90 NOK line 1")
    ),
    Explanation(
      3107,
      "A line is in the list twice",
      "The list of an adjustment has the same line twice.",
      why: "It would not be clear which of the two is meant.",
      remedy: "Write each line once.",
      .script(
        "adjust tx145 to 400.00 NOK { line 1 \"Mug\" 200.00 NOK line 1 \"Mug\" 200.00 NOK }",
        "adjust tx145 to 400.00 NOK { line 1 \"Mug\" qty 2 400.00 NOK }"
      )
    ),
    Explanation(
      3108,
      "There is a line with this id already",
      "`add line` gives the id of a line that the transaction has.",
      why: "Two lines with one id cannot be told apart.",
      remedy: "Use another id, or change the line with `set line`.",
      .script(
        "adjust tx145 { add line 2 \"Spoon\" 51.00 NOK vat 25% }",
        "adjust tx145 { add line 3 \"Spoon\" 51.00 NOK vat 25% }"
      )
    ),
    Explanation(
      3109,
      "Nothing is left",
      "The statement says `all`, and nothing is left to capture or refund.",
      why: "It was done before by someone, or the wrong transaction is named.",
      remedy: "Look at the transaction with `show`, and leave the statement out.",
      .script("refund tx128 all", "refund tx126 all")
    ),
    Explanation(
      3301,
      "What the script expects does not hold",
      "The condition of an `expect` is false. The message shows both sides.",
      why:
        "`expect` is a guard. When it fails, something is not as the author of the script thought,"
        + " so nothing at all is done.",
      remedy: "Find out why. Change the script, or the condition if it was too strict.",
      .script(
        "refund tx125 all\nexpect $plan.refunded <= 500.00 NOK, \"too much for one customer\"",
        "refund tx125 60.00 NOK\nexpect $plan.refunded <= 500.00 NOK, \"too much for one customer\""
      )
    ),
  ]
}
