package io.lipc.training.table;

/** Which column of a table holds the labels, or one of the targets. */
public sealed interface LabelColumn {

  /** The column at a place, counted from 1. */
  record At(int number) implements LabelColumn {}

  /** The column that the first line, a header, calls so. */
  record Named(String name) implements LabelColumn {}

  /** The column that an option names: a whole number is a place, any other text a name. */
  static LabelColumn of(String text) {
    return text.matches("[+-]?\\d{1,9}") ? new At(Integer.parseInt(text)) : new Named(text);
  }
}
