package io.lipc.unroller;

import static io.lipc.unroller.Code.block;
import static io.lipc.unroller.Code.capitalized;
import static io.lipc.unroller.Code.each;
import static io.lipc.unroller.Code.endsFirst;
import static io.lipc.unroller.Code.lines;
import static io.lipc.unroller.Code.method;
import static io.lipc.unroller.Code.upTo;
import static io.lipc.unroller.Code.word;

/**
 * A register tile of a convolution: a few neighbouring pixels by one or two vectors of output
 * channels. In the method, {@code p} numbers pixels and {@code v} vectors; the sum {@code c{p}{v}}
 * gains {@code x{p} w{v}} from each element of the kernel, in their order.
 */
record PixelTile(int pixels, int vectors) {

  private static final String PARAMETERS =
      "float[] x, int from, float[] packed, float[] bias, float floor, int output, float[] y, int to";

  /** The name of its method. */
  String name() {
    return word(pixels) + "By" + capitalized(vectors);
  }

  String straight() {
    return method(
        "%s %s by %s %s of channels."
            .formatted(
                capitalized(pixels),
                pixels == 1 ? "pixel" : "pixels",
                word(vectors),
                vectors == 1 ? "vector" : "vectors"),
        "private static void " + name(),
        PARAMETERS,
        eachVector(
            "FloatVector b{v} = FloatVector.fromArray(SPECIES, bias, output + {v} * LANES);"),
        eachPixel(eachVector("FloatVector c{p}{v} = b{v};")),
        "int w = output * TAPS;",
        block(
            "for (int u = 0; u < KERNEL_ROWS; u++)",
            block(
                "for (int r = 0; r < RUNS; r++, w += RUN * STEP)".replace("STEP", step()),
                "int first = from + u * ROW_STEP + r * RUN_STEP;",
                block("for (int k = 0; k < RUN; k++)", addProducts()))),
        store());
  }

  /** From the weights of one element of the kernel to those of the next. */
  private String step() {
    return vectors == 1 ? "LANES" : vectors + " * LANES";
  }

  private String addProducts() {
    return lines(
        eachVector(
            "FloatVector w{v} = FloatVector.fromArray(SPECIES, packed, w + k * STEP + {v} * LANES);"
                .replace("STEP", step())),
        each(
            "p",
            endsFirst(pixels),
            lines(
                "FloatVector x{p} = FloatVector.broadcast(SPECIES, x[first + k + {p} * PIXEL_STEP]);",
                eachVector("c{p}{v} = x{p}.fma(w{v}, c{p}{v});"))));
  }

  /** As the tiles of dense layers do: {@link Tile}. */
  private String store() {
    return each(
        "p",
        endsFirst(pixels),
        lines(
            "int y{p} = to + {p} * CHANNELS;",
            eachVector(
                "c{p}{v}.blend(floor, c{p}{v}.compare(VectorOperators.LE, floor))"
                    + ".intoArray(y, y{p} + {v} * LANES);")));
  }

  private String eachPixel(String pattern) {
    return each("p", upTo(pixels), pattern);
  }

  private String eachVector(String pattern) {
    return each("v", upTo(vectors), pattern);
  }
}
