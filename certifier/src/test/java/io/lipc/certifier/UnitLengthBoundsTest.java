package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.enclosure.LeastLengths;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.model.Interval;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Bounds of networks that divide by lengths, near the least length that is shown: no two inputs
 * reach more, in the box or outside of it. The audit is asked whatever the checker is asked.
 */
final class UnitLengthBoundsTest {

  private static final int NETWORKS = Integer.getInteger("lipc.lengths", 24);

  /** A network in which the least length is a constant of one layer. */
  private static TestNetwork network(long seed, double least) {
    Random random = new Random(seed);
    int inputs = 1 + random.nextInt(4);
    List<Interval> box = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      double low = random.nextDouble(-1, 1);
      box.add(new Interval(low, low + random.nextDouble(0.01, 0.6)));
    }
    TestNetwork network = TestNetwork.inBox(box);
    int size = 2 + random.nextInt(4);
    double[] bias = random.doubles(size, -1, 1).toArray();
    bias[random.nextInt(size)] += random.nextBoolean() ? 2 : -2;
    int h = network.dense(0, TestNetwork.random(random, size, inputs), bias);
    if (random.nextBoolean()) {
      h = network.activate(h, random.nextBoolean() ? PointwiseKind.ABS : PointwiseKind.SIGMOID);
    }
    int y = network.activate(h, GroupedKind.L2_NORMALIZE, least);
    if (random.nextBoolean()) {
      y = network.activate(network.concat(y, h), GroupedKind.L2_NORMALIZE, 0.5);
    }
    if (random.nextBoolean()) {
      network.dense(y, TestNetwork.random(random, 2, network.size(y)));
    }
    return network;
  }

  private static List<LeastLengths.Known> lacking(TestNetwork network) {
    return DividedLengths.notProved(
        network.network(), UnitLists.of(network.network(), Map.of()), network.weights(), Map.of());
  }

  /** The length that is shown of what the first one divides. */
  private static double proved(long seed) {
    return lacking(network(seed, 1e9)).getFirst().proved();
  }

  private static double ratio(UnitEvaluator evaluator, double[] x, double[] other) {
    double[] y = evaluator.apply(x);
    double[] z = evaluator.apply(other);
    return distance(y, z) / distance(x, other);
  }

  private static double distance(double[] x, double[] other) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - other[i]) * (x[i] - other[i]);
    }
    return Math.sqrt(sum);
  }

  /** The most that pairs reach; near each other, where rounding does not hide what they reach. */
  private static double reached(Subject subject, List<Interval> box, Random random) {
    UnitEvaluator evaluator = UnitEvaluator.of(subject);
    double most = 0;
    for (int k = 0; k < 2000; k++) {
      double near = random.nextBoolean() ? 1 : 0x1p-12;
      double[] x = new double[box.size()];
      double[] other = new double[box.size()];
      for (int i = 0; i < x.length; i++) {
        Interval side = box.get(i);
        x[i] = random.nextDouble(side.lower(), side.upper());
        other[i] = x[i] + near * (random.nextDouble(side.lower(), side.upper()) - x[i]);
      }
      if (!Arrays.equals(x, other)) {
        most = Math.max(most, ratio(evaluator, x, other));
      }
    }
    return most;
  }

  private static List<Interval> box(TestNetwork network) {
    return network.network().input().box().orElseThrow();
  }

  @Test
  void noPairReachesMoreInTheBoxOrOutsideOfIt() {
    double closest = 0;
    int bounded = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      double proved = proved(seed);
      if (proved < 0x1p-10) {
        continue;
      }
      TestNetwork near = network(seed, proved);
      if (!lacking(near).isEmpty()) {
        continue; // The second length is not shown.
      }
      bounded++;
      Subject subject = near.subject("demo.Near");
      double bound = subject.certificate().lipschitz().bound();
      Random random = new Random(seed);
      double inside = reached(subject, box(near), random);
      List<Interval> everywhere =
          box(near).stream().map(side -> new Interval(side.lower() - 4, side.upper() + 4)).toList();
      double outside = reached(subject, everywhere, random);
      assertThat(Math.max(inside, outside)).as("seed %d", seed).isLessThan(bound * (1 + 1e-9));
      closest = Math.max(closest, outside / bound);

      TestNetwork beyond = network(seed, Math.nextUp(proved));
      assertThat(lacking(beyond)).isNotEmpty();
      assertThat(beyond.certify(Method.NORM_PRODUCT, 1e9))
          .isNotInstanceOf(Certification.Certified.class);
    }
    assertThat(bounded).isGreaterThan(NETWORKS / 4);
    assertThat(closest).isGreaterThan(0.5);
  }

  /** Outside of the box it is another function, and the bound of that is what the caller gets. */
  @Test
  void aCallerMayLeaveTheBox() {
    TestNetwork inner = TestNetwork.inBox(2, 1, 2);
    inner.activate(0, GroupedKind.L2_NORMALIZE, 1.25);
    Subject callee = inner.subject("demo.Inner");
    assertThat(callee.certificate().lipschitz().bound()).isCloseTo(0.8, within(1e-9));

    TestNetwork outer = TestNetwork.inBox(2, -1, 1);
    outer.call(outer.scale(0, 3), callee);
    Subject caller = outer.subject("demo.Outer");
    double bound = caller.certificate().lipschitz().bound();
    double reached = reached(caller, box(outer), new Random(3));
    assertThat(bound).isCloseTo(2.4, within(1e-6));
    assertThat(reached).isBetween(2.39, bound * (1 + 1e-9));

    // Its own lengths are not shown behind the call, where 0 is reached.
    outer.activate(outer.last(), GroupedKind.L2_NORMALIZE, 0x1p-20);
    assertThat(
            DividedLengths.notProved(
                outer.network(),
                UnitLists.of(outer.network(), Map.of("demo.Inner", callee)),
                outer.weights(),
                Map.of("demo.Inner", callee)))
        .hasSize(1);
  }

  @Test
  void pairsAndBoundsOnABoxHaveTheGuardToo() {
    for (int seed = 0; seed < NETWORKS / 4; seed++) {
      double proved = proved(seed);
      TestNetwork network = network(seed, proved);
      if (proved < 0x1p-10 || !lacking(network).isEmpty()) {
        continue;
      }
      Subject subject = network.subject("demo.Net");
      List<Interval> sides = box(network);
      Property.Local local =
          new Property.Local(
              new Property.Lipschitz(1e9, Norm.L2, Norm.L2), new Region.Sides(sides));
      for (Property.Further further : List.of(local, new Property.Pairs())) {
        Subject found =
            FurtherSearch.certify(
                    further,
                    subject,
                    Optional.of(Duration.ofSeconds(20)),
                    Deadline.NONE,
                    SearchListener.NONE)
                .orElseThrow();
        assertThat(CertificateChecker.check(found)).isEqualTo(new Verdict.Accepted());
        if (further == local) {
          assertThat(reached(subject, sides, new Random(seed)))
              .isLessThanOrEqualTo(found.certificate().inequality().bound() * (1 + 1e-9));
        }
      }
    }
  }

  private static Subject with(Subject subject, Claim claim, List<Unit> units) {
    Certificate from = subject.certificate();
    Certificate forged =
        new Certificate(from.network(), from.type(), claim, from.method(), units, from.grounds());
    return new Subject(
        forged, CertificateText.digest(forged), subject.weights(), subject.callees());
  }

  /** Other lengths, wider boxes and lower bounds in the place of those that were proved. */
  private static List<Subject> forgeries(Subject subject) {
    Certificate honest = subject.certificate();
    Claim.Lipschitz claim = honest.lipschitz();
    List<Subject> all = new ArrayList<>();
    for (double factor : new double[] {1 - 0x1p-30, 1 + 0x1p-30, 0.5, 2, 1e-3}) {
      List<Unit> units = new ArrayList<>(honest.units());
      units.replaceAll(
          unit ->
              divides(unit) instanceof Unit.Activation by
                  ? Unit.activation(
                      by.operand(),
                      "l2_normalize",
                      List.of(by.function().constants().getFirst() * factor),
                      by.size())
                  : unit);
      all.add(with(subject, claim, units));
    }
    // The first is narrower, and true.
    for (double wider : new double[] {-0x1p-12, 0x1p-30, 0.01, 1}) {
      List<Unit> units = new ArrayList<>(honest.units());
      Unit.Box box = honest.input().box().orElseThrow();
      List<Double> lower = box.lower().stream().map(end -> end - wider).toList();
      units.set(
          0, new Unit.Input(List.of(lower.size()), Optional.of(new Unit.Box(lower, box.upper()))));
      all.add(with(subject, claim, units));
    }
    for (double factor : new double[] {1 - 0x1p-30, 0.9}) {
      Claim lower = new Claim.Lipschitz(claim.norms(), claim.bound() * factor, claim.declared());
      all.add(with(subject, lower, honest.units()));
    }
    return all;
  }

  private static @Nullable Unit divides(Unit unit) {
    return unit instanceof Unit.Activation activation
            && activation.function().word().equals("l2_normalize")
        ? activation
        : null;
  }

  /** Whatever is accepted is true: of lengths in the box, and of what pairs reach. */
  @Test
  void noForgeryIsAccepted() {
    int accepted = 0;
    int refused = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      TestNetwork network = network(seed, proved(seed));
      if (proved(seed) < 0x1p-10 || !lacking(network).isEmpty()) {
        continue;
      }
      Subject subject = network.subject("demo.Net");
      for (Subject forged : forgeries(subject)) {
        if (CertificateChecker.check(forged) instanceof Verdict.Rejected) {
          refused++;
          continue;
        }
        accepted++;
        assertLengths(forged, new Random(seed));
        double bound = forged.certificate().lipschitz().bound();
        List<Interval> everywhere =
            box(network).stream().map(s -> new Interval(s.lower() - 4, s.upper() + 4)).toList();
        assertThat(reached(forged, everywhere, new Random(seed)))
            .isLessThanOrEqualTo(bound * (1 + 1e-9));
      }
    }
    assertThat(refused).isGreaterThan(NETWORKS);
    assertThat(accepted).isPositive();
  }

  private static void assertLengths(Subject subject, Random random) {
    List<Unit> units = subject.certificate().units();
    Unit.Box box = subject.certificate().input().box().orElseThrow();
    for (int k = 1; k < units.size(); k++) {
      if (!(divides(units.get(k)) instanceof Unit.Activation by)) {
        continue;
      }
      UnitEvaluator read =
          UnitEvaluator.of(units.subList(0, by.operand() + 1), subject.weights(), Map.of());
      for (int trial = 0; trial < 500; trial++) {
        double[] x = new double[box.lower().size()];
        for (int i = 0; i < x.length; i++) {
          double share = random.nextInt(3) == 0 ? random.nextDouble() : random.nextInt(2);
          x[i] = box.lower().get(i) + share * (box.upper().get(i) - box.lower().get(i));
        }
        double[] z = read.apply(x);
        assertThat(distance(z, new double[z.length]))
            .isGreaterThanOrEqualTo(by.function().constants().getFirst() * (1 - 1e-12));
      }
    }
  }
}
