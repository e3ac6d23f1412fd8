// A table: one entry for each code.
extension Explanation {
  /// 202x, 204x and 205x: names, accounts, and how large a plan can be.
  static let names: [Explanation] = [
    Explanation(
      2020,
      "There is no such variable",
      "The name was given no value before this place.",
      why: "A value that is missing would be an amount or an id that is missing.",
      remedy: "Check the spelling, or give the variable a value with `let` above.",
      .script("print $paln.captured", "print $plan.captured")
    ),
    Explanation(
      2021,
      "There is no such field",
      "The value has no field of this name.",
      why: "A misspelled field must not be taken for an empty one.",
      remedy: "Use the name in the help. The reference of the language lists the fields.",
      .script(
        "list where capturd > 100.00 NOK",
        "list where currency = NOK and captured > 100.00 NOK"
      )
    ),
    Explanation(
      2023,
      "This word is not one of the values",
      "The field has a fixed list of values, and the word is none of them.",
      why: "The condition could never hold, so the script would find nothing and nobody would know"
        + " why.",
      remedy: "Use the word in the help. They are written in capitals, as the provider does.",
      .script("list where status = AUTHORISED", "list where status = AUTHORIZED")
    ),
    Explanation(
      2040,
      "This is not an account",
      "The word behind `account` does not have the form of an account.",
      why: "The statement makes sure that a script runs on the right account only.",
      remedy: "Write T (test) or P (production) and eight digits: `account T12345678`.",
      .script("account shop-test\nshow tx123", "account T12345678\nshow tx123")
    ),
    Explanation(
      2041,
      "The script is for another account",
      "The script names an account, and dtx works with another one.",
      why: "The same ids or order numbers may exist on two accounts and mean two customers.",
      remedy: "Choose the profile of that account with `--profile`, or correct the script.",
      .script("account T87654321\nshow tx123", "account T12345678\nshow tx123")
    ),
    Explanation(
      2042,
      "A transaction of another account",
      "The transaction id begins with another account than the one that dtx works with.",
      why: "Nothing is asked of the provider about another account, not even by accident. `P` is"
        + " production, with real money.",
      remedy: "Choose the profile of that account with `--profile`, or correct the id.",
      .script("capture P12345678.tx123 all", "capture T12345678.tx123 all")
    ),
    Explanation(
      2050,
      "More operations than allowed",
      "The plan has more operations than the limit: 100000, or what `--max-operations` says.",
      why: "A wrong condition can match every transaction of an account.",
      remedy:
        "Check the conditions of the script. If it is meant, split it, or raise the limit with"
        + " `--max-operations`.",
      .event("A script made more operations than `--max-operations` allows.")
    ),
    Explanation(
      2051,
      "The plan is full",
      "The plan has as many parts as a plan can have.",
      why: "Plans are counted with 32 bits, which is more than two billion parts.",
      remedy: "Split the script.",
      .event("A plan came to its largest size while `--max-operations` was set very high.")
    ),
    Explanation(
      2052,
      "The totals are too large",
      "All amounts of one currency together are more than can be counted.",
      why: "A total that is wrong would be shown before a confirmation.",
      remedy: "Split the script.",
      .event("The amounts of a plan in one currency added up to more than 64 bits can hold.")
    ),
  ]
}
