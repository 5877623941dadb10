package io.lipc.benchmarks.uci;

/**
 * The measures for which a network is made.
 *
 * @param features of the set
 * @param classes of the set
 * @param depth hidden layers; an SLL block is one
 * @param width elements of each hidden layer
 */
record Shape(int features, int classes, int depth, int width) {

  /**
   * The elements that SLL blocks read and give. They cannot change it, so zeros behind the features
   * leave room for more, as many as in the published result files.
   */
  int padded() {
    return Math.max(10, 2 * features);
  }

  Shape of(int otherDepth, int otherWidth) {
    return new Shape(features, classes, otherDepth, otherWidth);
  }
}
