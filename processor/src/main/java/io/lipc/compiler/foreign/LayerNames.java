package io.lipc.compiler.foreign;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The names of layers and tensors of an imported network: those of its file, if the language has
 * such words.
 */
final class LayerNames {

  private static final String WEIGHT = ".weight";

  /** Words that name no layer. */
  private static final Set<String> RESERVED =
      Set.of("package", "network", "return", "true", "false");

  private final Set<String> layers = new HashSet<>(RESERVED);
  private final Set<String> prefixes = new HashSet<>();

  /**
   * A name that no layer has yet.
   *
   * @param wanted what it is to be, where that is a word and free; else what is nearest to it
   */
  String layer(String wanted) {
    return free(word(wanted), layers);
  }

  /**
   * A prefix for the names of a layer's tensors that no other layer has yet. A tensor {@code
   * P.weight} keeps its name, any other gives its name to the layer.
   *
   * @param weight the name of its first tensor in the file, if it has one
   * @param otherwise the name to use without it
   */
  String prefix(Optional<String> weight, String otherwise) {
    String known = weight.orElse(otherwise);
    boolean kept = known.endsWith(WEIGHT) && isPlain(known) && known.length() > WEIGHT.length();
    return free(
        kept ? known.substring(0, known.length() - WEIGHT.length()) : word(known), prefixes);
  }

  /** Whether a string literal holds it as it is, and a message shows it so. */
  private static boolean isPlain(String name) {
    return name.length() <= 80
        && name.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\');
  }

  static String word(String name) {
    String letters = name.replaceAll("[^A-Za-z0-9_]", "_");
    String shortened = letters.length() <= 80 ? letters : letters.substring(0, 80);
    return shortened.isEmpty() || Character.isDigit(shortened.charAt(0))
        ? "_" + shortened
        : shortened;
  }

  private static String free(String wanted, Set<String> taken) {
    String name = wanted;
    for (int k = 2; !taken.add(name); k++) {
      name = wanted + "_" + k;
    }
    return name;
  }
}
