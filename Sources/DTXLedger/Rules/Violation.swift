/// Why the ledger refuses an operation.
///
/// The cases stand in the order in which they are checked: the first that applies is thrown.
/// Among the lines of one operation a case is checked for all of them before the next case.
/// Payloads are facts for a message; amounts are minor units of the transaction's currency.
package enum Violation: Error, Hashable, Sendable {
  // MARK: The operation by itself

  /// An operation that moves money moves none.
  case amountIsZero
  case amountIsNegative(MinorUnits)
  /// More than `MinorUnits.largestAmount`.
  case amountAboveLimit(MinorUnits)
  /// The text of a tag is missing.
  case textIsEmpty
  /// The text of a tag is longer than `Operation.textLengthLimit` bytes.
  case textTooLong(length: Int)

  // MARK: The status

  /// The history adds up to totals that can't be, so that a person must look first.
  case totalsContradict
  case statusForbids(Operation.Kind, Status)

  // MARK: The payment product

  /// The product never allows this kind of operation.
  case productForbids(Operation.Kind)
  /// A pre-authorization is finalized by an `adjust … final` before it is captured.
  case preauthorizationNotFinal
  /// The authorization is locked: its total can't change any more.
  case authorizationIsFinal
  case finalUnsupported(Operation.Kind)
  /// The product is captured once; this amount was captured before.
  case secondCaptureUnsupported(captured: MinorUnits)
  /// The product is captured in full; this is all that is left.
  case partialCaptureUnsupported(left: MinorUnits)
  /// The product captures whole lines; a part of this line is asked for, or an amount (nil).
  case wholeLinesOnly(line: Int32?)
  /// The product demands that lines are named.
  case linesRequired(Operation.Kind)
  /// The product demands a quantity with each part of a line.
  case quantityRequired(line: Int32)
  /// Part was captured, and the product does not release the rest by a void.
  case remainderNotVoidable(captured: MinorUnits, left: MinorUnits)
  /// Part was captured, so that a void must say that it means the rest.
  case remainderNotStated(captured: MinorUnits, left: MinorUnits)
  /// The void means the rest of a partial capture, but nothing was captured.
  case nothingCaptured

  // MARK: Pending operations

  /// An operation that the provider has accepted and not completed stands in the way.
  case pending(Operation.Kind, amount: MinorUnits)

  // MARK: Amounts

  case exceedsCapturable(left: MinorUnits)
  case exceedsRefundable(left: MinorUnits)
  case nothingToVoid
  /// A void releases all that is left, and another amount was stated.
  case releaseDiffers(left: MinorUnits)
  /// Everything was captured or released, so that there is no total to change.
  case nothingToAdjust
  /// The new total is less than what was captured, or released, already.
  case belowCaptured(captured: MinorUnits)
  /// A pre-authorization that stays open can only grow.
  case preauthorizationMustGrow(authorized: MinorUnits)
  /// The amount to check a release of the hold against is another.
  case authorizedDiffers(authorized: MinorUnits)

  // MARK: Lines of a capture or refund

  case unknownLine(Int32)
  /// One operation names a line twice.
  case lineRepeated(Int32)
  case portionIsZero(line: Int32)
  /// A part of a line is positive as the line is, and negative for a gift card.
  case portionHasWrongSign(line: Int32)
  case portionAboveLimit(line: Int32)
  /// The parts do not add up to the operation's amount; nil if they add up to no 64-bit number.
  case portionsDiffer(sum: MinorUnits?)
  case quantityNotPositive(line: Int32)
  case quantityExceedsLine(line: Int32, quantity: Quantity)

  // MARK: Items of an adjustment

  /// The transaction has items, so that the new total needs its new list.
  case itemsRequired
  case itemHasNoID(item: Int32)
  case itemRepeated(item: Int32)
  /// Only a gift card has a negative amount, and none is above the limit.
  case itemAmountInvalid(item: Int32)
  case itemQuantityNotPositive(item: Int32)
  /// The items do not add up to the new total; nil if they add up to no 64-bit number.
  case itemsDiffer(sum: MinorUnits?)

  // MARK: Ceilings of single lines

  /// More than is left of a line; what is left of a gift card is negative or zero.
  case exceedsLine(Int32, left: MinorUnits)
  /// The new list drops or shrinks a line below what was captured of it.
  case itemBelowCaptured(line: Int32, captured: MinorUnits)
}
