package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.kernels.graph.ConvolutionKernel;
import java.util.List;
import java.util.Optional;

/**
 * Writes convolutions for GPUs, as products of matrices: channels by what their windows see, times
 * what windows see by pixels. As in {@link LocalKernels} a group of 256 items has a tile of 4,096
 * results, 4 by 4 per item, and brings 16 elements of its windows at a time into local memory. The
 * matrix of what windows see is nowhere but there. Each sum starts with the bias and takes its
 * products in the order of the JVM.
 *
 * <p>Pixels of all images are counted as one line. Neighbouring items have neighbours on it, and
 * read and write neighbours in memory, as far as strides and the ends of rows let them.
 */
final class TileConvolutions {

  /** The local memory that OpenCL guarantees to a work group on every device, in bytes. */
  private static final int LOCAL_MEMORY = 1 << 15;

  private static final int NARROWEST = 16;

  /** The channels, and the pixels, of an item. */
  private static final int SHARE = 4;

  private final BlockedConvolution blocked;
  private final Convolution map;
  private final Grid target;

  /** The channels of a tile: 16, 32 or 64, and in doubles 32 or 64. */
  private final int side;

  /** The pixels of a tile. */
  private final int length;

  private TileConvolutions(ConvolutionKernel kernel, DeviceScalar scalar) {
    this.map = kernel.map();
    this.target = map.output();
    this.side = side(map.channels() / map.groups(), narrowest(scalar));
    this.length = length(side);
    this.blocked = new BlockedConvolution(kernel, side, scalar);
  }

  private static int length(int side) {
    return LocalKernels.TEAM * SHARE * SHARE / side;
  }

  /**
   * The channels of the narrowest tile whose inputs are in local memory at once: the narrower, the
   * more pixels it has, and 256 of them in doubles are too many.
   */
  private static int narrowest(DeviceScalar scalar) {
    int side = NARROWEST;
    while (LocalKernels.DEPTH * (side + length(side)) * scalar.bytes() > LOCAL_MEMORY) {
      side *= 2;
    }
    return side;
  }

  /** The narrowest tile that has all channels, else the widest. */
  private static int side(int channels, int narrowest) {
    return channels <= narrowest
        ? narrowest
        : Math.min(LocalKernels.SIDE, 2 * side(channels / 2, narrowest));
  }

  /** The code for few images; empty if the pixels of one, or channels, do not fill a tile. */
  static Optional<DeviceCode> ofOneImage(ConvolutionKernel kernel, DeviceScalar scalar) {
    boolean isFull = kernel.map().output().pixels() >= LocalKernels.SIDE;
    return isFull ? ofManyImages(kernel, scalar) : Optional.empty();
  }

  /** The code for many images; empty if channels do not fill half of the narrowest tile. */
  static Optional<DeviceCode> ofManyImages(ConvolutionKernel kernel, DeviceScalar scalar) {
    Convolution map = kernel.map();
    return map.channels() / map.groups() < narrowest(scalar) / 2
        ? Optional.empty()
        : Optional.of(new TileConvolutions(kernel, scalar).code());
  }

  private DeviceCode code() {
    CodeBlock.Builder body = place();
    start(body);
    body.beginControlFlow(
        "for (int step = 0; step < $L; step++)", Math.ceilDiv(map.taps(), LocalKernels.DEPTH));
    loadImage(body);
    loadWeights(body);
    body.addStatement("context.localBarrier()");
    multiply(body);
    body.addStatement("context.localBarrier()").endControlFlow();
    write(body);
    MethodSpec method =
        LocalKernels.kernel(
            blocked.name("tileConvolution"),
            blocked.summary()
                + "\n%d channels by %d pixels per work group, 4 by 4 of them per item."
                    .formatted(side, length),
            blocked.arrays(),
            blocked.kernel().activation(),
            List.of("pixels"),
            body.build(),
            blocked.scalar());
    List<CodeBlock> sizes = blocked.slope();
    sizes.add(CodeBlock.of("rows$L", BlockedConvolution.times(target.pixels())));
    return new DeviceCode(
        method,
        blocked.constants(new DeviceCode.Packing.Padded(side)),
        sizes,
        new Work.Groups(blocked.allBlocks(), target.pixels(), length, LocalKernels.TEAM));
  }

