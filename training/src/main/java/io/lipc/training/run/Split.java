package io.lipc.training.run;

import io.lipc.formats.Digest;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.RegressionData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Two parts of a data set.
 *
 * @param <D> the samples
 * @param training what gradients come from
 * @param heldOut what decides when to stop and which parameters are best
 */
public record Split<D extends FeatureRows<D>>(D training, D heldOut) {

  /**
   * Draws the same share of each class, to the nearest sample, and at least one sample on each side
   * of classes that have two.
   *
   * @param share of the held-out part, within (0, 1)
   * @throws DataException if no class has two samples
   */
  public static Split<Dataset> stratified(Dataset data, double share, long seed)
      throws DataException {
    requireShare(share);
    boolean[] isHeldOut = new boolean[data.size()];
    for (int c = 0; c < data.classes().size(); c++) {
      int[] members = samples(data, c);
      int count = (int) Math.rint(share * members.length);
      count = Math.max(Math.min(count, members.length - 1), Math.min(1, members.length - 1));
      int[] order =
          Seeds.permutation(members.length, Seeds.generator(seed, Seeds.Purpose.SPLIT, c));
      for (int i = 0; i < count; i++) {
        isHeldOut[members[order[i]]] = true;
      }
    }
    int[] heldOut = where(isHeldOut, true);
    if (heldOut.length == 0) {
      throw new DataException("no class has two samples, so nothing can be held out");
    }
    return new Split<>(data.subset(where(isHeldOut, false)), data.subset(heldOut));
  }

  /**
   * Draws a share of all samples, to the nearest one, and at least one on each side; both parts
   * keep the order of the samples.
   *
   * @param share of the held-out part, within (0, 1)
   * @throws DataException if there is a single sample
   */
  public static Split<RegressionData> random(RegressionData data, double share, long seed)
      throws DataException {
    requireShare(share);
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
    return new Split<>(data.subset(training), data.subset(heldOut));
  }

  private static void requireShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the held-out share is " + share);
    }
  }

  /** The digest of both parts. */
  Digest digest() {
    String digests = training.digest() + " " + heldOut.digest();
    return Digest.of(digests.getBytes(StandardCharsets.UTF_8));
  }

  private static int[] samples(Dataset data, int label) {
    boolean[] isMember = new boolean[data.size()];
    for (int sample = 0; sample < data.size(); sample++) {
      isMember[sample] = data.label(sample) == label;
    }
    return where(isMember, true);
  }

  private static int[] where(boolean[] flags, boolean value) {
    int[] indices = new int[flags.length];
    int count = 0;
    for (int i = 0; i < flags.length; i++) {
      if (flags[i] == value) {
        indices[count++] = i;
      }
    }
    return Arrays.copyOf(indices, count);
  }
}
