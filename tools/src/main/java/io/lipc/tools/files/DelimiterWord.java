package io.lipc.tools.files;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The sign that separates columns, as {@code --delimiter} names it: the sign itself, or a word for
 * it.
 */
final class DelimiterWord implements ITypeConverter<Character> {

  /** Created by picocli. */
  DelimiterWord() {}

  @Override
  public Character convert(String word) {
    return switch (word) {
      case "tab", "\\t" -> '\t';
      case "space" -> ' ';
      default -> {
        if (word.length() != 1) {
          throw new TypeConversionException(
              "`" + word + "` is not one sign, such as , or ; or |, nor tab or space");
        }
        yield word.charAt(0);
      }
    };
  }
}
