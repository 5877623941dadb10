package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.kernels.graph.ConvolutionKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes convolutions for the vector units of a CPU: as {@link LaneKernels}, with four pixels for
 * four rows. Each sum starts with the bias and takes its products in the order of the JVM.
 *
 * <p>Loops run over places in {@code x}, from one that depends on the work item: so TornadoVM does
 * not know how often, and unrolls none, which vectors in them do not survive; and there is no
 * division in them.
 */
final class LaneConvolutions {

  /**
   * The four pixels of a work item: of one image, or one pixel of four. Their windows begin at
   * constant distances, and no pixel is left over: a condition would be one in the inner loop.
   */
  private record Quad(int images, int down, int right) {

    /** Four of one image, those side by side before others. */
    static Optional<Quad> ofOneImage(Grid target) {
      return List.of(new Quad(1, 1, 4), new Quad(1, 2, 2), new Quad(1, 4, 1)).stream()
          .filter(quad -> target.height() % quad.down == 0 && target.width() % quad.right == 0)
          .findFirst();
    }
  }

  private final BlockedConvolution blocked;
  private final Convolution map;
  private final Grid target;
  private final Quad quad;

  private LaneConvolutions(BlockedConvolution blocked, Quad quad) {
    this.blocked = blocked;
    this.map = blocked.map();
    this.target = blocked.target();
    this.quad = quad;
  }

  /**
   * The code for any number of rows; empty if pixels of an image, or channels, do not fill vectors.
   */
  static Optional<DeviceCode> ofPixels(ConvolutionKernel kernel, DeviceScalar scalar) {
    return Quad.ofOneImage(kernel.map().output()).flatMap(quad -> of(kernel, quad, scalar));
  }

  /** The code for a multiple of four rows. */
  static Optional<DeviceCode> ofPixelsOrImages(ConvolutionKernel kernel, DeviceScalar scalar) {
    Quad quad = Quad.ofOneImage(kernel.map().output()).orElse(new Quad(4, 1, 1));
    return of(kernel, quad, scalar);
  }

  private static Optional<DeviceCode> of(ConvolutionKernel kernel, Quad quad, DeviceScalar scalar) {
    boolean isDepthwise = kernel.map().channels() == kernel.map().groups();
    if (isDepthwise || kernel.map().taps() == 1) {
      return Optional.empty();
    }
    BlockedConvolution blocked = new BlockedConvolution(kernel, LaneKernels.LANES, scalar);
    return Optional.of(new LaneConvolutions(blocked, quad).code());
  }

  private int tiles() {
    return target.pixels() / (quad.down * quad.right);
  }

  private DeviceCode code() {
    CodeBlock.Builder body = place();
    LaneKernels.start(body, map.bias().isPresent(), blocked.scalar());
    products(body);
    LaneKernels.spread(body, blocked.scalar());
    write(body);
    String pixels =
        quad.images > 1 ? "A pixel of four images" : quad.down + " by " + quad.right + " pixels";
    MethodSpec method =
        DeviceKernels.loop(
            blocked.name("laneConvolution"),
            blocked.summary() + "\n" + pixels + " and up to 8 channels per work item.",
            parameters(),
            body.build());
    return new DeviceCode(
        method,
        blocked.constants(new DeviceCode.Packing.Vectors()),
        blocked.slope(),
        new Work.Items(blocked.allBlocks() * tiles(), quad.images));
  }

  private List<ParameterSpec> parameters() {
    List<ParameterSpec> parameters =
        new ArrayList<>(LaneKernels.arrays(blocked.arrays(), blocked.scalar()));
    blocked.numbers().forEach(number -> parameters.add(DeviceKernels.number(number)));
    return parameters;
  }

  /** Declares block, the first image, pixel and place in x, and the first weight. */
  private CodeBlock.Builder place() {
    return CodeBlock.builder()
        .addStatement("int tile = item % $L", tiles())
        .addStatement("int block = item / $L % $L", tiles(), blocked.allBlocks())
        .addStatement(
            "int row = item / $L$L",
            tiles() * blocked.allBlocks(),
            BlockedConvolution.times(quad.images))
        .add("$[int from = row * $L", blocked.source().elements())
        .add(blocked.group())
        .add("$W+ $L;\n$]", first(blocked.strideDown(), blocked.strideRight()))
        .addStatement("int next = block * $L", map.taps());
  }

  /** The place of the first pixel of {@code tile}, if the next is a step further down or right. */
  private CodeBlock first(int stepDown, int stepRight) {
    int columns = target.width() / quad.right;
    if (columns == 1) {
      return CodeBlock.of("tile$L", BlockedConvolution.times(quad.down * stepDown));
    }
    return CodeBlock.of(
        "tile / $L * $L$W+ tile % $L$L",
        columns, quad.down * stepDown, columns, BlockedConvolution.times(quad.right * stepRight));
  }

  /** Writes the products of a window: row by row, column by column, channel by channel. */
  private void products(CodeBlock.Builder body) {
    Axis down = map.window().vertical();
    Axis right = map.window().horizontal();
    String start = "from";
    int loops = 0;
    for (Range range :
        List.of(
            new Range("up", down.kernel(), down.dilation() * blocked.source().width()),
            new Range("left", right.kernel(), right.dilation()),
            new Range("at", map.read(), blocked.source().pixels()))) {
      if (range.count > 1) {
        body.beginControlFlow(
            "for (int $L = $L; $L < $L + $L; $L += $L)",
            range.place,
            start,
            range.place,
            start,
            range.count * range.step,
            range.place,
            range.step);
        start = range.place;
        loops++;
      }
    }
    body.addStatement("$T w = weight.get(next)", blocked.scalar().lanes());
    for (int i = 0; i < LaneKernels.ROWS; i++) {
      LaneKernels.add(body, i, plus(start, distance(i)), blocked.scalar());
    }
    body.addStatement("next++");
    for (int i = 0; i < loops; i++) {
      body.endControlFlow();
    }
  }

  /** Places a step apart. */
  private record Range(String place, int count, int step) {}

  private static String plus(String place, int distance) {
    return distance == 0 ? place : place + " + " + distance;
  }

  /** The distance from the window of the first pixel to that of the i-th. */
  private int distance(int i) {
    return quad.images > 1
        ? i * blocked.source().elements()
        : i / quad.right * blocked.strideDown() + i % quad.right * blocked.strideRight();
  }

  private void write(CodeBlock.Builder body) {
    if (!blocked.isFull()) {
      body.addStatement("int part = block % $L * LANES", blocked.blocks());
    }
    body.addStatement(
            "int to = (row * $L + $L) * $L$W+ $L",
            map.channels(),
            blocked.firstChannel("LANES"),
            target.pixels(),
            first(target.width(), 1))
        .beginControlFlow("for (int j = 0; j < ROWS * LANES; j++)");
    if (!blocked.isFull()) {
      body.beginControlFlow("if (part + j % LANES < $L)", blocked.channels());
    }
    body.addStatement("$T t = sums[j]", blocked.type())
        .addStatement(
            "y.set(to + j % LANES * $L + $L, $L)", target.pixels(), pixel(), blocked.activated());
    if (!blocked.isFull()) {
      body.endControlFlow();
    }
    body.endControlFlow();
  }

  /** The distance from the first pixel to that of the sum {@code j}. */
  private String pixel() {
    int apart = quad.images > 1 ? target.elements() : target.width();
    return switch (quad.right) {
      case 1 -> "j / LANES * " + apart;
      case 2 -> "j / LANES / 2 * " + apart + " + j / LANES % 2";
      default -> "j / LANES";
    };
  }
}
