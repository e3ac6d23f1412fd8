extension Demonstration {
  /// Card payments in every stage.
  static let cards = #"""
    [
      {
        "id": "tx123", "payment_product_type": "dintero_psp.creditcard",
        "amount": 39990, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-123", "merchant_reference_2": "10123",
        "session_id": "T12345678.5Qw8Zo1uGfJp3AyDmWqR9t", "created_at": "-2d",
        "customer": {"email": "ingrid@example.com"},
        "billing_address": {"first_name": "Ingrid", "last_name": "Solberg"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "items": [
          {"line_id": "1", "description": "Oak chair", "quantity": 1, "amount": 29990, "vat": 25},
          {"line_id": "2", "description": "Felt pads", "quantity": 4, "amount": 5100, "vat": 25},
          {"line_id": "ship-1", "description": "Parcel", "amount": 4900, "vat": 25,
           "type": "shipping"}
        ]
      },
      {
        "id": "tx124", "payment_product_type": "dintero_psp.creditcard",
        "amount": 64900, "currency": "NOK", "status": "PARTIALLY_CAPTURED",
        "merchant_reference": "ORDER-124", "created_at": "-3d",
        "customer": {"email": "olav@example.com"},
        "billing_address": {"first_name": "Olav", "last_name": "Haugen"},
        "card": {"brand": "Mastercard", "masked_pan": "520000******0007"},
        "items": [
          {"line_id": "1", "description": "Mug", "quantity": 2, "amount": 40000, "vat": 25},
          {"line_id": "2", "description": "Tea", "quantity": 0.5, "amount": 20000, "vat": 15},
          {"line_id": "ship-1", "description": "Parcel", "amount": 4900, "vat": 25,
           "type": "shipping"}
        ],
        "events": [
          {"event": "INITIALIZE"}, {"event": "AUTHORIZE", "amount": 64900},
          {"event": "CAPTURE", "transaction_status": "PARTIALLY_CAPTURED", "amount": 44900,
           "event_reference": "parcel-1", "created_at": "-2d",
           "items": [{"line_id": "1", "quantity": 2, "amount": 40000},
                     {"line_id": "ship-1", "quantity": 1, "amount": 4900}]}
        ]
      },
      {
        "id": "tx125", "payment_product_type": "dintero_psp.creditcard",
        "amount": 125000, "currency": "NOK", "status": "CAPTURED",
        "settlement_status": "SETTLED", "merchant_reference": "ORDER-125", "created_at": "-20d",
        "customer": {"email": "sunniva@example.com"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "items": [
          {"line_id": "1", "description": "Desk", "quantity": 1, "amount": 119000, "vat": 25},
          {"line_id": "ship-1", "description": "Delivery", "amount": 6000, "vat": 25,
           "type": "shipping"}
        ],
        "events": [
          {"event": "INITIALIZE"}, {"event": "AUTHORIZE", "amount": 125000},
          {"event": "CAPTURE", "transaction_status": "CAPTURED", "amount": 125000,
           "event_reference": "desk-out", "created_at": "-19d",
           "items": [{"line_id": "1", "quantity": 1, "amount": 119000},
                     {"line_id": "ship-1", "quantity": 1, "amount": 6000}]},
          {"event": "SETTLEMENT", "transaction_status": "CAPTURED", "created_at": "-16d"}
        ]
      },
      {
        "id": "tx126", "payment_product_type": "dintero_psp.creditcard",
        "amount": 45000, "currency": "NOK", "status": "PARTIALLY_REFUNDED",
        "settlement_status": "PARTIALLY_SETTLED", "merchant_reference": "ORDER-126",
        "created_at": "-15d", "customer": {"email": "emil@example.com"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "items": [
          {"line_id": "1", "description": "Shirt", "quantity": 3, "amount": 45000, "vat": 25}
        ],
        "events": [
          {"event": "INITIALIZE"}, {"event": "AUTHORIZE", "amount": 45000},
          {"event": "CAPTURE", "transaction_status": "CAPTURED", "amount": 45000,
           "event_reference": "shirts", "created_at": "-14d",
           "items": [{"line_id": "1", "quantity": 3, "amount": 45000}]},
          {"event": "REFUND", "transaction_status": "PARTIALLY_REFUNDED", "amount": 15000,
           "event_reference": "return-1", "created_at": "-9d",
           "items": [{"line_id": "1", "quantity": 1, "amount": 15000}]}
        ]
      },
      {
        "id": "tx127", "payment_product_type": "dintero_psp.applepay",
        "amount": 90000, "currency": "SEK", "status": "PARTIALLY_CAPTURED_REFUNDED",
        "merchant_reference": "ORDER-127", "created_at": "-6d",
        "customer": {"email": "astrid@example.com"},
        "items": [
          {"line_id": "1", "description": "Boots", "quantity": 1, "amount": 60000, "vat": 25},
          {"line_id": "2", "description": "Socks", "quantity": 3, "amount": 30000, "vat": 25}
        ],
        "events": [
          {"event": "INITIALIZE"}, {"event": "AUTHORIZE", "amount": 90000},
          {"event": "CAPTURE", "transaction_status": "PARTIALLY_CAPTURED", "amount": 60000,
           "created_at": "-5d", "items": [{"line_id": "1", "quantity": 1, "amount": 60000}]},
          {"event": "REFUND", "transaction_status": "PARTIALLY_CAPTURED_REFUNDED",
           "amount": 20000, "event_reference": "scratch", "created_at": "-3d",
           "items": [{"line_id": "1", "amount": 20000}]}
        ]
      },
      {
        "id": "tx128", "payment_product_type": "dintero_psp.googlepay",
        "amount": 7950, "currency": "EUR", "status": "REFUNDED",
        "merchant_reference": "ORDER-128", "created_at": "-30d",
        "customer": {"email": "jan@example.com"},
        "items": [{"line_id": "1", "description": "Kettle", "amount": 7950, "vat": 21}]
      },
      {
        "id": "tx129", "payment_product_type": "dintero_psp.clicktopay",
        "amount": 19900, "currency": "USD", "status": "AUTHORIZATION_VOIDED",
        "merchant_reference": "ORDER-129", "created_at": "-11d",
        "customer": {"email": "grace@example.com"},
        "items": [{"line_id": "1", "description": "Radio", "amount": 19900}]
      },
      {
        "id": "tx130", "payment_product_type": "dintero_psp.creditcard",
        "amount": 12800, "currency": "JPY", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-130", "created_at": "-1d",
        "customer": {"email": "hana@example.com"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "items": [
          {"line_id": "1", "description": "Teapot", "quantity": 1, "amount": 9800, "vat": 10},
          {"line_id": "2", "description": "Cups", "quantity": 2, "amount": 3000, "vat": 10}
        ]
      },
      {
        "id": "tx131", "payment_product_type": "dintero_psp.creditcard",
        "amount": 12345, "currency": "KWD", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-131", "created_at": "-1d",
        "customer": {"email": "noura@example.com"},
        "card": {"brand": "Mastercard", "masked_pan": "520000******0007"},
        "items": [{"line_id": "1", "description": "Carpet", "amount": 12345}]
      },
      {
        "id": "tx132", "payment_product_type": "dintero_psp.creditcard",
        "amount": 180000, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "ROOM-7", "created_at": "-1d",
        "customer": {"email": "per@example.com"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "metadata": {"dintero_psp:preauthorization": "true"}
      }
    ]
    """#
}
