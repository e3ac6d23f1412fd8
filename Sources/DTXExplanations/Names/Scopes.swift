// A table: one entry for each code.
extension Explanation {
  /// 201x to 206x: functions, procedures, variables, and how much a script may do.
  static let scopes: [Explanation] = [
    Explanation(
      2014,
      "There is no such function",
      "The name in front of `(` is none of the functions.",
      why: "A function that is skipped would leave a value as it is, which may be another amount.",
      remedy: "Use the name in the help, which lists them all if none is near.",
      .script("print lowr(\"ABC\")", "print lower(\"ABC\")")
    ),
    Explanation(
      2015,
      "A function with too few or too many values",
      "The function takes another number of values between its parentheses.",
      why: "dtx cannot know which value is missing or which one is too many.",
      remedy: "Write the call as the message shows it.",
      .script("print max(60.00 NOK)", "print max(60.00 NOK, 50.00 NOK)")
    ),
    Explanation(
      2016,
      "There is no such procedure",
      "`call` names a procedure that neither this file nor a file that it includes defines.",
      why: "Leaving a call out would leave its operations out.",
      remedy: "Check the name, or include the file that has it.",
      .script(
        "define see($id) {\n  show $id\n}\ncall se(\"tx123\")",
        "define see($id) {\n  show $id\n}\ncall see(\"tx123\")"
      )
    ),
    Explanation(
      2017,
      "A call with too few or too many values",
      "The procedure takes another number of values than the call gives.",
      why: "A value that is missing would be an amount or an id that is missing.",
      remedy: "Give as many values as the procedure has names in its parentheses.",
      .script(
        "define see($id) {\n  show $id\n}\ncall see(\"tx123\", \"tx124\")",
        "define see($id) {\n  show $id\n}\ncall see(\"tx123\")\ncall see(\"tx124\")"
      )
    ),
    Explanation(
      2018,
      "A name that is given twice",
      "The variable or procedure has this name already at this place.",
      why: "Each name has one meaning. So a reader never has to look for the place that counts.",
      remedy: "Choose another name for the second one.",
      .script(
        "let $limit = 5\nlet $limit = 10\nlist limit $limit",
        "let $limit = 10\nlist limit $limit"
      )
    ),
    Explanation(
      2019,
      "A name with a meaning of its own",
      "`$plan` is the plan so far, and cannot be another variable.",
      why: "A guard such as `expect $plan.refunded <= …` must mean the same in every script.",
      remedy: "Choose another name.",
      .script("let $plan = 5", "let $limit = 5\nlist limit $limit")
    ),
    Explanation(
      2024,
      "A variable that is never used",
      "The variable has a value, and nothing reads it.",
      why: "Most often another name was written where this one was meant.",
      remedy: "Use it, or take it out.",
      .script("let $limit = 5\nlist limit 10", "let $limit = 5\nlist limit $limit")
    ),
    Explanation(
      2025,
      "A value that is set too late",
      "A procedure reads a variable, and is called above the place where the variable gets its value.",
      why: "At the time of the call there is no value yet.",
      remedy: "Move the `let` above the call.",
      .script(
        "define newest() {\n  list limit $limit\n}\ncall newest()\nlet $limit = 5",
        "define newest() {\n  list limit $limit\n}\nlet $limit = 5\ncall newest()"
      )
    ),
    Explanation(
      2026,
      "A procedure that calls itself",
      "The procedure comes back to itself, directly or through others.",
      why: "Every script comes to an end, so that its plan can be shown before anything is done.",
      remedy: "Use `for` to repeat something.",
      .script(
        "define next() {\n  call next()\n}\ncall next()",
        "for $id in [tx123, tx124] {\n  show $id\n}"
      )
    ),
    Explanation(
      2027,
      "Too many calls inside one another",
      "A procedure calls a procedure that calls a procedure, and so on, too many times.",
      why: "No person can follow that, and a program that made it by mistake should not crash dtx.",
      remedy: "Put the statements of some of them together.",
      .event("More than 100 procedures called one another in a row.")
    ),
    Explanation(
      2028,
      "A parameter that is never used",
      "The script has a parameter that nothing reads.",
      why: "Whoever sets it would believe that it changes something.",
      remedy: "Use it, or take it out.",
      .script("param $limit = 5\nlist limit 10", "param $limit = 5\nlist limit $limit")
    ),
    Explanation(
      2029,
      "A parameter without a value",
      "The script has a parameter with no value of its own, and none was given.",
      why: "The author of the script wants you to decide this value.",
      remedy: "Give it with `--set name=value`, or write a value behind the name in the script.",
      .script("param $count\nlist limit $count", "param $count = 5\nlist limit $count")
    ),
    Explanation(
      2043,
      "After a void it can only fail",
      "An operation follows the void of the same transaction in the same script.",
      why: "A void releases the authorization for good.",
      remedy: "Take one of the two statements out.",
      .script("void tx123\ncapture tx123 all", "capture tx123 all")
    ),
    Explanation(
      2044,
      "A currency that no comparison is about",
      "The script compares what the plan moves, and the plan moves another currency as well. This is a"
        + " warning.",
      why: "A guard in one currency says nothing about money that moves in another.",
      remedy: "Write one comparison for each currency.",
      .script(
        "capture tx123 line 1\nexpect $plan.captured <= 100.00 SEK",
        "capture tx123 line 1\nexpect $plan.captured <= 400.00 NOK"
      )
    ),
    Explanation(
      2053,
      "The script does too much",
      "Loops and calls have run more than 20 million statements.",
      why: "A loop inside of a loop quickly means millions of statements.",
      remedy: "Split the script, or go through fewer rows.",
      .event("Loops inside one another ran more statements than the limit.")
    ),
    Explanation(
      2054,
      "A text that is too long",
      "A text that the script puts together has more than 65536 bytes.",
      why: "A loop that makes a text longer and longer would fill the memory.",
      remedy: "Print the parts one by one.",
      .event("A text with values in it became longer than the limit.")
    ),
    Explanation(
      2055,
      "Too much is shown",
      "The script prints, shows and lists more than 100000 times.",
      why: "Nobody reads that, and it would fill the memory.",
      remedy: "Print less, for example only what is not as it should be.",
      .event("A `print` in a long loop showed more things than the limit.")
    ),
    Explanation(
      2056,
      "Reads that depend on reads",
      "What the script asks the provider for depends on an earlier answer, and that one on another,"
        + " more than 32 times in a row.",
      why: "Each step waits for the provider, and a script that never comes to an end would ask for"
        + " ever.",
      remedy: "Name the transactions directly, or split the script.",
      .event("A script looked up a transaction by a value of another one, many times in a row.")
    ),
    Explanation(
      2060,
      "The script has no such parameter",
      "`--set` gives a value to a parameter that the script does not have.",
      why: "The value would silently change nothing.",
      remedy: "Check the spelling. `dtx check` lists the parameters of a script.",
      .event("`--set limt=5` was given to a script with `param $limit`.")
    ),
  ]
}
