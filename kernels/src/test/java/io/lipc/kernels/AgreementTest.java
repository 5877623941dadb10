package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.NetworkLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Emitted code gives the bits of the interpreter, on random graphs with every kind of layer; where
 * it approximates, as F32 does with most activations, it is as close as the rounding bound says.
 */
class AgreementTest {

  private static final int NETWORKS = 30;

  private final List<CheckedNetwork> leaves = new ArrayList<>();
  private final Map<String, Subject> leafSubjects = new TreeMap<>();
  private final Map<String, Subject> subjects = new TreeMap<>();
  private final Map<String, UnaryOperator<double[]>> oracles = new LinkedHashMap<>();

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void emittedCodeAgreesWithTheInterpreter(ElementType precision) {
    SplittableRandom random = new SplittableRandom(20260101);
    List<JavaFile> files = new ArrayList<>();
    List<CheckedNetwork> networks = new ArrayList<>();
    for (int i = 0; i < NETWORKS; i++) {
      String name = "demo.random.N" + i;
      CheckedNetwork network =
          i % 3 == 2
              ? RandomImages.next(name, precision, random)
              : RandomNetworks.next(name, precision, random, leaves);
      Subject subject = Subjects.random(network.network(), random, leafSubjects);
      files.add(Generated.emit(network, leaves));
      oracles.put(name, Generated.interpreter(network, subject, oracles));
      networks.add(network);
      if (i < 3) {
        leaves.add(network);
        leafSubjects.put(name, subject);
      }
      subjects.put(name, subject);
    }
    ClassLoader classes = InMemoryCompiler.compile(files);
    Map<String, LipschitzNetwork> instances = new TreeMap<>();
    for (CheckedNetwork network : networks) {
      String name = network.network().name();
      LipschitzNetwork[] callees =
          Lowering.lower(network).kernels().stream()
              .filter(CallKernel.class::isInstance)
              .map(kernel -> ((CallKernel) kernel).network())
              .distinct()
              .map(instances::get)
              .toArray(LipschitzNetwork[]::new);
      instances.put(name, Generated.instance(classes, subjects.get(name), callees));
      compare(network, subjects.get(name), instances.get(name), oracles.get(name), random);
      compareWithUnits(subjects.get(name), instances.get(name));
    }
  }

  /** Loading compares the code with the certificate's units; true code has to pass. */
  private static void compareWithUnits(Subject subject, LipschitzNetwork emitted) {
    NetworkLoader loader =
        new NetworkLoader(emitted.getClass(), subject.certificate().network(), "", "");
    assertThat(loader.checked(emitted)).isSameAs(emitted);
    double[] zero = new double[emitted.inputSize()];
    assertThat(Generated.apply(emitted, zero))
        .containsExactly(
            UnitEvaluator.of(subject).apply(zero),
            within(subject.certificate().type() == ElementType.F32 ? 1e-4 : 1e-12));
  }

  private static void compare(
      CheckedNetwork network,
      Subject subject,
      LipschitzNetwork emitted,
      UnaryOperator<double[]> oracle,
      SplittableRandom random) {
    ElementType precision = network.network().precision();
    double tolerance = Approximations.tolerance(subject, 3);
    for (int sample = 0; sample < 5; sample++) {
      double[] x =
          random.doubles(emitted.inputSize(), -3, 3).map(v -> precision.round(v)).toArray();
      assertThat(Generated.apply(emitted, x))
          .as("%s", Lowering.lower(network))
          .containsExactly(oracle.apply(x), within(tolerance));
    }
    if (emitted instanceof FloatNetwork floats) {
      int rows = 1 + random.nextInt(300);
      compareBatch(network, floats, rows, random);
    }
  }

  /** A row of a batch gives the bits that it gives alone. */
  private static void compareBatch(
      CheckedNetwork network, FloatNetwork emitted, int rows, SplittableRandom random) {
    float[][] inputs = new float[rows][emitted.inputSize()];
    float[][] outputs = new float[rows][emitted.outputSize()];
    for (float[] x : inputs) {
      for (int i = 0; i < x.length; i++) {
        x[i] = 6 * random.nextFloat() - 3;
      }
    }
    emitted.apply(inputs, outputs);
    float[] alone = new float[emitted.outputSize()];
    for (int r = 0; r < rows; r++) {
      emitted.apply(inputs[r], alone);
      assertThat(outputs[r])
          .as("row %d of %d of %s", r, rows, Lowering.lower(network))
          .containsExactly(alone);
    }
  }
}
