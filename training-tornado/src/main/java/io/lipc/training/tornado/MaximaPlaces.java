package io.lipc.training.tornado;

import io.lipc.kernels.graph.PoolKernel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Which tap of each window read its maximum: written by forward passes, read by reverse ones. */
final class MaximaPlaces {

  private final Map<PoolKernel, IntArray> places = new LinkedHashMap<>();

  /** Those of a pool, which gives so many numbers. */
  IntArray of(PoolKernel kernel, int size) {
    return places.computeIfAbsent(kernel, _ -> new IntArray(size));
  }

  Collection<IntArray> all() {
    return places.values();
  }
}
