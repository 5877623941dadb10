package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.pass.Lowering;
import io.lipc.kernels.tornado.TornadoEmitter;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.CertifiedParameters;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The kernels of each schedule give the results of the graph's interpreter: to the bit where sums
 * have its order, and within the rounding bound where not. The schedule for CPUs is compared in
 * {@link TornadoAgreementTest}, with all networks of it.
 */
class SchedulesTest {

  private final SplittableRandom random = new SplittableRandom(20261128);

  /** Widths of no tile, of one, of one and a part; the narrow one is summed by trees. */
  private static CheckedNetwork network(ElementType precision, int inputs, int outputs) {
    NetworkBuilder net = new NetworkBuilder("demo.Schedules", precision);
    int h = net.dense("h#0", net.input("x", inputs), outputs, true);
    net.dense("y", net.activate("h", h, PointwiseKind.ABS), 9, false);
    return net.build(1, "");
  }

  private record Case(
      int inputs,
      Subject subject,
      JavaFile file,
      CertifiedParameters parameters,
      UnaryOperator<double[]> oracle) {

    EmittedProgram program() {
      return new EmittedProgram(file, parameters);
    }
  }

  private static Case of(CheckedNetwork network, Subject subject) {
    KernelGraph graph = Lowering.lower(network);
    return new Case(
        graph.input().size(),
        subject,
        TornadoEmitter.emit(network, graph, Map.of()),
        Generated.parameters(subject),
        Generated.deviceInterpreter(network, subject, Map.of()));
  }

  private Case random(CheckedNetwork network) {
    return of(network, Subjects.random(network.network(), random, Map.of()));
  }

