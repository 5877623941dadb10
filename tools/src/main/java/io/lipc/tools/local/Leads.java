package io.lipc.tools.local;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which output is the class of an input. */
enum Leads {
  LARGEST,
  SMALLEST;

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The words of the option. */
  static final class Words implements ITypeConverter<Leads>, Iterable<String> {

    /** Created by picocli. */
    Words() {}

    @Override
    public Leads convert(String word) {
      return Arrays.stream(values())
          .filter(one -> one.word().equals(word))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("'" + word + "' is neither largest nor smallest"));
    }

    @Override
    public Iterator<String> iterator() {
      return List.of(LARGEST.word(), SMALLEST.word()).iterator();
    }
  }
}
