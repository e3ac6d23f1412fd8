// A table: one entry for each code.
extension Explanation {
  /// 32xx: what was done before.
  static let repetitions: [Explanation] = [
    Explanation(
      3201,
      "The same was done before",
      "An equal operation (same kind, transaction, lines and amount) is in this script or on the"
        + " transaction already. The message tells when, by whom and why.",
      why: "Most repetitions are accidents: a script that runs twice, a row that was pasted twice.",
      remedy: "Leave it out. If it is meant, as with two equal chairs, say why with `again \"…\"`.",
      .script(
        "refund tx125 60.00 NOK\nrefund tx125 60.00 NOK ref \"second\"",
        "refund tx125 60.00 NOK\nrefund tx125 60.00 NOK ref \"second\" again \"two were broken\""
      )
    ),
    Explanation(
      3202,
      "The reference belongs to another operation",
      "The reference was used on this transaction for another amount or other lines.",
      why: "A reference names one operation on the settlement report.",
      remedy: "Write a reference that was not used before.",
      .script(
        "capture tx124 100.00 NOK ref \"parcel-1\"",
        "capture tx124 100.00 NOK ref \"parcel-2\""
      )
    ),
    Explanation(
      3203,
      "An equal operation has another reference",
      "An equal operation was done before, with another reference that a person wrote. This is a"
        + " warning.",
      why: "Two parcels of the same price are possible. So is the same parcel, entered twice.",
      remedy: "Check that both are meant. To say so in the script, add `again \"why\"`.",
      .script(
        "capture tx123 100.00 NOK ref \"parcel-1\"\ncapture tx123 100.00 NOK ref \"parcel-2\"",
        "capture tx123 100.00 NOK ref \"parcel-1\"\n"
          + "capture tx123 100.00 NOK ref \"parcel-2\" again \"two parcels of one price\""
      )
    ),
    Explanation(
      3204,
      "This statement was carried out with another amount",
      "The same statement was carried out before, and its amount was another one then.",
      why: "A value that the script computes has changed since. Running it again would move the new"
        + " amount as well as the old one.",
      remedy: "Work out the difference, and write it as a statement of its own.",
      .event(
        "A statement with a computed amount, such as a share of what is captured, was carried out,"
          + " and gave another amount when it was run again."
      )
    ),
  ]
}
