package io.lipc.training.table;

import io.lipc.formats.Quoted;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the fields of a table as numbers or texts. */
record FieldReader(TableFormat format) {

  private static final Pattern POINT =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern COMMA = Pattern.compile("[+-]?(\\d+(,\\d*)?|,\\d+)([eE][+-]?\\d+)?");
  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "infinity", "-inf", "-infinity", "+inf", "+infinity");
  private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "null", "none");

  /** Whether a field is a decimal number, however large. */
  boolean isNumber(String field) {
    return (format.decimalComma() ? COMMA : POINT).matcher(field).matches();
  }

  /** The value of a number. */
  double value(String number) {
    return Double.parseDouble(format.decimalComma() ? number.replace(',', '.') : number);
  }

  /** Whether a number says that its value is not known; some programs write that as NaN. */
  boolean isMissingNumber(String field) {
    String word = field.toLowerCase(Locale.ROOT);
    return MISSING.contains(word) || word.equals("nan");
  }

  /** Whether a label is not there; `none` may be the name of a class. */
  boolean isMissingLabel(String field) {
    return field.isEmpty() || field.equals("?");
  }

  /** Whether a field is neither a number nor stands for one. */
  boolean isWord(String field) {
    String word = field.toLowerCase(Locale.ROOT);
    return !isNumber(field) && !NOT_FINITE.contains(word) && !MISSING.contains(word);
  }

  /**
   * The value of a field.
   *
   * @param noun what it is for messages: a feature or a target
   * @throws DataException without a place, if it is not a finite number
   */
  double number(String noun, String field) throws DataException {
    if (isNumber(field)) {
      double value = value(field);
      if (Double.isFinite(value)) {
        return value;
      }
      throw new DataException(noun + " " + Quoted.code(field) + " is too large for a double");
    }
    String word = field.toLowerCase(Locale.ROOT);
    if (MISSING.contains(word)) {
      throw new DataException(
          "the %s is missing (%s); fill it in, or leave such rows out (--drop-missing)"
              .formatted(noun, field.isEmpty() ? "empty" : Quoted.code(field)));
    }
    if (word.equals("nan")) {
      throw new DataException(
          noun
              + " "
              + Quoted.code(field)
              + " is not finite; such rows can be left out (--drop-missing)");
    }
    throw new DataException(
        noun
            + " "
            + Quoted.code(field)
            + (NOT_FINITE.contains(word) ? " is not finite" : " is not a number" + hint(field)));
  }

  /** A hint, as a clause, if the field would be a number in another format. */
  private String hint(String field) {
    if (format.decimalComma()) {
      return POINT.matcher(field).matches() ? "; with decimal commas, numbers have no points" : "";
    }
    if (!COMMA.matcher(field).matches()) {
      return separator(field);
    }
    return "; if the comma is a decimal one, say so (--decimal-comma%s)"
        .formatted(format.delimiter() == ',' ? ", with --delimiter ';' for the columns" : "");
  }

  /** The character that may separate columns instead of the delimiter, as a clause of a message. */
  String separator(String text) {
    if (format.delimiter() != ';' && text.indexOf(';') >= 0) {
      return "; if `;` separates columns, say so (--delimiter ';')";
    }
    if (format.delimiter() != '\t' && text.indexOf('\t') >= 0 && text.strip().indexOf(' ') < 0) {
      return "; if tabs separate columns, say so (--delimiter tab)";
    }
    if (format.delimiter() != ',' && text.indexOf(',') >= 0) {
      return "; if `,` separates columns, say so (--delimiter ',')";
    }
    return format.delimiter() != ' ' && text.strip().matches("\\S+([ \t]+\\S+)+")
        ? "; if blanks separate columns, say so (--delimiter space)"
        : "";
  }
}
