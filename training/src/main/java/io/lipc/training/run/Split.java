package io.lipc.training.run;

import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.util.Arrays;

/**
 * Two parts of a data set.
 *
 * @param training what gradients come from
 * @param heldOut what decides when to stop and which parameters are best
 */
public record Split(Dataset training, Dataset heldOut) {

  /**
   * Draws the same share of each class, to the nearest sample, and at least one sample on each side
   * of classes that have two.
   *
   * @param share of the held-out part, within (0, 1)
   * @throws DataException if no class has two samples
   */
  public static Split stratified(Dataset data, double share, long seed) throws DataException {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the held-out share is " + share);
    }
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
    return new Split(data.subset(where(isHeldOut, false)), data.subset(heldOut));
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
