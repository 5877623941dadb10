package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.Kernel;
import java.util.List;
import java.util.Optional;

/**
 * Writes convolutions for devices. The images that they read have zeros around them, so the loops
 * have no conditions.
 *
 * <p>A method is for one convolution, whose extents are numbers in it: there are more of them than
 * a task may have arguments.
 *
 * <p>The portable ones, here: a work item computes one pixel of a block of neighbouring channels,
 * so that each element of the image is read once for all of them; items that lie side by side take
 * neighbouring pixels of the same block, which read the same weights.
 */
final class ConvolutionKernels {

  private final BlockedConvolution blocked;
  private final Convolution map;
  private final Grid target;

  /**
   * The most channels of a work item: 1 where groups have one channel each, else 8. Even two
   * channels take about half the time together, on a two-core CPU.
   */
  private final int tile;

  private ConvolutionKernels(ConvolutionKernel kernel, DeviceScalar scalar) {
    this.map = kernel.map();
    this.target = map.output();
    this.tile = map.channels() == map.groups() ? 1 : DenseKernels.TILE;
    this.blocked = new BlockedConvolution(kernel, tile, scalar);
  }

  static DeviceCode of(ConvolutionKernel kernel, Layout layout, DeviceScalar scalar) {
    return switch (layout) {
      case PORTABLE -> portable(kernel, scalar);
      case PIXELS ->
          LaneConvolutions.ofPixels(kernel, scalar).orElseGet(() -> portable(kernel, scalar));
      case LANES ->
          LaneConvolutions.ofPixelsOrImages(kernel, scalar)
              .orElseGet(() -> portable(kernel, scalar));
      case TREES ->
          TileConvolutions.ofOneImage(kernel, scalar).orElseGet(() -> portable(kernel, scalar));
      case TILES ->
          TileConvolutions.ofManyImages(kernel, scalar).orElseGet(() -> portable(kernel, scalar));
    };
  }

  private static DeviceCode portable(ConvolutionKernel kernel, DeviceScalar scalar) {
    return new ConvolutionKernels(kernel, scalar).code();
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
    String share = tile == 1 ? "one channel" : "up to " + tile + " channels";
    MethodSpec method =
        DeviceKernels.kernel(
            blocked.name("convolution"),
            blocked.summary() + "\nOne pixel of " + share + " per work item.",
            blocked.arrays(),
            blocked.numbers(),
            tile == 1 ? plain() : tiled(),
            blocked.scalar());
    return new DeviceCode(
        method,
        blocked.constants(new DeviceCode.Packing.Padded(tile)),
        blocked.slope(),
        blocked.allBlocks() * target.pixels());
  }

  private CodeBlock plain() {
    CodeBlock.Builder body =
        place()
            .addStatement(
                "$T t = $L",
                blocked.type(),
                map.bias().isPresent() ? "bias.get(block)" : blocked.scalar().zero());
    return beginTaps(body)
        .addStatement("t += xk * weight.get(block * $L + k)", map.taps())
        .endControlFlow()
        .addStatement("y.set(item, $L)", blocked.activated())
        .build();
  }

  private CodeBlock tiled() {
    CodeBlock.Builder body =
        place()
            .addStatement("$1T[] sums = new $1T[TILE]", blocked.type())
            .beginControlFlow("for (int j = 0; j < TILE; j++)")
            .addStatement(
                "sums[j] = $L",
                map.bias().isPresent() ? "bias.get(block * TILE + j)" : blocked.scalar().zero())
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
    int blocks = blocked.allBlocks();
    return CodeBlock.builder()
        .addStatement("int pixel = item % $L", target.pixels())
        .addStatement("int block = item / $L % $L", target.pixels(), blocks)
        .addStatement("int row = item / $L", target.pixels() * blocks)
        .add("$[int from = row * $L", blocked.source().elements())
        .add(blocked.group())
        .add(
            "$W+ pixel / $L * $L$W+ pixel % $L$L;\n$]",
            target.width(),
            blocked.strideDown(),
            target.width(),
            BlockedConvolution.times(blocked.strideRight()));
  }

  /**
   * Opens the loop over what the window sees: one loop and not three, of which TornadoVM would
   * unroll all, to thousands of lines.
   */
  private CodeBlock.Builder beginTaps(CodeBlock.Builder body) {
    return body.beginControlFlow("for (int k = 0; k < $L; k++)", map.taps())
        .addStatement("$T xk = x.get($L)", blocked.type(), blocked.tap());
  }

  /** The last block of a group may not be full. */
  private CodeBlock.Builder write(CodeBlock.Builder body) {
    boolean isFull = blocked.isFull();
    if (!isFull) {
      body.addStatement("int part = block % $L * TILE", blocked.blocks());
    }
    body.addStatement(
            "int to = (row * $L + $L) * $L + pixel",
            map.channels(),
            blocked.firstChannel("TILE"),
            target.pixels())
        .beginControlFlow("for (int j = 0; j < TILE; j++)");
    if (!isFull) {
      body.beginControlFlow("if (part + j < $L)", blocked.channels());
    }
    body.addStatement("$T t = sums[j]", blocked.type())
        .addStatement("y.set(to + j * $L, $L)", target.pixels(), blocked.activated());
    return isFull ? body.endControlFlow() : body.endControlFlow().endControlFlow();
  }
}
