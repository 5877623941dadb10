package io.lipc.certificate.signs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.inequality.WithoutOutput;
import io.lipc.certificate.signs.SignedPoint.Found;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Norm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Radii by signs, held against 60 digits, and against inputs that come near. */
final class SignedPairsTest {

  private static final MathContext DIGITS = new MathContext(60);

  /** The least eigenvalue of the form of {@link #relus}: (3 - sqrt 5) / 2. */
  private static final double LEAST = 0.381966011250105;

  private static Subject pairs(
      Subject network, Norm input, OptionalDouble delta, List<Double> scales, List<Proof> proofs) {
    return pairs(network, input, delta, scales, proofs, proofs);
  }

  /** Where there is a delta, the proofs of {@code forms} stand behind those of bounds. */
  static Subject pairs(
      Subject network,
      Norm input,
      OptionalDouble delta,
      List<Double> scales,
      List<Proof> proofs,
      List<Proof> forms) {
    List<Proof> all = new ArrayList<>(proofs);
    if (delta.isPresent()) {
      forms.forEach(form -> all.add(WithoutOutput.proof(form.multipliers())));
    }
    return claiming(network, new Claim.Pairs(input, Optional.empty(), delta), scales, all);
  }

  static Subject claiming(
      Subject network, Claim.Pairs claim, List<Double> scales, List<Proof> proofs) {
    Certificate about = network.certificate();
    Certificate certificate =
        new Certificate(
            about.network(),
            about.type(),
            claim,
            "by hand",
            PairUnits.of(about.units(), scales),
            new Grounds.GivenWeights(about.tensors(), Grounds.Calls.BOUNDED, proofs));
    return new Subject(
        certificate, CertificateText.digest(certificate), network.weights(), network.callees());
  }

  static Proof proof(Proof.Multiplier... multipliers) {
    return new Proof(
        List.of(), List.of(), List.of(multipliers), new PositivityWitness.ExactElimination());
  }

