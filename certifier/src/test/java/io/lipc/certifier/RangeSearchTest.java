package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certifier.falsify.Heights;
import io.lipc.certifier.problem.Prover;
import io.lipc.linalg.Deadline;
import io.lipc.model.Interval;
import io.lipc.model.Property;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ranges of outputs, on the whole box and on parts of it, and inputs that leave them. */
final class RangeSearchTest {

  private static Subject subject(TestNetwork network) {
    Proof none =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return new Prover(network.problem(), "none").unchecked(1e300, List.of(none));
  }

  private static Optional<Subject> certified(double lower, double upper, Subject network) {
    Optional<Subject> found =
        FurtherSearch.certify(
            new Property.Range(lower, upper),
            network,
            Optional.empty(),
            Deadline.NONE,
            SearchListener.NONE);
    found.ifPresent(claim -> assertThat(Witness.verdict(claim)).as("audit").startsWith("ACCEPTED"));
    return found;
  }

  private static RangeSearch.Reason reason(double lower, double upper, Subject network) {
    return FurtherSearch.reason(new Property.Range(lower, upper), network, Deadline.NONE);
  }

  private static int parts(Subject claim) {
    Grounds.Enclosure grounds = (Grounds.Enclosure) claim.certificate().grounds();
    return grounds.boxes().map(BoxTree::leaves).orElse(0);
  }

  /** {@code relu(x + y) - relu(x + y - 1)}: in [0, 1], where ranges know [-2, 3]. */
  private static Subject difference() {
    TestNetwork network = TestNetwork.inBox(List.of(new Interval(-1, 1), new Interval(-1, 2)));
    network.dense(
        network.relu(network.dense(0, new double[][] {{1, 1}, {1, 1}}, new double[] {0, -1})),
        new double[][] {{1, -1}});
    return subject(network);
  }

  @Test
  void whatRangesKnowNeedsNoParts() {
    assertThat(parts(certified(-2.01, 3.01, difference()).orElseThrow())).isZero();
  }

  @Test
  void partsKnowMore() {
    assertThat(parts(certified(-0.5, 1.5, difference()).orElseThrow())).isBetween(1, 64);
    assertThat(parts(certified(-0.03, 1.03, difference()).orElseThrow())).isBetween(2, 1024);
  }

  /** The input that is shown leaves the range, as ranges around it say. */
  @Test
  void anInputThatLeavesTheRangeIsFound() {
    Subject network = difference();
    assertThat(certified(-0.01, 0.9, network)).isEmpty();
    assertThat(reason(-0.01, 0.9, network))
        .isInstanceOfSatisfying(
            RangeSearch.Reason.Violated.class,
            violated -> {
              Heights.Left left = violated.left();
              assertThat(left.value().lower()).isGreaterThan(0.9);
              assertThat(left.input()).hasSize(2);
              assertThat(left.input().get(1)).isBetween(-1.0, 2.0);
              List<Range> point = left.input().stream().map(x -> new Range(x, x)).toList();
              assertThat(OutputRanges.ofUnits(network, point).getLast().getFirst())
                  .isEqualTo(left.value());
            });
    assertThat(reason(0.1, 2, network))
        .isInstanceOfSatisfying(
            RangeSearch.Reason.Violated.class,
            violated -> assertThat(violated.left().value().upper()).isLessThan(0.1));
  }

  /** The ends are reached, and roundings are beyond them. */
  @Test
  void whatIsOpenIsSaid() {
    Subject network = difference();
    assertThat(certified(0, 1, network)).isEmpty();
    assertThat(reason(0, 1, network))
        .isInstanceOfSatisfying(
            RangeSearch.Reason.Open.class,
            open -> {
              assertThat(open.outputs()).hasSize(1);
              assertThat(open.outputs().getFirst().lower()).isBetween(-0.01, 0.0);
              assertThat(open.outputs().getFirst().upper()).isBetween(1.0, 1.01);
              assertThat(open.parts()).isBetween(2, 512);
              assertThat(open.where().lower()).hasSize(2);
            });
  }

  @Test
  void withoutTimeNothingIsKnown() {
    assertThat(
            FurtherSearch.reason(
                new Property.Range(-1.5, 2), difference(), Deadline.in(Duration.ZERO)))
        .isInstanceOf(RangeSearch.Reason.Unknown.class);
  }

  /** No range is proved that a random input leaves. */
  @Test
  void noInputLeavesAProvedRange() {
    Random random = new Random(5);
    int proved = 0;
    for (int run = 0; run < 60; run++) {
      TestNetwork net = TestNetwork.inBox(List.of(new Interval(-1, 1), new Interval(0, 1)));
      net.dense(net.relu(net.dense(0, matrix(4, 2, random))), matrix(1, 4, random));
      Subject network = subject(net);
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < 2000; k++) {
        Range x = at(2 * random.nextDouble() - 1);
        Range value =
            OutputRanges.ofUnits(network, List.of(x, at(random.nextDouble()))).getLast().getFirst();
        least = Math.min(least, value.upper());
        most = Math.max(most, value.lower());
      }
      for (Property.Range wrong :
          List.of(
              new Property.Range(least + 1e-6, most + 10),
              new Property.Range(least - 10, most - 1e-6))) {
        assertThat(certified(wrong.lower(), wrong.upper(), network)).isEmpty();
        assertThat(Witness.verdict(claimed(wrong, network, tree(3, random))))
            .doesNotStartWith("ACCEPTED");
      }
      double room = 0.1 * (most - least) + 1e-9;
      proved += certified(least - room, most + room, network).isPresent() ? 1 : 0;
    }
    assertThat(proved).isGreaterThan(50);
  }

  private static Subject claimed(Property.Range range, Subject network, BoxTree boxes) {
    Certificate about = network.certificate();
    return FurtherClaims.about(
        network,
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Range(range.lower(), range.upper()),
            "enclosure",
            about.units(),
            new Grounds.Enclosure(about.tensors(), Optional.of(boxes))));
  }

  /** Cuts at units, and sums that may say that a part is empty. */
  private static BoxTree tree(int depth, Random random) {
    BoxTree.Element element = new BoxTree.Element(1 + random.nextInt(2), random.nextInt(4));
    if (depth > 0 && random.nextInt(4) > 0) {
      double at = random.nextGaussian() / 2;
      return new BoxTree.Cut(element, at, tree(0, random), tree(depth - 1, random));
    }
    return random.nextInt(3) > 0
        ? new BoxTree.Leaf()
        : new BoxTree.Empty(List.of(new BoxTree.Term(element, random.nextGaussian())));
  }

  private static Range at(double value) {
    return new Range(value, value);
  }

  private static double[][] matrix(int rows, int columns, Random random) {
    return IntStream.range(0, rows)
        .mapToObj(_ -> random.doubles(columns, -1, 1).toArray())
        .toArray(double[][]::new);
  }
}
