package io.lipc.benchmarks.uci;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Two contenders over the same sets.
 *
 * @param wins the sets on which the first is better
 * @param ties the sets on which both are the same
 * @param difference the mean over the sets of the first minus the second
 * @param p of Wilcoxon's signed rank test over the sets that differ, two-sided (Demšar 2006):
 *     exact, or where differences are equal by the normal distribution; absent where nothing
 *     differs
 */
record Comparison(int wins, int ties, int losses, double difference, OptionalDouble p) {

  /** Means of the same folds are added in another order: what is less apart is the same. */
  private static final double EQUAL = 1e-12;

  /** The comparison of values of the same sets, in the same order, at least one. */
  static Comparison of(double[] first, double[] second) {
    double[] differences = new double[first.length];
    Arrays.setAll(
        differences, i -> Math.abs(first[i] - second[i]) < EQUAL ? 0 : first[i] - second[i]);
    double[] others = Arrays.stream(differences).filter(d -> d != 0).toArray();
    OptionalDouble p =
        others.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(WilcoxonSignedRankTest.withDefaults().test(others).getPValue());
    int wins = (int) Arrays.stream(others).filter(d -> d > 0).count();
    return new Comparison(
        wins,
        differences.length - others.length,
        others.length - wins,
        Arrays.stream(differences).average().orElseThrow(),
        p);
  }
}
