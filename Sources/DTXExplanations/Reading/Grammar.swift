// A table: one entry for each code.
extension Explanation {
  /// 11xx: what a statement is made of.
  static let grammar: [Explanation] = [
    Explanation(
      1101,
      "Unknown statement",
      "The first word of the statement is no verb of the language.",
      why: "dtx never does what a word only resembles. For a verb that other systems use, the help"
        + " names the one that dtx has: `cancel` is `void`, `charge` is `capture`.",
      remedy: "Begin with a verb such as `capture`, `refund`, `void`, `adjust`, `show` or `list`.",
      .script("captrue tx123 all", "capture tx123 all")
    ),
    Explanation(
      1103,
      "This works at the prompt only",
      "The statement is a command for a session, such as `commit` or `undo`.",
      why: "A script is planned as a whole, shown as a whole and confirmed as a whole. A command in"
        + " the middle of it could carry half of it out.",
      remedy: "Leave it out of the script: `dtx run` shows the plan and asks. Or start `dtx`, stage"
        + " the script with `run \"fix.dtx\"`, and type the command there.",
      .script("capture tx123 all\ncommit", "capture tx123 all\npreview")
    ),
    Explanation(
      1104,
      "It is not said which transaction",
      "The verb stands alone, or what follows it is not a transaction.",
      why: "There is no \"current\" transaction. Each statement can be read by itself.",
      remedy: "Name it by its id, or with `order \"…\"` or `session \"…\"`. An id that is also a"
        + " keyword is written in quotes.",
      .script("capture all", "capture tx123 all")
    ),
    Explanation(
      1105,
      "It is not said how much",
      "`capture` and `refund` need an amount, lines, or `all`.",
      why:
        "If nothing meant everything, a statement that breaks off early would move the most money.",
      remedy: "Write `all`, an amount such as `29990` or `299.90 NOK`, or lines such as `line 1`.",
      .script("capture tx123", "capture tx123 all")
    ),
    Explanation(
      1106,
      "This statement takes no amount",
      "The statement does not move an amount that you can choose.",
      why: "`void` releases everything that is left. An amount beside it would suggest that a part"
        + " can be released.",
      remedy:
        "Leave the amount out. To take a part and release the rest, capture the part first and"
        + " then write `void TRANSACTION remaining`, where the product allows it.",
      .script("void tx123 100.00 NOK", "void tx123")
    ),
    Explanation(
      1107,
      "This cannot follow here",
      "The word is none of the clauses that this statement knows.",
      why: "A clause that is ignored would be a reference or a reason that is silently lost.",
      remedy:
        "Look up what the statement takes: `help capture` in a session. A text of several words"
        + " stands between double quotes.",
      .script("capture tx123 all reff \"ship-1\"", "capture tx123 all ref \"ship-1\"")
    ),
    Explanation(
      1108,
      "The same clause twice",
      "The statement has a clause twice that can stand there once.",
      why: "dtx cannot know which of the two is meant. Only `meta` and `line` may repeat.",
      remedy: "Keep one of them.",
      .script(
        "capture tx123 all ref \"ship-1\" ref \"ship-2\"",
        "capture tx123 all ref \"ship-1\""
      )
    ),
    Explanation(
      1109,
      "This statement has no such clause",
      "The clause exists, but for other statements.",
      why: "The provider keeps no such fact for this kind of operation, so it would be lost.",
      remedy: "Leave it out. A remark on a capture can be written as `ref` or `meta`.",
      .script(
        "capture tx123 all reason \"shipped\"",
        "capture tx123 all ref \"shipped\""
      )
    ),
    Explanation(
      1110,
      "A clause before the amount",
      "A clause such as `ref` stands before it is said how much.",
      why:
        "One order for all statements: who, how much, then the rest. Read aloud, it is a sentence.",
      remedy: "Move the clause behind the amount, `all`, or the lines. `dtx check --fix` does it.",
      .script("capture tx123 ref \"ship-1\" all", "capture tx123 all ref \"ship-1\"")
    ),
    Explanation(
      1111,
      "`all` together with an amount",
      "The statement says `all`, and also an amount or lines.",
      why: "They contradict each other as soon as \"all\" is another amount than you think.",
      remedy: "Keep one of them.",
      .script("capture tx123 all 299.90 NOK", "capture tx123 299.90 NOK")
    ),
    Explanation(
      1112,
      "A second amount",
      "There are two amounts where one belongs.",
      why: "Adding them up, or taking the last one, would be a guess about money.",
      remedy: "Write one amount. The amount of a line stands right behind the id of the line.",
      .script("capture tx123 line 1 100.00 NOK 50.00 NOK", "capture tx123 line 1 150.00 NOK")
    ),
    Explanation(
      1113,
      "Something else was expected here",
      "Something has to stand at this place, and another thing does, or nothing. The message says"
        + " what was expected and what was found.",
      why: "Without it the statement is not complete.",
      remedy: "Write what is missing. The help of the message shows an example.",
      .script("capture tx123 line 1 qty", "capture tx123 line 1")
    ),
    Explanation(
      1114,
      "This cannot stand here",
      "The statement is complete, and something follows that does not belong to it.",
      why: "What dtx does not understand could change what you mean.",
      remedy: "Begin a new line for a new statement. Put a calculation in parentheses.",
      .script("show tx123 tx124", "show tx123\nshow tx124")
    ),
    Explanation(
      1115,
      "A bracket that is never closed",
      "`(`, `[` or `{` is opened, and its partner is missing. The second place shows where.",
      why: "dtx cannot know what was meant to be inside.",
      remedy: "Write the closing bracket.",
      .script("print (1 + 2", "print (1 + 2)")
    ),
    Explanation(
      1116,
      "A bracket that closes nothing",
      "`)`, `]` or `}` stands here, and nothing was opened before.",
      why: "An opening bracket may be missing, and then the statement means something else.",
      remedy: "Remove it, or write the opening bracket where it belongs.",
      .script("print 1 + 2)", "print (1 + 2)")
    ),
    Explanation(
      1117,
      "A text without quotes",
      "A text has to stand here, and the words have no quotes.",
      why:
        "Words outside of quotes are parts of the language, such as `final` or `line`. With quotes"
        + " it is clear where the text ends.",
      remedy: "Put the text between double quotes. `dtx check --fix` does it for you.",
      .script("capture tx123 all ref ship-1", "capture tx123 all ref \"ship-1\"")
    ),
    Explanation(
      1118,
      "Two comparisons in one",
      "Three values are compared in one go, as in `1 < $x < 5`.",
      why:
        "In many languages this compares the result of the first comparison with the third value,"
        + " which is never what is meant.",
      remedy: "Compare twice, with `and` in between.",
      .script(
        "list where 100.00 NOK < captured < 500.00 NOK",
        "list where currency = NOK and 100.00 NOK < captured and captured < 500.00 NOK"
      )
    ),
    Explanation(
      1119,
      "A source of data outside of `for`",
      "`csv` and `transactions` give many rows, and only `for` goes through them one after another.",
      why: "A million rows have no place inside of an expression.",
      remedy: "Write a loop: `for $row in csv \"returns.csv\" { … }`.",
      .script("print transactions where status = AUTHORIZED", "list where status = AUTHORIZED")
    ),
    Explanation(
      1120,
      "An operator of another language",
      "The operator is written differently in this language: `=` for equal, `!=` for not equal.",
      why: "There is one spelling of each operator, so that everybody can read every script.",
      remedy: "Write the one in the help. `dtx check --fix` does it for you.",
      .script("list where status == AUTHORIZED", "list where status = AUTHORIZED")
    ),
    Explanation(
      1121,
      "`not` inside of a comparison",
      "`not` stands in front of `in` or `contains`.",
      why: "`not` turns a whole condition around, and stands in front of it.",
      remedy: "Write it first: `not status in [CAPTURED, REFUNDED]`.",
      .script(
        "list where status not in [CAPTURED, REFUNDED]",
        "list where not status in [CAPTURED, REFUNDED]"
      )
    ),
    Explanation(
      1122,
      "`qty` in the wrong place",
      "The quantity stands behind the amount of the line.",
      why: "One order for all lines: id, quantity, amount. So two numbers are never mixed up.",
      remedy: "Write it between the id and the amount.",
      .script(
        "capture tx123 line 2 25.50 NOK qty 2",
        "capture tx123 line 2 qty 2 25.50 NOK"
      )
    ),
    Explanation(
      1123,
      "A separator between items",
      "There is a comma or a semicolon between two items or changes.",
      why: "Items begin with a word, so they need nothing in between.",
      remedy: "Remove it. `dtx check --fix` does it for you.",
      .script(
        "adjust tx145 { drop line 2, drop line ship-1 }",
        "adjust tx145 { drop line 2 drop line ship-1 }"
      )
    ),
    Explanation(
      1124,
      "Too deep",
      "There are more levels of brackets or blocks inside one another than dtx reads: 100 of brackets,"
        + " 64 of blocks.",
      why: "No person can read that, and a program that made it by mistake should not crash dtx.",
      remedy: "Split it. Many alternatives fit into `$x in [a, b, c]`.",
      .event("A script had more than 100 brackets, or 64 blocks, inside one another.")
    ),
    Explanation(
      1125,
      "A variable without `$`",
      "The name of a variable has to begin with `$`.",
      why: "A word without `$` is an id, a status or a name. The sign tells them apart.",
      remedy: "Write `$` in front of the name. `dtx check --fix` does it for you.",
      .script(
        "let amount = 60.00 NOK\nrefund tx125 $amount",
        "let $amount = 60.00 NOK\nrefund tx125 $amount"
      )
    ),
  ]

