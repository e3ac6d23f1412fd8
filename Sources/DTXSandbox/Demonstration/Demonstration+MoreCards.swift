extension Demonstration {
  /// Card payments with something odd about them, and those of other processors.
  static let moreCards = #"""
    [
      {
        "id": "tx133", "payment_product_type": "dintero_psp.creditcard",
        "amount": 259900, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-133", "created_at": "-164h",
        "customer": {"email": "marte@example.com"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "items": [{"line_id": "1", "description": "Bicycle", "amount": 259900, "vat": 25}]
      },
      {
        "id": "tx134", "payment_product_type": "dintero_psp.creditcard",
        "amount": 10000, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "CAPTURE-TIMES-OUT", "created_at": "-1d",
        "customer": {"email": "test1@example.com"},
        "card": {"brand": "Visa", "masked_pan": "410000******0019"},
        "items": [{"line_id": "1", "description": "Patience", "amount": 10000, "vat": 25}]
      },
      {
        "id": "tx135", "payment_product_type": "dintero_psp.creditcard",
        "amount": 10000, "currency": "NOK", "status": "CAPTURED",
        "merchant_reference": "REFUND-TIMES-OUT", "created_at": "-1d",
        "customer": {"email": "test2@example.com"},
        "card": {"brand": "Visa", "masked_pan": "410000******0027"},
        "items": [{"line_id": "1", "description": "Patience", "amount": 10000, "vat": 25}]
      },
      {
        "id": "tx136", "payment_product_type": "dintero_psp.creditcard",
        "amount": 10000, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "VOID-TIMES-OUT", "created_at": "-1d",
        "customer": {"email": "test3@example.com"},
        "card": {"brand": "Visa", "masked_pan": "410000******0043"},
        "items": [{"line_id": "1", "description": "Patience", "amount": 10000, "vat": 25}]
      },
      {
        "id": "5Qw8ZrTn2KvYb7LcXeHs4M", "payment_product_type": "dintero_psp.creditcard",
        "amount": 30000, "currency": "NOK", "status": "AUTHORIZED",
        "merchant_reference": "web-10042", "merchant_reference_2": "10042", "created_at": "-4d",
        "customer": {"email": "liv@example.com"},
        "billing_address": {"first_name": "Liv", "last_name": "Berge"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "items": [
          {"line_id": "1", "description": "Curtain, metres", "quantity": 3.25, "amount": 35100,
           "vat": 25},
          {"line_id": "ship-1", "description": "Parcel", "amount": 4900, "vat": 25,
           "type": "shipping"},
          {"line_id": "gift-1", "description": "Gift card", "amount": -10000, "type": "gift_card"}
        ]
      },
      {
        "id": "7HbN3xLqWm5VtYc2ZpKs8R", "payment_product_type": "payex.creditcard",
        "amount": 150000, "currency": "NOK", "status": "PARTIALLY_CAPTURED",
        "merchant_reference": "web-10050", "created_at": "-5d",
        "customer": {"email": "sindre@example.com"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "items": [
          {"line_id": "1", "description": "Skis", "quantity": 1, "amount": 110000, "vat": 25},
          {"line_id": "2", "description": "Poles", "quantity": 1, "amount": 40000, "vat": 25}
        ],
        "events": [
          {"event": "INITIALIZE"}, {"event": "AUTHORIZE", "amount": 150000},
          {"event": "CAPTURE", "transaction_status": "PARTIALLY_CAPTURED", "amount": 110000,
           "event_reference": "skis-out", "created_at": "-4d",
           "items": [{"line_id": "1", "quantity": 1, "amount": 110000}]}
        ]
      },
      {
        "id": "2mFqYd9RkTz6WjXa4VcUe1", "payment_product_type": "payex.creditcard",
        "amount": 50000, "currency": "NOK", "status": "CAPTURED",
        "merchant_reference": "web-10051", "created_at": "-8d",
        "customer": {"email": "nils@example.com"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "events": [
          {"event": "INITIALIZE"}, {"event": "AUTHORIZE", "amount": 50000},
          {"event": "CAPTURE", "transaction_status": "PARTIALLY_CAPTURED", "amount": 30000,
           "created_at": "-7d"},
          {"event": "VOID", "transaction_status": "CAPTURED", "amount": 20000,
           "created_at": "-6d"}
        ]
      },
      {
        "id": "tx137", "payment_product_type": "bambora.creditcard",
        "amount": 84900, "currency": "DKK", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-137", "created_at": "-2d",
        "customer": {"email": "freja@example.com"},
        "card": {"brand": "Mastercard", "masked_pan": "520000******0007"},
        "items": [
          {"line_id": "1", "description": "Lamp", "quantity": 1, "amount": 84900, "vat": 25}
        ]
      },
      {
        "id": "tx138", "payment_product_type": "netaxept.creditcard",
        "amount": 4999, "currency": "GBP", "status": "AUTHORIZED",
        "merchant_reference": "ORDER-138", "created_at": "-3d",
        "customer": {"email": "ewan@example.com"},
        "card": {"brand": "Visa", "masked_pan": "400000******0002"},
        "items": [
          {"line_id": "1", "description": "Umbrella", "quantity": 1, "amount": 4999, "vat": 20}
        ]
      }
    ]
    """#
}
