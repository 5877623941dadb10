package io.lipc.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certifier.SearchListener;
import io.lipc.formats.ElementType;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.page.Samples;
import io.lipc.training.table.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Margins and radii, held against another evaluator of the same network. */
final class SampleEvaluationTest {

  private static final String BODY =
      """
      network Turn(z: real[4]) -> real[4] {
          certify lipschitz <= 8;
          weights "w.safetensors";
          u = z |> dense(4) |> tanh;
          return u;
      }
      network Net(x: real[4] %s) -> real[3] {
          certify lipschitz <= 8 %s;
          weights "w.safetensors";
          h = x |> %s dense(8) |> relu;
          y = h |> dense(3);
          return y;
      }
      """;

  @TempDir private Path folder;
  private final Random random = new Random(3);

  private Tensor tensor(String name, int... shape) throws Exception {
    int size = shape.length == 1 ? shape[0] : shape[0] * shape[1];
    double[] values = random.doubles(size, -0.7, 0.7).map(v -> (float) v).toArray();
    List<Integer> extents = shape.length == 1 ? List.of(shape[0]) : List.of(shape[0], shape[1]);
    return Tensor.of(name, ElementType.F32, extents, values);
  }

  private ReportInput input(String box, String norms, String before) throws Exception {
    Path file = folder.resolve("net.lip");
    Files.writeString(file, BODY.formatted(box, norms, before));
    List<Tensor> tensors =
        List.of(
            tensor("u.weight", 4, 4),
            tensor("u.bias", 4),
            tensor("h.weight", 8, 4),
            tensor("h.bias", 8),
            tensor("y.weight", 3, 8),
            tensor("y.bias", 3));
    Files.write(folder.resolve("w.safetensors"), Safetensors.write(Weights.of(tensors)));
    List<ReportInput> inputs =
        new ModelInputs(
                file, new OnnxOptions(), folder, Duration.ofSeconds(20), SearchListener.NONE)
            .read();
    ReportInput net = inputs.stream().filter(i -> i.network().equals("Net")).findFirst().get();
    assertThat(net.messages()).isEmpty();
    return net;
  }

