package io.lipc.benchmarks.uci;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** Typed fields of a row; what is wrong is an {@code IllegalArgumentException} with its column. */
record RowReader(Map<String, String> fields) {

  String text(String column) {
    String field = fields.get(column);
    if (field == null) {
      throw new IllegalArgumentException("there is no column `" + column + "`");
    }
    return field;
  }

  int count(String column) {
    String field = text(column);
    if (!field.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("%s is `%s`, not a count".formatted(column, field));
    }
    return Integer.parseInt(field);
  }

  double number(String column) {
    String field = text(column);
    if (!field.matches("\\d+(\\.\\d+)?(E-?\\d+)?")) {
      throw new IllegalArgumentException("%s is `%s`, not a number".formatted(column, field));
    }
    return Double.parseDouble(field);
  }

  <T> T word(String column, T[] values, Function<T, String> word) {
    String field = text(column);
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(field))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is `%s`, not one of %s"
                        .formatted(column, field, Arrays.stream(values).map(word).toList())));
  }
}
