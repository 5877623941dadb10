package io.lipc.benchmarks.uci;

/** How deep and wide networks are, so that a comparison is one of constructions. */
final class Widths {

  /** The width of LDLT-L. */
  private static final int WIDTH = 32;

  private static final int WIDEST = 1024;

  private Widths() {}

  /**
   * The shape of a contender.
   *
   * @param depth hidden layers of LDLT-L
   */
  static Shape of(Setting setting, Contender contender, int features, int classes, int depth) {
    return switch (setting) {
      case PAPER, LIPC, PAPER_WARM, PAPER_LEAK ->
          comparable(contender, new Shape(features, classes, depth, WIDTH));
      case FILES -> published(contender, new Shape(features, classes, depth, WIDTH));
    };
  }

  /**
   * The shape as deep as LDLT-L of width 32 whose width comes nearest to its number of parameters.
   */
  private static Shape comparable(Contender contender, Shape reference) {
    if (contender == Contender.LDLT_L) {
      return reference;
    }
    int target = Model.of(Contender.LDLT_L, reference).parameters();
    int low = 1;
    int high = WIDEST;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (parameters(contender, reference, middle) <= target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    int below = target - parameters(contender, reference, low);
    int above = parameters(contender, reference, high) - target;
    return reference.of(reference.depth(), below <= above ? low : high);
  }

  private static int parameters(Contender contender, Shape reference, int width) {
    return Model.of(contender, reference.of(reference.depth(), width)).parameters();
  }

  /**
   * The shape that the numbers of parameters in the published files give: hidden layers of 32 in
   * LDLT-L and SLL; but chains of {@code depth} layers, the last one included, as wide as what SLL
   * blocks read, of the others. Sets of 33 features and more have wider layers there, but not here.
   */
  private static Shape published(Contender contender, Shape reference) {
    return switch (contender) {
      case PLAIN, SLL, SLL_UNPADDED, SLL_NORMAL, LDLT_L, LDLT_R -> reference;
      case AOL, ORTHOGONAL, SANDWICH -> reference.of(reference.depth() - 1, reference.padded());
    };
  }
}
