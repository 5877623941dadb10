package io.lipc.tools.command;

import io.lipc.certificate.Unit;
import io.lipc.model.Decimals;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The words for boxes of inputs in sentences. */
public final class BoxWords {

  private static final int MOST = 6;

  private BoxWords() {}

  /**
   * The box, as in {@code [-0.1, 0.1] for each element} or {@code [0.0, 1.0] x [0.5, 0.5]}; of more
   * than six different intervals the first six are listed.
   */
  public static String of(Unit.Box box) {
    int size = box.lower().size();
    if (IntStream.range(1, size).allMatch(i -> side(box, i).equals(side(box, 0)))) {
      return size == 1 ? side(box, 0) : side(box, 0) + " for each element";
    }
    String first =
        IntStream.range(0, Math.min(size, MOST))
            .mapToObj(i -> side(box, i))
            .collect(Collectors.joining(" x "));
    return first + (size > MOST ? " and " + (size - MOST) + " more intervals" : "");
  }

  private static String side(Unit.Box box, int i) {
    return "["
        + Decimals.plain(box.lower().get(i))
        + ", "
        + Decimals.plain(box.upper().get(i))
        + "]";
  }
}
