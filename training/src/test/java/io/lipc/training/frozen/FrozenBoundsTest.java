package io.lipc.training.frozen;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.parameterization.FactorizationException;
import io.lipc.training.parameterization.Materialized;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Freezing weights from any parameters gives the bound, which exact elimination confirms, or says
 * that it cannot; never a false one.
 */
final class FrozenBoundsTest {

  private static final double BOUND = 2;
  private static final int SEEDS = 4;

  @ParameterizedTest
  @EnumSource
  void randomTenfoldAndTwentyfoldParametersKeepTheDeclaredBound(ElementType precision)
      throws Exception {
    for (TrainableNetwork network : List.of(chain(precision), residual(precision))) {
      for (double factor : new double[] {1, 10, 20}) {
        for (int seed = 0; seed < SEEDS; seed++) {
          Subject subject = network.freeze(materialized(network, factor, seed)).subject();
          assertThat(subject.certificate().lipschitz().bound()).isEqualTo(BOUND);
          assertThat(subject.certificate().method()).isEqualTo("given-multipliers");
          assertTrue(subject);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void extremeParametersKeepTheBoundOrAreRefused(ElementType precision) throws Exception {
    for (TrainableNetwork network : List.of(chain(precision), residual(precision))) {
      for (double factor : new double[] {1e3, 1e5, 1e8, 1e150}) {
        for (int seed = 0; seed < SEEDS; seed++) {
          assertTrueOrRefused(network, factor, seed);
        }
      }
    }
  }

  private static void assertTrueOrRefused(TrainableNetwork network, double factor, int seed) {
    try {
      assertTrue(network.freeze(materialized(network, factor, seed)).subject());
    } catch (FactorizationException e) {
      assertThat(e).hasMessageContaining("factorisation");
    } catch (FreezingException e) {
      assertThat(e.getMessage())
          .containsPattern("defeats the construction|overflows|holds -?Infinity|holds NaN");
    }
  }

  /** {@code S >= 0} by the proof as given, by exact elimination, and as far as pairs can tell. */
  private static void assertTrue(Subject subject) {
    Certificate certificate = subject.certificate();
    assertThat(certificate.kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(certificate.lipschitz().bound()).isLessThanOrEqualTo(BOUND);
    Verdict accepted = new Verdict.Accepted();
    assertThat(CertificateChecker.check(subject)).isEqualTo(accepted);
    assertThat(CertificateChecker.check(exactly(subject))).isEqualTo(accepted);
    assertThat(steepest(subject)).isLessThanOrEqualTo(certificate.lipschitz().bound() * (1 + 1e-9));
  }

  private static Subject exactly(Subject subject) {
    Certificate c = subject.certificate();
    Proof proof =
        new Proof(
            c.proof().gains(),
            c.proof().segmentations(),
            c.proof().multipliers(),
            new PositivityWitness.ExactElimination());
    Certificate exact = c.with(List.of(proof));
    return new Subject(exact, CertificateText.digest(exact), subject.weights(), subject.callees());
  }

  private static double steepest(Subject subject) {
    UnitEvaluator function = UnitEvaluator.of(subject);
    Random random = new Random(11);
    double steepest = 0;
    for (int pair = 0; pair < 200; pair++) {
      double[] x = random.doubles(3, -2, 2).toArray();
      double[] z = Arrays.stream(x).map(v -> v + 0.1 * random.nextGaussian()).toArray();
      steepest =
          Math.max(steepest, distance(function.apply(x), function.apply(z)) / distance(x, z));
    }
    return steepest;
  }

  private static double distance(double[] x, double[] z) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - z[i]) * (x[i] - z[i]);
    }
    return Math.sqrt(sum);
  }

  private static Materialized materialized(TrainableNetwork network, double factor, int seed) {
    Random random = new Random(seed);
    double[] parameters = new double[network.construction().size()];
    Arrays.setAll(parameters, _ -> factor * random.nextGaussian());
    return network.construction().materialize(parameters);
  }

  /** {@code 3 -> 5 -> abs -> 4 -> relu -> 2}. */
  private static TrainableNetwork chain(ElementType precision) {
    return network(
        precision,
        dense(0, 3, 5, "h"),
        activation(1, PointwiseKind.ABS, 5),
        dense(2, 5, 4, "g"),
        activation(3, PointwiseKind.RELU, 4),
        dense(4, 4, 2, "y"));
  }

  private static TrainableNetwork residual(ElementType precision) {
    return network(
        precision,
        dense(0, 3, 3, "a"),
        dense(0, 3, 5, "h"),
        activation(2, PointwiseKind.RELU, 5),
        dense(3, 5, 4, "g"),
        activation(4, PointwiseKind.TANH, 4),
        dense(5, 4, 3, "b"),
        Layer.sum(List.of(1, 6), Shape.vector(3)));
  }

  private static TrainableNetwork network(ElementType precision, Layer... layers) {
    Layer.Input input = new Layer.Input(Shape.vector(3), Optional.empty());
    List<Layer> all = new ArrayList<>(List.of(input));
    Collections.addAll(all, layers);
    Network network =
        new Network(
            "test.Net",
            new Property.Lipschitz(BOUND, Norm.L2, Norm.L2),
            new WeightsSource.Parameterized(Construction.LDLT, Optional.empty()),
            precision,
            all);
    return TrainableNetwork.of(
        new CheckedNetwork(
            network, IntStream.range(0, all.size()).mapToObj(i -> "layer" + i).toList(), ""));
  }

  private static Layer dense(int operand, int inputs, int outputs, String name) {
    return Layer.dense(operand, inputs, outputs, name + ".weight", Optional.of(name + ".bias"));
  }

  private static Layer activation(int operand, ActivationKind kind, int size) {
    return new Layer.Activate(operand, Activation.of(kind), Shape.vector(size));
  }
}
