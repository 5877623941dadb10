package io.lipc.kernels.java;

import io.lipc.model.activation.Activation;
import java.util.Locale;

/** The names of the functions of activations in generated code: {@code leakyRelu}. */
public final class FunctionNames {

  private FunctionNames() {}

  /** The activation's word, as Java writes names. */
  static String of(Activation activation) {
    String[] words = activation.kind().word().split("_", -1);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(capitalised(words[i]));
    }
    return name.toString();
  }

  /** The same with a capital letter first, for the end of another name: {@code LeakyRelu}. */
  public static String capitalised(Activation activation) {
    return capitalised(of(activation));
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
