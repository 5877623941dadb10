package io.lipc.formats;

/**
 * Names of networks: words of the language, of ASCII letters, digits and {@code _} with no digit
 * first, joined by dots. A name stands within sentences about bounds, so it has no blank, and
 * nothing that is not drawn or looks like another letter.
 */
public final class NetworkName {

  private NetworkName() {}

  /** Whether a network can be called so. */
  public static boolean isValid(String name) {
    // By a loop: a regular expression of groups has a stack frame for each word of the name.
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean fits = isLetter(c) || (!first && (isDigit(c) || c == '.'));
      if (!fits) {
        return false;
      }
      first = c == '.';
    }
    return !first;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * A name that a network can have.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static String checked(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "no network is called " + Quoted.of(name) + ": its name is ASCII words, joined by dots");
    }
    return name;
  }
}
