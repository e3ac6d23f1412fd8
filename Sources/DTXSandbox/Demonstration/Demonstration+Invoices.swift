extension Demonstration {
  /// Invoices, instalments and credit.
  static let invoices = #"""
    [
      {
        "id": "tx145", "payment_product_type": "klarna.klarna",
        "amount": 64900, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-145", "created_at": "-26d",
        "customer": {"email": "randi@example.com"},
        "billing_address": {"first_name": "Randi", "last_name": "Moen"},
        "items": [
          {"line_id": "1", "description": "Mug", "quantity": 2, "amount": 40000, "vat": 25},
          {"line_id": "2", "description": "Tea", "quantity": 0.5, "amount": 20000, "vat": 15},
          {"line_id": "ship-1", "description": "Parcel", "amount": 4900, "vat": 25,
           "type": "shipping"}
        ],
        "events": [
          {"event": "INITIALIZE"},
          {"event": "AUTHORIZE", "amount": 64900,
           "metadata": {"klarna:authorization_expiration": "+2d"}}
        ]
      },
      {
        "id": "tx146", "payment_product_type": "klarna.klarna",
        "amount": 99000, "currency": "SEK", "status": "PARTIALLY_CAPTURED",
        "merchant_reference": "ORDER-146", "created_at": "-10d",
        "customer": {"email": "lars@example.com"},
        "items": [
          {"line_id": "1", "description": "Coat", "quantity": 1, "amount": 79000, "vat": 25},
          {"line_id": "2", "description": "Scarf", "quantity": 1, "amount": 20000, "vat": 25}
        ],
        "events": [
          {"event": "INITIALIZE"},
          {"event": "AUTHORIZE", "amount": 99000,
           "metadata": {"klarna:authorization_expiration": "+18d"}},
          {"event": "CAPTURE", "transaction_status": "PARTIALLY_CAPTURED", "amount": 79000,
           "event_reference": "coat", "created_at": "-8d",
           "items": [{"line_id": "1", "quantity": 1, "amount": 79000}],
           "metadata": {"klarna:authorization_expiration": "+20d"}}
        ]
      },
      {
        "id": "4WsXcVfRtGbNhYjUmKiLpA", "payment_product_type": "klarna.billie",
        "amount": 250000, "currency": "EUR", "status": "AUTHORIZED",
        "merchant_reference": "B2B-77", "created_at": "-3d",
        "customer": {"email": "orders@example.com"},
        "items": [
          {"line_id": "1", "description": "Office chairs", "quantity": 10, "amount": 250000,
           "vat": 19}
        ],
        "events": [
          {"event": "INITIALIZE"},
          {"event": "AUTHORIZE", "amount": 250000,
           "metadata": {"klarna:authorization_expiration": "+25d"}}
        ]
      },
      {
        "id": "tx147", "payment_product_type": "collector.invoice",
        "amount": 129900, "currency": "SEK", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-147", "created_at": "-6d",
        "customer": {"email": "birgit@example.com"},
        "items": [
          {"line_id": "1", "description": "Tool box", "quantity": 1, "amount": 99900, "vat": 25},
          {"line_id": "2", "description": "Drill bits", "quantity": 6, "amount": 30000, "vat": 25}
        ]
      },
      {
        "id": "tx148", "payment_product_type": "collector.invoice",
        "amount": 45000, "currency": "NOK", "status": "ON_HOLD",
        "merchant_reference": "ORDER-148", "created_at": "-8h",
        "customer": {"email": "geir@example.com"},
        "items": [{"line_id": "1", "description": "Camera", "amount": 45000, "vat": 25}]
      },
      {
        "id": "tx149", "payment_product_type": "instabank.finance",
        "amount": 1499000, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-149", "created_at": "-2d",
        "customer": {"email": "tone@example.com"},
        "items": [
          {"line_id": "1", "description": "Kitchen", "quantity": 1, "amount": 1400000, "vat": 25},
          {"line_id": "2", "description": "Fitting, hours", "quantity": 9, "amount": 99000,
           "vat": 25, "type": "service"}
        ]
      },
      {
        "id": "8LkJhGfDsAqWeRtYuIoPzX", "payment_product_type": "kravia.invoice",
        "amount": 35000, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "web-10070", "created_at": "-4d",
        "customer": {"email": "hilde@example.com"},
        "items": [{"line_id": "1", "description": "Books", "quantity": 3, "amount": 35000}]
      },
      {
        "id": "6YhNbGtVfRcDeXsWzQaMjU", "payment_product_type": "two.invoice_b2b",
        "amount": 480000, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "B2B-78", "created_at": "-4d",
        "customer": {"email": "purchasing@example.com"},
        "items": [
          {"line_id": "1", "description": "Screens", "quantity": 4, "amount": 480000, "vat": 25}
        ]
      },
      {
        "id": "1PoIuYtReWqLkJhGfDsAmN", "payment_product_type": "santander.debit_account",
        "amount": 720000, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "web-10071", "created_at": "-1d",
        "customer": {"email": "arne@example.com"},
        "items": [{"line_id": "1", "description": "Sofa", "amount": 720000, "vat": 25}]
      },
      {
        "id": "tx150", "payment_product_type": "dintero.external",
        "amount": 88000, "currency": "NOK", "status": "ON_HOLD",
        "merchant_reference": "ORDER-150", "created_at": "-3h",
        "customer": {"email": "vigdis@example.com"},
        "items": [{"line_id": "1", "description": "Pump", "amount": 88000, "vat": 25}]
      }
    ]
    """#
}
