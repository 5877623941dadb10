package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.java.FunctionNames;
import io.lipc.model.activation.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A convolution whose output channels are taken in blocks of neighbours, no block reaching over two
 * groups: what its kernels have in common. In their text {@code block} is the number of a block,
 * {@code from} the place in {@code x} where a window begins, in the first of its channels.
 *
 * @param kernel what is computed, from an image that has its zeros around it
 * @param size the most channels of a block
 * @param scalar its numbers
 */
record BlockedConvolution(ConvolutionKernel kernel, int size, DeviceScalar scalar) {

  Convolution map() {
    return kernel.map();
  }

  /** The extents of what it reads. */
  Grid source() {
    return DeviceTask.Pad.padded(map().input(), map().window());
  }

  Grid target() {
    return map().output();
  }

  /** The number of output channels of a group. */
  int channels() {
    return map().channels() / map().groups();
  }

  /** The number of blocks of a group. */
  int blocks() {
    return Math.ceilDiv(channels(), size);
  }

  /** The number of blocks of all groups. */
  int allBlocks() {
    return map().groups() * blocks();
  }

  /** Whether each block has all its channels; otherwise the last one of each group has fewer. */
  boolean isFull() {
    return channels() % size == 0;
  }

  /** The type of its numbers. */
  TypeName type() {
    return scalar.type();
  }

  /** The activation of the variable {@code t}. */
  CodeBlock activated() {
    return DeviceKernels.activated(kernel.activation(), scalar);
  }

  /** The constants of its activation, as parameters. */
  List<String> numbers() {
    return DeviceKernels.constants(kernel.activation(), scalar);
  }

  /** The arguments for these parameters. */
  List<CodeBlock> slope() {
    return DeviceKernels.slope(kernel.activation(), scalar);
  }

  /** One name for each unit and activation: dots and slashes are no part of one in Java. */
  String name(String stem) {
    String unit = kernel.unit().replace("_", "_u").replace(".", "_d").replace("/", "_s");
    return stem + unit + kernel.activation().map(FunctionNames::capitalised).orElse("");
  }

  /** The function, its operands and its result, as the first lines of a comment. */
  String summary() {
    String sum = map().bias().isPresent() ? "conv2d(x) + bias" : "conv2d(x)";
    Optional<Activation.Pointwise> phi = kernel.activation();
    return "{@code y = %s}: from images %s, zeros included, to %s."
        .formatted(
            phi.map(a -> DeviceKernels.formula(a, sum)).orElse(sum),
            source().extents(),
            target().extents());
  }

  List<String> arrays() {
    return map().bias().isPresent()
        ? List.of("x", "weight", "bias", "y")
        : List.of("x", "weight", "y");
  }

  /** The weights, block by block, and the biases. */
  List<DeviceCode.Constant> constants(DeviceCode.Packing packing) {
    List<DeviceCode.Constant> constants = new ArrayList<>();
    constants.add(constant("Weight", "Taps", packing));
    map().bias().ifPresent(_ -> constants.add(constant("Bias", "Biases", packing)));
    return constants;
  }

  private DeviceCode.Constant constant(String suffix, String accessor, DeviceCode.Packing packing) {
    CodeBlock numbers = CodeBlock.of("$L($S, $L)", scalar.accessor(accessor), kernel.unit(), size);
    return new DeviceCode.Constant(suffix, numbers, true, packing);
  }

  /** The distance between the windows of a pixel and of the next one below. */
  int strideDown() {
    return map().window().vertical().stride() * source().width();
  }

  /** The distance between the windows of a pixel and of the next one to the right. */
  int strideRight() {
    return map().window().horizontal().stride();
  }

  /** The first channel of the group of {@code block}, as a term; empty for one group. */
  CodeBlock group() {
    return map().groups() == 1
        ? CodeBlock.of("")
        : CodeBlock.of("$W+ $L * $L", over("block", blocks()), map().read() * source().pixels());
  }

  /** The first channel of {@code block}, where {@code part} is its place in its group. */
  String firstChannel(String blockSize) {
    return isFull() || map().groups() == 1
        ? "block * " + blockSize
        : over("block", blocks()) + " * " + channels() + " + part";
  }

  /**
   * The place of the {@code k}-th element of the window, in the order of {@link ConvolutionKernel},
   * from {@code from} on.
   */
  CodeBlock tap() {
    Axis down = map().window().vertical();
    Axis right = map().window().horizontal();
    int read = map().read();
    CodeBlock.Builder place = CodeBlock.builder().add("from");
    if (down.kernel() > 1) {
      int row = down.dilation() * source().width();
      place.add("$W+ $L$L", over("k", read * right.kernel()), times(row));
    }
    if (right.kernel() > 1) {
      place.add("$W+ $L % $L$L", over("k", read), right.kernel(), times(right.dilation()));
    }
    if (read > 1) {
      String channel = map().window().area() == 1 ? "k" : "k % " + read;
      place.add("$W+ $L * $L", channel, source().pixels());
    }
    return place.build();
  }

  static String over(String variable, int divisor) {
    return divisor == 1 ? variable : variable + " / " + divisor;
  }

  static String times(int factor) {
    return factor == 1 ? "" : " * " + factor;
  }
}
