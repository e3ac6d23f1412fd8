extension Event.Kind {
  /// The provider's word for it.
  package var name: String {
    switch self {
    case .initialize: "INITIALIZE"
    case .authorize: "AUTHORIZE"
    case .capture: "CAPTURE"
    case .refund: "REFUND"
    case .void: "VOID"
    case .initiateCapture: "INITIATE_CAPTURE"
    case .initiateRefund: "INITIATE_REFUND"
    case .initiateVoid: "INITIATE_VOID"
    case .settlement: "SETTLEMENT"
    case .other(let name): name
    }
  }

  /// Reads the provider's word; one that is not known is kept as it is.
  package init(name: String) {
    self =
      switch name {
      case "INITIALIZE": .initialize
      case "AUTHORIZE": .authorize
      case "CAPTURE": .capture
      case "REFUND": .refund
      case "VOID": .void
      case "INITIATE_CAPTURE": .initiateCapture
      case "INITIATE_REFUND": .initiateRefund
      case "INITIATE_VOID": .initiateVoid
      case "SETTLEMENT": .settlement
      default: .other(name)
      }
  }
}
