extension Demonstration {
  /// Payments that came to nothing, or of which nobody knows.
  static let unpaid = #"""
    [
      {
        "id": "tx151", "payment_product_type": "dintero_psp.creditcard",
        "amount": 15900, "currency": "NOK", "status": "INITIATED",
        "merchant_reference": "ORDER-151", "created_at": "-10m",
        "customer": {"email": "bjarne@example.com"},
        "items": [{"line_id": "1", "description": "Vase", "amount": 15900, "vat": 25}]
      },
      {
        "id": "tx152", "payment_product_type": "dintero_psp.creditcard",
        "amount": 29900, "currency": "NOK", "status": "DECLINED",
        "merchant_reference": "ORDER-152", "created_at": "-1d",
        "customer": {"email": "siri@example.com"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "items": [{"line_id": "1", "description": "Clock", "amount": 29900, "vat": 25}]
      },
      {
        "id": "tx153", "payment_product_type": "vipps",
        "amount": 9900, "currency": "NOK", "status": "FAILED",
        "merchant_reference": "ORDER-153", "created_at": "-1d",
        "customer": {"email": "jens@example.com"},
        "items": [{"line_id": "1", "description": "Poster", "amount": 9900, "vat": 25}]
      },
      {
        "id": "tx154", "payment_product_type": "dintero_psp.creditcard",
        "amount": 43900, "currency": "NOK", "status": "UNKNOWN",
        "merchant_reference": "ORDER-154", "created_at": "-7h",
        "customer": {"email": "solveig@example.com"},
        "card": {"brand": "Visa", "masked_pan": "410000******0001"},
        "items": [{"line_id": "1", "description": "Rug", "amount": 43900, "vat": 25}]
      }
    ]
    """#
}
