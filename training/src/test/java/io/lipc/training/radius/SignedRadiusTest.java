package io.lipc.training.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certifier.PairSearch;
import io.lipc.certifier.SearchListener;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.model.Property;
import io.lipc.runtime.radius.LocalOptions;
import io.lipc.runtime.radius.SignedRadius;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Radii by signs of certified networks: not below those of pairs, and above no attack. */
final class SignedRadiusTest {

  private static final int INPUTS = 4;
  private static final int OUTPUTS = 3;

  /** A random network with two hidden layers; its bound is not proved, and not used. */
  private static Subject network(Random random, Norm input, String function, List<Double> constants)
      throws FormatException {
    List<Unit> units = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    units.add(new Unit.Input(INPUTS, Optional.empty()));
    int[] sizes = {INPUTS, 8, 8, OUTPUTS};
    for (int layer = 1; layer < sizes.length; layer++) {
      int rows = sizes[layer];
      int columns = sizes[layer - 1];
      double[] weight = new double[rows * columns];
      Arrays.setAll(weight, k -> random.nextGaussian() / Math.sqrt(columns));
      double[] bias = random.doubles(rows, -0.5, 0.5).toArray();
      tensors.add(Tensor.of("w" + layer, ElementType.F64, List.of(rows, columns), weight));
      tensors.add(Tensor.of("b" + layer, ElementType.F64, List.of(rows), bias));
      int at = units.size() - 1;
      units.add(Unit.dense(at, columns, rows, "w" + layer, Optional.of("b" + layer)));
      if (layer < sizes.length - 1) {
        units.add(Unit.activation(at + 1, function, constants, rows));
      }
    }
    List<TensorRecord> records =
        tensors.stream()
            .map(t -> new TensorRecord(t.name(), t.shape(), t.digest()))
            .sorted(Comparator.comparing(TensorRecord::name))
            .toList();
    Proof proof =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    Certificate certificate =
        new Certificate(
            "test.Net",
            ElementType.F64,
            new Claim.Lipschitz(new Norms(input, Norm.L2), 1e6),
            "by hand",
            units,
            new Grounds.GivenWeights(records, proof));
    return new Subject(
        certificate, CertificateText.digest(certificate), Weights.of(tensors), Map.of());
  }

  private static PairBounds pairs(Subject network, Property.Pairs asked) {
    return PairSearch.certify(network, asked, Optional.empty(), Deadline.NONE, SearchListener.NONE)
        .orElseThrow();
  }

  private static int winner(double[] y) {
    int winner = 0;
    for (int j = 1; j < y.length; j++) {
      winner = y[j] > y[winner] ? j : winner;
    }
    return winner;
  }

  private static double[] byBound(double[] y, PairBounds pairs) {
    int winner = winner(y);
    double[] radii = new double[y.length];
    for (int j = 0; j < y.length; j++) {
      radii[j] = j == winner ? Double.POSITIVE_INFINITY : (y[winner] - y[j]) / pairs.of(winner, j);
    }
    return radii;
  }

  private static double length(double[] d, Norm norm) {
    return norm == Norm.L2
        ? Math.sqrt(Arrays.stream(d).map(v -> v * v).sum())
        : Arrays.stream(d).map(Math::abs).max().orElseThrow();
  }

  /** The bounds of pairs do not depend on whether radii look at signs. */
  private static void assertSameBounds(Certificate own, Certificate plain) {
    assertThat(((Claim.Pairs) own.claim()).delta()).isPresent();
    assertThat(own.units()).isEqualTo(plain.units());
    assertThat(own.proofs().subList(0, own.bounding())).isEqualTo(plain.proofs());
  }

