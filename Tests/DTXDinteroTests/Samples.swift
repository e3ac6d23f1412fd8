/// Answers as the provider gives them.
enum Samples {
  static let id = "T12345678.5Qw8ZrTn2KvYb7LcXeHs4M"

  /// An authorized card payment of two lines and shipping, with members that dtx does not know.
  static let authorized = """
    {
      "id": "T12345678.5Qw8ZrTn2KvYb7LcXeHs4M",
      "session_id": "T12345678.5Qw8Zo1uGfJp3AyDmWqR9t",
      "payment_product": "dintero_psp", "payment_product_type": "dintero_psp.creditcard",
      "amount": 64900, "currency": "NOK", "status": "AUTHORIZED", "channel": "ecommerce",
      "merchant_reference": "web-10042", "merchant_reference_2": "10042",
      "settlement_status": "NOT_SETTLED", "version": 3, "something_new": {"deep": [1, 2]},
      "created_at": "2026-08-03T09:14:05.120Z", "updated_at": "2026-08-03T09:14:21.870Z",
      "items": [
        {"id": "MUG", "line_id": "1", "description": "Mug", "quantity": 2, "amount": 40000,
         "vat_amount": 8000, "vat": 25, "thumbnail": "https://shop.test/mug.png"},
        {"id": "TEA", "line_id": "2", "description": "Tea", "quantity": 0.5, "amount": 20000,
         "vat_amount": 2609, "vat": 15},
        {"id": "parcel", "line_id": "ship-1", "description": "Parcel", "quantity": 1,
         "amount": 4900, "vat_amount": 980, "vat": 25, "type": "shipping"}
      ],
      "events": [
        {"id": "e1", "event": "INITIALIZE", "transaction_status": "INITIATED", "success": true,
         "created_at": "2026-08-03T09:14:05.120Z"},
        {"id": "e2", "event": "AUTHORIZE", "transaction_status": "AUTHORIZED", "success": true,
         "amount": 64900, "created_at": "2026-08-03T09:14:21.870Z",
         "request_id": "5b0f6f0a8f5c4f1e9c1d1f0f8a3f0002"}
      ],
      "customer": {"email": "kari@example.test"},
      "card": {"brand": "Visa", "masked_pan": "400000******0002"}
    }
    """

  /// The same with further events, each as a JSON text.
  static func authorized(and events: String...) -> String {
    authorized.replacing(
      "8a3f0002\"}\n",
      with: "8a3f0002\"},\n" + events.joined(separator: ",\n") + "\n"
    )
  }

  static let partialCapture = """
    {"id": "e3", "event": "CAPTURE", "transaction_status": "PARTIALLY_CAPTURED", "success": true,
     "amount": 44900, "event_reference": "ops-01K1Z3", "created_at": "2026-08-04T07:00:02.000Z",
     "created_by": "client-uuid", "request_id": "5b0f6f0a-8f5c-4f1e-9c1d-1f0f8a3f0003",
     "metadata": {"ext_op": "01K1Z3", "number": 7},
     "items": [{"line_id": "1", "quantity": 2, "amount": 40000},
               {"line_id": "ship-1", "quantity": 1, "amount": 4900}]}
    """

  static let failedCapture = """
    {"id": "e7", "event": "CAPTURE", "transaction_status": "AUTHORIZED", "success": false,
     "amount": 64900, "event_reference": "ops-01K2D9",
     "error": {"code": "TIMEOUT", "message": "No answer\\nfrom processor", "type": ["ERROR"]},
     "correction": {"event_ids": ["e8"], "status": "CAPTURED"}}
    """
}
