package io.lipc.training;

/** Samples, as far as a network reads them: rows of finite numbers. Immutable. */
public sealed interface FeatureRows permits Dataset, RegressionData {

  /** The number of samples. */
  int size();

  /** The number of features of each sample. */
  int featureCount();

  /** One feature of a sample, both counted from 0. */
  double feature(int sample, int feature);

  /** A copy of the features of a sample. */
  double[] features(int sample);
}