  /** {@code (relu(x_1), relu(x_2))}, whose difference is 2-Lipschitz by multipliers of 1. */
  static Subject relus(OptionalDouble delta) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.slopes(0, "relu", 0.5);
    Proof proof = proof(new Proof.Multiplier(1, Constraint.SLOPE, List.of(1.0)));
    return pairs(net.subject(), Norm.L2, delta, List.of(0.5), List.of(proof));
  }

  private static Verdict verdict(double delta) {
    return CertificateChecker.check(relus(OptionalDouble.of(delta)));
  }

  @Test
  void deltaIsBelowTheLeastEigenvalue() throws Exception {
    assertThat(verdict(LEAST - 1e-6)).isEqualTo(new Verdict.Accepted());
    assertThat(verdict(0x1p-1000)).isEqualTo(new Verdict.Accepted());
    assertThat(verdict(LEAST + 1e-6))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.NOT_POSITIVE_DEFINITE));
    Certificate with = relus(OptionalDouble.of(0.25)).certificate();
    assertThat(CertificateText.write(with)).contains("\"delta\": \"0x1.0p-2\"");
    assertThat(CertificateText.read(CertificateText.write(with))).isEqualTo(with);
    assertThat(CertificateText.write(relus(OptionalDouble.empty()).certificate()))
        .doesNotContain("delta");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, -0.0, -0.25, 1, 2, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE})
  void deltaIsANumberOfItsRange(double delta) {
    assertThat(verdict(delta))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED));
  }

  /** Each pair has a form of its own; the delta of one is none of the other. */
  @Test
  void deltaIsOfEveryPair() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(3);
    net.slopes(0, "relu", 0.5);
    List<Proof> proofs =
        List.of(
            proof(new Proof.Multiplier(1, Constraint.SLOPE, List.of(1.0))),
            proof(new Proof.Multiplier(1, Constraint.SLOPE, List.of(1.0))),
            proof(new Proof.Multiplier(1, Constraint.SLOPE, List.of(0.25))));
    List<Double> scales = List.of(0.25, 0.25, 0.25);
    for (double delta : new double[] {0.3, 0.35}) {
      Verdict verdict =
          CertificateChecker.check(
              pairs(net.subject(), Norm.L2, OptionalDouble.of(delta), scales, proofs));
      // That of the third is [[1, -1/4], [-1/4, 1/2]]: 0.396 is its least eigenvalue.
      assertThat(verdict).isEqualTo(new Verdict.Accepted());
    }
    assertThat(
            CertificateChecker.check(
                pairs(net.subject(), Norm.L2, OptionalDouble.of(0.39), scales, proofs)))
        .isInstanceOf(Verdict.Rejected.class);
  }

  /** A bound by magnitudes has no form. */
  @Test
  void whatNothingReadsIsRejected() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.activation(0, "relu");
    Proof product =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ElementwiseProduct());
    for (OptionalDouble delta : List.of(OptionalDouble.empty(), OptionalDouble.of(0.25))) {
      Subject pairs = pairs(net.subject(), Norm.LINF, delta, List.of(0.25), List.of(product));
      Verdict verdict = CertificateChecker.check(pairs);
      if (delta.isEmpty()) {
        assertThat(verdict).isEqualTo(new Verdict.Accepted());
      } else {
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
      }
      assertThat(SignedPairs.of(pairs)).isEmpty();
    }
  }

  /** Weights and slopes of a chain, as they are written by hand and as they are certified. */
  record Chain(
      List<double[][]> weights,
      List<double[]> biases,
      List<double[]> slopes,
      List<Double> lambda,
      double scale,
      Subject pairs) {

    static final List<String> NAMES = List.of("relu", "leaky_relu", "abs");

    static Chain random(Random random) {
      int[] sizes = {3, 5, 4, 2};
      NetworkUnderTest net = new NetworkUnderTest();
      net.bound = 1e6;
      List<double[][]> weights = new ArrayList<>();
      List<double[]> biases = new ArrayList<>();
      List<double[]> slopes = new ArrayList<>();
      List<Double> lambda = new ArrayList<>();
      List<Proof.Multiplier> multipliers = new ArrayList<>();
      int at = net.input(sizes[0]);
      double left = 1;
      for (int layer = 1; layer < sizes.length; layer++) {
        double[][] weight = new double[sizes[layer]][sizes[layer - 1]];
        double square = 0;
        for (double[] row : weight) {
          Arrays.setAll(row, k -> random.nextGaussian());
          square += Arrays.stream(row).map(v -> v * v).sum();
        }
        double[] bias = random.doubles(sizes[layer], -0.5, 0.5).toArray();
        at = net.dense(at, weight, bias);
        weights.add(weight);
        biases.add(bias);
        if (layer < sizes.length - 1) {
          String name = NAMES.get(random.nextInt(3));
          at =
              name.equals("leaky_relu")
                  ? net.activation(at, name, 0.125)
                  : net.activation(at, name);
          slopes.add(new double[] {name.equals("relu") ? 0 : name.equals("abs") ? -1 : 0.125, 1});
          left *= 0.3 / square;
          lambda.add(left);
          multipliers.add(new Proof.Multiplier(at, Constraint.SLOPE, List.of(left)));
        } else {
          left *= 0.2 / square;
        }
      }
      double scale = Math.sqrt(left) / 2;
      Subject subject =
          SignedPairsTest.pairs(
              net.subject(),
              Norm.L2,
              OptionalDouble.of(left / 64),
              List.of(scale),
              List.of(proof(multipliers.toArray(Proof.Multiplier[]::new))));
      return new Chain(weights, biases, slopes, lambda, scale, subject);
    }

    /** The best of many sigmas. */
    Exact best(double[] x, double sign, double[] shares) {
      return IntStream.range(-8, 24)
          .mapToObj(k -> exact(x, sign * Math.pow(2, k / 2.0), shares))
          .max(Comparator.comparing(Exact::half))
          .orElseThrow();
    }

    /** Half of the square of the radius for sigma and for shares of the largest A and B. */
    Exact exact(double[] x, double sigma, double[] shares) {
      int n = 12;
      BigDecimal[][] q = zeros(n, n);
      BigDecimal[] c = zeros(1, n)[0];
      BigDecimal value = BigDecimal.ZERO;
      for (int i = 0; i < 3; i++) {
        q[i][i] = BigDecimal.ONE;
      }
      BigDecimal[] read = exactly(x);
      double[] above = new double[9];
      double[] below = new double[9];
      for (int layer = 0, from = 0, unit = 0; layer < 2; layer++) {
        int next = from + (layer == 0 ? 3 : 5);
        BigDecimal a = big(slopes.get(layer)[0]);
        BigDecimal b = big(slopes.get(layer)[1]);
        BigDecimal t = big(lambda.get(layer));
        BigDecimal[] given = new BigDecimal[weights.get(layer).length];
        for (int k = 0; k < given.length; k++, unit++) {
          BigDecimal[] p = zeros(1, n)[0];
          BigDecimal z = big(biases.get(layer)[k]);
          for (int i = 0; i < read.length; i++) {
            p[from + i] = big(weights.get(layer)[k][i]);
            z = z.add(p[from + i].multiply(read[i]));
          }
          given[k] = z.signum() < 0 ? a.multiply(z) : b.multiply(z);
          BigDecimal u0 = given[k].subtract(a.multiply(z));
          BigDecimal v0 = given[k].subtract(b.multiply(z));
          BigDecimal[] du = scaled(p, a.negate());
          BigDecimal[] dv = scaled(p, b.negate());
          du[next + k] = du[next + k].add(BigDecimal.ONE);
          dv[next + k] = dv[next + k].add(BigDecimal.ONE);
          above[unit] = t.multiply(v0).doubleValue() * shares[unit];
          below[unit] = t.multiply(u0).doubleValue() * shares[unit];
          value = value.add(big(above[unit]).multiply(u0)).add(big(below[unit]).multiply(v0));
          for (int i = 0; i < n; i++) {
            c[i] = c[i].add(big(above[unit]).multiply(du[i])).add(big(below[unit]).multiply(dv[i]));
            for (int j = 0; j < n; j++) {
              q[i][j] = q[i][j].add(t.multiply(du[i].multiply(dv[j]).add(dv[i].multiply(du[j]))));
            }
          }
        }
        read = given;
        from = next;
      }
      BigDecimal margin = big(biases.get(2)[0]).subtract(big(biases.get(2)[1]));
      for (int i = 0; i < 4; i++) {
        BigDecimal row = big(weights.get(2)[0][i]).subtract(big(weights.get(2)[1][i]));
        c[8 + i] = c[8 + i].add(row.multiply(big(scale)).multiply(big(sigma)));
        margin = margin.add(row.multiply(read[i]));
      }
      value = value.add(margin.multiply(big(scale)).multiply(big(sigma)));
      BigDecimal[] z = solved(q, c);
      for (int i = 0; i < n; i++) {
        value = value.subtract(c[i].multiply(z[i]).divide(BigDecimal.TWO));
      }
      double[] near = Arrays.stream(z).mapToDouble(BigDecimal::doubleValue).toArray();
      return new Exact(value, new Found(Math.abs(sigma), above, below, near));
    }
  }

  record Exact(BigDecimal half, Found found) {
    double radius() {
      return half.signum() <= 0 ? 0 : half.add(half).sqrt(DIGITS).doubleValue();
    }
  }

  private static BigDecimal big(double value) {
    return new BigDecimal(value);
  }

  private static BigDecimal[] exactly(double[] x) {
    return Arrays.stream(x).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
  }

  private static BigDecimal[][] zeros(int rows, int columns) {
    BigDecimal[][] zeros = new BigDecimal[rows][columns];
    Arrays.stream(zeros).forEach(row -> Arrays.fill(row, BigDecimal.ZERO));
    return zeros;
  }

  private static BigDecimal[] scaled(BigDecimal[] row, BigDecimal factor) {
    return Arrays.stream(row).map(factor::multiply).toArray(BigDecimal[]::new);
  }

  /** By elimination in 60 digits; every pivot has to be positive. */
  private static BigDecimal[] solved(BigDecimal[][] q, BigDecimal[] c) {
    int n = c.length;
    BigDecimal[] z = c.clone();
    for (int k = 0; k < n; k++) {
      assertThat(q[k][k]).isPositive();
      for (int i = k + 1; i < n; i++) {
        BigDecimal factor = q[i][k].divide(q[k][k], DIGITS);
        for (int j = k; j < n; j++) {
          q[i][j] = q[i][j].subtract(factor.multiply(q[k][j]), DIGITS);
        }
        z[i] = z[i].subtract(factor.multiply(z[k]), DIGITS);
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      for (int j = k + 1; j < n; j++) {
        z[k] = z[k].subtract(q[k][j].multiply(z[j]), DIGITS);
      }
      z[k] = z[k].divide(q[k][k], DIGITS);
    }
    return z;
  }

  /** Whatever a search finds, the radius is not above the one of 60 digits, and next to it. */
  @Test
  @Tag("slow")
  void noRadiusIsAboveTheExactOne() {
    Random random = new Random(7);
    int positive = 0;
    for (int round = 0; round < 12; round++) {
      Chain chain = Chain.random(random);
      assertThat(CertificateChecker.check(chain.pairs())).isEqualTo(new Verdict.Accepted());
      SignedPairs signed = SignedPairs.of(chain.pairs()).orElseThrow();
      for (int sample = 0; sample < 8; sample++) {
        double[] x = random.doubles(3, -2, 2).toArray();
        SignedPoint point = signed.at(x);
        boolean first = point.margin(0, true, 0) > 0;
        double sign = first ? 1 : -1;
        // The last ones are nearly as large as may be, or negative.
        double most = sample < 6 ? 0.3 * random.nextDouble() : 1 - 1e-9;
        double least = sample == 7 ? -0.5 : 0;
        double[] shares = sample == 0 ? new double[9] : random.doubles(9, least, most).toArray();
        Exact exact = chain.best(x, sign, shares);
        double radius = point.radius(0, first, 0, exact.found());
        assertThat(radius).isLessThanOrEqualTo(exact.radius());
        if (exact.radius() > 1e-3) {
          positive++;
          assertThat(radius).isGreaterThan(exact.radius() * (1 - 1e-9));
          // Another z loses, and never gains; nor do numbers that are cut off, nor spare margin.
          double[] off = exact.found().z().clone();
          off[random.nextInt(12)] += random.nextGaussian() * 1e-3;
          Found found = exact.found();
          assertThat(
                  point.radius(
                      0, first, 0, new Found(found.sigma(), found.above(), found.below(), off)))
              .isLessThanOrEqualTo(exact.radius());
          assertThat(point.radius(0, first, 1e-3, found)).isLessThan(radius);
          assertThat(point.radius(0, !first, 0, found)).isLessThan(radius);
        }
      }
    }
    assertThat(positive).isGreaterThan(20);
  }

  /** Numbers that no search should give prove nothing, or no more than others. */
  @Test
  void forgedNumbersProveNothing() {
    SignedPairs signed = SignedPairs.of(relus(OptionalDouble.of(0.25))).orElseThrow();
    SignedPoint point = signed.at(new double[] {1, 0.25});
    double[] none = new double[2];
    double[] z = new double[4];
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      assertThat(point.radius(0, true, 0, new Found(bad, none, none, z))).isZero();
    }
    double[] nan = {Double.NaN, Double.NaN};
    assertThat(point.radius(0, true, 0, new Found(1, nan, none, z))).isZero();
    assertThat(point.radius(0, true, 0, new Found(1, none, nan, z))).isZero();
    double[] infinite = {0, 0, 0, Double.NEGATIVE_INFINITY};
    assertThat(point.radius(0, true, 0, new Found(1, none, none, infinite))).isZero();
    assertThat(point.radius(0, true, Double.POSITIVE_INFINITY, new Found(1, none, none, z)))
        .isZero();
    // The true distance is 0.75 / sqrt(2), however large A and B are said to be.
    for (double large : new double[] {1, 1e3, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
      for (int k = 0; k < 200; k++) {
        Random random = new Random(k);
        double[] many = {large, random.nextGaussian()};
        double[] other = {random.nextGaussian(), large};
        double[] around = random.doubles(4, -1, 1).toArray();
        Found found = new Found(Math.exp(random.nextGaussian()), many, other, around);
        assertThat(point.radius(0, true, 0, found)).isLessThan(0.75 / Math.sqrt(2));
      }
    }
  }

  /** Inputs on the sphere do not change which output is the larger one. */
  @Test
  @Tag("slow")
  void noInputComesNearer() {
    Random random = new Random(11);
    double best = 0;
    for (int round = 0; round < 10; round++) {
      Chain chain = Chain.random(random);
      SignedPairs signed = SignedPairs.of(chain.pairs()).orElseThrow();
      UnitEvaluator evaluator = UnitEvaluator.of(chain.pairs());
      double[] x = random.doubles(3, -2, 2).toArray();
      SignedPoint point = signed.at(x);
      boolean first = point.margin(0, true, 0) > 0;
      double radius = 0;
      for (int k = 0; k < 20; k++) {
        double share = random.nextDouble();
        double[] shares = random.doubles(9, share - 0.1, share).toArray();
        Found found = chain.best(x, first ? 1 : -1, shares).found();
        radius = Math.max(radius, point.radius(0, first, 0, found));
      }
      for (int k = 0; k < 10_000; k++) {
        double[] d = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double length = Math.sqrt(Arrays.stream(d).map(v -> v * v).sum());
        double far = radius * 0.999999 / length;
        double[] moved = new double[3];
        Arrays.setAll(moved, i -> x[i] + d[i] * far);
        double difference = evaluator.apply(moved)[0];
        assertThat(first ? difference : -difference).isPositive();
      }
      best = Math.max(best, radius);
    }
    assertThat(best).isPositive();
  }

  /** Functions without a kink at 0 have slopes, and no signs. */
  @Test
  void otherFunctionsHaveNoSigns() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.slopes(0, "tanh", 0.5);
    Proof proof = proof(new Proof.Multiplier(1, Constraint.SLOPE, List.of(1.0)));
    Subject pairs =
        pairs(net.subject(), Norm.L2, OptionalDouble.of(0.25), List.of(0.5), List.of(proof));
    assertThat(CertificateChecker.check(pairs)).isEqualTo(new Verdict.Accepted());
    assertThat(SignedPairs.of(pairs)).isEmpty();
  }

  /** Beside relu, those of tanh have slopes, and nothing of theirs is used at the input. */
  @Test
  void signsAreOfKinksAlone() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.activation(0, "tanh");
    net.activation(1, "relu");
    Proof proof =
        proof(
            new Proof.Multiplier(1, Constraint.SLOPE, List.of(0.5)),
            new Proof.Multiplier(2, Constraint.SLOPE, List.of(0.125)));
    Subject pairs =
        pairs(net.subject(), Norm.L2, OptionalDouble.of(0.125), List.of(0x1p-5), List.of(proof));
    assertThat(CertificateChecker.check(pairs)).isEqualTo(new Verdict.Accepted());
    SignedPairs signed = SignedPairs.of(pairs).orElseThrow();
    assertThat(signed.searched(0).kinked()).containsExactly(false, false, true, true);
    double[] x = {1, -1};
    double[] ofTanh = {10, 10, 0, 0};
    double[] z = new double[6];
    SignedPoint point = signed.at(x);
    double radius = point.radius(0, true, 0, new Found(1, new double[4], new double[4], z));
    assertThat(radius).isPositive();
    assertThat(point.radius(0, true, 0, new Found(1, ofTanh, ofTanh, z))).isEqualTo(radius);
  }

  private static void assertMalformed(Subject pairs) {
    assertThat(CertificateChecker.check(pairs))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED));
  }

  /** A second proof for each pair where there is a delta, and none where there is not. */
  @Test
  void proofsAreCounted() {
    Subject good = relus(OptionalDouble.of(0.25));
    Claim.Pairs claim = (Claim.Pairs) good.certificate().claim();
    List<Proof> proofs = good.certificate().proofs();
    List<Double> scales = List.of(0.5);
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.slopes(0, "relu", 0.5);
    Subject network = net.subject();
    assertThat(good.certificate().bounding()).isEqualTo(1);
    assertThat(CertificateChecker.check(claiming(network, claim, scales, proofs)))
        .isEqualTo(new Verdict.Accepted());
    Claim.Pairs without = new Claim.Pairs(Norm.L2);
    assertMalformed(claiming(network, claim, scales, proofs.subList(0, 1)));
    assertMalformed(claiming(network, without, scales, proofs));
    assertMalformed(
        claiming(network, claim, scales, List.of(proofs.getFirst(), proofs.get(1), proofs.get(1))));
    assertThat(CertificateChecker.check(claiming(network, without, scales, proofs.subList(0, 1))))
        .isEqualTo(new Verdict.Accepted());
  }

  /** The second proofs are multipliers, all of which are read, and factorised by the checker. */
  @Test
  void secondProofsAreMultipliersAlone() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.slopes(0, "relu", 0.5);
    Subject good = relus(OptionalDouble.of(0.25));
    Claim.Pairs claim = (Claim.Pairs) good.certificate().claim();
    Proof bound = good.certificate().proof();
    Proof form = good.certificate().proofs().getLast();
    List<Proof.Gain> gains = List.of(new Proof.Gain(1, 1, form.witness()));
    List<Proof.Segmentation> cuts = List.of(new Proof.Segmentation(0, List.of(2)));
    List<Proof.Multiplier> more = new ArrayList<>(form.multipliers());
    more.add(new Proof.Multiplier(2, Constraint.SLOPE, List.of(1.0)));
    for (Proof forged :
        List.of(
            bound,
            new Proof(gains, List.of(), form.multipliers(), form.witness()),
            new Proof(List.of(), cuts, form.multipliers(), form.witness()),
            new Proof(
                List.of(),
                List.of(),
                form.multipliers(),
                new PositivityWitness.ElementwiseProduct()),
            new Proof(List.of(), List.of(), List.of(), form.witness()),
            new Proof(List.of(), List.of(), more, form.witness()))) {
      assertMalformed(claiming(net.subject(), claim, List.of(0.5), List.of(bound, forged)));
    }
  }

  /** The bound is that of the first proof, and the form that of the second, whatever the other. */
  @Test
  void eachProofIsReadForWhatItShows() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.slopes(0, "relu", 0.5);
    Proof good = proof(new Proof.Multiplier(1, Constraint.SLOPE, List.of(1.0)));
    // Shows no bound: the factor 1/2 needs 1/2 in each, and its form has the eigenvalue 0.19.
    Proof weak = proof(new Proof.Multiplier(1, Constraint.SLOPE, List.of(0.1)));
    OptionalDouble small = OptionalDouble.of(0.125);
    OptionalDouble large = OptionalDouble.of(0.25);
    List<Double> scales = List.of(0.5);
    Subject network = net.subject();
    assertThat(
            CertificateChecker.check(
                pairs(network, Norm.L2, small, scales, List.of(good), List.of(weak))))
        .isEqualTo(new Verdict.Accepted());
    for (Subject forged :
        List.of(
            pairs(network, Norm.L2, large, scales, List.of(good), List.of(weak)),
            pairs(network, Norm.L2, small, scales, List.of(weak), List.of(good)))) {
      assertThat(CertificateChecker.check(forged))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Reason.NOT_POSITIVE_DEFINITE));
    }
  }

  /** From linf the squares of the input are those of the proof, which add to 1 at most. */
  @Test
  void rangesOfSecondProofsAddToOne() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.slopes(0, "relu", 0.25);
    for (double mu : new double[] {0.5, Math.nextUp(0.5), 1}) {
      Proof bound =
          proof(
              new Proof.Multiplier(0, Constraint.RANGE, List.of(0.5)),
              new Proof.Multiplier(1, Constraint.SLOPE, List.of(0.5)));
      Proof form =
          proof(
              new Proof.Multiplier(0, Constraint.RANGE, List.of(mu, 0.5)),
              new Proof.Multiplier(1, Constraint.SLOPE, List.of(0.5)));
      Subject pairs =
          pairs(
              net.subject(),
              Norm.LINF,
              OptionalDouble.of(0.125),
              List.of(0.25),
              List.of(bound),
              List.of(form));
      Verdict verdict = CertificateChecker.check(pairs);
      if (mu == 0.5) {
        assertThat(verdict).isEqualTo(new Verdict.Accepted());
      } else {
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
      }
    }
  }
}
