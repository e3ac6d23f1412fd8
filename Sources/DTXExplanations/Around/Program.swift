// A table: one entry for each code.
extension Explanation {
  /// 500x and 501x, 502x and 507x: files, questions, the sandbox, programs beside dtx.
  static let program: [Explanation] = [
    Explanation(
      5001,
      "There is no folder for the journal",
      "Neither `HOME` nor `XDG_STATE_HOME` names a folder.",
      why: "Without a journal on disk nothing is sent: nobody could say afterwards what was done.",
      remedy: "Set `HOME`, or set `XDG_STATE_HOME` to a folder that you own.",
      .event("dtx was started without `HOME`, for example by a service manager.")
    ),
    Explanation(
      5002,
      "The folder for the journal cannot be used",
      "The folder cannot be made or written.",
      why: "Without a journal on disk nothing is sent.",
      remedy: "Give yourself the right to write there, or set `XDG_STATE_HOME` to another folder.",
      .event("The folder belongs to someone else, or the disk can only be read.")
    ),
    Explanation(
      5003,
      "A file cannot be read",
      "The file is not there, is not yours to read, or is too large.",
      why: "There is nothing to work with.",
      remedy: "Check the name and the rights of the file.",
      .event("A script, a plan or a configuration file could not be opened.")
    ),
    Explanation(
      5004,
      "A file cannot be written",
      "The result could not be written. A file that was there before is still there, unchanged.",
      why: "dtx writes a file whole or not at all.",
      remedy: "Make room on the disk, or choose a folder that you can write to.",
      .event("The disk was full, or the folder could not be written.")
    ),
    Explanation(
      5010,
      "There is nobody to ask",
      "The plan needs a confirmation, and dtx does not run in a terminal.",
      why: "Silence is not a yes.",
      remedy: "Look at the plan with `--dry-run`, then add `--yes`. Or save it with `dtx plan` and"
        + " carry it out with `dtx apply`.",
      .event("dtx ran in a pipe or a scheduled job without `--yes`.")
    ),
    Explanation(
      5011,
      "Not confirmed",
      "The answer to the question was not yes. Nothing was done.",
      why: "dtx carries a plan out only after a clear yes.",
      remedy: "Run it again when you are sure.",
      .event("A person answered no, or pressed Enter.")
    ),
    Explanation(
      5012,
      "The command line cannot be understood",
      "The words behind `dtx` do not fit together.",
      why: "A command that is guessed could do something else.",
      remedy: "See `dtx --help`, or `dtx help run` for one command.",
      .event("A command was misspelled, or given without what it needs.")
    ),
    Explanation(
      5013,
      "There can be no session here",
      "A session needs a terminal that can edit lines, and a locale with UTF-8.",
      why: "Letters would be lost, or the screen would show something other than what is typed.",
      remedy: "Set `LANG=C.UTF-8` and `TERM=xterm`, or pipe statements into `dtx -`.",
      .event("The terminal or the locale cannot be used for typing.")
    ),
    Explanation(
      5014,
      "The plan is not what you expected",
      "`--expect-operations` or `--expect-total` names a number that the plan does not come to.",
      why: "Control totals are there so that a script which does more than it should does nothing.",
      remedy: "Look at the plan with `--dry-run`, and find out which number is wrong.",
      .event("A script was run with control totals that did not match its plan.")
    ),
    Explanation(
      5015,
      "Control totals are missing",
      "In a production account `--yes` is given without saying what the plan must come to.",
      why: "Nobody looks at the plan then, so the numbers have to be known before.",
      remedy: "Add `--expect-operations` and `--expect-total`. `--dry-run` shows both.",
      .event("A script was run with `--yes` and without control totals on real money.")
    ),
    Explanation(
      5020,
      "The provider does not know you",
      "The client id or the secret of the profile was refused.",
      why: "Without a token the provider answers nothing.",
      remedy: "Check the credentials of the profile, then try `dtx profile test`.",
      .event("The secret was wrong or has expired, or the client lacks a right.")
    ),
    Explanation(
      5021,
      "The sandbox file cannot be used",
      "The file in which the sandbox keeps its transactions cannot be opened or written.",
      why: "The sandbox behaves like a real provider and forgets nothing.",
      remedy:
        "Check the rights of the file. If it is damaged, move it away: dtx then makes a new one.",
      .event("The file was damaged, locked, or written by a newer version.")
    ),
    Explanation(
      5022,
      "The seed file is wrong",
      "A transaction in the file given to `dtx sandbox seed` is malformed, or is there already.",
      why: "A file is added as a whole or not at all.",
      remedy: "Correct the place that the message names.",
      .event("A file given to `dtx sandbox seed` could not be taken.")
    ),
    Explanation(
      5023,
      "The sandbox cannot be served",
      "`dtx sandbox serve` cannot listen at the address, or cannot use a file that it needs.",
      why: "What nobody can reach is no provider.",
      remedy:
        "Another program may hold the port: give another with `--port`, or 0 for any that is free.",
      .event("The port was taken, or the certificate, the key or the sandbox file unusable.")
    ),
    Explanation(
      5070,
      "A program cannot be started",
      "dtx wanted to start another program, such as your editor, and could not.",
      why: "The text stays as it was.",
      remedy: "Check that the program is installed, and that you may start it.",
      .event("The editor in `EDITOR` could not be started.")
    ),
    Explanation(
      5071,
      "The editor ended with an error",
      "Your editor was not found, or ended with a status other than zero.",
      why: "An editor that failed says nothing about what you wanted, so the line stays as it was.",
      remedy: "Set `EDITOR` to an editor that you have. The message names the file with your text.",
      .event("The editor was closed with an error, or does not exist.")
    ),
  ]
}
