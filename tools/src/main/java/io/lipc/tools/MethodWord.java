package io.lipc.tools;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The search methods as options name them. picocli creates the options of every command at once;
 * with names of our own, {@code lipc verify} loads no class of the certifier even so.
 */
enum MethodWord {
  AUTO,
  NORM_PRODUCT,
  ELEMENTWISE_PRODUCT,
  SCALAR_LMI,
  LAYERWISE_LMI,
  LIPSDP_LAYER,
  LIPSDP_NEURON;

  /** From {@code norm-product} to the constant. */
  static final class Converter implements ITypeConverter<MethodWord> {

    /** Created by picocli. */
    Converter() {}

    @Override
    public MethodWord convert(String word) {
      String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
      for (MethodWord method : MethodWord.values()) {
        if (method.name().equals(name)) {
          return method;
        }
      }
      throw new TypeConversionException("there is no method `" + word + "`");
    }
  }
}