  /** Declares the tile, the place of the item in it, and that of the pixel that it loads. */
  private CodeBlock.Builder place() {
    int blocks = blocked.allBlocks();
    CodeBlock.Builder body =
        CodeBlock.builder()
            .addStatement("$T[] xs = $L", blocked.type(), local(length))
            .addStatement("$T[] ws = $L", blocked.type(), local(side))
            .addStatement("int item = context.localIdx")
            .addStatement("int right = item % $L", length / SHARE)
            .addStatement("int down = item / $L * $L", length / SHARE, SHARE)
            .addStatement("int block = context.groupIdx % $L", blocks)
            .addStatement("int first = context.groupIdx / $L * $L", blocks, length)
            .addStatement("int own = first + item % $L", length);
    return body.add("$[int from = own / $L * $L", target.pixels(), blocked.source().elements())
        .add(blocked.group())
        .add(
            "$W+ own % $L / $L * $L$W+ own % $L$L;\n$]",
            target.pixels(),
            target.width(),
            blocked.strideDown(),
            target.width(),
            BlockedConvolution.times(blocked.strideRight()));
  }

  private CodeBlock local(int width) {
    return blocked.scalar().local("DEPTH * " + width);
  }

  private void start(CodeBlock.Builder body) {
    body.addStatement("$1T[] sums = new $1T[16]", blocked.type())
        .beginControlFlow("for (int j = 0; j < 16; j++)")
        .addStatement(
            "sums[j] = $L",
            map.bias().isPresent()
                ? "bias.get(block * " + side + " + down + j / 4)"
                : blocked.scalar().zero())
        .endControlFlow();
  }

  /** Each item brings elements of the window of one pixel: its neighbour brings a neighbour's. */
  private void loadImage(CodeBlock.Builder body) {
    int team = LocalKernels.TEAM;
    body.beginControlFlow("for (int i = 0; i < $L; i++)", LocalKernels.DEPTH * length / team)
        .addStatement("int k = $L", loaded(length))
        .addStatement("$T xk = $L", blocked.type(), blocked.scalar().zero())
        .beginControlFlow("if (own < pixels && k < $L)", map.taps())
        .addStatement("xk = x.get($L)", blocked.tap())
        .endControlFlow()
        .addStatement("xs[i * $L + item] = xk", team)
        .endControlFlow();
  }

  /** Which element of the windows an item loads, if {@code width} items load the same one. */
  private static String loaded(int width) {
    int together = LocalKernels.TEAM / width;
    return "step * DEPTH + i" + (together == 1 ? "" : " * " + together + " + item / " + width);
  }

  private void loadWeights(CodeBlock.Builder body) {
    int team = LocalKernels.TEAM;
    body.beginControlFlow("for (int i = 0; i < $L; i++)", LocalKernels.DEPTH * side / team)
        .addStatement("int k = $L", loaded(side))
        .addStatement("$T w = $L", blocked.type(), blocked.scalar().zero())
        .beginControlFlow("if (k < $L)", map.taps())
        .addStatement("w = weight.get((block * $L + k) * $L + item % $L)", map.taps(), side, side)
        .endControlFlow()
        .addStatement("ws[i * $L + item] = w", team)
        .endControlFlow();
  }

  private void multiply(CodeBlock.Builder body) {
    body.beginControlFlow("for (int k = 0; k < DEPTH; k++)");
    for (int j = 0; j < SHARE; j++) {
      String place = j == 0 ? "right" : "right + " + j * length / SHARE;
      body.addStatement("$T x$L = xs[k * $L + $L]", blocked.type(), j, length, place);
    }
    body.beginControlFlow("for (int i = 0; i < $L; i++)", SHARE)
        .addStatement("$T w = ws[k * $L + down + i]", blocked.type(), side);
    for (int j = 0; j < SHARE; j++) {
      body.addStatement("sums[i * $L + $L] += x$L * w", SHARE, j, j);
    }
    body.endControlFlow().endControlFlow();
  }

  /**
   * Writes the results, with conditions where the last block of a group or the last tile of pixels
   * is not full.
   */
  private void write(CodeBlock.Builder body) {
    String part = blocked.blocks() == 1 ? "" : "block % " + blocked.blocks() + " * " + side + " + ";
    String group =
        map.groups() == 1
            ? ""
            : BlockedConvolution.over("block", blocked.blocks())
                + " * "
                + blocked.channels()
                + " + ";
    body.beginControlFlow("for (int j = 0; j < 16; j++)")
        .addStatement("int channel = $Ldown + j / 4", part)
        .addStatement("int pixel = first + right + j % 4 * $L", length / SHARE)
        .beginControlFlow("if (channel < $L && pixel < pixels)", blocked.channels())
        .addStatement("$T t = sums[j]", blocked.type())
        .addStatement(
            "y.set((pixel / $L * $L + $Lchannel) * $L + pixel % $L,$W$L)",
            target.pixels(),
            map.channels(),
            group,
            target.pixels(),
            target.pixels(),
            blocked.activated())
        .endControlFlow()
        .endControlFlow();
  }
}