  private Dataset data(Subject subject) throws Exception {
    UnitEvaluator evaluator = UnitEvaluator.of(subject);
    double[][] features = new double[40][];
    int[] labels = new int[40];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.doubles(4, -1, 1).toArray();
      double[] y = evaluator.apply(features[i]);
      int winner = y[0] > y[1] ? (y[0] > y[2] ? 0 : 2) : (y[1] > y[2] ? 1 : 2);
      labels[i] = i % 5 == 4 ? (winner + 1) % 3 : winner;
    }
    return Dataset.of(List.of("a", "b", "c"), features, labels);
  }

  private static ReportAssembly.Data from(Dataset data) {
    return new ReportAssembly.Data("d", "u", data);
  }

  private void holds(ReportInput input, double perMargin) throws Exception {
    Subject subject = input.candidate().orElseThrow();
    Dataset data = data(subject);
    Samples samples =
        SampleEvaluation.of(
            input.checked().orElseThrow(), subject, RadiusClaim.of(subject, List.of()), from(data));
    assertThat(samples.margins()).hasSize(40).filteredOn(m -> m > 0).hasSize(32);
    assertThat(samples.radii()).hasSize(32).allMatch(r -> r > 0);
    assertThat(samples.maxError()).isPositive().isLessThan(1e-3);
    UnitEvaluator evaluator = UnitEvaluator.of(subject);
    List<Double> right = new ArrayList<>(samples.margins().stream().filter(m -> m > 0).toList());
    double bound = subject.certificate().lipschitz().bound();
    for (int i = 0; i < right.size(); i++) {
      double radius = samples.radii().get(i);
      assertThat(radius).isLessThan(right.get(i) / (perMargin * bound));
      assertThat(radius)
          .isGreaterThan((right.get(i) - 4.001 * samples.maxError()) / (perMargin * bound));
    }
    int certified = 0;
    for (int i = 0; i < data.size(); i++) {
      if (samples.margins().get(i) > 0) {
        double radius = samples.radii().get(certified++);
        for (int k = 0; k < 50; k++) {
          double[] moved = moved(data.features(i), radius, perMargin == 2);
          double[] y = evaluator.apply(moved);
          for (int j = 0; j < 3; j++) {
            assertThat(j == data.label(i) || y[data.label(i)] > y[j]).isTrue();
          }
        }
      }
    }
  }

  /** The margin over each class is divided by the bound of its own pair, never by a larger one. */
  @Test
  void radii_by_pairs_hold_and_are_larger() throws Exception {
    ReportInput input = input("in [-9, 9]", "; certify pairs", "");
    Subject subject = input.candidate().orElseThrow();
    PairBounds pairs = PairBounds.claimed(subject, input.further().getFirst());
    CheckedNetwork checked = input.checked().orElseThrow();
    Dataset data = data(subject);
    Samples plain =
        SampleEvaluation.of(checked, subject, RadiusClaim.of(subject, List.of()), from(data));
    Samples samples =
        SampleEvaluation.of(
            checked, subject, RadiusClaim.of(subject, List.of(pairs.subject())), from(data));
    UnitEvaluator evaluator = UnitEvaluator.of(subject);
    int right = 0;
    for (int i = 0; i < data.size(); i++) {
      if (samples.margins().get(i) > 0) {
        int label = data.label(i);
        double[] y = evaluator.apply(data.features(i));
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < 3; j++) {
          least = j == label ? least : Math.min(least, (y[label] - y[j]) / pairs.of(label, j));
        }
        double radius = samples.radii().get(right);
        assertThat(radius).isLessThan(least + 1e-5).isGreaterThan(least - 1e-2);
        assertThat(radius).isGreaterThan(plain.radii().get(right++));
        for (int k = 0; k < 50; k++) {
          double[] near = evaluator.apply(moved(data.features(i), radius, false));
          assertThat(near[label]).isEqualTo(DoubleStream.of(near).max().orElseThrow());
        }
      }
    }
    assertThat(right).isEqualTo(32);
  }

  /** The same samples by signs: never below the bounds of pairs, and they hold. */
  @Test
  void radii_by_signs_hold_and_are_larger() throws Exception {
    ReportInput input = input("in [-9, 9]", "; certify pairs with signs", "");
    Subject subject = input.candidate().orElseThrow();
    PairBounds pairs = PairBounds.claimed(subject, input.further().getFirst());
    assertThat(pairs.delta()).isPresent();
    Dataset data = data(subject);
    Samples samples =
        SampleEvaluation.of(
            input.checked().orElseThrow(),
            subject,
            RadiusClaim.of(subject, List.of(pairs.subject())),
            from(data));
    List<Double> byBounds = samples.byBounds().orElseThrow();
    assertThat(byBounds).hasSameSizeAs(samples.radii());
    UnitEvaluator evaluator = UnitEvaluator.of(subject);
    int right = 0;
    int larger = 0;
    for (int i = 0; i < data.size(); i++) {
      if (samples.margins().get(i) > 0) {
        double radius = samples.radii().get(right);
        assertThat(radius).isGreaterThanOrEqualTo(byBounds.get(right));
        larger += radius > 1.01 * byBounds.get(right++) ? 1 : 0;
        for (int k = 0; k < 50; k++) {
          double[] near = evaluator.apply(moved(data.features(i), radius, false));
          assertThat(near[data.label(i)]).isEqualTo(DoubleStream.of(near).max().orElseThrow());
        }
      }
    }
    assertThat(larger).isGreaterThan(10);
  }

  private double[] moved(double[] x, double radius, boolean linf) {
    double[] step = random.doubles(4, -1, 1).toArray();
    double norm = 0;
    for (double s : step) {
      norm = linf ? Math.max(norm, Math.abs(s)) : Math.hypot(norm, s);
    }
    for (int i = 0; i < x.length; i++) {
      x[i] += 0.999 * radius * step[i] / norm;
    }
    return x;
  }

  @Test
  void within_its_radius_no_input_gets_another_class() throws Exception {
    holds(input("in [-9, 9]", "", ""), Math.sqrt(2));
  }

  @Test
  void without_a_box_either_and_through_calls() throws Exception {
    holds(input("", "", "Turn |>"), Math.sqrt(2));
  }

  @Test
  void between_linf_as_well() throws Exception {
    holds(input("in [-9, 9]", "from linf to linf", ""), 2);
  }

  @Test
  void outside_of_the_declared_box_nothing_is_certified() throws Exception {
    ReportInput input = input("in [0, 1]", "", "");
    Subject subject = input.candidate().orElseThrow();
    Dataset data = data(subject);
    Samples samples =
        SampleEvaluation.of(
            input.checked().orElseThrow(), subject, RadiusClaim.of(subject, List.of()), from(data));
    assertThat(samples.outside()).isGreaterThan(20);
    assertThat(samples.radii())
        .filteredOn(r -> r > 0)
        .hasSizeLessThanOrEqualTo(40 - samples.outside());
  }
}
