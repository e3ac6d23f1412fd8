import DTXEvaluator

/// A page of help at the prompt: what it is about, its forms, and an example.
struct HelpTopic {
  let name: String
  let text: String

  private init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  /// Returns the page about a statement, a function or another topic; nil where there is none.
  static func named(_ name: String) -> HelpTopic? {
    let page =
      Function(rawValue: name) != nil ? "functions" : control.contains(name) ? "control" : name
    return all.first { $0.name == page }
  }

  /// What the page about control is found by, besides its name.
  private static let control: Set = [
    "let", "param", "for", "if", "else", "define", "call", "include", "account", "on", "on error",
  ]

  static let overview = """
    Statements are checked at once and staged; nothing moves before `commit`.

      capture tx123 line 1 29990 ref "ship-1"   take money that was authorized
      refund tx123 100.00 NOK reason "scratch"  give captured money back
      void tx123                                release what was never captured
      adjust, extend, authorize, tag            change an authorization
      show tx123        list                    look
      preview           commit                  see what is staged; carry it out
      undo              discard                 take back the last statement; all of them
      run "fix.dtx"     save "fix.dtx"          stage a script; write one of this session
      use shop-test     journal                 another profile; what was done, by whom, when
      edit              watch show tx123        use your own editor; see what changes
      help capture      help keys      help set      help DTX3001      help topics
      quit

    An amount is minor units (29990) or has its currency (299.90 NOK).
    """

