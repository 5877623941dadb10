package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.signs.SignedPairs;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.falsify.LowerBounds;
import io.lipc.certifier.falsify.Program;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.model.Property;
import io.lipc.model.activation.GroupedKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds of pairs: exact where they are known, and never below what inputs reach. */
final class PairSearchTest {

  private static PairBounds found(Subject network, Optional<Duration> budget) {
    return PairSearch.certify(network, budget, Deadline.NONE, SearchListener.NONE).orElseThrow();
  }

  /** The largest of what two inputs reach of any pair, by its bound: at most 1. */
  private static double reached(PairBounds pairs, long seed) {
    Subject about = pairs.subject();
    Program program =
        Program.of(about.certificate().units(), about.weights(), about.callees(), Deadline.NONE);
    return LowerBounds.search(program, about.certificate().inequality().norms(), seed)
        .bound()
        .value();
  }

  @ParameterizedTest
  @CsvSource({"L2, L2", "L2, LINF", "LINF, L2", "LINF, LINF"})
  void differencesOfALinearMapAreExact(Norm from, Norm to) {
    double[][] rows = {{3, 0}, {0, 4}, {0, 3}};
    TestNetwork network = TestNetwork.of(2);
    network.between(from, to);
    network.dense(0, rows);
    PairBounds pairs = found(network.subject("demo.Net"), Optional.empty());
    for (int i = 0; i < 3; i++) {
      for (int j = i + 1; j < 3; j++) {
        double x = rows[i][0] - rows[j][0];
        double y = rows[i][1] - rows[j][1];
        double exact = from == Norm.L2 ? Math.hypot(x, y) : Math.abs(x) + Math.abs(y);
        assertThat(pairs.of(i, j)).isGreaterThanOrEqualTo(exact).isCloseTo(exact, within(1e-5));
      }
    }
  }

  /** Neither rounding, nor scaling, nor what is shared makes one too small. */
  @Test
  void noTwoInputsBeatAPair() {
    Random random = new Random(1);
    double best = 0;
    for (int round = 0; round < 12; round++) {
      TestNetwork network = RandomNetworks.graph(random);
      Norm[] norms = Norm.values();
      network.between(norms[random.nextInt(2)], norms[random.nextInt(2)]);
      Subject subject = network.subject("demo.Net");
      for (Optional<Duration> budget :
          List.of(Optional.<Duration>empty(), Optional.of(Duration.ZERO))) {
        PairBounds pairs = found(subject, budget);
        double reached = reached(pairs, round);
        assertThat(reached).as("round %d", round).isLessThanOrEqualTo(1);
        best = Math.max(best, reached);
      }
    }
    assertThat(best).isGreaterThan(0.9);
  }

  private static PairBounds withSigns(Subject network, Optional<Duration> budget) {
    return PairSearch.certify(
            network,
            new Property.Pairs(Optional.empty(), true),
            budget,
            Deadline.NONE,
            SearchListener.NONE)
        .orElseThrow();
  }

  /** Whether radii look at signs moves no bound; and without a delta it changes nothing at all. */
  @Test
  void signsChangeNoBound() {
    Random random = new Random(17);
    int signed = 0;
    int plain = 0;
    int networks = Integer.getInteger("lipc.falsify.networks", 60) / 8;
    for (int round = 0; round < networks; round++) {
      TestNetwork network = RandomNetworks.graph(random);
      Norm[] norms = Norm.values();
      network.between(norms[random.nextInt(2)], norms[random.nextInt(2)]);
      Subject subject = network.subject("demo.Net");
      for (Optional<Duration> budget :
          List.of(Optional.<Duration>empty(), Optional.of(Duration.ZERO))) {
        Certificate without = found(subject, budget).subject().certificate();
        PairBounds pairs = withSigns(subject, budget);
        Certificate with = pairs.subject().certificate();
        assertThat(with.units()).isEqualTo(without.units());
        assertThat(with.proofs().subList(0, with.bounding())).isEqualTo(without.proofs());
        assertThat(CertificateChecker.check(pairs.subject())).isEqualTo(new Verdict.Accepted());
        assertThat(SignedPairs.of(pairs.subject()).isPresent())
            .isEqualTo(pairs.delta().isPresent());
        if (pairs.delta().isPresent()) {
          signed++;
        } else {
          assertThat(CertificateText.write(with)).isEqualTo(CertificateText.write(without));
          plain++;
        }
      }
    }
    assertThat(signed).isGreaterThan(networks / 4);
    assertThat(plain).isGreaterThan(networks / 4);
  }

