package io.lipc.tools.certify;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The outputs that a bound is searched for. */
sealed interface Outputs {

  /** The vector of all of them. */
  record All() implements Outputs {}

  /**
   * The vector of some.
   *
   * @param indices from 0; not empty
   */
  record Some(List<Integer> indices) implements Outputs {
    public Some {
      indices = List.copyOf(indices);
    }
  }

  /** Each alone, one after the other. */
  record Each() implements Outputs {}

  /** Reads outputs as the option has them: {@code 0,2}, or {@code each}. */
  final class Words implements ITypeConverter<Outputs> {

    /** Created by picocli. */
    Words() {}

    @Override
    public Outputs convert(String text) {
      if (text.equals("each")) {
        return new Each();
      }
      List<Integer> indices = new ArrayList<>();
      for (String word : text.split(",", -1)) {
        try {
          indices.add(Integer.parseInt(word.strip()));
        } catch (NumberFormatException e) {
          throw new TypeConversionException(
              "`" + word + "` is no output; write numbers from 0, such as 0,2, or `each`");
        }
      }
      return new Some(indices);
    }
  }
}