  /// 11xx: variables, blocks and what is inside of them.
  static let grammarOfControl: [Explanation] = [
    Explanation(
      1126,
      "A field cannot be set",
      "`let` is followed by a field, such as `$row.amount`.",
      why: "Transactions and rows are facts. A script reads them and never changes them in memory.",
      remedy: "Give the value a name of its own.",
      .script(
        "let $plan.amount = 60.00 NOK",
        "let $amount = 60.00 NOK\nrefund tx125 $amount"
      )
    ),
    Explanation(
      1127,
      "`{` on a line of its own",
      "The block begins on the line below the statement that it belongs to.",
      why: "A statement ends at the end of its line, so the block would belong to nothing.",
      remedy: "Write `{` at the end of the line above. `dtx check --fix` does it for you.",
      .script(
        "if $plan.operations = 0\n{\n  print \"nothing yet\"\n}",
        "if $plan.operations = 0 {\n  print \"nothing yet\"\n}"
      )
    ),
    Explanation(
      1128,
      "`else` without `if`",
      "`else` does not follow the block of an `if`.",
      why: "It would not be clear which condition it is the other case of.",
      remedy: "Write `else` behind the closing brace of the `if`.",
      .script(
        "print \"a\"\nelse {\n  print \"b\"\n}",
        "if $plan.operations = 0 {\n  print \"a\"\n} else {\n  print \"b\"\n}"
      )
    ),
    Explanation(
      1129,
      "This belongs outside of all blocks",
      "The statement is about the whole script, such as `param`, `account` or `on error`, and it"
        + " stands inside of a block.",
      why: "Inside of `if` or `for` it would look as if it held only sometimes.",
      remedy: "Write it outside of all braces, best at the top of the script.",
      .script(
        "if $plan.operations = 0 {\n  on error skip\n}",
        "on error skip\ncapture tx123 all"
      )
    ),
    Explanation(
      1130,
      "A value in a text that is read early",
      "The text is needed before any value is known, such as the name of a file to include, and it"
        + " has a value in braces.",
      why: "Includes are read first, so that the whole script can be checked before anything is"
        + " asked of the provider.",
      remedy: "Write the text out. A brace that stands for itself is `\\{`.",
      .script(
        "param $limit = 500 \"the most, for {$plan.operations} operations\"\nprint $limit",
        "param $limit = 500 \"the most for one customer\"\nprint $limit"
      )
    ),
  ]
}
