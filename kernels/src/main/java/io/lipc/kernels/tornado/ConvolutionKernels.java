package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.java.FunctionNames;
import io.lipc.model.activation.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes convolutions for devices. A work item computes one pixel of a block of neighbouring
 * channels, so that each element of the image is read once for all of them; items that lie side by
 * side take neighbouring pixels of the same block, which read the same weights. What they read has
 * its zeros around it, and so the loops have no conditions.
 *
 * <p>A method is for one convolution, whose extents are numbers in it: there are more of them than
 * a task may have arguments.
 */
final class ConvolutionKernels {

  private final ConvolutionKernel kernel;
  private final Convolution map;

  /** The extents of what it reads. */
  private final Grid source;

  private final Grid target;

  /**
   * The most channels of a work item: 1 where groups have one channel each, else 8. Even two
   * channels take about half the time together, on a two-core CPU.
   */
  private final int tile;

  /** The number of output channels of a group. */
  private final int channels;

  /** The number of blocks of a group. */
  private final int blocks;

  private ConvolutionKernels(ConvolutionKernel kernel) {
    this.kernel = kernel;
    this.map = kernel.map();
    this.source = DeviceTask.Pad.padded(map.input(), map.window());
    this.target = map.output();
    this.channels = map.channels() / map.groups();
    this.tile = channels == 1 ? 1 : DenseKernels.TILE;
    this.blocks = Math.ceilDiv(channels, tile);
  }

  static DeviceCode of(ConvolutionKernel kernel) {
    return new ConvolutionKernels(kernel).code();
  }

  /**
   * Why one of the convolutions cannot be written for devices, as a clause; empty where all can.
   */
  static Optional<String> obstacle(List<Kernel> kernels) {
    return kernels.stream()
        .filter(ConvolutionKernel.class::isInstance)
        .map(kernel -> ((ConvolutionKernel) kernel).map())
        .filter(map -> DeviceTask.Pad.padded(map.input(), map.window()).size().isEmpty())
        .findFirst()
        .map(
            map ->
                "its convolution of `%s` reads %s among so many zeros that they are more than the"
                        .formatted(map.weight(), map.input().extents())
                    + " 2^24 elements of an array for devices");
  }

  private DeviceCode code() {
    Optional<Activation.Pointwise> phi = kernel.activation();
    String sum = map.bias().isPresent() ? "conv2d(x) + bias" : "conv2d(x)";
    List<String> arrays =
        map.bias().isPresent() ? List.of("x", "weight", "bias", "y") : List.of("x", "weight", "y");
    MethodSpec method =
        DeviceKernels.kernel(
            "convolution" + kernel.index() + phi.map(FunctionNames::capitalised).orElse(""),
            "{@code y = %s}: from images %s, zeros included, to %s.\nOne pixel of %s per work item."
                .formatted(
                    phi.map(a -> DeviceKernels.formula(a, sum)).orElse(sum),
                    source.extents(),
                    target.extents(),
                    tile == 1 ? "one channel" : "up to " + tile + " channels"),
            arrays,
            DeviceKernels.constants(phi),
            tile == 1 ? plain() : tiled());
    return new DeviceCode(
        method, constants(), DeviceKernels.slope(phi), map.groups() * blocks * target.pixels());
  }

  private List<DeviceCode.Constant> constants() {
    List<DeviceCode.Constant> constants = new ArrayList<>();
    constants.add(constant("Weight", "floatTaps"));
    map.bias().ifPresent(_ -> constants.add(constant("Bias", "floatBiases")));
    return constants;
  }

  private DeviceCode.Constant constant(String suffix, String accessor) {
    CodeBlock numbers = CodeBlock.of("parameters.$L($L, $L)", accessor, kernel.index(), tile);
    return new DeviceCode.Constant(suffix, numbers, true, tile);
  }

