// A table: one entry for each code.
extension Explanation {
  /// 21xx: what can be wrong with a data file.
  static let dataFiles: [Explanation] = [
    Explanation(
      2101,
      "The file has no rows",
      "The file is empty, or has nothing but blank lines.",
      why:
        "An export that failed often leaves an empty file. Doing nothing would look like success.",
      remedy: "Export the data again. The first row names the columns.",
      .table("", "id;amount\ntx125;60.00 NOK\n")
    ),
    Explanation(
      2102,
      "The file is too large",
      "The data file has more bytes than dtx reads.",
      why: "A wrong file should not fill the memory.",
      remedy: "Split it, and run the script once for each part.",
      .event("A data file of more than 1024 MiB was read.")
    ),
    Explanation(
      2103,
      "A spreadsheet instead of a CSV file",
      "The file is a workbook of a spreadsheet program, such as `.xlsx`, perhaps with the ending"
        + " `.csv`.",
      why: "A workbook has sheets, formulas and formats. dtx reads rows of text.",
      remedy: "Open it in the spreadsheet program, and save it as \"CSV UTF-8\".",
      .table("PK\u{03}\u{04}", "id;amount\ntx125;60.00 NOK\n")
    ),
    Explanation(
      2104,
      "Another encoding than UTF-8",
      "The letters of the file are not encoded as UTF-8. The message names the encoding that it seems"
        + " to be.",
      why: "Names and references would come out wrong, as in `SÃ¸ren`.",
      remedy: "Save the file as \"CSV UTF-8\", or convert it with `iconv`.",
      .table(
        wrong: Array("id;customer\ntx125;S".utf8) + [0xF8] + Array("ren\n".utf8),
        right: "id;customer\ntx125;Søren\n"
      )
    ),
    Explanation(
      2105,
      "Too many columns",
      "The header names more columns than any spreadsheet has.",
      why: "The file is most likely not a table.",
      remedy: "Keep the columns that are needed.",
      .event("A data file had more than 16384 columns.")
    ),
    Explanation(
      2106,
      "Bytes in a value that are not UTF-8",
      "Most of the file is UTF-8, but some bytes are not.",
      why: "The file was put together from two sources, or was damaged.",
      remedy: "Correct the value that the message names, and save the file as UTF-8.",
      .table(
        wrong: Array("id;customer\ntx123;Åse\ntx125;S".utf8) + [0xF8] + Array("ren\n".utf8),
        right: "id;customer\ntx123;Åse\ntx125;Søren\n"
      )
    ),
    Explanation(
      2107,
      "A control character in a value",
      "The value has a character that cannot be seen.",
      why: "It would make two ids differ that look the same.",
      remedy: "Delete the character.",
      .table("id;amount\ntx1\u{01}25;100\n", "id;amount\ntx125;100\n")
    ),
    Explanation(
      2108,
      "A quote in the middle of a value",
      "A value has a double quote inside but does not begin with one.",
      why: "Programs read such a value in different ways.",
      remedy: "Put the whole value in quotes, and write a quote inside of it twice.",
      .table("id;note\ntx125;the 5\" screen\n", "id;note\ntx125;\"the 5\"\" screen\"\n")
    ),
    Explanation(
      2109,
      "Text after a closing quote",
      "A value in quotes goes on after its closing quote.",
      why:
        "A quote inside of a value was written once and not twice, or a quote is missing in a line"
        + " above.",
      remedy: "Write a quote inside of a value twice.",
      .table("id;note\ntx125;\"the \"5\" screen\"\n", "id;note\ntx125;\"the \"\"5\"\" screen\"\n")
    ),
    Explanation(
      2110,
      "A quote that is never closed",
      "A value begins with a double quote, and the file ends before a second one.",
      why: "Everything that follows would be one value, and its rows would be lost.",
      remedy: "Close the quote where the value ends.",
      .table("id;note\ntx125;\"late\ntx126;damaged\n", "id;note\ntx125;\"late\"\ntx126;damaged\n")
    ),
    Explanation(
      2111,
      "A column without a name",
      "The header leaves a column without a name. This is a warning.",
      why: "A script reads columns by their names, so this one cannot be read.",
      remedy: "Name the column, or remove it.",
      .table("id;;amount\ntx125;x;100\n", "id;note;amount\ntx125;x;100\n")
    ),
    Explanation(
      2112,
      "Two columns with one name",
      "The header has the same name twice.",
      why: "A script that reads this name could get either of the two.",
      remedy: "Give each column a name of its own.",
      .table("id;amount;amount\ntx125;100;200\n", "id;amount;paid\ntx125;100;200\n")
    ),
    Explanation(
      2113,
      "A row with too few or too many values",
      "The row does not have as many values as the header has columns.",
      why: "The values may have moved to the wrong columns. Most often a value has the separator in"
        + " it and no quotes.",
      remedy: "Put quotes around the value that has the separator in it.",
      .table("id,note\ntx125,late, and damaged\n", "id,note\ntx125,\"late, and damaged\"\n")
    ),
    Explanation(
      2119,
      "More problems of the same sort",
      "There are more problems of this sort in the file than are shown.",
      why: "A thousand messages of one sort are as useful as one.",
      remedy: "Repair the file where it was made, and not value by value.",
      .event("A data file had more than 1000 problems of one sort.")
    ),
    Explanation(
      2120,
      "The error of a formula",
      "The value is an error that a spreadsheet shows, such as `#N/A` or `#REF!`.",
      why: "The real value is not in the file.",
      remedy: "Repair the formula, and save the file again.",
      .table("id;amount\ntx125;#REF!\n", "id;amount\ntx125;100\n")
    ),
    Explanation(
      2121,
      "A number that a spreadsheet has rounded",
      "The value is a long number that a spreadsheet has turned into something like `1.23E+15`.",
      why: "The last digits are lost. An id or an amount with wrong digits is another one.",
      remedy: "Format the column as text, enter its values again, and save the file.",
      .table("id;order\ntx125;1.23E+15\n", "id;order\ntx125;1230000000000042\n")
    ),
    Explanation(
      2122,
      "Leading zeros may be lost",
      "Most values of the column are whole numbers of one length, and this one is shorter. This is a"
        + " warning.",
      why: "Spreadsheets drop zeros at the beginning of a number: `00412` becomes `412`.",
      remedy: "Format the column as text, enter its values again, and save the file.",
      .table(
        "id;order\ntx121;00000801\ntx122;00000802\ntx123;00000803\ntx125;804\n",
        "id;order\ntx121;00000801\ntx122;00000802\ntx123;00000803\ntx125;00000804\n"
      )
    ),
    Explanation(
      2123,
      "A row of totals",
      "The last row looks like the sum of those above it. This is a warning.",
      why: "Refunding the total as well would give everything back twice.",
      remedy: "Remove the row if it adds up those above it.",
      .table("id;amount\ntx125;100\ntx126;200\nTotal;300\n", "id;amount\ntx125;100\ntx126;200\n")
    ),
    Explanation(
      2124,
      "Two equal rows",
      "A row is the same as one above it. This is a warning.",
      why: "A row that was pasted twice would move money twice.",
      remedy: "Remove one of them, unless both are meant.",
      .table("id;amount\ntx125;100\ntx125;100\n", "id;amount\ntx125;100\ntx126;100\n")
    ),
  ]
}
