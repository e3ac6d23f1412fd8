extension Demonstration {
  /// Wallets, sales that are captured at once, and payments that no processor handles.
  static let wallets = #"""
    [
      {
        "id": "tx140", "payment_product_type": "swish.swish",
        "amount": 30000, "currency": "SEK", "status": "CAPTURED",
        "merchant_reference": "ORDER-140", "created_at": "-2d",
        "customer": {"email": "elsa@example.com"},
        "items": [
          {"line_id": "1", "description": "Blanket", "quantity": 2, "amount": 30000, "vat": 25}
        ]
      },
      {
        "id": "5Qw9AaBbCcDdEeFfGgHhJj", "payment_product_type": "payex.swish",
        "amount": 52000, "currency": "SEK", "status": "PARTIALLY_REFUNDED",
        "merchant_reference": "web-10060", "created_at": "-12d",
        "customer": {"email": "nora@example.com"},
        "items": [
          {"line_id": "1", "description": "Jacket", "quantity": 1, "amount": 52000, "vat": 25}
        ],
        "events": [
          {"event": "INITIALIZE"},
          {"event": "CAPTURE", "transaction_status": "CAPTURED", "amount": 52000,
           "items": [{"line_id": "1", "quantity": 1, "amount": 52000}]},
          {"event": "INITIATE_REFUND", "transaction_status": "CAPTURED", "amount": 12000,
           "event_reference": "stain", "created_at": "-10d",
           "request_id": "7c1e0000000000000000000000000004"},
          {"event": "REFUND", "transaction_status": "PARTIALLY_REFUNDED", "amount": 12000,
           "event_reference": "stain", "created_at": "-10d",
           "request_id": "7c1e0000000000000000000000000009",
           "correlation_request_id": "7c1e0000000000000000000000000004"}
        ]
      },
      {
        "id": "tx141", "payment_product_type": "vipps",
        "amount": 24900, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-141", "created_at": "-1d",
        "customer": {"email": "kari@example.com"},
        "items": [
          {"line_id": "1", "description": "Puzzle", "quantity": 1, "amount": 20000, "vat": 25},
          {"line_id": "ship-1", "description": "Pickup point", "amount": 4900, "vat": 25,
           "type": "shipping"}
        ]
      },
      {
        "id": "tx142", "payment_product_type": "payex.mobilepay",
        "amount": 66000, "currency": "DKK", "status": "PARTIALLY_CAPTURED",
        "merchant_reference": "ORDER-142", "created_at": "-4d",
        "customer": {"email": "mads@example.com"},
        "items": [
          {"line_id": "1", "description": "Pan", "quantity": 1, "amount": 36000, "vat": 25},
          {"line_id": "2", "description": "Lid", "quantity": 1, "amount": 30000, "vat": 25}
        ],
        "events": [
          {"event": "INITIALIZE"}, {"event": "AUTHORIZE", "amount": 66000},
          {"event": "CAPTURE", "transaction_status": "PARTIALLY_CAPTURED", "amount": 36000,
           "created_at": "-3d", "items": [{"line_id": "1", "quantity": 1, "amount": 36000}]}
        ]
      },
      {
        "id": "tx143", "payment_product_type": "dintero_psp.vipps",
        "amount": 19900, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-143", "created_at": "-5h",
        "customer": {"email": "ola@example.com"},
        "items": [
          {"line_id": "1", "description": "Course, online", "amount": 19900, "type": "digital"}
        ]
      },
      {
        "id": "tx144", "payment_product_type": "dintero.wallets",
        "amount": 50000, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-144", "created_at": "-2h",
        "customer": {"email": "turid@example.com"},
        "items": [{"line_id": "1", "description": "Tent", "amount": 50000, "vat": 25}]
      },
      {
        "id": "9ZtGhJ4kLmNp7QrS2uVwXy", "payment_product_type": "seitatech.in_person",
        "amount": 17500, "currency": "NOK", "status": "CAPTURED", "channel": "in_store",
        "merchant_reference": "till-4-881", "created_at": "-1d", "store": {"name": "Oslo S"}
      },
      {
        "id": "3CvBnM5aSdFgHjK6lQwErT", "payment_product_type": "dintero.zero",
        "amount": 0, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "pay-in-store-12", "created_at": "-1d", "store": {"name": "Bergen"}
      }
    ]
    """#
}
