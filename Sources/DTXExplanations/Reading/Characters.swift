// A table: one entry for each code.
extension Explanation {
  /// 10xx: characters and single tokens.
  static let characters: [Explanation] = [
    Explanation(
      1001,
      "Bytes that are not UTF-8",
      "The file has bytes at this place that stand for no character in UTF-8. Most often the file"
        + " was saved in another encoding, such as Latin-1.",
      why: "A letter that is guessed may end up in a reference or on a settlement report.",
      remedy: "Save the file as UTF-8. Most editors have this under \"Save as\" or \"Encoding\".",
      .script(
        wrong: Array("refund tx125 60.00 NOK reason \"for sen".utf8) + [0xE9] + Array("\"".utf8),
        right: "refund tx125 60.00 NOK reason \"for sené\""
      )
    ),
    Explanation(
      1002,
      "A control character",
      "There is a character that has no shape and only gives orders to a terminal or a printer.",
      why: "Nobody can see it, so nobody could check what the script says. It could even make a"
        + " terminal show something other than what runs.",
      remedy: "Delete the character. In a text, write `\\n` for a new line and `\\t` for a tab.",
      .script("print \"done\u{07}\"", "print \"done\"")
    ),
    Explanation(
      1003,
      "A character that means nothing here",
      "The character is not part of the language outside of a text in quotes.",
      why: "dtx does not skip what it does not know: it could be half of something that matters.",
      remedy: "Remove it, or put the whole text between double quotes.",
      .script("tag tx123 @order", "tag tx123 \"@order\"")
    ),
    Explanation(
      1004,
      "A character that only looks like the right one",
      "The character looks almost like one of the language, but it is another: curly quotes, a"
        + " long dash, a blank that does not break. Word processors, chats and web pages put them"
        + " in.",
      why: "They look alike on the screen, and dtx does not guess which one was meant.",
      remedy: "Write the plain character. `dtx check --fix` does it for you.",
      .script(
        "refund tx125 60.00 NOK reason \u{201C}late\u{201D}",
        "refund tx125 60.00 NOK reason \"late\""
      )
    ),
    Explanation(
      1005,
      "A carriage return alone",
      "The line ends in a carriage return without a line feed, as very old programs write it.",
      why: "Some programs show it as a new line and some do not, so that two people could read two"
        + " different scripts.",
      remedy: "Save the file with line feeds (Unix), or with both characters (Windows).",
      .script("show tx123\rshow tx124\n", "show tx123\nshow tx124\n")
    ),
    Explanation(
      1006,
      "A text that is never closed",
      "A text begins with a double quote, and its line ends before a second one.",
      why: "A text never goes over the end of a line: otherwise one forgotten quote would swallow"
        + " the statements below.",
      remedy: "Write the closing quote. For a new line inside a text, write `\\n`.",
      .script(
        "capture tx123 all ref \"ship-1",
        "capture tx123 all ref \"ship-1\""
      )
    ),
    Explanation(
      1007,
      "An unknown escape in a text",
      "A backslash in a text begins an escape, and what follows it is none that dtx knows.",
      why: "Otherwise a folder name such as `C:\\new` would silently become something else.",
      remedy:
        "Write one of `\\\"`, `\\\\`, `\\n`, `\\t`, `\\{` and `\\u{1F600}`. A backslash itself"
        + " is written twice.",
      .script(#"print "C:\users""#, #"print "C:\\users""#)
    ),
    Explanation(
      1008,
      "A value in a text that is never closed",
      "`{` in a text begins a value that is put in there, as in `\"ship-{$row.parcel}\"`. Its `}`"
        + " is missing.",
      why: "dtx cannot know where the value ends and where the text goes on.",
      remedy: "Close it with `}`. For a brace that stands for itself, write `\\{`.",
      .script(#"print "captured {$plan.captured""#, #"print "captured {$plan.captured}""#)
    ),
    Explanation(
      1009,
      "A backslash in the middle of a line",
      "A backslash joins a line with the next one. It does so only as the last character.",
      why: "Anything behind it would be read as a part of the joined line, or lost.",
      remedy: "Put the backslash at the end of the line, or remove it.",
      .script("capture tx123 \\ all", "capture tx123 \\\n  all")
    ),
    Explanation(
      1010,
      "Blanks after the backslash that joins two lines",
      "The line ends in a backslash and then in blanks, which nobody can see.",
      why: "A backslash joins two lines only as the last character of the first one.",
      remedy: "Delete the blanks at the end of the line. `dtx check --fix` does it for you.",
      .script("capture tx123 \\  \n  all", "capture tx123 \\\n  all")
    ),
    Explanation(
      1011,
      "This is no name of a variable",
      "`$` is followed by something that cannot begin a name. A name begins with a letter or `_`.",
      why: "`$5` would look like an amount of dollars. Amounts have a currency code instead.",
      remedy: "Give the variable a name such as `$row`. For an amount, write `5.00 USD`.",
      .script("print $1st", "print $plan.captured")
    ),
    Explanation(
      1012,
      "This is not how a time is written",
      "The text begins like a time stamp but has another shape.",
      why:
        "A time without a zone, or in another order, means different moments to different people.",
      remedy: "Write it in UTC, in this form: `2026-11-01T14:30Z`.",
      .script(
        "list where created > 2026-11-01T14:30",
        "list where created > 2026-11-01T14:30Z"
      )
    ),
    Explanation(
      1013,
      "There is no such date or time",
      "The date or time has the right shape, but no calendar or clock has it.",
      why: "Moving it to the next day that exists could add or drop a whole day of payments.",
      remedy: "Write a day that exists. An id that looks like a date is written in quotes.",
      .script("list where created > 2026-02-30", "list where created > 2026-02-28")
    ),
    Explanation(
      1014,
      "The source is too large",
      "The file has more bytes than dtx reads as one script.",
      why: "Something other than a script, such as a disk image, should not fill the memory.",
      remedy: "Split the script. Several can be given at once: `dtx run first.dtx second.dtx`.",
      .event("A script of more than 1024 MiB was given.")
    ),
    Explanation(
      1015,
      "Too many messages to show",
      "There are more errors or more warnings than anybody would read, so the rest is left out.",
      why: "A file that is no script at all has an error in every line. Warnings are counted apart:"
        + " they hide no error, and stop nothing.",
      remedy: "Repair the first errors, then check again. See that the right file was given.",
      .event("A script with more than 1000 errors was given, or a file that is no script.")
    ),
  ]
}
