package io.lipc.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes texts by their tokens and lines, so that many mutants are still almost texts of their
 * format: a number becomes another number, a name another name.
 *
 * @param numbers what numbers are replaced by
 * @param pieces what else is put in
 */
record Tokens(List<String> numbers, List<String> pieces) {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\"[^\"\\\\\n]*(?:\\\\.[^\"\\\\\n]*)*\""
              + "|0x[01]\\.[0-9a-f]+p-?[0-9]+"
              + "|[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
              + "|@?[A-Za-z_][A-Za-z_0-9]*"
              + "|[ \t\r]+|\n[ \t\r\n]*|.",
          Pattern.DOTALL);

  static final List<String> DECIMALS =
      List.of(
          "0",
          "-0.0",
          "1",
          "-1",
          "2",
          "3",
          "5",
          "7",
          "0.5",
          "1e-300",
          "1e999",
          "-1e999",
          "1e-999",
          "4.9e-324",
          "1.7976931348623157e308",
          "255",
          "65536",
          "262144",
          "4194304",
          "16777216",
          "16777217",
          "268435456",
          "2147483647",
          "2147483648",
          "-2147483648",
          "99999999999",
          "9223372036854775807",
          "9223372036854775808",
          "0x1p0",
          "NaN",
          "Infinity",
          "1.",
          ".5",
          "1e",
          "00",
          "1_000",
          "0.1f",
          "123456789012345678901234567890");

  /** The kinds of tokens that may stand for one another. */
  private enum Kind {
    STRING,
    NUMBER,
    NAME,
    BLANK,
    SIGN
  }

  private static Kind kind(String token) {
    char first = token.charAt(0);
    if (first == '"') {
      return Kind.STRING;
    }
    if (Character.isWhitespace(first)) {
      return Kind.BLANK;
    }
    if (first >= '0' && first <= '9') {
      return Kind.NUMBER;
    }
    boolean letter = first == '_' || first == '@' || Character.isLetter(first);
    return letter ? Kind.NAME : Kind.SIGN;
  }

  private static List<String> split(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  /** A changed {@code text}; some of its changes come from {@code other}. */
  String mutate(String text, String other, Mutator mutator) {
    String mutant = text;
    for (int edits = mutator.edits(); edits > 0 && !mutant.isEmpty(); edits--) {
      String edited =
          switch (mutator.below(8)) {
            case 0 -> characters(mutant, mutator);
            case 1 -> lines(mutant, other, mutator);
            case 2 -> stretches(mutant, other, mutator);
            default -> tokens(mutant, other, mutator);
          };
      mutant = edited.length() > Mutator.MAX_LENGTH ? mutant : edited;
    }
    return mutant;
  }

  private String tokens(String text, String other, Mutator mutator) {
    List<String> tokens = split(text);
    int at = mutator.below(tokens.size());
    for (int tries = 0; tries < 3 && kind(tokens.get(at)) == Kind.BLANK; tries++) {
      at = mutator.below(tokens.size());
    }
    String token = tokens.get(at);
    switch (mutator.below(11)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, token);
      case 2 -> Collections.swap(tokens, at, mutator.below(tokens.size()));
      case 3 -> tokens.add(at, mutator.one(pieces));
      case 4 -> tokens.set(at, mutator.one(pieces));
      case 5, 6 -> number(tokens, mutator);
      case 7 -> everywhere(tokens, token, mutator);
      default ->
          tokens.set(at, alike(kind(token), mutator.once(3) ? split(other) : tokens, mutator));
    }
    return String.join("", tokens);
  }

  /** Another number in place of one of the text's. */
  private void number(List<String> tokens, Mutator mutator) {
    int from = mutator.below(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      int at = (from + i) % tokens.size();
      String token = tokens.get(at);
      if (kind(token) == Kind.NUMBER || token.startsWith("\"0x")) {
        String number = mutator.one(numbers);
        tokens.set(at, token.startsWith("\"") ? "\"" + number + "\"" : number);
        return;
      }
    }
  }

  /** A size or a name that changes wherever it stands fits together as before. */
  private void everywhere(List<String> tokens, String token, Mutator mutator) {
    boolean number = kind(token) == Kind.NUMBER;
    String other = number ? mutator.one(numbers) : alike(kind(token), tokens, mutator);
    tokens.replaceAll(one -> one.equals(token) ? other : one);
  }

  private static String alike(Kind kind, List<String> tokens, Mutator mutator) {
    List<String> alike = tokens.stream().filter(token -> kind(token) == kind).toList();
    return alike.isEmpty() ? mutator.one(tokens) : mutator.one(alike);
  }

  private String characters(String text, Mutator mutator) {
    int at = mutator.below(text.length());
    int end = Math.min(text.length(), at + 1 + mutator.below(mutator.once(3) ? 60 : 3));
    StringBuilder mutant = new StringBuilder(text);
    switch (mutator.below(5)) {
      case 0 -> mutant.delete(at, end);
      case 1 -> mutant.insert(at, text, at, end);
      case 2 -> mutant.replace(at, end, mutator.one(pieces));
      case 3 -> mutant.setLength(at);
      default -> mutant.setCharAt(at, (char) (text.charAt(at) ^ 1 << mutator.below(8)));
    }
    return mutant.toString();
  }

  private static String lines(String text, String other, Mutator mutator) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
    int at = mutator.below(lines.size());
    switch (mutator.below(4)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, lines.get(at));
      case 2 -> Collections.swap(lines, at, mutator.below(lines.size()));
      default -> lines.add(at, mutator.one(List.of(other.split("(?<=\n)"))));
    }
    return String.join("", lines);
  }

  /** Several tokens moved or, once in a while, repeated many times: depth and length. */
  private static String stretches(String text, String other, Mutator mutator) {
    List<String> tokens = split(text);
    List<String> from = mutator.once(3) && !other.isEmpty() ? split(other) : tokens;
    int begin = mutator.below(from.size());
    int end = Math.min(from.size(), begin + 1 + mutator.below(12));
    String stretch = String.join("", from.subList(begin, end));
    int times = mutator.once(4) ? 1 + mutator.below(1000) : 1;
    tokens.add(mutator.below(tokens.size() + 1), stretch.repeat(times));
    return String.join("", tokens);
  }
}
