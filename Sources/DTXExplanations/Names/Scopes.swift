// A table: one entry for each code.
extension Explanation {
  /// 2014 to 2029: functions, procedures, and where names are known.
  static let scopes: [Explanation] = [
    Explanation(
      2014,
      "There is no such function",
      "The word in front of the parenthesis is no function of the language.",
      why: "A function that is not known has no value, and nothing may be guessed about money.",
      remedy: "Use one of the functions in the help.",
      .script("print summ([1, 2])", "print sum([1, 2])")
    ),
    Explanation(
      2015,
      "The wrong number of values for a function",
      "The function is called with more or fewer values than it takes.",
      why: "It is not known which value was meant for which place.",
      remedy: "Call it as the message shows.",
      .script("print min(1)", "print min(1, 2)")
    ),
    Explanation(
      2016,
      "There is no such procedure",
      "The script calls a procedure that it does not define.",
      why: "The statements that should run are not there.",
      remedy: "Check the spelling, or write the procedure with `define`.",
      .script(
        "call greet()",
        "define greet() { print \"hello\" }\ncall greet()"
      )
    ),
    Explanation(
      2017,
      "The wrong number of values for a procedure",
      "The procedure is called with more or fewer values than it has parameters.",
      why: "A parameter without a value would be an amount or an id that is missing.",
      remedy: "Give one value for each parameter of the definition.",
      .script(
        "define greet($name) { print $name }\ncall greet()",
        "define greet($name) { print $name }\ncall greet(\"Kari\")"
      )
    ),
    Explanation(
      2018,
      "The name is set already",
      "The same name is given a value a second time where the first is still in force.",
      why: "Values are set once, so that a name means the same on every line that uses it.",
      remedy: "Choose another name for the second value.",
      .script("let $a = 1\nlet $a = 2\nprint $a", "let $a = 1\nlet $b = 2\nprint $a, $b")
    ),
    Explanation(
      2019,
      "The name has a meaning of its own",
      "`$plan` is the plan so far, and can be nothing else.",
      why: "A guard such as `expect $plan.refunded <= 100.00 NOK` must always mean the plan.",
      remedy: "Choose another name.",
      .script("let $plan = 1", "let $number = 1\nprint $number")
    ),
    Explanation(
      2024,
      "A value that is never used",
      "The script gives a name to a value and does not use it.",
      why: "It may be that another name was meant where it should be used. It is a warning: the"
        + " script is planned.",
      remedy: "Take the line out, or use the name.",
      .script("let $amount = 100.00 NOK", "let $amount = 100.00 NOK\nprint $amount")
    ),
    Explanation(
      2025,
      "A name is set after the call that needs it",
      "The procedure reads a name of the script that gets its value below the call.",
      why: "At the call the name has no value yet.",
      remedy: "Set the name above the call.",
      .script(
        "define show-limit() { print $limit }\ncall show-limit()\nlet $limit = 5\nprint $limit",
        "define show-limit() { print $limit }\nlet $limit = 5\ncall show-limit()"
      )
    ),
    Explanation(
      2026,
      "A procedure calls itself",
      "The procedure calls itself, or calls another that leads back to it.",
      why: "Such a script may never come to an end.",
      remedy: "Use a loop: `for` goes through a list, lines, transactions or rows.",
      .script(
        "define again($n) { call again($n) }\ncall again(1)",
        "define once($n) { print $n }\ncall once(1)"
      )
    ),
    Explanation(
      2027,
      "Too many calls inside one another",
      "Procedures call procedures that call others, deeper than 100.",
      why: "What an evaluation holds at a time is bounded.",
      remedy: "Put the statements of some procedures into those that call them.",
      .event("A script had more than 100 procedures of which each calls the next.")
    ),
    Explanation(
      2028,
      "A parameter that is never used",
      "The script has a parameter and does not use it.",
      why: "Whoever gives it a value with `--set` would believe that it does something.",
      remedy: "Use the parameter, or take the line out.",
      .script("param $amount = 100", "param $amount = 100\nprint $amount")
    ),
    Explanation(
      2029,
      "A parameter has no value",
      "The script asks for a value that was not given.",
      why: "The script has no value to go on with, and none may be guessed.",
      remedy:
        "Give it with `--set name=value`, or write a value behind the name: `param $name = 1`.",
      .script("param $amount\nprint $amount", "param $amount = 100\nprint $amount")
    ),
    Explanation(
      2043,
      "This can only fail after the void",
      "The transaction is released by a statement above, so that nothing is left to do this with.",
      why: "Whatever state the transaction is in, the two cannot both be carried out.",
      remedy: "Take one of the two statements out.",
      .script("void tx123\ncapture tx123 all", "capture tx123 all")
    ),
    Explanation(
      2044,
      "A currency that no comparison is about",
      "The script compares what the plan moves, and the plan moves another currency as well.",
      why: "A guard in one currency says nothing about money that moves in another. It is a"
        + " warning: the script is planned.",
      remedy: "Write one comparison for each currency.",
      .script(
        "capture tx123 line 1\nexpect $plan.captured <= 100.00 SEK",
        "capture tx123 line 1\nexpect $plan.captured <= 400.00 NOK"
      )
    ),
    Explanation(
      2053,
      "The script runs too many statements",
      "Loops and calls have run more than 20 million statements.",
      why: "Every script must come to an end in a time that a person can wait.",
      remedy: "Split the script, or go through fewer transactions or rows.",
      .event("Loops inside loops ran more statements than the limit.")
    ),
    Explanation(
      2054,
      "The text is too long",
      "A text that the script puts together has more than 65536 bytes.",
      why: "No reference and no message is that long, so something else was meant.",
      remedy: "Put less into the text.",
      .event("A script put texts together again and again.")
    ),
    Explanation(
      2055,
      "The script shows too much",
      "The script prints, shows or lists more than 100000 times.",
      why: "Nobody reads that much, and it must be kept until the plan is shown.",
      remedy: "Take `print` or `show` out of the loop.",
      .event("A loop printed more than 100000 lines.")
    ),
    Explanation(
      2056,
      "Reads that depend on one another too often",
      "What the script reads depends on what it has read before, more than 32 times in a row.",
      why: "Each time the provider must be asked before the script can go on.",
      remedy: "Name the transactions directly, or split the script.",
      .event("A script looked for a transaction by what another said, 32 times in a row.")
    ),
    Explanation(
      2060,
      "The script has no such parameter",
      "`--set` gives a value to a name that is no parameter of the script.",
      why: "The value would do nothing, and the parameter that was meant would have none.",
      remedy: "Check the spelling. `dtx check` lists the parameters of a script.",
      .event("A name behind `--set` was not a parameter of the script.")
    ),
  ]

