package io.lipc.runtime;

import io.lipc.certificate.linear.Convolution;
import java.util.Optional;

/**
 * Which kernels run dense layers and convolutions of F32. All give the same bits.
 *
 * <p>The Vector API is an incubator module: it is there where Java was started with {@code
 * --add-modules jdk.incubator.vector}. The system property {@code lipc.kernels} says {@code
 * scalar}, {@code vector}, or {@code auto}: vectors where they are there and faster, which {@link
 * VectorTrial} finds out.
 */
enum KernelVariant {
  SCALAR,
  VECTOR,
  SWITCHING;

  private static final String PROPERTY = "lipc.kernels";
  private static final String MODULE = "jdk.incubator.vector";

  /** The first Java version whose module has these classes. */
  private static final int VECTORS_FROM = 25;

  /** The longest array that every JVM allocates, if it has the memory. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Four vectors of the 64 lanes that the Vector API has at most. */
  static final int LONGEST_PANEL = 256;

  /** Two vectors of them. */
  static final int MOST_ROWS = 128;

  /** Asked once per JVM. */
  private static final class Chosen {
    static final KernelVariant VARIANT =
        switch (requested()) {
          case "scalar" -> SCALAR;
          case "vector" -> isVectorApiThere() ? VECTOR : SCALAR;
          default -> isVectorApiThere() ? SWITCHING : SCALAR;
        };
  }

  /** The variant of this JVM; {@link #fault()} says whether it is what was asked for. */
  static KernelVariant chosen() {
    return Chosen.VARIANT;
  }

  /** Why the system property cannot be followed, as a clause. */
  static Optional<String> fault() {
    return switch (requested()) {
      case "auto", "scalar" -> Optional.empty();
      case "vector" ->
          isVectorApiThere() && VectorDense.isPossible()
              ? Optional.empty()
              : Optional.of(
                  "-D"
                      + PROPERTY
                      + "=vector, but "
                      + (isJavaNewEnough()
                          ? "the module " + MODULE + " is not there"
                          : "this is not Java " + VECTORS_FROM + " or newer"));
      default ->
          Optional.of("-D" + PROPERTY + "=" + requested() + " is not auto, scalar or vector");
    };
  }

  private static String requested() {
    return System.getProperty(PROPERTY, "auto");
  }

  /** Whether the module was resolved, as it is in the Java that its kernels were compiled for. */
  static boolean isVectorApiThere() {
    return isJavaNewEnough() && ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static boolean isJavaNewEnough() {
    return Runtime.version().feature() >= VECTORS_FROM;
  }

  /**
   * Whether the weights of a layer fit one array with a panel behind them, as {@code Panels} packs
   * them, and another the sums of two vectors of rows. It stands here because asking a class of
   * vectors would load them, which takes a while.
   */
  static boolean canPack(int inputs, int outputs) {
    return (long) Math.max(inputs, MOST_ROWS) * outputs <= LONGEST_ARRAY - LONGEST_PANEL;
  }

  /** A layer in the packing of this variant; one that vectors cannot pack is scalar in all. */
  FloatDense dense(float[][] columns, float[] bias, boolean relu) {
    return (canPack(columns.length, bias.length) ? this : SCALAR).packed(columns, bias, relu);
  }

  /**
   * A convolution in the packing of this variant. With groups, which have few channels each, pixels
   * fill vectors better than channels.
   */
  FloatConvolution convolution(
      Convolution map, ImageLayout input, float[] weight, float[] bias, boolean relu) {
    WindowConvolution windows = new WindowConvolution(this, map, input, weight, bias, relu);
    if (map.groups() > 1) {
      return windows;
    }
    return switch (this) {
      case SCALAR -> windows;
      case VECTOR ->
          new VectorConvolution(windows, VectorConvolution.kernel(map, input), weight, bias, relu);
      case SWITCHING -> {
        ConvolutionTrial trial = ConvolutionTrial.of(map, input);
        yield new SwitchingConvolution(
            windows, () -> trial.packed(windows, weight, bias, relu), trial::isWon);
      }
    };
  }

  /** Whether layers run by vectors now. */
  boolean runsVectors() {
    return switch (this) {
      case SCALAR -> false;
      case VECTOR -> true;
      case SWITCHING -> VectorTrial.isWon();
    };
  }

  private FloatDense packed(float[][] columns, float[] bias, boolean relu) {
    return switch (this) {
      case SCALAR -> new ScalarDense(columns, bias, relu);
      case VECTOR -> new VectorDense(columns, bias, relu);
      case SWITCHING -> {
        VectorTrial.start();
        yield new SwitchingDense(new ScalarDense(columns, bias, relu), VectorTrial::isWon);
      }
    };
  }
}