  private double[] inputs(ElementType precision, int count) {
    return random.doubles(count, -1, 1).map(precision::round).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void tilesGiveTheBitsOfTheInterpreter(ElementType precision) {
    for (int[] shape : new int[][] {{5, 8, 64}, {17, 65, 65}}) {
      Case one = random(network(precision, shape[0], shape[1]));
      double[] x = inputs(precision, shape[0] * shape[2]);
      double[] y = one.program().apply("GPU", shape[2], x);
      for (int row = 0; row < shape[2]; row++) {
        double[] input = Arrays.copyOfRange(x, row * shape[0], (row + 1) * shape[0]);
        assertThat(Arrays.copyOfRange(y, row * 9, (row + 1) * 9))
            .as("row %d of %s", row, Arrays.toString(shape))
            .containsExactly(one.oracle().apply(input));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void treesAreWithinTheRoundingBound(ElementType precision) {
    for (int[] shape : new int[][] {{1, 1, 1}, {63, 5, 2}, {64, 7, 1}, {65, 9, 3}, {200, 3, 2}}) {
      Case one = random(network(precision, shape[0], shape[1]));
      Unit.Box box =
          new Unit.Box(Collections.nCopies(shape[0], -1.0), Collections.nCopies(shape[0], 1.0));
      double bound = RoundingBound.maxError(one.subject(), box).orElseThrow();
      assertThat(bound).isLessThan(precision == ElementType.F32 ? 1e-3 : 1e-12);
      double[] x = inputs(precision, shape[0] * shape[2]);
      double[] y = one.program().apply("GPU", shape[2], x);
      for (int row = 0; row < shape[2]; row++) {
        double[] input = Arrays.copyOfRange(x, row * shape[0], (row + 1) * shape[0]);
        assertThat(Arrays.copyOfRange(y, row * 9, (row + 1) * 9))
            .as("row %d of %s", row, Arrays.toString(shape))
            .containsExactly(one.oracle().apply(input), within(2 * bound));
      }
    }
  }

  /** Sums of one product that is not 0, whose rounding is the same in any order. */
  @ParameterizedTest
  @EnumSource
  void treesTakeEachInputOnce(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Single", precision);
    int wide = net.affine("w", net.input("x", 300), ones(300, 2), ones(300, -1));
    net.dense("y", wide, 3, false);
    Case one = random(net.build(1, ""));
    double[] units = new double[300];
    for (int k = 0; k < 300; k += 37) {
      // Twice 0.5 minus 1 is 0, and twice 1 minus 1 is 1.
      Arrays.fill(units, 0.5);
      units[k] = 1;
      assertThat(one.program().apply("GPU", 1, units)).containsExactly(one.oracle().apply(units));
    }
  }

  private static List<Double> ones(int count, double value) {
    return Collections.nCopies(count, value);
  }

  /** Narrow layers of many rows: their tiles would be empty. */
  @ParameterizedTest
  @EnumSource
  void narrowLayersAreTreesForAnyNumberOfRows(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Narrow", precision);
    net.dense("y", net.input("x", 3), 2, true);
    Case one = random(net.build(1, ""));
    double[] x = inputs(precision, 3 * 70);
    double[] y = one.program().apply("GPU", 70, x);
    for (int row = 0; row < 70; row++) {
      assertThat(Arrays.copyOfRange(y, row * 2, row * 2 + 2))
          .containsExactly(
              one.oracle().apply(Arrays.copyOfRange(x, row * 3, row * 3 + 3)),
              within(precision == ElementType.F32 ? 1e-5 : 1e-14));
    }
  }

  /** Tiles of pixels of few images; what fills none is portable. */
  @ParameterizedTest
  @EnumSource
  void convolutionsGiveTheBitsOfTheInterpreter(ElementType precision) {
    Case one = random(Examples.convolutions(precision));
    String text = one.file().toString();
    assertThat(text)
        .contains("tileConvolution1LeakyRelu", "tileConvolution9")
        .contains("laneConvolution12LeakyRelu", "of four images")
        .doesNotContain(
            "laneConvolution6", "tileConvolution6", "tileConvolution8", "Convolution14");
    // In doubles they fill less than half of the narrowest tile.
    assertThat(text.contains("tileConvolution3") && text.contains("tileConvolution5"))
        .isEqualTo(precision == ElementType.F32);
    for (int rows : new int[] {1, 3}) {
      agrees(precision, one, "GPU", rows);
    }
  }

  /** Tiles of many images, of few pixels each: groups, blocks and tiles that are not full. */
  @ParameterizedTest
  @EnumSource
  void convolutionsOfManySmallImagesGiveTheBitsOfTheInterpreter(ElementType precision) {
    agrees(precision, random(smallImages(precision)), "GPU", 67);
  }

  private static CheckedNetwork smallImages(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Small", precision);
    int x = net.image("x", new Grid(5, 2, 2));
    Window two = Window.square(new Axis(2, 1, 1, 0, 1));
    int h = net.activate("h", net.convolve("h#0", x, 20, two, 1, true), PointwiseKind.ABS);
    int g = net.convolve("g", h, 66, Window.square(Axis.of(1, 1)), 1, false);
    net.convolve("y", g, 20, Window.square(new Axis(1, 2, 0, 0, 1)), 2, true);
    return net.build(1, "");
  }

  private void agrees(ElementType precision, Case one, String schedule, int rows) {
    int inputs = one.inputs();
    double[] x = inputs(precision, inputs * rows);
    double[] y = one.program().apply(schedule, rows, x);
    int outputs = y.length / rows;
    for (int row = 0; row < rows; row++) {
      double[] input = Arrays.copyOfRange(x, row * inputs, (row + 1) * inputs);
      assertThat(Arrays.copyOfRange(y, row * outputs, (row + 1) * outputs))
          .as("row %d of %d", row, rows)
          .containsExactly(one.oracle().apply(input));
    }
  }

  /** The interpreter of texts misses each barrier that is left out. */
  @ParameterizedTest
  @EnumSource
  void noBarrierMayBeLeftOut(ElementType precision) {
    eachBarrierIsMissed(precision, random(network(precision, 20, 20)));
  }

  @ParameterizedTest
  @EnumSource
  void noBarrierOfConvolutionsMayBeLeftOut(ElementType precision) {
    eachBarrierIsMissed(precision, random(smallImages(precision)));
  }

  private void eachBarrierIsMissed(ElementType precision, Case one) {
    String text = one.file().toString();
    int barriers = text.split("context\\.localBarrier\\(\\);", -1).length - 1;
    assertThat(barriers).isGreaterThanOrEqualTo(4);
    for (int left = 0; left < barriers; left++) {
      EmittedProgram program = edited(one, without(text, left));
      assertThatThrownBy(
              () -> {
                program.apply("GPU", 1, inputs(precision, one.inputs()));
                program.apply("GPU", 64, inputs(precision, one.inputs() * 64));
              })
          .as("without barrier %d", left)
          .isInstanceOf(AssertionError.class)
          .hasStackTraceContaining("without a barrier after");
    }
  }

  @ParameterizedTest
  @EnumSource
  void allItemsComeToABarrier(ElementType precision) {
    Case one = random(network(precision, 20, 8));
    String text =
        one.file()
            .toString()
            .replace("if (item == 0) {", "if (item == 0) { context.localBarrier();");
    assertThatThrownBy(() -> edited(one, text).apply("GPU", 1, inputs(precision, 20)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("come to other barriers");
  }

  private static String without(String text, int barrier) {
    String call = "context.localBarrier();";
    int at = text.indexOf(call);
    for (int i = 0; i < barrier; i++) {
      at = text.indexOf(call, at + 1);
    }
    return text.substring(0, at) + text.substring(at + call.length());
  }

  private static EmittedProgram edited(Case one, String text) {
    return new EmittedProgram(
        EmittedProgram.parse(
            new SimpleJavaFileObject(
                URI.create("string:///SchedulesTornado.java"), JavaFileObject.Kind.SOURCE) {
              @Override
              public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
              }
            }),
        one.parameters());
  }
}