  /// 2061 to 2074: files that scripts name, and what stands in them.
  static let files: [Explanation] = [
    Explanation(
      2061,
      "A file includes itself",
      "The file is included by itself, or by a file that it includes.",
      why: "There would be no end to it.",
      remedy: "Take one of the `include` lines out.",
      .event("A script included a file that included the script.")
    ),
    Explanation(
      2062,
      "A file cannot be included",
      "The file behind `include` could not be read.",
      why: "Its statements are a part of the script.",
      remedy: "Check the path: it is relative to the file with the `include` line.",
      .script("include \"no-such-file.dtx\"", "print \"nothing is included\"")
    ),
    Explanation(
      2063,
      "Too many included files",
      "The script includes more than 1000 files.",
      why: "What is read for one plan is bounded.",
      remedy: "Put some of the files together.",
      .event("A script included more than 1000 files.")
    ),
    Explanation(
      2064,
      "A data file cannot be read",
      "The file behind `csv` could not be read.",
      why: "The loop would go through no rows, and nobody would know why.",
      remedy: "Check the path: it is relative to the script.",
      .script(
        "for $row in csv \"no-such-file.csv\" { print $row.id }",
        "for $id in [tx123] { print $id }"
      )
    ),
    Explanation(
      2065,
      "The environment variable is not set",
      "The script asks for a variable of the environment that is not there.",
      why: "An empty text in its place might be taken for a value.",
      remedy: "Set the variable before dtx starts, or use a parameter with `--set`.",
      .script("print env(\"NO_SUCH_VARIABLE\")", "print \"no variable\"")
    ),
    Explanation(
      2070,
      "There is no such column",
      "The data file has no column of this name.",
      why: "A column that is misspelled must not be taken for an empty one.",
      remedy: "Use the name in the help. A name with blanks stands in quotes: `$row.\"Order No\"`.",
      .event("A script read a column that the header of the data file does not name.")
    ),
    Explanation(
      2071,
      "This is no amount",
      "The text of a data file or a parameter is used as an amount, and is none.",
      why: "An amount says whether it counts major or minor units; anything else could be taken for"
        + " a hundred times as much.",
      remedy: "Write `29990` or `299.90 NOK`. For `299,90` of a spreadsheet, write"
        + " `money($row.amount, NOK)` in the script.",
      .event("A row had `299,90` where the script uses the field as an amount.")
    ),
    Explanation(
      2072,
      "The text is something else",
      "A text is used where a number, a date, a percentage or a condition is needed, and is none.",
      why: "Only a text that is written as in a script can be taken for what it says.",
      remedy: "Correct the value in the file, or behind `--set`.",
      .event("A row had `many` where the script uses the field as a number.")
    ),
    Explanation(
      2073,
      "The text is no amount in this currency",
      "`money` was given a text that it cannot read for certain.",
      why: "`1,299` may be 1299.00 or 1.299, which is a thousand times less.",
      remedy: "Write the decimals, or leave the marks between thousands out.",
      .script("print money(\"1,299\", NOK)", "print money(\"1299,00\", NOK)")
    ),
    Explanation(
      2074,
      "The text is no date",
      "`date` was given a text that is no day of the calendar, or does not say which.",
      why: "`01/02/2026` is a day of January for some and of February for others.",
      remedy: "Write the year first, as in `2026-02-01`; `01.02.2026` is understood too.",
      .script("print date(\"01/02/2026\")", "print date(\"01.02.2026\")")
    ),
  ]
}
