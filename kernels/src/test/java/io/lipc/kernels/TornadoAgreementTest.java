package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.pass.Inlining;
import io.lipc.kernels.pass.Lowering;
import io.lipc.kernels.tornado.TornadoEmitter;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.LipschitzNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The text of kernels for TornadoVM gives the results of the graph's interpreter, to the bit. No
 * test runs on a device here; the module {@code runtime-tornado} has those tests.
 */
class TornadoAgreementTest {

  private static final int NETWORKS = 20;

  private final List<CheckedNetwork> leaves = new ArrayList<>();
  private final Map<String, Subject> subjects = new TreeMap<>();
  private final Map<String, KernelGraph> callees = new TreeMap<>();
  private final Map<String, UnaryOperator<double[]>> oracles = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(20260202);

  @ParameterizedTest
  @EnumSource
  void randomNetworksAndTheirCallsAgree(ElementType precision) {
    List<CheckedNetwork> networks = new ArrayList<>();
    List<JavaFile> files = new ArrayList<>();
    for (int i = 0; i < NETWORKS; i++) {
      String name = "demo.random.N" + i;
      CheckedNetwork network = RandomNetworks.next(name, precision, random, leaves);
      networks.add(network);
      files.add(Generated.emit(network, leaves));
      subjects.put(name, Subjects.random(network.network(), random, leafSubjects()));
      oracles.put(name, Generated.deviceInterpreter(network, subjects.get(name), oracles));
      callees.put(name, Inlining.inline(Lowering.lower(network), callees));
      if (i < 2) {
        leaves.add(network);
      }
    }
    ClassLoader classes = InMemoryCompiler.compile(files);
    Map<String, LipschitzNetwork> instances = new TreeMap<>();
    int compared = 0;
    int callers = 0;
    for (CheckedNetwork network : networks) {
      String name = network.network().name();
      instances.put(
          name, Generated.instance(classes, subjects.get(name), called(network, instances)));
      if (TornadoEmitter.obstacle(Lowering.lower(network), callees).isEmpty()) {
        compare(
            network,
            subjects.get(name),
            CertifiedParameters.of(instances.get(name)),
            oracles.get(name),
            random.nextInt(1, 6));
        compared++;
        callers += called(network, instances).length > 0 ? 1 : 0;
      }
    }
    // Calls of calls may take more tasks than fit.
    assertThat(compared).isGreaterThanOrEqualTo(NETWORKS / 3);
    assertThat(callers).isPositive();
  }

  private Map<String, Subject> leafSubjects() {
    Map<String, Subject> leafSubjects = new TreeMap<>();
    leaves.forEach(
        leaf -> leafSubjects.put(leaf.network().name(), subjects.get(leaf.network().name())));
    return leafSubjects;
  }

  private static LipschitzNetwork[] called(
      CheckedNetwork network, Map<String, LipschitzNetwork> instances) {
    return Lowering.lower(network).kernels().stream()
        .filter(CallKernel.class::isInstance)
        .map(kernel -> ((CallKernel) kernel).network())
        .distinct()
        .map(instances::get)
        .toArray(LipschitzNetwork[]::new);
  }