  private CodeBlock plain() {
    CodeBlock.Builder body =
        place().addStatement("float t = $L", map.bias().isPresent() ? "bias.get(block)" : "0f");
    return beginTaps(body)
        .addStatement("t += xk * weight.get(block * $L + k)", map.taps())
        .endControlFlow()
        .addStatement("y.set(item, $L)", DeviceKernels.activated(kernel.activation()))
        .build();
  }

  private CodeBlock tiled() {
    CodeBlock.Builder body =
        place()
            .addStatement("float[] sums = new float[TILE]")
            .beginControlFlow("for (int j = 0; j < TILE; j++)")
            .addStatement(
                "sums[j] = $L", map.bias().isPresent() ? "bias.get(block * TILE + j)" : "0f")
            .endControlFlow();
    beginTaps(body)
        .beginControlFlow("for (int j = 0; j < TILE; j++)")
        .addStatement("sums[j] += xk * weight.get((block * $L + k) * TILE + j)", map.taps())
        .endControlFlow()
        .endControlFlow();
    return write(body).build();
  }

  /** Declares pixel, block, row, and where in x the window begins, in the first of its channels. */
  private CodeBlock.Builder place() {
    Axis down = map.window().vertical();
    Axis right = map.window().horizontal();
    CodeBlock.Builder body =
        CodeBlock.builder()
            .addStatement("int pixel = item % $L", target.pixels())
            .addStatement("int block = item / $L % $L", target.pixels(), map.groups() * blocks)
            .addStatement("int row = item / $L", target.pixels() * map.groups() * blocks)
            .add("$[int from = row * $L", source.elements());
    if (map.groups() > 1) {
      body.add("$W+ $L * $L", over("block", blocks), map.read() * source.pixels());
    }
    return body.add(
        "$W+ pixel / $L * $L$W+ pixel % $L$L;\n$]",
        target.width(), down.stride() * source.width(), target.width(), times(right.stride()));
  }

  /**
   * Opens the loop over what the window sees, in the order of {@link ConvolutionKernel}: one loop
   * and not three, of which TornadoVM would unroll all, to thousands of lines.
   */
  private CodeBlock.Builder beginTaps(CodeBlock.Builder body) {
    Axis down = map.window().vertical();
    Axis right = map.window().horizontal();
    int read = map.read();
    CodeBlock.Builder place = CodeBlock.builder().add("from");
    if (down.kernel() > 1) {
      int row = down.dilation() * source.width();
      place.add("$W+ $L$L", over("k", read * right.kernel()), times(row));
    }
    if (right.kernel() > 1) {
      place.add("$W+ $L % $L$L", over("k", read), right.kernel(), times(right.dilation()));
    }
    if (read > 1) {
      String channel = map.window().area() == 1 ? "k" : "k % " + read;
      place.add("$W+ $L * $L", channel, source.pixels());
    }
    return body.beginControlFlow("for (int k = 0; k < $L; k++)", map.taps())
        .addStatement("float xk = x.get($L)", place.build());
  }

  /** The last block of a group may not be full. */
  private CodeBlock.Builder write(CodeBlock.Builder body) {
    boolean isFull = channels % tile == 0;
    boolean isInOrder = isFull || map.groups() == 1;
    if (!isFull) {
      body.addStatement("int part = block % $L * TILE", blocks);
    }
    body.addStatement(
            "int to = (row * $L + $L) * $L + pixel",
            map.channels(),
            isInOrder ? "block * TILE" : over("block", blocks) + " * " + channels + " + part",
            target.pixels())
        .beginControlFlow("for (int j = 0; j < TILE; j++)");
    if (!isFull) {
      body.beginControlFlow("if (part + j < $L)", channels);
    }
    body.addStatement("float t = sums[j]")
        .addStatement(
            "y.set(to + j * $L, $L)",
            target.pixels(),
            DeviceKernels.activated(kernel.activation()));
    return isFull ? body.endControlFlow() : body.endControlFlow().endControlFlow();
  }

  private static String over(String variable, int divisor) {
    return divisor == 1 ? variable : variable + " / " + divisor;
  }

  private static String times(int factor) {
    return factor == 1 ? "" : " * " + factor;
  }
}