  /** 10^5 inputs on spheres in all, a part of them walked towards the boundary. */
  @ParameterizedTest
  @CsvSource({
    "relu, L2, true",
    "leaky_relu, L2, true",
    "abs, L2, true",
    "maxmin, L2, true",
    "relu, LINF, true",
    "tanh, L2, false",
  })
  void noAttackBeatsARadius(String function, Norm norm, boolean hasSigns) throws FormatException {
    Random random = new Random(5);
    List<Double> constants = function.equals("leaky_relu") ? List.of(0.125) : List.of();
    double gain = 0;
    double share = 0;
    int count = 0;
    for (int round = 0; round < 5; round++) {
      Subject network = network(random, norm, function, constants);
      PairBounds plain = pairs(network, new Property.Pairs());
      PairBounds own = pairs(network, new Property.Pairs(Optional.empty(), true));
      Optional<SignedRadius> signed = SignedRadius.of(own.subject(), OUTPUTS);
      assertThat(signed.isPresent()).isEqualTo(hasSigns);
      if (!hasSigns) {
        assertThat(own.subject().certificate()).isEqualTo(plain.subject().certificate());
        continue;
      }
      assertSameBounds(own.subject().certificate(), plain.subject().certificate());
      // Without delta there is nothing that they could rest on.
      assertThat(SignedRadius.of(plain.subject(), OUTPUTS)).isEmpty();
      UnitEvaluator evaluator = UnitEvaluator.of(network);
      for (int sample = 0; sample < 10; sample++) {
        double[] x = random.doubles(INPUTS, -2, 2).toArray();
        double[] y = evaluator.apply(x);
        int winner = winner(y);
        double[] byBound = byBound(y, own);
        double least = Arrays.stream(byBound).min().orElseThrow();
        double radius = signed.orElseThrow().of(x, winner, byBound, 0, LocalOptions.DEFAULT);
        assertThat(byBound).isEqualTo(byBound(y, plain));
        assertThat(radius).isGreaterThanOrEqualTo(least);
        assertThat(signed.orElseThrow().of(x, winner, byBound, 0, new LocalOptions(0, 1)))
            .isEqualTo(least);
        assertThat(signed.orElseThrow().of(x, winner, byBound, 0, new LocalOptions(9, 0)))
            .isEqualTo(least);
        assertThat(signed.orElseThrow().of(x, winner, byBound, 1e-3, LocalOptions.DEFAULT))
            .isLessThanOrEqualTo(Math.max(radius, least));
        double attack = nearest(evaluator, x, winner, norm, radius, random);
        assertThat(attack).isGreaterThan(radius * (1 - 1e-9));
        gain += radius / Arrays.stream(byBound(y, plain)).min().orElseThrow();
        share += Math.min(1, radius / attack);
        count++;
      }
    }
    if (!hasSigns) {
      return;
    }
    assertThat(gain / count).isGreaterThan(1.05);
    // Random directions find the boundary late, or not at all: those count as 0.
    assertThat(share / count).isGreaterThan(0.1);
  }

  /** The distance of the nearest input that is found where another output wins. */
  private static double nearest(
      UnitEvaluator evaluator, double[] x, int winner, Norm norm, double radius, Random random) {
    double best = Double.POSITIVE_INFINITY;
    for (int k = 0; k < 350; k++) {
      double[] d = random.doubles(INPUTS, -1, 1).toArray();
      if (norm == Norm.LINF) {
        Arrays.setAll(d, i -> Math.signum(d[i]));
      }
      double scale = length(d, norm);
      Arrays.setAll(d, i -> d[i] / scale);
      // Just inside the radius, where nothing may change; then outwards.
      for (double far = Math.max(radius * (1 - 1e-6), 1e-6);
          far < 8 * radius + 1e-5 && far < best;
          far *= 1.05) {
        double[] moved = new double[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
          moved[i] = x[i] + far * d[i];
        }
        if (winner(evaluator.apply(moved)) != winner) {
          best = far;
        }
      }
    }
    return best;
  }

  /**
   * Behind a scale the signs are those of the network as it is, and the distance is the scale's.
   */
  @Test
  void radiiInUnitsOfTheInputs() throws FormatException {
    Random random = new Random(8);
    Subject network = network(random, Norm.L2, "relu", List.of());
    List<Double> lengths = List.of(0.5, 2.0, 1.0, 4.0);
    Property.Scaled scaled =
        new Property.Scaled(
            new Property.Lipschitz(1e6, Norm.L2, Norm.L2), new Property.Scale.Units(lengths));
    PairBounds own = pairs(network, new Property.Pairs(Optional.of(scaled), true));
    assertThat(((Claim.Pairs) own.subject().certificate().claim()).measured())
        .contains(new InputScale.Units(lengths));
    SignedRadius signed = SignedRadius.of(own.subject(), OUTPUTS).orElseThrow();
    UnitEvaluator evaluator = UnitEvaluator.of(network);
    int better = 0;
    for (int sample = 0; sample < 20; sample++) {
      double[] x = random.doubles(INPUTS, -2, 2).toArray();
      double[] y = evaluator.apply(x);
      int winner = winner(y);
      double[] byBound = byBound(y, own);
      double radius = signed.of(x, winner, byBound, 0, LocalOptions.DEFAULT);
      better += radius > 1.02 * Arrays.stream(byBound).min().orElseThrow() ? 1 : 0;
      for (int k = 0; k < 1000; k++) {
        double[] d = new double[INPUTS];
        Arrays.setAll(d, i -> random.nextGaussian());
        double length = length(d, Norm.L2);
        double[] moved = new double[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
          moved[i] = x[i] + lengths.get(i) * d[i] / length * radius * (1 - 1e-6);
        }
        assertThat(winner(evaluator.apply(moved))).isEqualTo(winner);
      }
    }
    assertThat(better).isGreaterThan(5);
  }
}
