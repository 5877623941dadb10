package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.falsify.Falls;
import io.lipc.certifier.problem.Prover;
import io.lipc.formats.JsonValue;
import io.lipc.linalg.Deadline;
import io.lipc.model.About;
import io.lipc.model.Interval;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.activation.ActivationKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is true is proved, and what is false has two inputs that show it. */
final class MonotoneSearchTest {

  private static Property.Monotone monotone(
      boolean rising, int input, int output, List<Interval> sides) {
    About about = new About.Elements(List.of(input), List.of(output), "x[" + input + "]");
    return new Property.Monotone(
        List.of(new Property.Trend(rising, about)), new Region.Sides(sides));
  }

  private static Subject subject(TestNetwork network) {
    Proof none =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return new Prover(network.problem(), "none").unchecked(1e300, List.of(none));
  }

  private static Optional<Subject> certified(Property.Monotone property, Subject network) {
    Optional<Subject> found =
        FurtherSearch.certify(
            property, network, Optional.empty(), Deadline.NONE, SearchListener.NONE);
    found.ifPresent(
        claim -> {
          assertThat(FurtherSearch.isProvedBy(property, claim.certificate().claim())).isTrue();
          assertThat(CertificateChecker.check(claim)).isEqualTo(new Verdict.Accepted());
        });
    return found;
  }

  private static Falls.Counterexample counterexample(Property.Monotone property, Subject network) {
    MonotoneSearch.Reason reason = MonotoneSearch.reason(property, network, Deadline.NONE);
    assertThat(reason).isInstanceOf(MonotoneSearch.Reason.False.class);
    return ((MonotoneSearch.Reason.False) reason).found();
  }

  /** The pair is in the box, differs in one element, and is against the trend by itself. */
  private static void assertShows(
      Falls.Counterexample found, boolean rising, List<Interval> sides, Subject network) {
    int element = found.where().element();
    for (int i = 0; i < sides.size(); i++) {
      double first = found.pair().first().get(i);
      double second = found.pair().second().get(i);
      assertThat(first).isBetween(sides.get(i).lower(), sides.get(i).upper());
      assertThat(second).isBetween(sides.get(i).lower(), sides.get(i).upper());
      assertThat(first < second).isEqualTo(i == element);
      assertThat(first > second).isFalse();
    }
    assertThat(rising ? found.to() < found.from() : found.to() > found.from()).isTrue();
    UnitEvaluator evaluator = UnitEvaluator.of(network);
    double from = evaluator.apply(doubles(found.pair().first()))[found.where().output()];
    double to = evaluator.apply(doubles(found.pair().second()))[found.where().output()];
    assertThat(from).isCloseTo(found.from(), within(1e-9));
    assertThat(to).isCloseTo(found.to(), within(1e-9));
  }

