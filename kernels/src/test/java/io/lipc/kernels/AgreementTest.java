package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.Subject;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Precision;
import io.lipc.runtime.LipschitzNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Emitted code gives the bits of the interpreter, on random graphs with every kind of layer. */
class AgreementTest {

  private static final int NETWORKS = 30;

  private final List<CheckedNetwork> leaves = new ArrayList<>();
  private final Map<String, Subject> subjects = new TreeMap<>();
  private final Map<String, UnaryOperator<double[]>> oracles = new LinkedHashMap<>();

  @ParameterizedTest
  @EnumSource(Precision.class)
  void emittedCodeGivesTheBitsOfTheInterpreter(Precision precision) {
    SplittableRandom random = new SplittableRandom(20260101);
    List<JavaFile> files = new ArrayList<>();
    List<CheckedNetwork> networks = new ArrayList<>();
    for (int i = 0; i < NETWORKS; i++) {
      String name = "demo.random.N" + i;
      CheckedNetwork network = RandomNetworks.next(name, precision, random, leaves);
      Subject subject = Subjects.random(network.network(), random, subjects);
      files.add(Generated.emit(network, leaves));
      oracles.put(name, Generated.interpreter(network, subject, oracles));
      networks.add(network);
      if (i < 3) {
        leaves.add(network);
      }
      subjects.put(name, subject);
    }
    ClassLoader classes = InMemoryCompiler.compile(files, Map.of());
    Map<String, LipschitzNetwork> instances = new TreeMap<>();
    for (CheckedNetwork network : networks) {
      String name = network.network().name();
      LipschitzNetwork[] callees =
          Lowering.lower(network).kernels().stream()
              .filter(Kernel.CallNetwork.class::isInstance)
              .map(kernel -> ((Kernel.CallNetwork) kernel).network())
              .distinct()
              .map(instances::get)
              .toArray(LipschitzNetwork[]::new);
      instances.put(name, Generated.instance(classes, subjects.get(name), callees));
      compare(network, instances.get(name), oracles.get(name), random);
    }
  }

  private static void compare(
      CheckedNetwork network,
      LipschitzNetwork emitted,
      UnaryOperator<double[]> oracle,
      SplittableRandom random) {
    Precision precision = network.network().precision();
    for (int sample = 0; sample < 5; sample++) {
      double[] x =
          random.doubles(emitted.inputSize(), -3, 3).map(v -> precision.round(v)).toArray();
      assertThat(Generated.apply(emitted, x))
          .as("%s", Lowering.lower(network))
          .containsExactly(oracle.apply(x));
    }
  }
}