  @ParameterizedTest
  @EnumSource
  void everyWidthAgrees(ElementType precision) {
    List<ActivationKind> kinds = RandomNetworks.PLAIN;
    // Each is a class to compile; the text differs by precision in types and literals alone.
    int step = precision == ElementType.F32 ? 1 : 3;
    for (int width = 1; width <= 70; width += step) {
      NetworkBuilder net = new NetworkBuilder("demo.Width" + width, precision);
      int x = net.input("x", 1 + width % 5 * 6);
      int h = net.dense("h#0", x, width, width % 3 != 0);
      net.activate("h", h, kinds.get(width % kinds.size()));
      compare(net.build(1, ""), 1 + width % 4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void activationsAgreeFarOutAndAtTheirKinks(ElementType precision) {
    double infinity = Double.POSITIVE_INFINITY;
    double[] x = {
      -infinity, -1e30, -300, -100, -45, -6, -3, -1, -1e-30, 0, 1e-30, 1, 3, 6, 50, infinity
    };
    for (ActivationKind kind : RandomNetworks.PLAIN) {
      NetworkBuilder net = new NetworkBuilder("demo.Far", precision);
      net.activate("y", net.input("x", x.length), kind);
      CheckedNetwork network = net.build(1, "");
      Subject subject = Subjects.random(network.network(), random, Map.of());
      double[] y = emitted(network, Generated.parameters(subject)).apply(1, rounded(precision, x));
      double[] expected =
          Generated.deviceInterpreter(network, subject, Map.of()).apply(rounded(precision, x));
      Elementwise function = Elementwise.of(kind.word(), List.of());
      for (int i = 0; i < x.length; i++) {
        double t = precision.round(x[i]);
        if (Double.compare(y[i] + 0.0, expected[i] + 0.0) != 0) {
          assertThat(y[i])
              .as("%s of %s", kind.word(), t)
              .isCloseTo(expected[i], within(errorOfBoth(precision, function, t, expected[i])));
        }
      }
    }
  }

  private static double errorOfBoth(
      ElementType precision, Elementwise function, double t, double expected) {
    Range argument = new Range(t, t);
    return switch (precision) {
      case F32 -> function.floatError(argument) + 0x1p-24 * Math.abs(expected);
      case F64 -> 2 * function.error(argument);
    };
  }

  private static double[] rounded(ElementType precision, double[] x) {
    return Arrays.stream(x).map(precision::round).toArray();
  }

  /** Rows of one element and of many, hot and cold, and a temperature that is no float. */
  @ParameterizedTest
  @EnumSource
  void softmaxAndCenterAgree(ElementType precision) {
    for (int size : new int[] {1, 2, 7, 70}) {
      for (double temperature : new double[] {0.1, 1, 30}) {
        NetworkBuilder net = new NetworkBuilder("demo.Rows", precision);
        int h = net.activate("h", net.input("x", size), GroupedKind.SOFTMAX, temperature);
        net.concat("y", List.of(h, net.activate("c", net.scale("s", h, 40), LinearKind.CENTER)));
        compare(net.build(1, ""), 5);
      }
    }
  }

  /** As on the JVM: infinities that meet their like are NaN, and so is the whole row then. */
  @ParameterizedTest
  @EnumSource
  void softmaxAndCenterOfInfinitiesAndNan(ElementType precision) {
    double infinity = Double.POSITIVE_INFINITY;
    for (double[] x :
        List.of(
            new double[] {1, -infinity, 2},
            new double[] {1, infinity, 2},
            new double[] {-infinity, -infinity, -infinity},
            new double[] {-3e38, 3e38, 0},
            new double[] {1, 2, Double.NaN})) {
      for (ActivationKind kind : List.of(GroupedKind.SOFTMAX, LinearKind.CENTER)) {
        NetworkBuilder net = new NetworkBuilder("demo.Ends", precision);
        net.activate("y", net.input("x", 3), kind, kind == LinearKind.CENTER ? none() : one());
        CheckedNetwork network = net.build(1, "");
        LipschitzNetwork jvm =
            Generated.instance(network, Subjects.random(network.network(), random, Map.of()));
        double[] y = emitted(network, CertifiedParameters.of(jvm)).apply(1, rounded(precision, x));
        double[] expected = Generated.apply(jvm, x);
        for (int i = 0; i < y.length; i++) {
          if (Double.isNaN(expected[i]) || Double.isInfinite(expected[i])) {
            assertThat(y[i])
                .as("%s of %s", kind, Arrays.toString(x))
                .isEqualTo(Double.valueOf(expected[i]));
          } else {
            double unit = precision == ElementType.F32 ? 1e-6 : 1e-15;
            assertThat(y[i]).isCloseTo(expected[i], within(unit * (1 + Math.abs(expected[i]))));
          }
        }
      }
    }
  }

  private static Double[] none() {
    return new Double[0];
  }

  private static Double[] one() {
    return new Double[] {1.0};
  }

  @ParameterizedTest
  @EnumSource
  void activationsWithConstantsAgree(ElementType precision) {
    for (ActivationKind kind : List.of(PointwiseKind.ELU, PointwiseKind.CELU)) {
      for (double alpha : new double[] {0.1, 1, 1.5}) {
        NetworkBuilder net = new NetworkBuilder("demo.Constants", precision);
        int h = net.activate("h", net.dense("h#0", net.input("x", 4), 9, true), kind, alpha);
        net.activate("y", h, kind, alpha);
        compare(net.build(1, ""), 5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKernelAgrees(ElementType precision) {
    for (int rows = 1; rows <= 20; rows++) {
      compare(Examples.every(precision), rows);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKernelOfImagesAgrees(ElementType precision) {
    for (int rows = 1; rows <= 5; rows++) {
      compare(Examples.images(precision), rows);
      compare(Examples.convolutions(precision), rows);
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomImagesAgree(ElementType precision) {
    for (int i = 0; i < NETWORKS; i++) {
      compare(RandomImages.next("demo.Image" + i, precision, random), 1 + i % 5);
    }
  }

  /** Groups whose channels fill no tile, one, or several and a part. */
  @ParameterizedTest
  @EnumSource
  void everyNumberOfChannelsAgrees(ElementType precision) {
    Window window = Window.square(new Axis(2, 1, 1, 0, 1));
    for (int channels = 1; channels <= 25; channels++) {
      NetworkBuilder net = new NetworkBuilder("demo.Channels" + channels, precision);
      int groups = 1 + channels % 3;
      int x = net.image("x", new Grid(2 * groups, 2, 3));
      int h = net.convolve("h", x, groups * channels, window, groups, channels % 4 != 0);
      net.activate("y", h, PointwiseKind.LEAKY_RELU, 0.25);
      compare(net.build(1, ""), 2);
    }
  }

  /** Sorted groups of every size, of neighbours and of channels. */
  @ParameterizedTest
  @EnumSource
  void everySizeOfAGroupAgrees(ElementType precision) {
    for (int group = 2; group <= 12; group++) {
      NetworkBuilder net = new NetworkBuilder("demo.Groups" + group, precision);
      int x = net.image("x", new Grid(2 * group, 2, 1));
      int channels = net.activate("c", x, GroupedKind.GROUP_SORT, (double) group);
      int flat = net.reshape("f", channels, 4 * group);
      net.activate("y", flat, GroupedKind.GROUP_SORT, 4.0 * group);
      compare(net.build(1, ""), 2);
    }
  }

  /** Equal elements, too, have places of their own. */
  @ParameterizedTest
  @EnumSource
  void equalAndInfiniteElementsAreSorted(ElementType precision) {
    double infinity = Double.POSITIVE_INFINITY;
    double[] x = {1, 3, 1, infinity, -infinity, 3, 1, infinity};
    assertThat(groups(precision, x, 8))
        .containsExactly(infinity, infinity, 3, 3, 1, 1, 1, -infinity);
    assertThat(groups(precision, x, 4))
        .containsExactly(infinity, 3, 1, 1, infinity, 3, 1, -infinity);
  }

  /** Over its whole group, and not beyond, as on the JVM. */
  @ParameterizedTest
  @EnumSource
  void notANumberSpreadsOverItsGroup(ElementType precision) {
    double nan = Double.NaN;
    double[] x = {1, 3, nan, 2, 4, 3, 5, 6};
    assertThat(groups(precision, x, 4)).containsExactly(nan, nan, nan, nan, 6, 5, 4, 3);
    assertThat(groups(precision, new double[] {nan, 1, 2, 3, nan, nan, nan, nan}, 4))
        .containsOnly(nan);
  }

  private double[] groups(ElementType precision, double[] x, double group) {
    NetworkBuilder net = new NetworkBuilder("demo.Groups", precision);
    net.activate("y", net.input("x", x.length), GroupedKind.GROUP_SORT, group);
    CheckedNetwork network = net.build(1, "");
    Subject subject = Subjects.random(network.network(), random, Map.of());
    LipschitzNetwork jvm = Generated.instance(network, subject);
    double[] y = emitted(network, CertifiedParameters.of(jvm)).apply(1, x);
    assertThat(Generated.apply(jvm, x)).containsExactly(y);
    return y;
  }

  /** Each output whose window sees NaN is NaN, and no other is. */
  @ParameterizedTest
  @EnumSource
  void notANumberIsNotLostInWindows(ElementType precision) {
    for (boolean isMean : new boolean[] {false, true}) {
      NetworkBuilder net = new NetworkBuilder("demo.Windows", precision);
      int x = net.image("x", new Grid(1, 3, 3));
      Window two = Window.plain(List.of(2, 2), List.of(1, 1));
      int pooled = isMean ? net.averagePool("p", x, two) : net.maxPool("p", x, two);
      CheckedNetwork network = net.build(1, "");
      LipschitzNetwork jvm =
          Generated.instance(network, Subjects.random(network.network(), random, Map.of()));
      assertThat(net.size(pooled)).isEqualTo(4);
      double nan = Double.NaN;
      for (double[] image :
          List.of(
              new double[] {nan, 1, 2, 3, 4, 5, 6, 7, 8},
              new double[] {0, 1, 2, 3, 4, nan, 6, 7, 8},
              new double[] {8, 7, 6, nan, 4, 3, 2, 1, 0})) {
        double[] y = emitted(network, CertifiedParameters.of(jvm)).apply(1, image);
        assertThat(y).containsExactly(Generated.apply(jvm, image)).contains(nan);
        assertThat(Arrays.stream(y).filter(v -> !Double.isNaN(v)).count()).isBetween(2L, 3L);
      }
    }
  }

  /** Convolutions are counted through calls, and each has the weights of its own network. */
  @ParameterizedTest
  @EnumSource
  void convolutionsOfCalleesAgree(ElementType precision) {
    CheckedNetwork inner = Examples.images(precision);
    NetworkBuilder net = new NetworkBuilder("demo.Caller", precision);
    int x = net.image("x", new Grid(1, 9, 7));
    Window same = Window.square(new Axis(3, 1, 1, 1, 1));
    int image = net.convolve("image", x, 2, same, 1, true);
    int first = net.call("first", image, inner.network());
    int second = net.call("second", net.batchNorm("norm", image), inner.network());
    net.add("y", List.of(first, second));
    CheckedNetwork network = net.build(1, "");
    String name = inner.network().name();
    Subject innerSubject = Subjects.random(inner.network(), random, Map.of());
    Subject subject = Subjects.random(network.network(), random, Map.of(name, innerSubject));
    ClassLoader classes =
        InMemoryCompiler.compile(
            List.of(Generated.emit(inner, List.of()), Generated.emit(network, List.of(inner))));
    LipschitzNetwork callee = Generated.instance(classes, innerSubject);
    callees.put(name, Lowering.lower(inner));
    oracles.put(name, Generated.deviceInterpreter(inner, innerSubject, Map.of()));
    compare(
        network,
        subject,
        CertifiedParameters.of(Generated.instance(classes, subject, callee)),
        Generated.deviceInterpreter(network, subject, oracles),
        2);
  }

  @ParameterizedTest
  @EnumSource
  void theIdentityHasTwoArrays(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Identity", precision);
    net.activate("y", net.input("x", 3), LinearKind.IDENTITY);
    compare(net.build(1, ""), 2);
  }

  @Test
  void layersMayBeCalledAnything() {
    NetworkBuilder net = new NetworkBuilder("demo.Names", ElementType.F32);
    int layer = net.input("tasks", 4);
    for (String name :
        List.of(
            "class",
            "batch",
            "network",
            "parameters",
            "h",
            "hWeight",
            "hBias",
            "items",
            "padded",
            "GROUP",
            "dense",
            "a#1",
            "a_1",
            "a-1",
            "return",
            "FloatArray",
            "größe")) {
      layer = net.dense(name, layer, 4, true);
    }
    compare(net.build(1, ""), 1);
  }

  @Test
  void aTensorThatCouldBeACalleesIsRefused() {
    NetworkBuilder net = new NetworkBuilder("demo.Ambiguous", ElementType.F32);
    CheckedNetwork policy = Examples.policy(ElementType.F32);
    int h = net.dense("demo.control.Policy/h1", net.input("x", 12), 12, false);
    net.call("y", h, policy.network());
    CheckedNetwork network = net.build(1, "");
    ClassLoader classes =
        InMemoryCompiler.compile(
            List.of(Generated.emit(policy, List.of()), Generated.emit(network, List.of(policy))));
    Subject inner = Subjects.random(policy.network(), random, Map.of());
    Map<String, Subject> called = Map.of("demo.control.Policy", inner);
    Subject outer = Subjects.random(network.network(), random, called);
    LipschitzNetwork callee = Generated.instance(classes, inner);
    assertThatThrownBy(() -> Generated.instance(classes, outer, callee))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("`demo.control.Policy/h1.weight` is a tensor here and in a callee");
  }

  @ParameterizedTest
  @EnumSource
  void notANumberIsNeverLost(ElementType precision) {
    List<ActivationKind> kinds = new ArrayList<>(RandomNetworks.PLAIN);
    kinds.addAll(List.of(PointwiseKind.LEAKY_RELU, PointwiseKind.ELU, PointwiseKind.CELU));
    kinds.addAll(List.of(GroupedKind.MAXMIN, GroupedKind.HOUSEHOLDER));
    for (ActivationKind kind : kinds) {
      NetworkBuilder net = new NetworkBuilder("demo.NotANumber", precision);
      Double[] parameters =
          Collections.nCopies(kind.parameterNames().size(), 0.1).toArray(Double[]::new);
      net.activate("y", net.input("x", 2), kind, parameters);
      CheckedNetwork network = net.build(1, "");
      CertifiedParameters weights =
          Generated.parameters(Subjects.random(network.network(), random, Map.of()));
      for (double[] x : List.of(new double[] {1, Double.NaN}, new double[] {Double.NaN, -1})) {
        assertThat(Arrays.stream(emitted(network, weights).apply(1, x)).anyMatch(Double::isNaN))
            .as(kind.word())
            .isTrue();
      }
    }
  }

  /** In both places, as on the JVM: a number beside NaN would be one that nobody computed. */
  @ParameterizedTest
  @EnumSource
  void maxminOfNotANumberIsNotANumberTwice(ElementType precision) {
    double infinity = Double.POSITIVE_INFINITY;
    NetworkBuilder net = new NetworkBuilder("demo.Pairs", precision);
    net.activate("y", net.input("x", 12), GroupedKind.MAXMIN);
    CheckedNetwork network = net.build(1, "");
    Subject subject = Subjects.random(network.network(), random, Map.of());
    LipschitzNetwork jvm = Generated.instance(network, subject);
    double nan = Double.NaN;
    double[] x = {1, nan, nan, -1, nan, nan, -infinity, infinity, 2, infinity, nan, -infinity};
    double[] y = {nan, nan, nan, nan, nan, nan, infinity, -infinity, infinity, 2, nan, nan};
    assertThat(emitted(network, CertifiedParameters.of(jvm)).apply(1, x)).containsExactly(y);
    assertThat(Generated.apply(jvm, x)).containsExactly(y);
    assertThat(Generated.deviceInterpreter(network, subject, Map.of()).apply(x)).containsExactly(y);
    assertThat(UnitEvaluator.of(subject).apply(x)).containsExactly(y);
  }

  private void compare(CheckedNetwork network, int rows) {
    Subject subject = Subjects.random(network.network(), random, Map.of());
    compare(
        network,
        subject,
        Generated.parameters(subject),
        Generated.deviceInterpreter(network, subject, Map.of()),
        rows);
  }

  private EmittedProgram emitted(CheckedNetwork network, CertifiedParameters parameters) {
    return new EmittedProgram(
        TornadoEmitter.emit(network, Lowering.lower(network), callees), parameters);
  }

  /** To the bit where nothing is approximated, else within what rounding may do. */
  private void compare(
      CheckedNetwork network,
      Subject subject,
      CertifiedParameters parameters,
      UnaryOperator<double[]> oracle,
      int rows) {
    int size = subject.certificate().units().getFirst().size();
    ElementType precision = network.network().precision();
    double tolerance = Approximations.toleranceOnDevices(subject, 3);
    double[] inputs = random.doubles((long) rows * size, -3, 3).map(precision::round).toArray();
    EmittedProgram program = emitted(network, parameters);
    for (String schedule : List.of("PORTABLE", "CPU")) {
      double[] outputs = program.apply(schedule, rows, inputs);
      int outputSize = outputs.length / rows;
      for (int row = 0; row < rows; row++) {
        double[] x = Arrays.copyOfRange(inputs, row * size, (row + 1) * size);
        double[] y = Arrays.copyOfRange(outputs, row * outputSize, (row + 1) * outputSize);
        assertThat(unsignedZeros(y))
            .as("row %s of %s, %s", row, network.network().name(), schedule)
            .containsExactly(unsignedZeros(oracle.apply(x)), within(tolerance));
      }
    }
  }

  /** Comparisons do not tell -0 from 0, and the maximum of the JVM does. */
  private static double[] unsignedZeros(double[] values) {
    return Arrays.stream(values).map(value -> value + 0.0).toArray();
  }
}
