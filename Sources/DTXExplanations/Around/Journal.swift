// A table: one entry for each code.
extension Explanation {
  /// 503x and 504x: the journal, runs and saved plans.
  static let journal: [Explanation] = [
    Explanation(
      5030,
      "The journal cannot be opened",
      "The file of the journal cannot be opened.",
      why: "Every intent is in the journal before its request leaves. Without it nothing is sent.",
      remedy: "Check the rights of the file, or set `XDG_STATE_HOME` to a folder that you own.",
      .event("The file or its folder belongs to someone else.")
    ),
    Explanation(
      5031,
      "The journal is in use",
      "Another program holds the journal for longer than dtx waits.",
      why: "Two programs that write at the same time would break the chain of its entries.",
      remedy: "Wait until the other program has ended.",
      .event("A backup program or another dtx held the file.")
    ),
    Explanation(
      5032,
      "The journal cannot be written",
      "An entry could not be written, so nothing more was sent.",
      why: "A request without an entry could never be found again.",
      remedy: "Make room on the disk, then finish the run with `dtx resume`.",
      .event("The disk was full, or was removed.")
    ),
    Explanation(
      5033,
      "The journal is damaged",
      "An entry does not fit to the one before it: something was changed, removed or added.",
      why: "A journal that may be wrong cannot protect from doing things twice.",
      remedy: "Keep the file as it is, and ask for help. `dtx journal verify` names the first entry"
        + " that does not fit.",
      .event("The file was edited, or the disk has lost a part of it.")
    ),
    Explanation(
      5034,
      "The journal is newer than this dtx",
      "The file was written by a newer version of dtx.",
      why: "This version could miss what a newer one has noted.",
      remedy: "Use the newer version.",
      .event("Two versions of dtx were used with one journal.")
    ),
    Explanation(
      5035,
      "The plan was carried out already",
      "The journal has a run of exactly this plan.",
      why: "A plan is carried out once. A second time would move the money twice.",
      remedy:
        "Make a new plan with `dtx plan`: it leaves out what was done already. An interrupted run"
        + " is finished with `dtx resume`.",
      .event("`dtx apply` was given a plan for the second time.")
    ),
    Explanation(
      5036,
      "There is no such run",
      "The journal has no run of this name.",
      why: "There is nothing to show or to finish.",
      remedy: "See the runs with `dtx journal list`.",
      .event("A command named a run that the journal does not have.")
    ),
    Explanation(
      5037,
      "Someone else works on this transaction",
      "Another run has claimed the transaction and is not done.",
      why: "Two runs on one transaction could each believe that the money is still there.",
      remedy: "Wait until that run is done, then plan again.",
      .event("Two people, or two sessions, worked on one transaction at the same time.")
    ),
    Explanation(
      5038,
      "The run is not finished",
      "`dtx revert` was asked to take back a run of which the outcome is not known.",
      why: "Taking back what never happened would be a mistake of its own.",
      remedy: "Finish the run with `dtx resume` first.",
      .event("`dtx revert` named a run that was interrupted.")
    ),
    Explanation(
      5039,
      "Nobody knows what became of the same before",
      "An earlier run sent the same to this transaction, and was told neither yes nor no.",
      why: "It may have happened, or may happen yet: sent again, the same money could move twice.",
      remedy: "Let `dtx resume` look for it. If it did not happen, write `again` with the reason.",
      .event("A script was run again while the outcome of its first run was not known.")
    ),
    Explanation(
      5040,
      "This is not a plan",
      "The file does not begin as a saved plan does.",
      why: "Nothing but a plan is carried out.",
      remedy: "Check the name of the file. A script is run with `dtx run`.",
      .event("`dtx apply` was given another file, perhaps the script.")
    ),
    Explanation(
      5041,
      "The plan is newer than this dtx",
      "The plan was saved by a newer version of dtx.",
      why: "This version could misunderstand an operation.",
      remedy: "Use the newer version, or make the plan again.",
      .event("Two versions of dtx were used with one plan.")
    ),
    Explanation(
      5042,
      "A part of the plan is missing",
      "The file ends before the plan does.",
      why: "Half of a plan is another plan.",
      remedy: "Make it again with `dtx plan`.",
      .event("A copy of the file broke off.")
    ),
    Explanation(
      5043,
      "The plan was changed",
      "The file is not as dtx wrote it: its digest does not fit.",
      why: "What was looked at and approved is what runs, and nothing else.",
      remedy: "Change the script, and make the plan again with `dtx plan`.",
      .event("The file was edited after it was made.")
    ),
    Explanation(
      5044,
      "A line of the plan cannot be read",
      "A line of the file has not the form that dtx writes.",
      why: "Nothing is carried out that cannot be understood in full.",
      remedy: "Make it again with `dtx plan`.",
      .event("The file was damaged, or made by another program.")
    ),
    Explanation(
      5045,
      "An operation of the plan cannot hold",
      "An operation in the file breaks a rule of payments.",
      why: "A plan is checked again when it is read.",
      remedy: "Make it again with `dtx plan`.",
      .event("The file was made by another program.")
    ),
    Explanation(
      5046,
      "The plan has expired",
      "The plan is older than 48 hours.",
      why: "Transactions change, so an old plan may no longer say what would happen.",
      remedy: "Make it again with `dtx plan`.",
      .event("`dtx apply` was given a plan two days after it was made.")
    ),
    Explanation(
      5047,
      "The plan is for another account",
      "The plan was made for another account than the one that dtx works with.",
      why: "The same ids on another account would be other customers.",
      remedy: "Choose the profile of that account with `--profile`.",
      .event("`dtx apply` was started with the wrong profile.")
    ),
  ]
}
