package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.falsify.LowerBounds;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.model.Interval;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.activation.ActivationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounds on boxes: above what two inputs reach, and near the best that their slopes can prove. */
final class LocalSearchTest {

  private static Property.Local local(List<Interval> sides, Norm from) {
    return new Property.Local(new Property.Lipschitz(1e9, from, Norm.L2), new Region.Sides(sides));
  }

  private static List<Interval> around(double[] centre, double radius) {
    List<Interval> sides = new ArrayList<>();
    for (double c : centre) {
      sides.add(new Interval(c - radius, c + radius));
    }
    return sides;
  }

  /** The network with a bound that nobody has proved: only its units and weights are read. */
  private static Subject subject(TestNetwork network) {
    Proof none =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return new Prover(network.problem(), "none").unchecked(1e300, List.of(none));
  }

  private static Subject certified(Subject network, Property.Local property, Duration budget) {
    Subject found =
        FurtherSearch.certify(
                property, network, Optional.of(budget), Deadline.NONE, SearchListener.NONE)
            .orElseThrow();
    assertThat(FurtherSearch.isProvedBy(property, found.certificate().claim())).isTrue();
    assertThat(CertificateChecker.check(found)).isEqualTo(new Verdict.Accepted());
    return found;
  }

  private static double bound(Subject found) {
    return found.certificate().inequality().bound();
  }

  private static double reached(Subject network, Property.Local property) {
    LowerBounds.Found found = LocalSearch.reached(property, network, Deadline.NONE).orElseThrow();
    List<Interval> sides = ((Region.Sides) property.region()).sides();
    found
        .pair()
        .ifPresent(
            pair -> {
              for (List<Double> x : List.of(pair.first(), pair.second())) {
                for (int i = 0; i < x.size(); i++) {
                  assertThat(x.get(i)).isBetween(sides.get(i).lower(), sides.get(i).upper());
                }
              }
            });
    return found.bound().value();
  }

  /** Pairs of the box, by the evaluation in doubles. */
  private static void assertNoPairExceeds(
      Subject network, List<Interval> sides, double bound, Norm from, int pairs) {
    Random random = new Random(11);
    UnitEvaluator evaluator = UnitEvaluator.of(network);
    for (int i = 0; i < pairs; i++) {
      double near = random.nextBoolean() ? 1 : 0x1p-10;
      double[] x = inside(sides, random);
      double[] other = inside(sides, random);
      for (int k = 0; k < x.length; k++) {
        other[k] =
            Math.clamp(x[k] + near * (other[k] - x[k]), sides.get(k).lower(), sides.get(k).upper());
      }
      double moved = distance(x, other, from);
      double outputs = distance(evaluator.apply(x), evaluator.apply(other), Norm.L2);
      assertThat(outputs).isLessThanOrEqualTo(bound * moved * (1 + 1e-9) + 1e-9);
    }
  }

  private static double[] inside(List<Interval> sides, Random random) {
    return sides.stream()
        .mapToDouble(
            side ->
                Math.clamp(
                    side.lower() + random.nextDouble() * (side.upper() - side.lower()),
                    side.lower(),
                    side.upper()))
        .toArray();
  }

