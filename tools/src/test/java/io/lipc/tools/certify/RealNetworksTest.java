package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.UnitEvaluator;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.compiler.reading.NnetModel;
import io.lipc.formats.Nnet;
import io.lipc.formats.NnetFile;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.tools.command.Question;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.PairFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real collision-avoidance networks: read, certified, and evaluated against loops of our own. */
final class RealNetworksTest {

  @TempDir private Path work;

  @ParameterizedTest
  @ValueSource(strings = {"acasxu", "hcas"})
  void networks_are_certified_and_evaluate_as_written(String family) throws Exception {
    Path folder = Path.of(System.getProperty("lipc.shared"), "data", "nets", family);
    Assumptions.assumeTrue(Files.isDirectory(folder), "no folder shared/data/nets/" + family);
    for (Path file : networks(folder)) {
      NnetFile nnet = Nnet.read(file);
      Examiner examiner = new Examiner(Method.AUTO, Question.asDeclared(), new PairFiles(work));
      Examined examined = examiner.examine(Model.read(file)).getFirst();
      Certification certification = examined.certification().orElseThrow();
      assertThat(certification).as(file.toString()).isInstanceOf(Certification.Certified.class);
      double upper = ((Certification.Certified) certification).upper().value();
      assertThat(certification.evidence().lower().value()).isPositive().isLessThanOrEqualTo(upper);
      compareOutputs(file, nnet, UnitEvaluator.of(examined.best().orElseThrow()));
    }
  }

  private static List<Path> networks(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".nnet")).sorted().toList();
    }
  }

  private static void compareOutputs(Path file, NnetFile nnet, UnitEvaluator units) {
    NnetModel model = NnetModel.of("net", nnet, 1);
    Map<String, double[]> tensors = new TreeMap<>();
    model.weights().tensors().forEach((name, tensor) -> tensors.put(name, tensor.values()));
    Interpreter interpreter = new Interpreter(Lowering.lower(model.checked()), tensors, Map.of());
    Random random = new Random(7);
    for (int sample = 0; sample < 200; sample++) {
      double[] x = new double[nnet.sizes().getFirst()];
      for (int i = 0; i < x.length; i++) {
        double width = nnet.maximums().get(i) - nnet.minimums().get(i);
        x[i] = nnet.minimums().get(i) + random.nextDouble() * width;
      }
      double[] expected = forward(nnet, x);
      double scale = 0;
      for (double y : expected) {
        scale = Math.max(scale, Math.abs(y));
      }
      for (double[] found : List.of(units.apply(x), interpreter.apply(x))) {
        for (int i = 0; i < expected.length; i++) {
          assertThat(Math.abs(found[i] - expected[i]))
              .as("%s, output %d", file, i)
              .isLessThanOrEqualTo(1e-5 * scale);
        }
      }
    }
  }

  /** The network as the format's description says, with nothing of ours but its numbers. */
  private static double[] forward(NnetFile nnet, double[] x) {
    double[] h = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      h[i] = (x[i] - nnet.means().get(i)) / nnet.ranges().get(i);
    }
    for (int k = 0; k < nnet.layers().size(); k++) {
      double[][] w = nnet.layers().get(k).weight().rows();
      double[] z = nnet.layers().get(k).bias().values();
      for (int i = 0; i < w.length; i++) {
        for (int j = 0; j < h.length; j++) {
          z[i] += w[i][j] * h[j];
        }
        z[i] = k < nnet.layers().size() - 1 && z[i] < 0 ? 0 : z[i];
      }
      h = z;
    }
    for (int i = 0; i < h.length; i++) {
      h[i] = h[i] * nnet.outputRange() + nnet.outputMean();
    }
    return h;
  }
}
