package io.lipc.unroller;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Java source text, put together from lines of which many differ by numbers alone. */
final class Code {

  /** How long a line may be, and how far a member of a class and a continued line are indented. */
  private static final int WIDTH = 100;

  private static final int INDENT = 2;
  private static final String CONTINUED = "    ";

  private static final List<String> NUMBERS =
      List.of(
          ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                  + " fifteen sixteen")
              .split(" "));

  private Code() {}

  /** Texts one below the other, each of one line or more. */
  static String lines(String... parts) {
    return lines(List.of(parts));
  }

  private static String lines(List<String> parts) {
    return parts.stream()
        .map(part -> part.isEmpty() || part.endsWith("\n") ? part : part + "\n")
        .collect(Collectors.joining());
  }

  /** A statement or declaration with its body in braces. */
  static String block(String header, String... body) {
    return header + " {\n" + lines(body).indent(INDENT) + "}\n";
  }

  /** One of two bodies. */
  static String either(String condition, String body, String otherwise) {
    return block("if (" + condition + ")", body).stripTrailing() + block(" else", otherwise);
  }

  /**
   * A method of a class: its parameters, with commas between, stand on the line of its head, or all
   * on the next, or one a line, whatever fits first.
   */
  static String method(String javadoc, String head, String parameters, String... body) {
    int width = WIDTH - INDENT - ") {".length();
    String broken = head + "(\n" + CONTINUED;
    String header;
    if (head.length() + 1 + parameters.length() <= width) {
      header = head + "(" + parameters;
    } else if (CONTINUED.length() + parameters.length() <= width) {
      header = broken + parameters;
    } else {
      header = broken + parameters.replace(", ", ",\n" + CONTINUED);
    }
    return javadoc(javadoc) + block(header + ")", body);
  }

  /** A doc comment of a text of one line or more; of none, nothing. */
  static String javadoc(String text) {
    List<String> lines = text.lines().toList();
    return switch (lines.size()) {
      case 0 -> "";
      case 1 -> "/** " + text.strip() + " */\n";
      default ->
          lines.stream()
              .map(line -> line.isEmpty() ? " *\n" : " * " + line + "\n")
              .collect(Collectors.joining("", "/**\n", " */\n"));
    };
  }

  /** 0, 1, ... below {@code count}. */
  static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /**
   * The same numbers, but the last one second: where an array is read at its first and its last
   * index, C2 does not check those between.
   */
  static List<Integer> endsFirst(int count) {
    List<Integer> numbers = new ArrayList<>(upTo(count));
    if (count > 1) {
      numbers.add(1, numbers.removeLast());
    }
    return List.copyOf(numbers);
  }

  /** A text for each number, one below the other. */
  static String each(List<Integer> numbers, IntFunction<String> text) {
    return lines(numbers.stream().map(text::apply).toList());
  }

  /**
   * A pattern for each number, one below the other. The number stands where the pattern has its
   * {@code name} in braces, as a person would write it: {@code x + {i} * LANES} is {@code x}, then
   * {@code x + LANES}, then {@code x + 2 * LANES}.
   */
  static String each(String name, List<Integer> numbers, String pattern) {
    return each(numbers, number -> put(number, name, pattern));
  }

  /** One of them. */
  static String put(int number, String name, String pattern) {
    return Pattern.compile("(?<plus> \\+ )?\\{" + name + "}( \\* (?<unit>\\w+))?")
        .matcher(pattern)
        .replaceAll(found -> term(number, found.group("plus"), found.group("unit")));
  }

  private static String term(int number, @Nullable String plus, @Nullable String unit) {
    if (number == 0 && plus != null) {
      return "";
    }
    String product =
        unit == null ? String.valueOf(number) : number == 1 ? unit : number + " * " + unit;
    return plus == null ? product : plus + product;
  }

  /** A number in words: {@code thirteen}. */
  static String word(int number) {
    return NUMBERS.get(number);
  }

  /** The same at the beginning of a name's part, or of a sentence. */
  static String capitalized(int number) {
    String word = word(number);
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
