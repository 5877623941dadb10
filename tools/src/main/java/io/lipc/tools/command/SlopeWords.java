package io.lipc.tools.command;

import io.lipc.certificate.Claim;
import io.lipc.model.Decimals;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The words for bounds of single inputs in sentences. */
public final class SlopeWords {

  private static final int MOST = 6;

  private SlopeWords() {}

  /**
   * A claim, as in {@code each output moves by at most 0.5 |dx[0]| + 2.0 |dx[1]|}; of more than six
   * inputs the first six are listed.
   *
   * @param outputs how many the network has
   */
  public static String of(Claim.Slopes claim, int outputs) {
    List<Double> slopes = claim.slopes();
    String others = slopes.size() > MOST ? " and " + (slopes.size() - MOST) + " more terms" : "";
    return which(claim.outputs(), outputs)
        + " by at most "
        + sum(slopes.subList(0, Math.min(MOST, slopes.size())))
        + others;
  }

  private static String which(List<Integer> about, int outputs) {
    return about.size() == outputs
        ? "each output moves"
        : TrendWords.numbers("output", about) + (about.size() > 1 ? " move" : " moves");
  }

  /** The sum of what each input adds, with each number rounded up. */
  public static String sum(List<Double> slopes) {
    return IntStream.range(0, slopes.size())
        .mapToObj(i -> "%s |dx[%d]|".formatted(Decimals.up(slopes.get(i)), i))
        .collect(Collectors.joining(" + "));
  }
}