  private static double distance(double[] x, double[] other, Norm norm) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double move = Math.abs(x[i] - other[i]);
      sum = norm == Norm.LINF ? Math.max(sum, move) : Math.hypot(sum, move);
    }
    return sum;
  }

  /**
   * The exact constants, or their lower ends, are not above what is certified; and that is not
   * above the bound of the same kind that a prototype found, with 2 % for the numbers of its
   * slopes.
   */
  @ParameterizedTest
  @MethodSource("io.lipc.certifier.LocalReference#ids")
  void referencesAreBounded(String id) throws Exception {
    Assumptions.assumeFalse(id.isEmpty(), "no data/local below the property lipc.shared");
    LocalReference one = LocalReference.of(id);
    Subject network = one.network();
    List<Interval> sides = one.sides();
    Property.Local property = local(sides, Norm.L2);
    double bound = bound(certified(network, property, Duration.ofSeconds(30)));
    assertThat(bound).isGreaterThanOrEqualTo(one.lower(Norm.L2) * (1 - 1e-6));
    double slack = one.activation().equals("tanh") ? 1.06 : 1.001;
    assertThat(bound).isLessThanOrEqualTo(one.prototype() * slack);
    assertThat(reached(network, property)).isLessThanOrEqualTo(bound);
    RandomPairs pairs = new RandomPairs(network, sides, 11);
    assertThat(pairs.steepest(Norm.L2, Norm.L2)).isLessThanOrEqualTo(bound);
    if (id.startsWith("rand_2") || id.startsWith("own[2, 16") || id.startsWith("iris")) {
      // From linf to l2 it is not below linf to linf.
      double linf = bound(certified(network, local(sides, Norm.LINF), Duration.ofSeconds(30)));
      assertThat(linf).isGreaterThanOrEqualTo(one.lower(Norm.LINF) * (1 - 1e-6));
      assertThat(pairs.steepest(Norm.LINF, Norm.L2)).isLessThanOrEqualTo(linf);
    }
  }

  @Test
  void noTwoInputsBeatALocalBound() {
    Random random = new Random(3);
    double best = 0;
    for (int round = 0; round < 25; round++) {
      TestNetwork network = RandomNetworks.graph(random);
      Subject subject = subject(network);
      int inputs = subject.certificate().inputSize();
      double[] centre = TestNetwork.randomVector(random, inputs);
      List<Interval> sides =
          new ArrayList<>(around(centre, Math.scalb(1.0, random.nextInt(-6, 1))));
      if (inputs > 1 && random.nextInt(3) == 0) {
        sides.set(0, new Interval(centre[0], centre[0]));
      }
      Norm from = random.nextBoolean() ? Norm.L2 : Norm.LINF;
      Property.Local property = local(sides, from);
      double bound = bound(certified(subject, property, Duration.ZERO));
      double reached = reached(subject, property);
      assertThat(reached).as("round %d", round).isLessThanOrEqualTo(bound);
      assertNoPairExceeds(subject, sides, bound, from, 500);
      best = Math.max(best, bound == 0 ? 0 : reached / bound);
    }
    assertThat(best).isGreaterThan(0.9);
  }

  /** On a small box the network is linear: the bound is that of its matrix, far below the other. */
  @Test
  void whatIsLinearOnTheBoxIsExact() {
    TestNetwork network = TestNetwork.of(2);
    int relu = network.relu(network.dense(0, new double[][] {{3, 0}, {0, 5}, {-40, 0}}));
    network.dense(relu, new double[][] {{1, 0, 1}, {0, 1, 0}});
    Subject subject = subject(network);
    List<Interval> sides = List.of(new Interval(1, 2), new Interval(-3, -2));
    assertThat(bound(certified(subject, local(sides, Norm.L2), Duration.ZERO)))
        .isBetween(3.0, 3.0001);
    List<Interval> fixed = List.of(new Interval(1, 1), new Interval(-3, 2));
    assertThat(bound(certified(subject, local(fixed, Norm.L2), Duration.ZERO)))
        .isBetween(5.0, 5.0001);
    List<Interval> point = Collections.nCopies(2, new Interval(1, 1));
    assertThat(bound(certified(subject, local(point, Norm.L2), Duration.ZERO))).isZero();
    List<Interval> wide = Collections.nCopies(2, new Interval(-1, 1));
    assertThat(bound(certified(subject, local(wide, Norm.L2), Duration.ZERO))).isGreaterThan(40);
  }

  /** Called networks are inlined, so that the box goes on in them. */
  @Test
  void theBoxGoesThroughCalls() {
    TestNetwork inner = TestNetwork.of(2);
    inner.relu(inner.dense(0, new double[][] {{3, 0}, {0, 5}}));
    TestNetwork outer = TestNetwork.of(2);
    outer.call(0, inner.subject("demo.Inner"));
    Subject subject = subject(outer);
    List<Interval> sides = List.of(new Interval(1, 2), new Interval(-3, -2));
    Subject found = certified(subject, local(sides, Norm.L2), Duration.ZERO);
    assertThat(bound(found)).isBetween(3.0, 3.0001);
    Certificate certificate = found.certificate();
    assertThat(certificate.calls()).isEqualTo(Grounds.Calls.INLINED);
    assertThat(certificate.units()).isEqualTo(subject.certificate().units());
  }

  /** The bound by parts of a box, and the tree of the certificate. */
  private static Subject byParts(TestNetwork network, double half, Norm norm, int most) {
    Subject subject = subject(network);
    int inputs = subject.certificate().inputSize();
    List<Interval> sides = Collections.nCopies(inputs, new Interval(-half, half));
    Property.Local property =
        new Property.Local(new Property.Lipschitz(1e9, norm, norm), new Region.Sides(sides));
    Subject found =
        LocalSearch.rows(
                property, subject, BoxCuts.Work.upTo(most, 0, RowSearch.until(Deadline.NONE)))
            .orElseThrow();
    assertThat(CertificateChecker.check(found)).isEqualTo(new Verdict.Accepted());
    return found;
  }

  /**
   * Of {@code relu(x_0 + x_1 + 0.1)}, {@code relu(x_0 - x_1 - 0.2)} and {@code relu(2 x_0 + x_1 +
   * 0.3)}: where the first and the last are on, the derivatives are (3, 2) and (-2, -1), whose
   * squares have the trace 18 and the determinant 1. Elsewhere they are shorter.
   */
  @Test
  void smallNetworksAreExact() {
    TestNetwork network = TestNetwork.of(2);
    double[][] first = {{1, 1}, {1, -1}, {2, 1}};
    int relu = network.relu(network.dense(0, first, new double[] {0.1, -0.2, 0.3}));
    network.dense(relu, new double[][] {{1, 0, 1}, {0, 1, -1}});
    double exact = Math.sqrt((18 + Math.sqrt(18 * 18 - 4)) / 2);
    assertThat(bound(byParts(network, 1, Norm.L2, 64))).isBetween(exact, exact * (1 + 1e-6));
    assertThat(bound(byParts(network, 1, Norm.LINF, 64))).isBetween(5.0, 5.00001);
  }

  /**
   * {@code 2 relu(z) - |z| = z}, z the sum of nine inputs: there are two parts, cut at the kink.
   */
  @Test
  void manyInputsAreCutAtKinks() {
    TestNetwork network = TestNetwork.of(9);
    double[][] row = {new double[9]};
    Arrays.fill(row[0], 1);
    int z = network.dense(0, row);
    int abs = network.activate(z, ActivationKind.named("abs").orElseThrow());
    network.dense(network.concat(network.relu(z), abs), new double[][] {{2, -1}});
    Subject found = byParts(network, 1, Norm.LINF, 2);
    assertThat(bound(found)).isBetween(9.0, 9.00001);
    assertThat(((PositivityWitness.Rows) found.certificate().proof().witness()).boxes())
        .isInstanceOfSatisfying(
            BoxTree.Cut.class,
            cut -> assertThat(cut.element()).isEqualTo(new BoxTree.Element(1, 0)));
  }

  /** The parts of [-1, 1] for {@code relu(x)}. */
  private static BoxCuts.Parts parts(BoxCuts.Value value) {
    return parts(1, value);
  }

  /** Those for the sum of so many inputs. */
  private static BoxCuts.Parts parts(int inputs, BoxCuts.Value value) {
    double[] ones = new double[inputs];
    Arrays.fill(ones, 1);
    TestNetwork network = TestNetwork.of(inputs);
    network.relu(network.dense(0, new double[][] {ones}));
    Property.Local property = local(Collections.nCopies(inputs, new Interval(-1, 1)), Norm.L2);
    Claim.Local claim =
        new Claim.Local(UnitLists.claimOf(property.bound()), LocalSearch.boxOf(property));
    Subject onBox = RowSearch.onBox(subject(network), claim).orElseThrow();
    return BoxCuts.of(
        io.lipc.certificate.local.Region.of(onBox),
        value,
        BoxCuts.Work.upTo(1000, 0, RowSearch.until(Deadline.NONE)));
  }

  private static boolean holds(io.lipc.certificate.local.Region part, double x) {
    return part.input(0).lower() <= x && x <= part.input(0).upper();
  }

  private static double width(io.lipc.certificate.local.Region part) {
    return part.input(0).upper() - part.input(0).lower();
  }

  /** Cuts that show no more than the whole do not stand in a certificate. */
  @Test
  void whatDoesNotHelpIsNotCut() {
    BoxCuts.Parts parts = parts((part, leaf, _) -> holds(part, 0.3) ? 1 : 0);
    assertThat(parts.worst()).isEqualTo(1);
    assertThat(parts.tree()).isEqualTo(new BoxTree.Leaf());
  }

  /** The way to a kink ends, whatever a value says there. */
  @Test
  void pointsAreNotCut() {
    BoxCuts.Parts parts = parts((part, leaf, _) -> holds(part, 0.3) ? 1 + width(part) : 0);
    assertThat(parts.worst()).isBetween(1.0, 1 + 1e-5);
    assertThat(holds(parts.where(), 0.3)).isTrue();
    assertThat(parts.tree().leaves()).isBetween(20, 25);
  }

  /** A part behind 160 cuts takes no longer to be read than it took to be found. */
  @Test
  void depthsAreRead() {
    BoxCuts.Parts parts =
        parts(
            8,
            (part, leaf, _) -> {
              if (!(leaf instanceof BoxTree.Leaf)) {
                return 20;
              }
              Unit.Box box = part.box();
              double widths = 0;
              for (int i = 0; i < 8; i++) {
                if (box.lower().get(i) > 0.3 || box.upper().get(i) < 0.3) {
                  return 0;
                }
                widths += box.upper().get(i) - box.lower().get(i);
              }
              return widths;
            });
    assertThat(parts.worst()).isBetween(0.0, 1e-4);
    assertThat(parts.tree().leaves()).isBetween(150, 200);
  }

  /** Parts are worth nothing where their check is more work than is allowed. */
  @Test
  void theWorkOfAllPartsIsAllowed() {
    long half = 1L << 26;
    BoxCuts.Parts parts =
        parts(
            (part, leaf, spend) -> {
              spend.accept(half);
              return leaf instanceof BoxTree.Leaf ? width(part) : 3;
            });
    assertThat(parts.tree().leaves()).isEqualTo(2);
    BoxCuts.Parts whole =
        parts(
            (_, _, spend) -> {
              spend.accept(8 * half);
              return 1;
            });
    assertThat(whole.worst()).isInfinite();
    assertThat(whole.tree()).isEqualTo(new BoxTree.Leaf());
  }
}
