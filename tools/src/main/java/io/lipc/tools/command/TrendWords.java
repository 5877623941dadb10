package io.lipc.tools.command;

import io.lipc.certificate.Claim;
import java.util.List;
import java.util.stream.Collectors;

/** The words for trends in sentences. */
public final class TrendWords {

  private static final int MOST = 6;

  private TrendWords() {}

  /** The trends of a network, as in {@code increasing in input 0 and decreasing in input 3}. */
  public static String of(List<Claim.Trend> trends, int outputs) {
    return trends.stream().map(trend -> of(trend, outputs)).collect(Collectors.joining(" and "));
  }

  private static String of(Claim.Trend trend, int outputs) {
    String which =
        trend.outputs().size() == outputs ? "" : " for " + numbers("output", trend.outputs());
    return (trend.rising() ? "increasing" : "decreasing")
        + " in "
        + numbers("input", trend.inputs())
        + which;
  }

  /** Numbers behind what they count, as in {@code inputs 0, 2}; more than six are cut short. */
  static String numbers(String what, List<Integer> numbers) {
    String first =
        numbers.stream().limit(MOST).map(String::valueOf).collect(Collectors.joining(", "));
    String others = numbers.size() > MOST ? " and " + (numbers.size() - MOST) + " more" : "";
    return what + (numbers.size() > 1 ? "s " : " ") + first + others;
  }
}
