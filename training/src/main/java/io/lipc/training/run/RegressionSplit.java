package io.lipc.training.run;

import io.lipc.training.table.DataException;
import io.lipc.training.table.RegressionData;
import java.util.Arrays;

/**
 * Two parts of the samples of a regression.
 *
 * @param training what gradients come from
 * @param heldOut what decides when to stop and which parameters are best
 */
public record RegressionSplit(RegressionData training, RegressionData heldOut) {

  /**
   * Draws a share of all samples, to the nearest one, and at least one on each side; both parts
   * keep the order of the samples.
   *
   * @param share of the held-out part, within (0, 1)
   * @throws DataException if there is a single sample
   */
  public static RegressionSplit random(RegressionData data, double share, long seed)
      throws DataException {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the held-out share is " + share);
    }
    if (data.size() < 2) {
      throw new DataException("there is a single sample, so nothing can be held out");
    }
    int count = (int) Math.rint(share * data.size());
    count = Math.max(Math.min(count, data.size() - 1), 1);
    int[] order = Seeds.permutation(data.size(), Seeds.generator(seed, Seeds.Purpose.SPLIT, 0));
    int[] heldOut = Arrays.copyOf(order, count);
    int[] training = Arrays.copyOfRange(order, count, order.length);
    Arrays.sort(heldOut);
    Arrays.sort(training);
    return new RegressionSplit(data.subset(training), data.subset(heldOut));
  }
}