  private static Subject withDelta(Subject pairs, double delta) {
    Certificate about = pairs.certificate();
    Claim.Pairs claim = (Claim.Pairs) about.claim();
    Certificate other =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Pairs(claim.input(), claim.measured(), OptionalDouble.of(delta)),
            about.method(),
            about.units(),
            about.grounds());
    return new Subject(other, CertificateText.digest(other), pairs.weights(), pairs.callees());
  }

  private static boolean isAccepted(Subject pairs, double delta) {
    return CertificateChecker.check(withDelta(pairs, delta)) instanceof Verdict.Accepted;
  }

  /** The least eigenvalue of a form is one number: both checkers end where it is. */
  @Test
  void bothCheckersEndAtTheSameDelta() {
    Random random = new Random(23);
    int decided = 0;
    for (int round = 0; round < 12; round++) {
      TestNetwork network = RandomNetworks.graph(random);
      Norm[] norms = Norm.values();
      network.between(norms[random.nextInt(2)], norms[random.nextInt(2)]);
      PairBounds pairs = withSigns(network.subject("demo.Net"), Optional.of(Duration.ZERO));
      if (pairs.delta().isEmpty()) {
        continue;
      }
      double accepted = pairs.delta().getAsDouble();
      double refused = 2 * accepted;
      while (refused < 1 && isAccepted(pairs.subject(), refused)) {
        accepted = refused;
        refused = 2 * accepted;
      }
      // A tenth of what is asked of the audit below.
      while (refused - accepted > 1e-7 * accepted) {
        double middle = accepted / 2 + refused / 2;
        boolean more = isAccepted(pairs.subject(), middle);
        accepted = more ? middle : accepted;
        refused = more ? refused : middle;
      }
      String below = Witness.verdict(withDelta(pairs.subject(), accepted * (1 - 1e-6)));
      // Forms have entries up to 1, so no factorisation tells numbers apart that are nearer.
      String above = Witness.verdict(withDelta(pairs.subject(), refused * (1 + 1e-6) + 1e-12));
      assertThat(below).as("round %d", round).doesNotStartWith("REJECTED");
      assertThat(above).as("round %d", round).doesNotStartWith("ACCEPTED");
      decided += below.startsWith("ACCEPTED") && above.startsWith("REJECTED") ? 1 : 0;
    }
    assertThat(decided).isGreaterThan(2);
  }

  /** Once the bounds are proved, nothing that happens to the search for signs takes them away. */
  @Test
  void aDeadlineLeavesTheBounds() {
    TestNetwork network = TestNetwork.of(3);
    Random random = new Random(4);
    network.dense(
        network.relu(network.dense(0, TestNetwork.random(random, 8, 3))),
        TestNetwork.random(random, 3, 8));
    Subject subject = network.subject("demo.Net");
    Certificate plain = found(subject, Optional.empty()).subject().certificate();
    int[] signed = {0, 0};
    // Several threads look.
    AtomicLong looks = new AtomicLong();
    PairSearch.certify(
        subject,
        new Property.Pairs(Optional.empty(), true),
        Optional.empty(),
        Deadline.in(Duration.ofDays(1), looks::getAndIncrement),
        SearchListener.NONE);
    long all = looks.get();
    for (long end = all; end > 0; end -= Math.max(1, all / 150)) {
      long last = end;
      looks.set(0);
      Optional<PairBounds> pairs =
          PairSearch.certify(
              subject,
              new Property.Pairs(Optional.empty(), true),
              Optional.empty(),
              Deadline.in(Duration.ofDays(1), looks::getAndIncrement).or(() -> looks.get() > last),
              SearchListener.NONE);
      pairs.ifPresent(
          own -> {
            Certificate with = own.subject().certificate();
            assertThat(with.proofs().subList(0, with.bounding())).isEqualTo(plain.proofs());
            signed[own.delta().isPresent() ? 1 : 0]++;
          });
    }
    assertThat(signed[0]).isPositive();
    assertThat(signed[1]).isPositive();
  }

  /** Activations alone: there is no matrix whose norm another method would multiply. */
  @Test
  void networksWithoutMatricesHavePairs() {
    TestNetwork network = TestNetwork.of(3);
    network.relu(0);
    PairBounds pairs = found(network.subject("demo.Net"), Optional.empty());
    assertThat(pairs.of(0, 2)).isGreaterThan(1.414213).isLessThan(1.41423);
  }

  /** What a declaration may ask for, and what a certificate may be about, is one number. */
  @Test
  void asManyOutputsMayBePairedAsCanBeProved() {
    assertThat(Property.Pairs.MOST_OUTPUTS).isEqualTo(PairUnits.MAX_OUTPUTS);
  }

  /** Two outputs that move together differ by nothing, and the proof says so. */
  @Test
  void equalOutputsHaveADifferenceOfNothing() {
    TestNetwork network = TestNetwork.of(2);
    int h = network.relu(network.dense(0, new double[][] {{1, 2}, {3, 4}}));
    network.dense(h, new double[][] {{1, 1}, {1, 1}, {0, 1}});
    PairBounds pairs = found(network.subject("demo.Net"), Optional.empty());
    assertThat(pairs.of(0, 1)).isLessThan(1e-15);
    assertThat(pairs.of(0, 2)).isEqualTo(pairs.of(1, 2), within(1e-6)).isGreaterThan(0.5);
  }

  /** Scaled multipliers of one search serve, where there is no time for one of each pair. */
  @Test
  void sharedMultipliersCostLittle() {
    Random random = new Random(3);
    TestNetwork network = TestNetwork.of(6);
    int at = 0;
    for (int layer = 0; layer < 3; layer++) {
      at = network.relu(network.dense(at, TestNetwork.random(random, 12, network.size(at))));
    }
    network.dense(at, TestNetwork.random(random, 5, 12));
    Subject subject = network.subject("demo.Net");
    PairBounds alone = found(subject, Optional.empty());
    PairBounds shared = found(subject, Optional.of(Duration.ZERO));
    double any = PairBounds.ofAnyPair(subject.certificate().lipschitz());
    double sum = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = i + 1; j < 5; j++) {
        assertThat(alone.of(i, j)).isLessThanOrEqualTo(shared.of(i, j) * (1 + 1e-5));
        assertThat(shared.of(i, j)).isLessThanOrEqualTo(any);
        sum += shared.of(i, j) / alone.of(i, j) / 10;
      }
    }
    assertThat(sum).isBetween(1.0, 1.4);
  }

  @Test
  void groupsAndCallsAreSearchedAsWell() {
    Random random = new Random(5);
    TestNetwork inner = TestNetwork.of(4);
    inner.activate(inner.dense(0, TestNetwork.random(random, 4, 4)), GroupedKind.MAXMIN);
    TestNetwork outer = TestNetwork.of(3);
    int called =
        outer.call(outer.dense(0, TestNetwork.random(random, 4, 3)), inner.subject("demo.Inner"));
    outer.dense(called, TestNetwork.random(random, 3, 4));
    PairBounds pairs = found(outer.subject("demo.Outer"), Optional.empty());
    assertThat(reached(pairs, 1)).isBetween(0.8, 1.0);
    assertThat(CertificateChecker.check(pairs.subject())).isInstanceOf(Verdict.Accepted.class);
  }

  /** In LOCAL.md, section 6, the median radius of plainly trained digits nearly doubles. */
  @Test
  void pairsOfTrainedDigitsAreMuchBelowTheBoundOfAll() throws IOException {
    assumeThat(Oracle.folder()).as("no shared oracles").isPresent();
    TestNetwork network =
        Oracle.all().stream()
            .filter(oracle -> oracle.name().equals("trained_digits"))
            .findFirst()
            .orElseThrow()
            .network();
    Subject subject = network.subject("demo.Digits");
    PairBounds pairs = found(subject, Optional.empty());
    double any = PairBounds.ofAnyPair(subject.certificate().lipschitz());
    double sum = 0;
    for (int i = 0; i < pairs.outputs(); i++) {
      for (int j = i + 1; j < pairs.outputs(); j++) {
        sum += pairs.of(i, j) / any / PairUnits.count(pairs.outputs());
      }
    }
    assertThat(sum).isLessThan(0.8);
  }

  private static PairBounds inScale(Subject network, Norm from, Property.Scale scale) {
    Property.Scaled scaled = new Property.Scaled(new Property.Lipschitz(1e3, from, Norm.L2), scale);
    return PairSearch.certify(
            network,
            new Property.Pairs(Optional.of(scaled)),
            Optional.empty(),
            Deadline.NONE,
            SearchListener.NONE)
        .orElseThrow();
  }

  /** The factors of the first layer are those of the scale, so only the others are left. */
  @ParameterizedTest
  @CsvSource({"L2, L2", "L2, LINF", "LINF, L2", "LINF, LINF"})
  void differencesInAScaleAreThoseBehindIt(Norm from, Norm to) throws Exception {
    double[][] rows = {{3, 0}, {0, 4}, {0, 3}};
    List<Double> lengths = List.of(0x1p-6, 64.0);
    TestNetwork network = TestNetwork.of(2);
    network.between(Norm.L2, to);
    network.dense(network.affine(0, List.of(64.0, 0x1p-6), List.of(1.0, -1.0)), rows);
    double[] units = {lengths.get(0), lengths.get(1)};
    Tensor tensor = Tensor.of("x.unit", ElementType.F64, List.of(2), units);
    Subject subject = network.subject("demo.Net").beside(Weights.of(List.of(tensor)));
    for (Property.Scale scale :
        List.of(
            new Property.Scale.OfLayer("z"),
            new Property.Scale.Units(lengths),
            new Property.Scale.OfTensor("x.unit"))) {
      PairBounds pairs = inScale(subject, from, scale);
      assertThat(pairs.measured()).isPresent();
      for (int i = 0; i < 3; i++) {
        for (int j = i + 1; j < 3; j++) {
          double x = rows[i][0] - rows[j][0];
          double y = rows[i][1] - rows[j][1];
          double exact = from == Norm.L2 ? Math.hypot(x, y) : Math.abs(x) + Math.abs(y);
          assertThat(pairs.of(i, j)).isGreaterThanOrEqualTo(exact).isCloseTo(exact, within(1e-5));
        }
      }
    }
  }

  /** A network that standardises has the pairs of the one that it calls, to the last digits. */
  @Test
  void pairsBehindTheFirstLayerAreThoseOfTheCallee() {
    Random random = new Random(8);
    TestNetwork inner = TestNetwork.of(3);
    int h = inner.relu(inner.dense(0, TestNetwork.random(random, 6, 3)));
    inner.dense(h, TestNetwork.random(random, 3, 6));
    Subject callee = inner.subject("demo.Inner");
    TestNetwork outer = TestNetwork.of(3);
    outer.call(outer.affine(0, List.of(0.01, 3.0, 500.0), List.of(0.0, 0.0, 0.0)), callee);
    PairBounds own = found(callee, Optional.empty());
    PairBounds raw = inScale(outer.subject("demo.Outer"), Norm.L2, new Property.Scale.OfLayer("z"));
    for (int i = 0; i < 3; i++) {
      for (int j = i + 1; j < 3; j++) {
        assertThat(raw.of(i, j)).isCloseTo(own.of(i, j), within(1e-5 * own.of(i, j)));
      }
    }
    assertThat(CertificateChecker.check(raw.subject())).isInstanceOf(Verdict.Accepted.class);
  }

  /** Images behind a factor keep their torus; the network's own proof is about other units. */
  @Test
  void imagesInAScaleHavePairs() {
    Random random = new Random(4);
    double[] kernel = random.doubles(36, -0.4, 0.4).toArray();
    PairBounds[] both = new PairBounds[2];
    double[][] head = TestNetwork.random(random, 3, 2 * 36);
    for (int scaled = 0; scaled < 2; scaled++) {
      TestNetwork network = TestNetwork.of(new Grid(2, 6, 6));
      int x = scaled == 0 ? 0 : network.scale(0, 16);
      Window window = Window.square(new Axis(3, 1, 1, 1, 1));
      network.dense(network.relu(network.convolution(x, 2, window, 1, kernel)), head);
      Subject subject = network.subject("demo.Image");
      both[scaled] =
          scaled == 0
              ? found(subject, Optional.empty())
              : inScale(subject, Norm.L2, new Property.Scale.OfLayer("z"));
    }
    for (int j = 1; j < 3; j++) {
      assertThat(both[1].of(0, j)).isCloseTo(both[0].of(0, j), within(0.1 * both[0].of(0, j)));
    }
  }
}
