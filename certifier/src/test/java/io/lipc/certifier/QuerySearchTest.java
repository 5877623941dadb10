package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.BoxTree;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Subject;
import io.lipc.certificate.function.Range;
import io.lipc.certifier.ExactLine.Fraction;
import io.lipc.certifier.QuerySearch.Answer;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.FormatException;
import io.lipc.linalg.Deadline;
import io.lipc.model.Interval;
import io.lipc.queries.Query;
import io.lipc.queries.QueryException;
import io.lipc.queries.QueryReader;
import io.lipc.queries.Rational;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers of queries, beside exact ones. */
final class QuerySearchTest {

  private static final int PARTS = 256;

  private static Query query(int inputs, int outputs, String... assertions) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, inputs)
        .forEach(i -> text.append("(declare-const X_").append(i).append(" Real)\n"));
    IntStream.range(0, outputs)
        .forEach(i -> text.append("(declare-const Y_").append(i).append(" Real)\n"));
    for (String assertion : assertions) {
      text.append("(assert ").append(assertion).append(")\n");
    }
    try {
      return QueryReader.read(new StringReader(text.toString()));
    } catch (QueryException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Subject claimed(TestNetwork network, Query query) {
    return QuerySearch.claimed(
        query,
        network.network(),
        UnitLists.of(network.network(), Map.of()),
        network.weights(),
        Map.of());
  }

  private static Answer answer(Subject claimed, int parts, BoxTree start, Deadline deadline) {
    return QuerySearch.answer(claimed, new QuerySearch.Work(parts, start, deadline, (_, _) -> {}));
  }

  private static Answer answer(Subject claimed) {
    return answer(claimed, PARTS, new BoxTree.Leaf(), Deadline.NONE);
  }

  /** A formula that is evaluated here by itself. */
  private sealed interface Said {

    record All(List<Said> members) implements Said {}

    record Any(List<Said> members) implements Said {}

    /** One of the values of a network: x, y_0, y_1, and {@code y_0 - y_1}. */
    record Atom(int value, String sign, double bound) implements Said {}

    List<String> VALUES = List.of("X_0", "Y_0", "Y_1", "(- Y_0 Y_1)");

    default String text() {
      return switch (this) {
        case All(List<Said> members) -> "(and " + texts(members) + ")";
        case Any(List<Said> members) -> "(or " + texts(members) + ")";
        case Atom(int value, String sign, double bound) ->
            "(" + sign + " " + VALUES.get(value) + " " + bound + ")";
      };
    }

    private static String texts(List<Said> members) {
      return members.stream().map(Said::text).collect(Collectors.joining(" "));
    }

    default boolean isTrue(List<Fraction> values) {
      return switch (this) {
        case All(List<Said> members) -> members.stream().allMatch(said -> said.isTrue(values));
        case Any(List<Said> members) -> members.stream().anyMatch(said -> said.isTrue(values));
        case Atom(int value, String sign, double bound) -> {
          int order = values.get(value).compareTo(Fraction.of(bound));
          yield switch (sign) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "==" -> order == 0;
            case "!=" -> order != 0;
            default -> throw new IllegalArgumentException(sign);
          };
        }
      };
    }

    default List<Atom> atoms() {
      return switch (this) {
        case All(List<Said> members) -> members.stream().flatMap(s -> s.atoms().stream()).toList();
        case Any(List<Said> members) -> members.stream().flatMap(s -> s.atoms().stream()).toList();
        case Atom atom -> List.of(atom);
      };
    }

    static Said random(Random random, int depth) {
      if (depth == 0 || random.nextInt(3) == 0) {
        String sign = List.of("<", "<=", ">", ">=", "==", "!=").get(random.nextInt(6));
        return new Atom(random.nextInt(4), sign, random.nextInt(-16, 17) / 8.0);
      }
      List<Said> members =
          IntStream.range(0, random.nextInt(1, 4))
              .mapToObj(_ -> random(random, depth - 1))
              .toList();
      return random.nextBoolean() ? new All(members) : new Any(members);
    }
  }

  private static double[][] matrix(int rows, int columns, Random random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextInt(-6, 7) / 4.0;
      }
    }
    return matrix;
  }

  /** A network of one input, in [-1, 1], and all its values there. */
  private record Case(TestNetwork network, List<double[][]> weights, List<double[]> biases) {

    static Case random(Random random) {
      List<double[][]> weights =
          List.of(matrix(3, 1, random), matrix(3, 3, random), matrix(2, 3, random));
      List<double[]> biases = new ArrayList<>();
      TestNetwork network = TestNetwork.of(1);
      int last = 0;
      for (int layer = 0; layer < weights.size(); layer++) {
        double[] bias = matrix(1, weights.get(layer).length, random)[0];
        biases.add(bias);
        last = network.dense(last, weights.get(layer), bias);
        last = layer < 2 ? network.relu(last) : last;
      }
      return new Case(network, weights, biases);
    }

    /** x, the outputs and their difference. */
    ExactLine line(double lower, double upper) {
      ExactLine line = new ExactLine(lower, upper);
      line = line.dense(weights.get(0), biases.get(0)).relu();
      line = line.dense(weights.get(1), biases.get(1)).relu();
      line = line.dense(weights.get(2), biases.get(2));
      return line.dense(new double[][] {{1, 0}, {0, 1}, {1, -1}}, new double[3]);
    }
  }

  private static List<Fraction> values(ExactLine line, int k) {
    return List.of(
        line.places().get(k), line.values(0).get(k), line.values(1).get(k), line.values(2).get(k));
  }

  /** Between places at which no comparison changes each is as in the middle. */
  private static boolean isSatisfiable(Case one, Said said) {
    ExactLine line = one.line(-1, 1);
    for (Said.Atom atom : said.atoms()) {
      Fraction at = Fraction.of(atom.bound());
      line = atom.value() == 0 ? line.with(at) : line.cut(atom.value() - 1, at);
    }
    ExactLine all = line.halved();
    return IntStream.range(0, all.places().size()).anyMatch(k -> said.isTrue(values(all, k)));
  }

  private enum Kind {
    UNSAT,
    SAT,
    OPEN
  }

  /** No answer is wrong, whatever meets its bound exactly; and most are decided. */
  @Test
  void answersAreTrue() {
    Random random = new Random(29);
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (int run = 0; run < Integer.getInteger("lipc.queries", 1500); run++) {
      Case one = Case.random(random);
      Said said = Said.random(random, 3);
      Query query = query(1, 2, "(and (>= X_0 -1) (<= X_0 1))", said.text());
      boolean satisfiable = isSatisfiable(one, said);
      String what = "run " + run + ": " + said.text();
      Kind kind =
          switch (answer(claimed(one.network, query))) {
            case Answer.Unsatisfiable(Subject proved, int parts) -> {
              assertThat(satisfiable).as(what).isFalse();
              assertThat(parts).isPositive();
              assertRead(proved);
              yield Kind.UNSAT;
            }
            case Answer.Satisfiable(QuerySearch.Witness witness) -> {
              assertThat(satisfiable).as(what).isTrue();
              double x = witness.input().getFirst().down();
              assertThat(witness.input().getFirst().up()).isEqualTo(x);
              assertThat(said.isTrue(values(one.line(x, x), 0))).as(what + " at " + x).isTrue();
              yield Kind.SAT;
            }
            case Answer.Open _ -> Kind.OPEN;
          };
      counts.merge(kind, 1, Integer::sum);
    }
    System.out.println("queries: " + counts);
    assertThat(counts.get(Kind.UNSAT))
        .isGreaterThan(counts.values().stream().mapToInt(n -> n).sum() / 5);
    assertThat(counts.get(Kind.SAT))
        .isGreaterThan(counts.values().stream().mapToInt(n -> n).sum() / 5);
    assertThat(counts.get(Kind.OPEN))
        .isLessThan(counts.values().stream().mapToInt(n -> n).sum() / 4);
  }

  private static void assertRead(Subject proved) {
    String text = CertificateText.write(proved.certificate());
    try {
      assertThat(CertificateText.read(text)).isEqualTo(proved.certificate());
    } catch (FormatException e) {
      throw new AssertionError(text, e);
    }
  }

  /** {@code relu(x + y) - relu(x + y - 1)}: in [0, 1]. */
  private static TestNetwork difference() {
    TestNetwork network = TestNetwork.inBox(List.of(new Interval(-1, 1), new Interval(-1, 2)));
    network.dense(
        network.relu(network.dense(0, new double[][] {{1, 1}, {1, 1}}, new double[] {0, -1})),
        new double[][] {{1, -1}});
    return network;
  }

  private static final String[] BOX = {"(and (>= X_0 -1) (<= X_0 1) (>= X_1 -1) (<= X_1 2))"};

  @Test
  void partsProveIt() {
    Answer answer = answer(claimed(difference(), query(2, 1, BOX[0], "(> Y_0 1.05)")));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Unsatisfiable.class,
            unsat -> {
              assertThat(unsat.parts()).isBetween(2, PARTS);
              assertThat(Witness.verdict(unsat.proved())).startsWith("ACCEPTED");
            });
  }

  /** Parts tell apart what lines leave between them and the outputs. */
  @Test
  void whatIsOpenIsSaidAndGoesOn() {
    Subject claimed = claimed(difference(), query(2, 1, BOX[0], "(> Y_0 1.01)"));
    Answer few = answer(claimed, 4, new BoxTree.Leaf(), Deadline.NONE);
    assertThat(few)
        .isInstanceOfSatisfying(
            Answer.Open.class,
            open -> {
              assertThat(open.parts()).isEqualTo(4);
              assertThat(open.open()).isBetween(1, 4);
              assertThat(open.where().orElseThrow().lower()).hasSize(2);
              assertThat(open.tree().leaves()).isEqualTo(4);
            });
    BoxTree known = ((Answer.Open) few).tree();
    assertThat(answer(claimed, 4096, known, Deadline.NONE))
        .isInstanceOf(Answer.Unsatisfiable.class);
    assertThat(answer(claimed, 4096, known, Deadline.in(Duration.ZERO)))
        .isInstanceOfSatisfying(
            Answer.Open.class, open -> assertThat(open.tree()).isEqualTo(known));
  }

  /** The same parts, however many threads look at them. */
  @Test
  void threadsDoNotMatter() throws Exception {
    Subject claimed = claimed(difference(), query(2, 1, BOX[0], "(> Y_0 1.02)"));
    BoxTree two = tree(answer(claimed));
    try (ForkJoinPool one = new ForkJoinPool(1)) {
      assertThat(one.submit(() -> tree(answer(claimed))).get()).isEqualTo(two);
    }
  }

  private static BoxTree tree(Answer answer) {
    Subject proved = ((Answer.Unsatisfiable) answer).proved();
    return ((Grounds.Enclosure) proved.certificate().grounds()).boxes().orElseThrow();
  }

  /** The ends of its box are decimals that no double is. */
  @Test
  void anInputIsInTheBoxExactly() {
    Query query =
        query(2, 1, "(and (>= X_0 0.1) (<= X_0 0.3) (>= X_1 -0.7) (< X_1 0.7))", "(>= Y_0 0.99)");
    assertThat(answer(claimed(difference(), query)))
        .isInstanceOfSatisfying(
            Answer.Satisfiable.class,
            sat -> {
              List<Rational> x = sat.witness().input();
              assertThat(x.get(0)).isBetween(rational("0.1"), rational("0.3"));
              assertThat(x.get(1)).isLessThan(rational("0.7"));
              Range y = sat.witness().outputs().getFirst();
              assertThat(y.lower()).isBetween(0.99, 1.0);
              assertThat(y.upper() - y.lower()).isLessThan(1e-12);
            });
    // No double is 0.1.
    Query still = query(2, 1, "(and (== X_0 0.1) (>= X_1 0) (<= X_1 1))", "(>= Y_0 0)");
    assertThat(answer(claimed(difference(), still)))
        .isInstanceOfSatisfying(
            Answer.Satisfiable.class,
            sat -> assertThat(sat.witness().input().getFirst()).isEqualTo(rational("0.1")));
  }

  private static Rational rational(String decimal) {
    return Rational.of(new BigDecimal(decimal), BigDecimal.ONE);
  }

  private static TestNetwork relu() {
    TestNetwork network = TestNetwork.of(1);
    network.relu(0);
    return network;
  }

  /** A comparison that is met exactly is true, or false because it is strict. */
  @Test
  void boundsThatAreMet() {
    String box = "(and (>= X_0 -1) (<= X_0 1))";
    assertThat(answer(claimed(relu(), query(1, 1, box, "(> Y_0 1)"))))
        .isInstanceOf(Answer.Unsatisfiable.class);
    assertThat(answer(claimed(relu(), query(1, 1, box, "(< Y_0 0)"))))
        .isInstanceOf(Answer.Unsatisfiable.class);
    assertThat(answer(claimed(relu(), query(1, 1, box, "(<= Y_0 0)"))))
        .isInstanceOf(Answer.Satisfiable.class);
    String point = "(and (>= X_0 0.6) (<= X_0 0.6) (<= Y_0 0.6) (>= (- Y_0 X_0) 0))";
    assertThat(answer(claimed(relu(), query(1, 1, box, point)))).isInstanceOf(Answer.Open.class);
    String quarter = "(and (>= X_0 0.25) (<= X_0 0.25) (<= Y_0 0.25) (>= Y_0 0.25))";
    assertThat(answer(claimed(relu(), query(1, 1, box, quarter))))
        .isInstanceOf(Answer.Satisfiable.class);
  }

  /** With more inputs than few, units are cut, and sums show parts to be empty. */
  @Test
  void manyInputs() {
    Random random = new Random(4);
    TestNetwork network = TestNetwork.of(12);
    double[][] first = new double[3][12];
    for (double[] row : first) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    network.dense(network.relu(network.dense(0, first)), new double[][] {{1, -1, 0.5}});
    String box =
        IntStream.range(0, 12)
            .mapToObj(i -> "(>= X_%d -1) (<= X_%d 1)".formatted(i, i))
            .collect(Collectors.joining(" ", "(and ", ")"));
    double most = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < 1 << 12; corner++) {
      double[] y = new double[3];
      for (int i = 0; i < 3; i++) {
        for (int d = 0; d < 12; d++) {
          y[i] += first[i][d] * ((corner >> d & 1) == 0 ? -1 : 1);
        }
      }
      most = Math.max(most, Math.max(0, y[0]) - Math.max(0, y[1]) + Math.max(0, y[2]) / 2);
    }
    // Convex but for one relu: the most is at a corner, or where that relu is 0.
    Answer above = answer(claimed(network, query(12, 1, box, "(> Y_0 %s)".formatted(most + 2))));
    assertThat(above).isInstanceOf(Answer.Unsatisfiable.class);
    assertThat(Witness.verdict(((Answer.Unsatisfiable) above).proved())).startsWith("ACCEPTED");
    Answer below = answer(claimed(network, query(12, 1, box, "(> Y_0 %s)".formatted(most - 0.01))));
    assertThat(below).isInstanceOf(Answer.Satisfiable.class);
  }
}
