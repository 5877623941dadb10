package io.lipc.training.table;

import io.lipc.formats.Quoted;
import java.util.List;

/**
 * The format of a table.
 *
 * @param delimiter between columns; a blank stands for any run of blanks and tabs
 * @param decimalComma whether 1,5 is one and a half; then there are no points in numbers
 * @param dropMissing whether rows in which a value is missing are left out, instead of refused
 * @param dropped columns that are not read, whatever they hold
 */
public record TableFormat(
    char delimiter, boolean decimalComma, boolean dropMissing, List<LabelColumn> dropped) {

  /** Commas between columns, points in numbers, and no value may be missing (RFC 4180). */
  public static final TableFormat RFC_4180 = new TableFormat(',', false, false);

  /**
   * A format.
   *
   * @throws IllegalArgumentException if commas separate columns and decimals, or the delimiter is a
   *     letter, a digit, or another sign that stands in numbers, quotes or line ends
   */
  public TableFormat {
    dropped = List.copyOf(dropped);
    if (Character.isLetterOrDigit(delimiter) || "+-.\"\r\n".indexOf(delimiter) >= 0) {
      throw new IllegalArgumentException(
          word(delimiter) + " cannot separate columns: it stands in the fields themselves");
    }
    if (decimalComma && delimiter == ',') {
      throw new IllegalArgumentException(
          "a comma cannot separate columns and decimals at once; with decimal commas, give another"
              + " delimiter (--delimiter ';')");
    }
  }

  /** A format of tables whose columns are all read. */
  public TableFormat(char delimiter, boolean decimalComma, boolean dropMissing) {
    this(delimiter, decimalComma, dropMissing, List.of());
  }

  /** The word of messages and of the command line for the delimiter. */
  String word() {
    return word(delimiter);
  }

  private static String word(char delimiter) {
    return switch (delimiter) {
      case '\t' -> "tab";
      case ' ' -> "space";
      default -> Quoted.code(String.valueOf(delimiter));
    };
  }
}
