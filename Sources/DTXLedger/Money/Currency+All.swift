extension Currency {
  /// Every currency and fund with a number of decimals, in alphabetical order.
  ///
  /// Source: ISO 4217 list one, current currency and fund codes, through amendment 180 (in force
  /// since 2026-01-01). Left out as having no decimals: XAG, XAU, XBA, XBB, XBC, XBD, XDR, XPD,
  /// XPT, XSU, XTS, XUA and XXX.
  package static let all = groups.flatMap { group in
    group.codes.split(separator: " ").compactMap { code in
      let letters = Array(code.utf8)
      return letters.count == codeLength
        ? Currency(letters[0], letters[1], letters[2], decimals: group.decimals) : nil
    }
  }
  .sorted { $0.code < $1.code }

  private struct Group {
    let decimals: UInt8
    let codes: String
  }

  private static let groups = [
    Group(
      decimals: 0,
      codes: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
    ),
    Group(
      decimals: 2,
      codes: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD \
        CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
        GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK \
        LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO \
        NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS \
        SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST \
        XAD XCD XCG YER ZAR ZMW ZWG
        """
    ),
    Group(decimals: 3, codes: "BHD IQD JOD KWD LYD OMR TND"),
    Group(decimals: 4, codes: "CLF UYW"),
  ]
}
