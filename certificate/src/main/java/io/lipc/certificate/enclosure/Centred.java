package io.lipc.certificate.enclosure;

import static io.lipc.certificate.enclosure.Outward.down;
import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap;

/**
 * Ranges by component, as centres and radii, for sums of products over many of them: the sums are
 * taken in doubles as they come, and widened once at their end by what they lost, as {@link
 * Outward} says. That is faster than to round each operation outward; for ranges much wider than
 * the last place of their ends it is as narrow.
 *
 * @param centre between the ends of each range
 * @param radius not less than the distance of either end from the centre
 * @param size not less than the magnitude of any number of the range, nor of the centre
 */
record Centred(double[] centre, double[] radius, double[] size) {

  /** Room for {@code count} ranges, which {@link #set} gives. */
  static Centred of(int count) {
    return new Centred(new double[count], new double[count], new double[count]);
  }

  /** The centre is kept between the ends, however it is rounded; so no larger than both. */
  void set(int at, Range range, double magnitude) {
    double middle =
        Math.max(range.lower(), Math.min(range.lower() / 2 + range.upper() / 2, range.upper()));
    centre[at] = middle;
    radius[at] = Math.max(up(middle - range.lower()), up(range.upper() - middle));
    size[at] = magnitude;
  }

  /**
   * A sum of products.
   *
   * @param range what it lies in
   * @param terms not less than the sum of the magnitudes of its terms
   * @param count the number of its terms
   */
  record Sum(Range range, double terms, int count) {}

  /**
   * {@code sum_k factors_k x_(places_k) + shift}: count terms. The sums of radii and of sizes have
   * no negative terms; {@code terms} bounds the magnitudes in that of the centres, which so is off
   * by gamma times as much. Where doubles overflow, sums may be NaN, and all numbers are possible:
   * {@code terms} is not finite then, and so {@code wide} is not.
   */
  Sum sum(LinearMap.Row row, double shift) {
    double centreSum = shift;
    double radiusSum = 0;
    double termsSum = Math.abs(shift);
    for (int k = 0; k < row.places().length; k++) {
      int j = row.places()[k];
      double factor = row.factors()[k];
      double magnitude = Math.abs(factor);
      centreSum += factor * centre[j];
      radiusSum += magnitude * radius[j];
      termsSum += magnitude * size[j];
    }
    int count = row.places().length + 1;
    double terms = Outward.sum(termsSum, count);
    double wide = up(Outward.sum(radiusSum, count) + Outward.lost(terms, count));
    return new Sum(new Range(down(centreSum - wide), up(centreSum + wide)), terms, count);
  }
}
