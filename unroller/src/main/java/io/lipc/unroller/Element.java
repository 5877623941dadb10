package io.lipc.unroller;

import java.util.Arrays;
import java.util.List;

/**
 * The type of the numbers of generated code: a class for floats and for doubles is written once.
 */
enum Element {
  FLOAT("float", "Float", "(float) "),
  DOUBLE("double", "Double", "");

  private final String type;
  private final String word;
  private final String cast;

  Element(String type, String word, String cast) {
    this.type = type;
    this.word = word;
    this.cast = cast;
  }

  /** The beginning of names. */
  String word() {
    return word;
  }

  /**
   * A text in which {@code T} stands for the type, alone or at the beginning of a name as in {@code
   * TColumns}, and {@code {Type}} for the word that other names have; {@code {cast}} makes one of a
   * double.
   */
  String typed(String text) {
    return text.replaceAll("\\bT(?=[A-Z][a-z]|\\b)", type)
        .replace("{Type}", word)
        .replace("{cast}", cast);
  }

  /** A text for each type. */
  static List<String> each(String text) {
    return Arrays.stream(values()).map(element -> element.typed(text)).toList();
  }
}
