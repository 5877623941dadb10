package io.lipc.training.run;

/** The course of the learning rate over the epochs. */
public enum Schedule {
  /** The same rate in all epochs. */
  CONSTANT {
    @Override
    double factor(int epoch, int epochs) {
      return 1;
    }
  },
  /** Half a cosine from 1 in the first epoch towards 0 after the last (Loshchilov, Hutter 2017). */
  COSINE {
    @Override
    double factor(int epoch, int epochs) {
      return (1 + StrictMath.cos(Math.PI * (epoch - 1) / epochs)) / 2;
    }
  };

  /** The learning rate of an epoch, counted from 1, as a part of the first one. */
  abstract double factor(int epoch, int epochs);
}
