package io.lipc.unroller;

import static io.lipc.unroller.Code.block;
import static io.lipc.unroller.Code.capitalized;
import static io.lipc.unroller.Code.each;
import static io.lipc.unroller.Code.lines;
import static io.lipc.unroller.Code.method;
import static io.lipc.unroller.Code.upTo;
import static io.lipc.unroller.Code.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The class of the runtime whose copies run convolutions of one shape each. */
final class PixelClass {

  private static final int MOST_VECTORS = 2;

  /** With 32 registers: as many sums, vectors of weights, and what C2 loads ahead. */
  private static final int MOST_SUMS = 16;

  /** More than the name of a number allows for, and than one vector of weights is worth. */
  private static final int MOST_PIXELS = 14;

  private PixelClass() {}

  static UnrolledClass pixelTiles() {
    return new UnrolledClass(
        "PixelTiles",
        "PixelKernel",
        """
        A convolution by register tiles, a few pixels by one or two vectors of channels: a template, of
        which {@link PixelKernel} loads a hidden class for each {@link PixelShape}. The extents are
        constants there, which C2 needs to see where an array ends and to keep a tile's addresses out of
        the registers: measured, 98 % of the peak of fused multiply-adds instead of 83.

        <p>Loaded in the usual way, it fails. It must not have lambdas or nested classes, which would
        refer to the class by its name.

        <p>The parameters of tiles:

        <ul>
          <li>{@code x}, {@code from}: the image, and where the window of the first pixel begins;
          <li>{@code packed}, {@code bias}, {@code floor}: {@code y = max(sum, floor)}; the weights of a
              tile's channels stand one behind the other, those of one element of the kernel side by
              side, in the order of sums;
          <li>{@code output}: the first channel;
          <li>{@code y}, {@code to}: where the first channel of the first pixel goes.
        </ul>

        <p>The form of a tile is that of {@link VectorTiles}, for the same reasons.
        """,
        List.of(
            "java.lang.invoke.MethodHandles",
            "jdk.incubator.vector.FloatVector",
            "jdk.incubator.vector.VectorOperators",
            "jdk.incubator.vector.VectorSpecies"),
        """
        private static final VectorSpecies<Float> SPECIES = VectorTiles.SPECIES;
        private static final int LANES = VectorTiles.LANES;

        private static final PixelShape SHAPE = PixelShape.ofHiddenClass(MethodHandles.lookup());
        private static final int CHANNELS = SHAPE.channels();
        private static final int HEIGHT = SHAPE.height();
        private static final int WIDTH = SHAPE.width();
        private static final int START = SHAPE.start();
        private static final int KERNEL_ROWS = SHAPE.kernelRows();
        private static final int RUNS = SHAPE.runs();
        private static final int RUN = SHAPE.run();
        private static final int RUN_STEP = SHAPE.runStep();
        private static final int ROW_STEP = SHAPE.rowStep();
        private static final int LINE_STEP = SHAPE.lineStep();
        private static final int PIXEL_STEP = SHAPE.pixelStep();
        private static final int PIXELS_BY_ONE = SHAPE.pixelsByOne();
        private static final int PIXELS_BY_TWO = SHAPE.pixelsByTwo();
        private static final int TAPS = KERNEL_ROWS * RUNS * RUN;
        """,
        members());
  }

  private static List<String> members() {
    List<String> members = new ArrayList<>();
    members.add(apply());
    for (int vectors = MOST_VECTORS; vectors > 0; vectors--) {
      members.add(strip(vectors));
      for (int pixels = mostPixels(vectors); pixels > 0; pixels--) {
        members.add(new PixelTile(pixels, vectors).straight());
      }
    }
    return List.copyOf(members);
  }

  private static int mostPixels(int vectors) {
    return Math.min(MOST_SUMS / vectors, MOST_PIXELS);
  }

  /** Weights are read again and again while they are in the first-level cache. */
  private static String apply() {
    return "@Override\n"
        + method(
            "",
            "public void apply",
            "float[] x, float[] packed, float[] bias, float floor, float[] y, int to, int pitch",
            "int output = 0;",
            block("for (; output + LANES < CHANNELS; output += 2 * LANES)", strips("stripsByTwo")),
            block("for (; output < CHANNELS; output += LANES)", strips("stripsByOne")));
  }

  private static String strips(String name) {
    return block(
        "for (int p = 0; p < HEIGHT; p++)",
        "int from = START + p * LINE_STEP;",
        name.replace("strips", "strip")
            + "(x, from, packed, bias, floor, output, y, to + p * pitch + output);");
  }

  /** The tiles of one row of pixels: the last overlaps the one before, if need be. */
  private static String strip(int vectors) {
    int most = mostPixels(vectors);
    String pixels = "PIXELS_BY_" + word(vectors).toUpperCase(Locale.ROOT);
    String arguments = "(x, first, packed, bias, floor, output, y, at);";
    return method(
        "A row of pixels; what is computed twice is the same.",
        "private static void stripBy" + capitalized(vectors),
        "float[] x, int from, float[] packed, float[] bias, float floor, int output, float[] y, int to",
        block(
            "for (int q = 0; q < WIDTH; q += " + pixels + ")",
            "int pixel = Math.min(q, WIDTH - " + pixels + ");",
            "int first = from + pixel * PIXEL_STEP;",
            "int at = to + pixel * CHANNELS;",
            block(
                "switch (" + pixels + ")",
                each(
                    upTo(most - 1),
                    p ->
                        "case %d -> %s%s"
                            .formatted(p + 1, new PixelTile(p + 1, vectors).name(), arguments)),
                lines("default -> " + new PixelTile(most, vectors).name() + arguments))));
  }
}