  private static double[] doubles(List<Double> x) {
    return x.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Optional<Path> file() {
    return Oracle.folder().map(oracles -> oracles.resolveSibling("local").resolve("refs.json"));
  }

  static Stream<JsonValue.JsonObject> references() {
    // Without the shared data there is one case, which says so.
    return file().isEmpty()
        ? Stream.of(new JsonValue.JsonObject(Collections.emptyMap()))
        : ((JsonValue.JsonArray) Oracle.json(file().get()).members().get("monotone"))
            .elements().stream().map(JsonValue.JsonObject.class::cast);
  }

  private static String text(JsonValue value) {
    return ((JsonValue.JsonString) value).value();
  }

  private static TestNetwork network(Path file) throws Exception {
    JsonValue.JsonObject json = Oracle.json(file);
    double[][][] weights = Oracle.matrices(json, "weights");
    double[][] biases = Oracle.matrix(json.members().get("biases"));
    TestNetwork network = TestNetwork.of(weights[0][0].length);
    int at = 0;
    for (int k = 0; k < weights.length; k++) {
      at = network.dense(at, weights[k], biases[k]);
      at = k < weights.length - 1 ? network.relu(at) : at;
    }
    return network;
  }

  @ParameterizedTest
  @MethodSource("references")
  void referencesAreDecided(JsonValue.JsonObject one) throws Exception {
    Assumptions.assumeFalse(
        one.members().isEmpty(), "no data/local below the property lipc.shared");
    Path data = file().orElseThrow().getParent().getParent();
    Subject network = subject(network(data.resolve(text(one.members().get("net")))));
    double[] box = Oracle.matrixRow(one.members().get("box"));
    List<Interval> sides =
        Collections.nCopies(network.certificate().inputSize(), new Interval(box[0], box[1]));
    boolean rising = text(one.members().get("direction")).equals("increasing");
    Property.Monotone property =
        monotone(
            rising,
            (int) Oracle.number(one.members().get("input")),
            (int) Oracle.number(one.members().get("output")),
            sides);
    boolean truth = ((JsonValue.JsonBoolean) one.members().get("truth")).value();
    assertThat(certified(property, network).isPresent()).isEqualTo(truth);
    if (!truth) {
      assertShows(counterexample(property, network), rising, sides, network);
    }
  }

  /** Half of a subnormal number may be rounded to another one. */
  @Test
  void inputsThatShowItAreInTheBox() {
    for (int odd : new int[] {1, 3}) {
      double end = odd * Double.MIN_VALUE;
      List<Interval> sides = List.of(new Interval(0, 1), new Interval(end, end));
      Subject rises = subject(chain(new double[][] {{1, 1}}, new double[][] {{1}}));
      Property.Monotone claim = monotone(false, 0, 0, sides);
      assertThat(certified(claim, rises)).isEmpty();
      assertShows(counterexample(claim, rises), false, sides, rises);
    }
  }

  /** Networks without negative weights rise; one weight of -2^-20 is found. */
  @Test
  void aSmallWeightIsFound() {
    Random random = new Random(6);
    for (int round = 0; round < 10; round++) {
      double[][] first = positive(random, 6, 3);
      double[][] last = positive(random, 1, 6);
      List<Interval> sides = Collections.nCopies(3, new Interval(-1, 1));
      Subject right = subject(chain(first, last));
      assertThat(certified(monotone(true, 1, 0, sides), right)).isPresent();
      int row = random.nextInt(6);
      first[row] = new double[] {0.5, -0x1p-20, 0.25};
      for (int k = 0; k < 6; k++) {
        first[k][1] = k == row ? first[k][1] : 0;
      }
      Subject wrong = subject(chain(first, last));
      Property.Monotone claim = monotone(true, 1, 0, sides);
      assertThat(certified(claim, wrong)).isEmpty();
      assertShows(counterexample(claim, wrong), true, sides, wrong);
    }
  }

  private static double[][] positive(Random random, int rows, int columns) {
    double[][] w = new double[rows][columns];
    for (double[] row : w) {
      for (int k = 0; k < columns; k++) {
        row[k] = random.nextInt(1, 9) / 8.0;
      }
    }
    return w;
  }

  private static TestNetwork chain(double[][] first, double[][] last) {
    TestNetwork network = TestNetwork.of(first[0].length);
    double[] bias = new double[first.length];
    Arrays.setAll(bias, k -> 0.125 * k - 0.25);
    network.dense(network.relu(network.dense(0, first, bias)), last);
    return network;
  }

  /** {@code relu(x) - relu(x - 1)} and smooth steps rise, in parts of the box. */
  @Test
  void theBoxIsCutWhereItHasToBe() {
    TestNetwork step = TestNetwork.of(1);
    step.dense(
        step.relu(step.dense(0, new double[][] {{1}, {1}}, new double[] {0, -1})),
        new double[][] {{1, -1}});
    Subject network = subject(step);
    List<Interval> sides = List.of(new Interval(-3, 4));
    Subject proved = certified(monotone(true, 0, 0, sides), network).orElseThrow();
    assertThat(leaves(proved)).isBetween(2, 16);
    assertThat(certified(monotone(false, 0, 0, sides), network)).isEmpty();
    List<Interval> flat = List.of(new Interval(2, 4));
    assertThat(leaves(certified(monotone(false, 0, 0, flat), network).orElseThrow())).isOne();
  }

  private static int leaves(Subject claim) {
    return ((PositivityWitness.Rows) claim.certificate().proof().witness()).boxes().leaves();
  }

  /** The same certificate, however many threads there are. */
  @Test
  void threadsChangeNothing() throws Exception {
    Assumptions.assumeTrue(file().isPresent(), "no data/local below the property lipc.shared");
    Path data = file().orElseThrow().getParent().getParent();
    Subject network = subject(network(data.resolve("oracles/nets/trained_iris.json")));
    Property.Monotone property = monotone(true, 2, 2, Collections.nCopies(4, new Interval(-1, 1)));
    Subject here = certified(property, network).orElseThrow();
    try (ForkJoinPool one = new ForkJoinPool(1)) {
      Subject alone = one.submit(() -> certified(property, network).orElseThrow()).get();
      assertThat(alone.certificate()).isEqualTo(here.certificate());
    }
    assertThat(leaves(here)).isGreaterThan(1);
  }

  /** Slopes of units that cancel are not seen: then nothing is said, but how far it got. */
  @Test
  void whatIsNotProvedIsSaid() {
    TestNetwork network = TestNetwork.of(1);
    int both = network.dense(0, new double[][] {{1}, {1}});
    network.dense(
        network.activate(both, ActivationKind.named("tanh").orElseThrow()),
        new double[][] {{1, -1}});
    Subject subject = subject(network);
    List<Interval> sides = List.of(new Interval(-1, 1));
    MonotoneSearch.Reason reason =
        MonotoneSearch.reason(monotone(true, 0, 0, sides), subject, Deadline.NONE);
    assertThat(reason)
        .isInstanceOfSatisfying(
            MonotoneSearch.Reason.Open.class,
            open -> {
              assertThat(open.proved()).isBetween(1e-9, 1e-2);
              assertThat(open.sampled().orElseThrow()).isBetween(-1e-12, 1e-12);
              assertThat(open.where().upper().getFirst() - open.where().lower().getFirst())
                  .isLessThan(0.01);
            });
  }

  /** Called networks are inlined. */
  @Test
  void callsAreLookedInto() {
    TestNetwork inner = TestNetwork.of(2);
    inner.relu(inner.dense(0, new double[][] {{3, 0}, {0, -5}}));
    TestNetwork outer = TestNetwork.of(2);
    outer.call(0, inner.subject("demo.Inner"));
    Subject subject = subject(outer);
    List<Interval> sides = Collections.nCopies(2, new Interval(-1, 1));
    assertThat(certified(monotone(true, 0, 0, sides), subject)).isPresent();
    assertThat(certified(monotone(true, 1, 1, sides), subject)).isEmpty();
    assertShows(counterexample(monotone(true, 1, 1, sides), subject), true, sides, subject);
  }

  /** Ranges of its slopes are far above the bound of a deep network: that is enough at once. */
  @Test
  void whatIsAddedToACallIsEnough() {
    Random random = new Random(39);
    TestNetwork inner = TestNetwork.of(2);
    int at = 0;
    for (int layer = 0; layer < 4; layer++) {
      at = inner.relu(inner.dense(at, normal(random, 8, layer == 0 ? 2 : 8)));
    }
    inner.dense(at, normal(random, 2, 8));
    Subject callee = inner.subject("demo.Inner");
    double bound = callee.certificate().lipschitz().bound();
    TestNetwork outer = TestNetwork.of(2);
    outer.sum(outer.scale(0, (float) Math.ceil(bound)), outer.call(0, callee));
    Subject subject = subject(outer);
    List<Interval> sides = Collections.nCopies(2, new Interval(-1, 1));
    Subject proved = certified(monotone(true, 0, 0, sides), subject).orElseThrow();
    assertThat(proved.certificate().calls()).isEqualTo(Grounds.Calls.BOUNDED);
    assertThat(leaves(proved)).isOne();
  }

  private static double[][] normal(Random random, int rows, int columns) {
    double[][] w = new double[rows][columns];
    for (double[] row : w) {
      Arrays.setAll(row, k -> (float) random.nextGaussian());
    }
    return w;
  }
}
