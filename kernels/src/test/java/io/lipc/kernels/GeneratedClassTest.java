package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.Scaling;
import io.lipc.formats.ElementType;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.Transposed;
import io.lipc.runtime.Workspace;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The behaviour of a generated class on which users rely, beyond its numbers. */
class GeneratedClassTest {

  private static FloatNetwork policy;
  private static FloatNetwork guarded;

  @BeforeAll
  static void compile() {
    CheckedNetwork inner = Examples.policy(ElementType.F32);
    CheckedNetwork outer = Examples.guarded(ElementType.F32);
    SplittableRandom random = new SplittableRandom(5);
    Subject policySubject = Subjects.random(inner.network(), random, Map.of());
    Subject guardedSubject =
        Subjects.random(outer.network(), random, Map.of("demo.control.Policy", policySubject));
    ClassLoader classes =
        InMemoryCompiler.compile(
            List.of(Generated.emit(inner, List.of()), Generated.emit(outer, List.of(inner))));
    policy = (FloatNetwork) Generated.instance(classes, policySubject);
    guarded = (FloatNetwork) Generated.instance(classes, guardedSubject, policy);
  }

  @Test
  void anEvaluationInAWorkspaceAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (FloatNetwork network : List.of(policy, guarded)) {
      Workspace workspace = network.newWorkspace();
      float[] x = new float[12];
      float[] y = new float[4];
      evaluate(network, workspace, x, y, 1000);
      long before = threads.getCurrentThreadAllocatedBytes();
      evaluate(network, workspace, x, y, 1000);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      // Fewer bytes than evaluations: what there is comes from the measurement.
      assertThat(allocated).isLessThan(1000);
    }
  }

  /** Arrays for 512 rows would be a gigabyte. */
  @Test
  void aSmallBatchTakesLittleMemory() {
    NetworkBuilder net = new NetworkBuilder("demo.Wide", ElementType.F32);
    int scaled = net.scale("scaled", net.input("x", 200_000), 2);
    net.dense("y", scaled, 1, true);
    CheckedNetwork wide = net.build(1, "");
    Subject subject = Subjects.random(wide.network(), new SplittableRandom(5), Map.of());
    FloatNetwork network = (FloatNetwork) Generated.instance(wide, subject);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    network.apply(new float[8][200_000], new float[8][1]);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(120_000_000);
  }

  private static void evaluate(
      FloatNetwork network, Workspace workspace, float[] x, float[] y, int times) {
    for (int i = 0; i < times; i++) {
      network.apply(workspace, x, y);
      network.certifiedRadius(workspace, x, y);
    }
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    float[][] inputs = inputs(2000);
    float[][] alone = new float[inputs.length][4];
    policy.apply(inputs, alone);
    float[][] together = new float[inputs.length][4];
    IntStream.range(0, inputs.length).parallel().forEach(i -> policy.apply(inputs[i], together[i]));
    assertThat(together).isDeepEqualTo(alone);
  }

  @Test
  void aBatchOfAnySizeIsItsRows() {
    for (int rows :
        IntStream.concat(IntStream.rangeClosed(0, 40), IntStream.of(128, 512, 1000)).toArray()) {
      float[][] inputs = inputs(rows);
      float[][] outputs = new float[rows][4];
      guarded.apply(inputs, outputs);
      for (int i = 0; i < rows; i++) {
        float[] y = new float[4];
        guarded.apply(inputs[i], y);
        assertThat(outputs[i]).containsExactly(y);
      }
    }
  }

  @Test
  void concurrentBatchesDoNotDisturbEachOther() throws InterruptedException {
    float[][] inputs = inputs(700);
    float[][] expected = new float[inputs.length][4];
    policy.apply(inputs, expected);
    Set<Integer> right = ConcurrentHashMap.newKeySet();
    try (ExecutorService callers = Executors.newFixedThreadPool(32)) {
      for (int caller = 0; caller < 32; caller++) {
        int number = caller;
        callers.execute(
            () -> {
              float[][] outputs = new float[inputs.length][4];
              policy.apply(inputs, outputs);
              if (Arrays.deepEquals(outputs, expected)) {
                right.add(number);
              }
            });
      }
    }
    assertThat(right).hasSize(32);
  }

  @Test
  void wrongLengthsAreNamed() {
    assertThatThrownBy(() -> policy.apply(new float[11], new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input has 11 elements, expected 12");
    assertThatThrownBy(() -> policy.apply(policy.newWorkspace(), new float[12], new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output has 5 elements, expected 4");
    assertThatThrownBy(() -> policy.apply(new float[2][12], new float[3][4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 input rows, but 3 output rows");
  }

  @Test
  void aBatchWithAWrongRowWritesNothing() {
    float[][] inputs = inputs(20);
    inputs[13] = new float[11];
    float[][] outputs = new float[20][4];
    assertThatThrownBy(() -> policy.apply(inputs, outputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input has 11 elements, expected 12");
    assertThat(outputs).isDeepEqualTo(new float[20][4]);
  }

  @Test
  void wrongBlocksAreNamed() {
    Workspace workspace = policy.newWorkspace();
    float[][] inputs = Transposed.allocate(12);
    float[][] outputs = Transposed.allocate(4);
    assertThatThrownBy(() -> policy.applyTransposed(workspace, inputs, outputs, 513))
        .hasMessage("513 rows, expected 1 to 512");
    assertThatThrownBy(() -> policy.applyTransposed(workspace, inputs, outputs, 0))
        .hasMessage("0 rows, expected 1 to 512");
    assertThatThrownBy(() -> policy.applyTransposed(workspace, Transposed.allocate(11), outputs, 1))
        .hasMessage("inputs has 11 elements per row, expected 12");
    assertThatThrownBy(() -> policy.applyTransposed(workspace, inputs, new float[4][3], 1))
        .hasMessage("outputs[0] has room for 3 rows, expected at least 32");
    Workspace foreign = guarded.newWorkspace();
    assertThatThrownBy(() -> policy.applyTransposed(foreign, inputs, outputs, 1))
        .hasMessageContaining("demo.control.PolicyNetwork");
  }

  @Test
  void aWorkspaceServesBlocksOfAnyNumberOfRows() {
    Workspace workspace = guarded.newWorkspace();
    for (int rows : new int[] {1, 8, 32, 33, 512, 7}) {
      float[][] inputs = inputs(rows);
      float[][] block = Transposed.allocate(12, rows);
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < 12; i++) {
          block[i][r] = inputs[r][i];
        }
      }
      float[][] found = Transposed.allocate(4, rows);
      guarded.applyTransposed(workspace, block, found, rows);
      float[] expected = new float[4];
      for (int r = 0; r < rows; r++) {
        guarded.apply(inputs[r], expected);
        for (int i = 0; i < 4; i++) {
          assertThat(found[i][r]).isEqualTo(expected[i]);
        }
      }
    }
  }

  @Test
  void theWorkspaceOfAnotherNetworkIsRefused() {
    Workspace foreign = guarded.newWorkspace();
    assertThatThrownBy(() -> policy.apply(foreign, new float[12], new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("demo.control.PolicyNetwork");
  }

  @Test
  void nanPropagates() {
    float[] x = new float[12];
    x[3] = Float.NaN;
    float[] y = new float[4];
    policy.apply(x, y);
    assertThat(y).containsOnly(Float.NaN);
  }

  @Test
  void theOutputMayBeTheInput() {
    NetworkBuilder net = new NetworkBuilder("demo.Square", ElementType.F32);
    net.dense("y", net.input("x", 3), 3, true);
    CheckedNetwork network = net.build(1, "");
    Subject subject = Subjects.random(network.network(), new SplittableRandom(1), Map.of());
    FloatNetwork square = (FloatNetwork) Generated.instance(network, subject);
    float[] x = {1, 2, 3};
    float[] y = new float[3];
    square.apply(x, y);
    square.apply(x, x);
    assertThat(x).containsExactly(y);
  }

  @Test
  void sizesAndBoundAreThoseOfTheNetwork() {
    assertThat(policy.inputSize()).isEqualTo(12);
    assertThat(policy.outputSize()).isEqualTo(4);
    assertThat(policy.lipschitzBound()).isEqualTo(2);
    assertThat(policy.certificate().network()).isEqualTo("demo.control.Policy");
  }

  @Test
  void twoThousandLayersCompileAndRun() {
    NetworkBuilder net = new NetworkBuilder("demo.Deep", ElementType.F32);
    int x = net.input("x", 8);
    int h = x;
    for (int i = 0; i < 2000; i++) {
      h = net.dense("h" + i, h, 8, true);
    }
    net.add("y", List.of(h, x));
    assertAgrees(net.build(1, ""));
  }

  @Test
  void aSumOfTwentyThousandTermsCompilesAndRuns() {
    NetworkBuilder net = new NetworkBuilder("demo.Wide", ElementType.F32);
    int x = net.input("x", 2);
    int h = net.activate("h", x, PointwiseKind.TANH);
    net.add("y", Collections.nCopies(20_000, h));
    assertAgrees(net.build(1, ""));
  }

  @Test
  void aLongNetworkCallsOthersFromItsParts() {
    CheckedNetwork inner = Examples.policy(ElementType.F32);
    NetworkBuilder net = new NetworkBuilder("demo.control.Outer", ElementType.F32);
    int h = net.input("x", 12, -1, 1);
    for (int i = 0; i < 70; i++) {
      h = net.dense("h" + i, h, 12, true);
    }
    net.call("y", h, inner.network());
    CheckedNetwork outer = net.build(1, "");
    SplittableRandom random = new SplittableRandom(9);
    Subject innerSubject = Subjects.random(inner.network(), random, Map.of());
    Map<String, Subject> callees = Map.of("demo.control.Policy", innerSubject);
    Subject outerSubject = Subjects.random(outer.network(), random, callees);
    ClassLoader classes =
        InMemoryCompiler.compile(
            List.of(Generated.emit(inner, List.of()), Generated.emit(outer, List.of(inner))));
    LipschitzNetwork emitted =
        Generated.instance(classes, outerSubject, Generated.instance(classes, innerSubject));
    double[] x = new double[12];
    Arrays.fill(x, 0.5);
    assertThat(Generated.apply(emitted, x))
        .containsExactly(
            Generated.interpreter(
                    outer,
                    outerSubject,
                    Map.of(
                        "demo.control.Policy",
                        Generated.interpreter(inner, innerSubject, Map.of())))
                .apply(x),
            within(Approximations.tolerance(outerSubject, 1)));
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void constantsInTheCodeAreThoseOfTheCertificate(ElementType precision) {
    SplittableRandom random = new SplittableRandom(13);
    NetworkBuilder net = new NetworkBuilder("demo.Constants", precision);
    int x = net.input("x", 1);
    int minus = net.scale("minus", x, -1);
    List<Integer> branches = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      // Magnitudes of all exponents of float, the subnormal ones included.
      double constant = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-148, 127));
      branches.add(net.activate("leaky" + i, minus, PointwiseKind.LEAKY_RELU, constant));
      branches.add(net.scale("scaled" + i, x, constant));
    }
    net.concat("y", branches);
    CheckedNetwork network = net.build(1, "");
    Subject subject = Subjects.random(network.network(), random, Map.of());
    double[] certified =
        subject.certificate().units().stream()
            .flatMapToDouble(
                unit ->
                    switch (unit) {
                      case Unit.Activation leaky -> DoubleStream.of(-leaky.constants().getFirst());
                      case Unit.Linear(_, Scaling(double factor), _) when factor != -1 ->
                          DoubleStream.of(factor);
                      default -> DoubleStream.empty();
                    })
            .toArray();
    assertThat(certified).hasSize(400);
    assertThat(Generated.apply(Generated.instance(network, subject), new double[] {1}))
        .containsExactly(certified);
  }

  /** One logit and a bound of 1: the radius is the logit less twice the error, rounded down. */
  @Test
  void radiiTakeTheErrorOfTheActivationOfFloats() {
    NetworkBuilder net = new NetworkBuilder("demo.Lone", ElementType.F32);
    net.activate("y", net.input("x", 1, -9, 9), PointwiseKind.TANH);
    CheckedNetwork network = net.build(1, "");
    Subject subject = Subjects.random(network.network(), new SplittableRandom(3), Map.of());
    FloatNetwork lone = (FloatNetwork) Generated.instance(network, subject);
    float[] y = new float[1];
    lone.apply(new float[] {0.55f}, y);
    double radius = lone.certifiedRadius(new float[] {0.55f}, y);
    assertThat((y[0] - radius) / 2 * 0x1p24).isBetween(5.499, 5.501);
  }

  @Test
  void roundingErrorsStayWithinTheProvedBound() {
    double proved = RoundingBound.maxError(policy.subject()).orElseThrow();
    UnitEvaluator reference = UnitEvaluator.of(policy.subject());
    double largest = 0;
    for (float[] x : inputs(500)) {
      double[] same = IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
      double[] computed = Generated.apply(policy, same);
      double[] exact = reference.apply(same);
      for (int i = 0; i < exact.length; i++) {
        largest = Math.max(largest, Math.abs(computed[i] - exact[i]));
      }
    }
    // The reference rounds too, 2^29 times finer.
    assertThat(largest).isBetween(Double.MIN_VALUE, proved);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void activationsAgreeWithTheInterpreter(ElementType precision) {
    double infinity = Double.POSITIVE_INFINITY;
    double[] x = {
      -infinity, -1e30, -801, -90, -45, -6, -3, -1, -1e-30, 0, 1e-30, 1, 3, 6, 50, infinity, 0 / 0.0
    };
    double[] rounded = Arrays.stream(x).map(precision::round).toArray();
    for (ActivationKind kind : RandomNetworks.PLAIN) {
      NetworkBuilder net = new NetworkBuilder("demo.Far", precision);
      net.activate("y", net.input("x", x.length), kind);
      CheckedNetwork network = net.build(1, "");
      Subject subject = Subjects.random(network.network(), new SplittableRandom(3), Map.of());
      double[] computed = Generated.apply(Generated.instance(network, subject), rounded);
      double[] expected = Generated.interpreter(network, subject, Map.of()).apply(rounded);
      boolean isRounded = Approximations.approximates(subject.certificate().type(), kind.word());
      Elementwise function = Elementwise.of(kind.word(), List.of());
      for (int i = 0; i < x.length; i++) {
        Range argument = new Range(rounded[i], rounded[i]);
        double off = isRounded && Double.isFinite(x[i]) ? 2 * function.floatError(argument) : 0;
        // Infinities and NaN are themselves; a difference of 0 has no sign.
        boolean agrees =
            Double.compare(computed[i], expected[i]) == 0
                || Math.abs(computed[i] - expected[i]) <= off;
        assertThat(agrees)
            .as("%s of %s: %s, expected %s", kind.word(), rounded[i], computed[i], expected[i])
            .isTrue();
      }
    }
  }

  private static void assertAgrees(CheckedNetwork network) {
    Subject subject = Subjects.random(network.network(), new SplittableRandom(3), Map.of());
    double[] x = new double[network.network().input().shape().size()];
    Arrays.fill(x, 0.25);
    assertThat(Generated.apply(Generated.instance(network, subject), x))
        .containsExactly(
            Generated.interpreter(network, subject, Map.of()).apply(x),
            within(Approximations.tolerance(subject, 1)));
  }

  private static float[][] inputs(int count) {
    SplittableRandom random = new SplittableRandom(11);
    float[][] inputs = new float[count][12];
    for (float[] row : inputs) {
      for (int k = 0; k < row.length; k++) {
        row[k] = (float) random.nextDouble(-1, 1);
      }
    }
    return inputs;
  }
}
