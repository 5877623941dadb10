package io.lipc.unroller;

import java.util.List;

/** Pools over images, for floats and for doubles from one text: see {@link Element}. */
final class PoolingTwins {

  private static final String LINEAR = "io.lipc.certificate.linear.";

  private PoolingTwins() {}

  /** Averages and maxima over windows, by plain loops. */
  static UnrolledClass pooling(Element element) {
    String name = element.word() + "Pooling";
    return new UnrolledClass(
        name,
        "final class " + name,
        element.typed(
            """
            The loops of {@link {Type}Pool}: averages or maxima of each channel of an image over windows that
            lie within it.
            """),
        List.of(
            LINEAR + "Axis",
            LINEAR + "Grid",
            LINEAR + "Window",
            "io.lipc.runtime.layout.ImageSteps"),
        element.typed(
            """
            final boolean isMaximum;
            final T factor;
            final Grid output;
            final Axis down;
            final Axis right;
            private final ImageSteps flatInput;
            private final ImageSteps flatOutput;
            """),
        element.typed(
            """
            /**
             * A pool.
             *
             * @param factor what each element of an average is multiplied with
             * @throws IllegalArgumentException if the window does not fit, or has zeros around it
             */
            {Type}Pooling(boolean isMaximum, T factor, Grid input, Window window) {
              this.isMaximum = isMaximum;
              this.factor = factor;
              this.output = output(input, window);
              this.down = window.vertical();
              this.right = window.horizontal();
              this.flatInput = ImageSteps.flat(input);
              this.flatOutput = ImageSteps.flat(output);
            }
            """),
        poolingMethods().stream().map(element::typed).toList());
  }

  private static List<String> poolingMethods() {
    return List.of(
        """
        private static Grid output(Grid input, Window window) {
          if (!window.isPlain()) {
            throw new IllegalArgumentException("a pool with zeros around its image");
          }
          return input
              .through(window, input.channels())
              .orElseThrow(
                  () -> new IllegalArgumentException("a window that does not fit into " + input));
        }
        """,
        """
        /** Evaluates the layer on one image, {@code [c][h][w]} as its result. */
        void apply(T[] x, T[] y) {
          apply(x, flatInput, y, flatOutput);
        }
        """,
        """
        /** The same of an image whose elements stand elsewhere. */
        void apply(T[] x, ImageSteps from, T[] y) {
          apply(x, from, y, flatOutput);
        }
        """,
        """
        /** The same with a result whose elements stand elsewhere. */
        void apply(T[] x, ImageSteps from, T[] y, ImageSteps to) {
          for (int p = 0; p < output.height(); p++) {
            for (int c = 0; c < output.channels(); c++) {
              int at = from.place(c, p * down.stride());
              row(x, at, from, y, to.place(c, p), to.pixel());
            }
          }
        }
        """,
        """
        /**
         * A row of one channel, one element of all windows after the other: where a loop ends in a
         * single maximum, C2 compares and jumps, and random numbers take twice as long.
         */
        private void row(T[] x, int at, ImageSteps from, T[] y, int to, int step) {
          int pixelStep = from.pixel() * right.stride();
          for (int q = 0; q < output.width(); q++) {
            y[to + q * step] = isMaximum ? x[at + q * pixelStep] : 0;
          }
          for (int u = 0; u < down.kernel(); u++) {
            for (int v = 0; v < right.kernel(); v++) {
              int first = at + u * from.row() * down.dilation() + v * from.pixel() * right.dilation();
              if (isMaximum) {
                raise(x, first, pixelStep, y, to, step);
              } else {
                add(x, first, pixelStep, y, to, step);
              }
            }
          }
        }
        """,
        """
        private void raise(T[] x, int first, int pixelStep, T[] y, int to, int step) {
          for (int q = 0; q < output.width(); q++) {
            y[to + q * step] = Math.max(x[first + q * pixelStep], y[to + q * step]);
          }
        }
        """,
        """
        private void add(T[] x, int first, int pixelStep, T[] y, int to, int step) {
          for (int q = 0; q < output.width(); q++) {
            y[to + q * step] = Math.fma(x[first + q * pixelStep], factor, y[to + q * step]);
          }
        }
        """);
  }
}
