package io.lipc.onnx.operator;

import io.lipc.model.Shape;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Pick;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Operators that take pixels from elsewhere: Resize and Upsample, DepthToSpace and SpaceToDepth.
 * Each of them is a selection, except linear resizing, which is an {@link Interpolation}.
 */
final class Resizing {

  /** No extent is larger, and no factor. */
  private static final int MOST = Shape.MAX_SIZE;

  private final Arguments arguments;
  private final Layers layers;

  Resizing(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  /** By how much an extent grows: up / down. */
  private record Factor(long up, long down) {

    /** The most bits of a scale behind the point. */
    private static final int BITS = 30;

    /** The factor that a scale is, if it has few bits. */
    static Optional<Factor> of(double scale) {
      double up = Math.scalb(scale, BITS);
      if (!(up >= 1 && up <= Math.scalb(1.0 * MOST, BITS) && up == Math.rint(up))) {
        return Optional.empty();
      }
      return Optional.of(reduced((long) up, 1L << BITS));
    }

    static Factor reduced(long up, long down) {
      long common = BigInteger.valueOf(up).gcd(BigInteger.valueOf(down)).longValueExact();
      return new Factor(up / common, down / common);
    }

    /** Whether it is whole, or the inverse of a power of two: then places are exact in floats. */
    boolean isExact() {
      return down == 1 || (up == 1 && Long.bitCount(down) == 1);
    }

    /** The extent that one becomes, or some number above {@link #MOST}. */
    long extent(int from) {
      BigInteger extent =
          BigInteger.valueOf(up)
              .multiply(BigInteger.valueOf(from))
              .divide(BigInteger.valueOf(down));
      return extent.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }
  }

  Value.Signal upsample() throws OnnxException {
    if (arguments.opset() < 9) {
      arguments.expect(1, 1, "mode", "scales");
    } else {
      arguments.expect(2, 2, "mode");
    }
    double[] scales =
        arguments.opset() < 9 ? arguments.reals("scales") : arguments.real(1, "scales").values();
    return resized(factors(scales, all()), "asymmetric", "floor");
  }

  Value.Signal resize() throws OnnxException {
    if (arguments.opset() < 11) {
      arguments.expect(2, 2, "mode");
      return resized(factors(arguments.real(1, "scales").values(), all()), "asymmetric", "floor");
    }
    arguments.expect(
        1,
        4,
        "antialias",
        "axes",
        "coordinate_transformation_mode",
        "cubic_coeff_a",
        "exclude_outside",
        "extrapolation_value",
        "keep_aspect_ratio_policy",
        "mode",
        "nearest_mode");
    if (arguments.integer("antialias", 0) != 0
        || !arguments.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
      throw unread("resizes with antialias, or keeps a ratio of extents");
    }
    return resized(
        factors(),
        arguments.text("coordinate_transformation_mode", "half_pixel"),
        arguments.text("nearest_mode", "round_prefer_floor"));
  }

  private OnnxException unread(String clause) {
    return arguments.unread(
        clause,
        Outlook.PLANNED,
        "resize with mode = linear, or with mode = nearest by whole factors and with half_pixel or"
            + " asymmetric coordinates");
  }

  private List<Integer> all() {
    List<Integer> axes = new ArrayList<>();
    for (int d = 0; d < arguments.value(0).shape().size(); d++) {
      axes.add(d);
    }
    return axes;
  }

  /** By the scales or the sizes that a node states; one of them may be an empty list. */
  private List<Factor> factors() throws OnnxException {
    List<Integer> axes = all();
    if (arguments.has("axes")) {
      axes = new ArrayList<>();
      for (long axis : arguments.longs("axes")) {
        axes.add(arguments.place(axis, arguments.value(0).shape().size()));
      }
    }
    boolean scaled =
        arguments.optional(2).filter(given -> Shapes.size(given.shape()) > 0).isPresent();
    if (scaled == arguments.optional(3).isPresent()) {
      throw arguments.invalid("has neither scales nor sizes, or both");
    }
    if (scaled) {
      return factors(arguments.real(2, "scales").values(), axes);
    }
    return factors(arguments.integers(3, "sizes"), axes);
  }

  private List<Factor> factors(double[] scales, List<Integer> axes) throws OnnxException {
    List<Factor> factors = ones(scales.length, axes);
    for (int i = 0; i < scales.length; i++) {
      double scale = scales[i];
      factors.set(axes.get(i), Factor.of(scale).orElseThrow(() -> unread(scale)));
    }
    return factors;
  }

  private List<Factor> factors(OnnxConstant sizes, List<Integer> axes) throws OnnxException {
    List<Factor> factors = ones(sizes.size(), axes);
    for (int i = 0; i < sizes.size(); i++) {
      int from = arguments.value(0).shape().get(axes.get(i));
      if (!(sizes.get(i) >= 1 && sizes.get(i) <= MOST) || from < 1) {
        throw unread(sizes.get(i) / from);
      }
      factors.set(axes.get(i), Factor.reduced((long) sizes.get(i), from));
    }
    return factors;
  }

  private List<Factor> ones(int given, List<Integer> axes) throws OnnxException {
    if (given != axes.size()) {
      throw arguments.invalid(
          "has %d scales or sizes for %d extents".formatted(given, axes.size()));
    }
    return new ArrayList<>(
        Collections.nCopies(arguments.value(0).shape().size(), new Factor(1, 1)));
  }

  private OnnxException unread(double factor) {
    return unread("resizes an extent by the factor " + factor);
  }

  /** The extents of the result. */
  private List<Integer> extents(List<Factor> factors) throws OnnxException {
    List<Integer> extents = new ArrayList<>();
    for (int d = 0; d < factors.size(); d++) {
      long to = factors.get(d).extent(arguments.value(0).shape().get(d));
      if (to < 1 || to > MOST) {
        throw arguments.unread(
            "gives an extent of " + to, Outlook.NOT_PLANNED, "make the image smaller before it");
      }
      extents.add((int) to);
    }
    if (!Shapes.isValid(extents.stream().map(Integer::longValue).toList())) {
      throw arguments.unread(
          "gives an image that is too large",
          Outlook.NOT_PLANNED,
          "make the image smaller before it");
    }
    return extents;
  }

  private Value.Signal resized(List<Factor> factors, String coordinates, String rounding)
      throws OnnxException {
    String mode = arguments.text("mode", "nearest");
    boolean linear = mode.equals("linear") && Interpolation.COORDINATES.contains(coordinates);
    boolean nearest = mode.equals("nearest") && Interpolation.CENTRED_OR_NOT.contains(coordinates);
    if (!linear && !nearest) {
      throw unread(
          "resizes with mode = %s and %s coordinates"
              .formatted(OnnxException.quote(mode), OnnxException.quote(coordinates)));
    }
    if (linear) {
      return linear(factors, coordinates);
    }
    for (Factor factor : factors) {
      if (!factor.isExact()) {
        throw unread(1.0 * factor.up() / factor.down());
      }
    }
    return nearest(factors, coordinates, rounding);
  }

  /** One axis after the other, those that become smaller first. */
  private Value.Signal linear(List<Factor> factors, String coordinates) throws OnnxException {
    List<Integer> extents = extents(factors);
    Value.Signal x = arguments.signal(0);
    List<Integer> axes = new ArrayList<>(all());
    axes.sort(Comparator.comparingDouble(d -> 1.0 * factors.get(d).up() / factors.get(d).down()));
    for (int axis : axes) {
      Factor factor = factors.get(axis);
      if (factor.up() != factor.down()) {
        x =
            new Interpolation(
                    x.shape().get(axis), extents.get(axis), factor.up(), factor.down(), coordinates)
                .apply(x, axis, arguments, layers);
      }
    }
    return x;
  }

  private Value.Signal nearest(List<Factor> factors, String coordinates, String rounding)
      throws OnnxException {
    if (!List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil").contains(rounding)) {
      throw arguments.invalid("has nearest_mode = " + OnnxException.quote(rounding));
    }
    boolean half = !coordinates.equals("asymmetric");
    Value.Signal x = arguments.signal(0);
    List<Integer> extents = extents(factors);
    List<int[]> taken = new ArrayList<>();
    for (int d = 0; d < factors.size(); d++) {
      int from = x.shape().get(d);
      Factor factor = factors.get(d);
      int[] places = new int[extents.get(d)];
      boolean centre = coordinates.equals("pytorch_half_pixel") && places.length == 1;
      Arrays.setAll(
          places, o -> centre ? 0 : Math.clamp(place(o, factor, half, rounding), 0, from - 1));
      taken.add(places);
    }
    return picked(x, Pick.taken(x.shape(), taken).orElseThrow());
  }

  /**
   * The pixel that is nearest to the coordinate of output {@code o}: (o + 1/2) down / up - 1/2, or
   * o down / up, as a quotient of integers.
   */
  private static long place(long o, Factor factor, boolean half, String rounding) {
    long over = 2L * factor.up();
    long number = half ? (2 * o + 1) * factor.down() - factor.up() : 2 * o * factor.down();
    return switch (rounding) {
      case "floor" -> Math.floorDiv(number, over);
      case "ceil" -> Math.ceilDiv(number, over);
      case "round_prefer_ceil" -> Math.floorDiv(2 * number + over, 2 * over);
      default -> Math.ceilDiv(2 * number - over, 2 * over);
    };
  }

  /** Channels become pixels of blocks. */
  Value.Signal depthToSpace() throws OnnxException {
    arguments.expect(1, 1, "blocksize", "mode");
    Value.Signal x = arguments.signal(0);
    List<Integer> from = image(x);
    int block = block();
    String mode = arguments.text("mode", "DCR");
    if (from.get(1) % ((long) block * block) != 0 || !List.of("DCR", "CRD").contains(mode)) {
      throw arguments.invalid(
          "makes blocks of %d x %d of %d channels, with mode = %s"
              .formatted(block, block, from.get(1), OnnxException.quote(mode)));
    }
    int channels = from.get(1) / (block * block);
    boolean depthFirst = mode.equals("DCR");
    List<Integer> parts =
        depthFirst
            ? List.of(from.get(0), block, block, channels, from.get(2), from.get(3))
            : List.of(from.get(0), channels, block, block, from.get(2), from.get(3));
    List<Integer> order = depthFirst ? List.of(0, 3, 4, 1, 5, 2) : List.of(0, 1, 4, 2, 5, 3);
    List<Integer> to = List.of(from.get(0), channels, from.get(2) * block, from.get(3) * block);
    return picked(x, Pick.transposed(parts, order).reshaped(to));
  }

  /** The pixels of blocks become channels. */
  Value.Signal spaceToDepth() throws OnnxException {
    arguments.expect(1, 1, "blocksize");
    Value.Signal x = arguments.signal(0);
    List<Integer> from = image(x);
    int block = block();
    if (from.get(2) % block != 0 || from.get(3) % block != 0) {
      throw arguments.invalid(
          "makes channels of blocks of %d x %d of %s".formatted(block, block, Shapes.words(from)));
    }
    int height = from.get(2) / block;
    int width = from.get(3) / block;
    List<Integer> parts = List.of(from.get(0), from.get(1), height, block, width, block);
    List<Integer> to = List.of(from.get(0), from.get(1) * block * block, height, width);
    return picked(x, Pick.transposed(parts, List.of(0, 3, 5, 1, 2, 4)).reshaped(to));
  }

  private List<Integer> image(Value.Signal x) throws OnnxException {
    if (x.shape().size() != 4) {
      throw arguments.invalid(
          "reads " + Shapes.words(x.shape()) + ", and not [1, channels, height, width]");
    }
    return x.shape();
  }

  private int block() throws OnnxException {
    long block = arguments.integer("blocksize", 0);
    if (block < 1 || block > 1024) {
      throw arguments.invalid("has blocksize = " + block);
    }
    return (int) block;
  }

  private Value.Signal picked(Value.Signal x, Pick pick) throws OnnxException {
    arguments.budget().numbers(pick.places().length);
    return new Value.Signal(
        layers.select(x.layer(), pick.places(), Shapes.ofRow(pick.shape())), pick.shape());
  }
}
