package io.lipc.training.run;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random numbers by seed and purpose. Each epoch has its own, so a resumed run needs no generator's
 * state.
 */
final class Seeds {

  /** The purposes of random numbers, each with a seed of its own. */
  enum Purpose {
    SPLIT(1),
    INITIAL_PARAMETERS(2),
    SHUFFLE(3);

    private final long salt;

    Purpose(long salt) {
      this.salt = salt;
    }
  }

  private Seeds() {}

  static RandomGenerator generator(long seed, Purpose purpose, long index) {
    return new SplittableRandom(mix(mix(mix(seed) + purpose.salt) + index));
  }

  /** The numbers from 0 to {@code size - 1} in random order. */
  static int[] permutation(int size, RandomGenerator random) {
    int[] permutation = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }

  /** A bijection that scatters neighbouring seeds: the finaliser of SplitMix64 (Steele 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
