// A table: one entry for each code.
extension Explanation {
  /// 206x and 207x: other files, and values that come from outside of the script.
  static let files: [Explanation] = [
    Explanation(
      2061,
      "A file that includes itself",
      "The file includes itself, directly or through others.",
      why: "Reading it would never come to an end.",
      remedy: "Put what both files need into a third one, and include that.",
      .event("`a.dtx` included `b.dtx`, and `b.dtx` included `a.dtx`.")
    ),
    Explanation(
      2062,
      "A file cannot be included",
      "The file behind `include` cannot be read.",
      why: "Without it the script is another script.",
      remedy: "Check the name. It is relative to the file that includes it.",
      .script(
        "include \"sharde.dtx\"",
        "include \"shared.dtx\"\ncall goodwill(\"tx125\")"
      )
    ),
    Explanation(
      2063,
      "Too many files are included",
      "The script includes more than 1000 files.",
      why: "A script that was made by a program should not read a whole disk.",
      remedy: "Put some of the files together.",
      .event("A script included more than 1000 files.")
    ),
    Explanation(
      2064,
      "A data file cannot be read",
      "The file behind `csv` cannot be read.",
      why: "A loop over no rows would look like a success.",
      remedy: "Check the name. It is relative to the script.",
      .script(
        "for $row in csv \"retruns.csv\" {\n  refund $row.id $row.amount\n}",
        "for $row in csv \"returns.csv\" {\n  refund $row.id $row.amount\n}"
      )
    ),
    Explanation(
      2065,
      "An environment variable that is not set",
      "`env(…)` asks for a variable that dtx was not given.",
      why: "An empty text in its place could be a wrong reference or a wrong file.",
      remedy: "Set it before dtx is started, or check its name.",
      .script("print env(\"HOEM\")", "print env(\"HOME\")")
    ),
    Explanation(
      2070,
      "There is no such column",
      "The data file has no column of this name. The message lists the columns.",
      why: "A column that is misspelled must not be taken for an empty one.",
      remedy: "Write the name as it stands in the first row. With blanks in it, put it in quotes:"
        + " `$row.\"Order No\"`.",
      .script(
        "for $row in csv \"returns.csv\" {\n  refund $row.id $row.amuont\n}",
        "for $row in csv \"returns.csv\" {\n  refund $row.id $row.amount\n}"
      )
    ),
    Explanation(
      2071,
      "A value that is no amount",
      "A value of the data file is used as an amount, and is not written like one.",
      why: "The rules for amounts are the same in a file and in a script: nothing is guessed.",
      remedy: "For a spreadsheet's `60,00` write `(money($row.paid, NOK))`. It reads such amounts.",
      .script(
        "for $row in csv \"returns.csv\" {\n  refund $row.id $row.paid\n}",
        "for $row in csv \"returns.csv\" {\n  refund $row.id (money($row.paid, NOK))\n}"
      )
    ),
    Explanation(
      2072,
      "A value of another kind",
      "A value of the data file is used as a number, a date or something else that it is not.",
      why: "Reading half of it would be a guess.",
      remedy: "Correct the value in the file, or use another column.",
      .script(
        "for $row in csv \"returns.csv\" {\n  if $row.note < today {\n    print $row.id\n  }\n}",
        "for $row in csv \"returns.csv\" {\n  if $row.when < today {\n    print $row.id\n  }\n}"
      )
    ),
    Explanation(
      2073,
      "A text that is no amount of this currency",
      "`money(…)` is given a text that it cannot read as an amount, or that can be read in two ways.",
      why: "`1,299` is a little more than one in Norway, and more than a thousand in England.",
      remedy: "Correct the value in the file, with exactly the decimals of the currency.",
      .script("print money(\"1,299\", NOK)", "print money(\"1299,00\", NOK)")
    ),
    Explanation(
      2074,
      "A text that is no date",
      "`date(…)` is given a text that it cannot read as a day.",
      why: "`03/04/2026` is a day in March in America and a day in April in Europe.",
      remedy:
        "Write the year first, as in `2026-04-03`. With dots the day comes first: `03.04.2026`.",
      .script("print date(\"03/04/2026\")", "print date(\"03.04.2026\")")
    ),
  ]
}