  static let all = [
    HelpTopic(
      "capture",
      """
      capture TARGET SCOPE [ref "…"] [final] [meta NAME "…"] [again "…"]

        capture tx123 all                      everything still authorized
        capture tx123 29990                    an amount, in minor units
        capture tx123 299.90 NOK               the same with its currency
        capture tx123 line 1                   what is left of a line
        capture tx123 line 1 100.00 NOK line 2 parts of lines

      `ref` appears on the settlement report. `final` releases the rest, where the product allows it.
      `again "why"` repeats an operation that was done before.
      """
    ),
    HelpTopic(
      "refund",
      """
      refund TARGET SCOPE [reason "…"] [ref "…"] [meta NAME "…"] [again "…"]

        refund tx123 all                       everything captured and not yet given back
        refund tx123 line 1 50.00 NOK reason "small scratch"
      """
    ),
    HelpTopic(
      "void",
      """
      void TARGET [remaining]

        void tx123                             nothing was captured: release it all
        void tx123 remaining                   part was captured: release the rest
      """
    ),
    HelpTopic(
      "adjust",
      """
      adjust TARGET to AMOUNT [final] [{ line ID ["text"] [qty N] AMOUNT [vat P%] … }]
      adjust TARGET { add line … | set line … | drop line ID }

        adjust tx123 { add line 3 "Gift wrap" 100.00 NOK  drop line 2 }
      """
    ),
    HelpTopic(
      "extend",
      "extend TARGET [reason \"…\"] [ref \"…\"]\n\n  extend tx123 reason \"late stock\""
    ),
    HelpTopic(
      "authorize",
      "authorize TARGET [AMOUNT]\n\n  authorize tx123     release it from hold"
    ),
    HelpTopic(
      "tag",
      "tag TARGET \"…\"\n\n  tag tx123 \"order-77\"   set the second merchant reference"
    ),
    HelpTopic(
      "show",
      """
      show TARGET

        show tx123            one transaction: totals, lines, history, what can be done
        show order "web-77"   the one with that order reference

      What is staged on it is shown as if it were done, and named beneath.
      """
    ),
    HelpTopic(
      "list",
      """
      list [where CONDITION] [order by FIELD [desc]] [limit N]

        list order by created desc limit 10
        list where currency = NOK and status = AUTHORIZED and remaining > 500.00 NOK
      """
    ),
    HelpTopic(
      "print",
      """
      print EXPRESSION [, EXPRESSION]…

        print $plan.captured      what the plan captures so far
        print 25% of 399.90 NOK   a share, rounded half to even
      """
    ),
    HelpTopic(
      "fields",
      """
      A transaction has
        id status product provider currency authorized captured refunded voided remaining
        refundable reference reference2 session created updated expires settlement customer store
        lines
      A line has
        id description quantity amount captured refunded remaining refundable vat
      """
    ),
    HelpTopic(
      "functions",
      """
      sum(list)  count(list)  min(a, b)  max(a, b)
      money(text, CURRENCY)   an amount as spreadsheets write it, such as 1 299,90
      date(text)  lower(text)  upper(text)  trim(text)  env("NAME")
      """
    ),
    HelpTopic(
      "control",
      """
      let $name = EXPRESSION
      param $name [= EXPRESSION] ["what it is for"]
      for $name in EXPRESSION { … }
      for $row in csv "returns.csv" { … }
      for $t in transactions where status = AUTHORIZED { … }
      if CONDITION { … } [else if CONDITION { … }] [else { … }]
      define NAME($a) { … }   call NAME(…)
      include "other.dtx"     the statements of another script
      account T12345678       for this account only
      on error stop | continue | skip

        for $line in ["1", "2"] { capture tx123 line $line }

      Enter adds a line while a bracket is open.
      """
    ),
    HelpTopic(
      "expect",
      """
      expect CONDITION [, "message"]

        expect $plan.refunded <= 500.00 NOK, "too much for one morning"
      """
    ),
    HelpTopic(
      "amounts",
      """
      29990          minor units of the transaction's currency, as the payment API counts
      299.90 NOK     with the currency, and exactly as many decimals as it has
      25% of $plan.captured   a share, rounded half to even
      """
    ),
    HelpTopic("preview", "preview\n\n  What is staged and what it would do, with totals."),
    HelpTopic(
      "commit",
      "commit [first N]\n\n  Carries out what is staged after asking; `first 3` only three, as a trial."
    ),
    HelpTopic("undo", "undo\n\n  Takes back the statement that was staged last."),
    HelpTopic("discard", "discard\n\n  Drops everything that is staged."),
    HelpTopic("run", "run \"fix.dtx\"\n\n  Stages a script, all of it or nothing."),
    HelpTopic(
      "save",
      """
      save "fix.dtx"

        Writes what was carried out and what is staged in this session as a script, with what each
        statement did. Run again, it finds applied already what was carried out.
      """
    ),
    HelpTopic(
      "autocommit",
      """
      autocommit on | off

        Asks for each operation as soon as it is staged, and carries it out then.
      """
    ),
    HelpTopic(
      "use",
      """
      use PROFILE

        Goes on with another account or environment. Nothing may be staged. `dtx profile list` shows
        what there is.
      """
    ),
    HelpTopic(
      "journal",
      """
      journal [N]

        The last runs: what was done, by whom, when. `dtx journal show RUN` has all of one.
      """
    ),
    HelpTopic(
      "watch",
      """
      watch show TARGET

        Shows a transaction as the provider has it, and then what changes, until Ctrl-C.
      """
    ),
    HelpTopic(
      "set",
      """
      set NAME VALUE

        set output csv    set page off    set confirm total

      `set` alone shows what everything is set to. Settings last as long as the session;
      `DTX_READER=1` in the environment sets `reader` from the start.
      """
    ),
    HelpTopic(
      "edit",
      """
      edit

        Opens $VISUAL or $EDITOR on the text that was refused last, or on an empty one. What you
        save comes back as the next line: you see it, and Enter takes it.
      """
    ),
    HelpTopic(
      "keys",
      """
      Enter            takes the text; inside brackets and after `\\` it adds a line
      Tab              completes a word, or shows what is possible
      Up, Down         move between the lines of a text, then through the history
      Ctrl-R           searches the history; any other key ends the search
      Ctrl-C, Ctrl-D   drop the text, or stop waiting for an answer; leave
      Ctrl-A, Ctrl-E   to the start, to the end of the line; Home and End do the same
      Ctrl-Left/Right  move by words; Ctrl-Home and Ctrl-End go to the ends of the text
      Ctrl-W, Ctrl-K   cut a word, the rest of the line; Ctrl-Y puts back what was cut
      Ctrl-_           takes back the last change of the text
      Alt-#            makes the text a remark, or a remark a text again
      Ctrl-X Ctrl-E    edits the text in your own editor; `v` does in vi's command mode
      Ctrl-Z           leaves dtx for the shell; `fg` comes back

      `~/.editrc` is read: `bind -v` there gives vi's keys.
      """
    ),
    HelpTopic(
      "history",
      """
      Statements that you typed come back with Up and Ctrl-R, also in later sessions.

      A statement that was carried out comes back as a remark, `# done 14:02 capture …`: Enter does
      nothing then. Alt-# makes a statement of it again.
      A line that begins with a blank is not kept, nor is what seems to be a card number, a token or
      a password. Each profile has a history of its own.
      """
    ),
    HelpTopic("quit", "quit\n\n  Leaves; asks first if something is staged. Ctrl-D does the same."),
  ]
}
