package io.lipc.certificate.further;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Claim.Trend;
import io.lipc.certificate.ExactJacobian;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.Inlining;
import io.lipc.formats.Norm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A network on a box with exact derivatives at some points, by which claims are surely false. */
final class FalseClaims {

  private static final MathContext DIGITS = new MathContext(60);

  private final NetworkUnderTest net;
  private final Unit.Box box;
  private final Random random;

  /** By point, output and input; what does not move has no derivative. */
  private final List<List<List<BigDecimal>>> derivatives = new ArrayList<>();

  FalseClaims(NetworkUnderTest net, Unit.Box box, Random random, int points) {
    this.net = net;
    this.box = box;
    this.random = random;
    Subject subject = net.subject();
    for (int k = 0; k < points; k++) {
      try {
        derivatives.add(moving(ExactJacobian.at(subject, point(k % 3 == 0))));
      } catch (ArithmeticException e) {
        // At a kink: another point tells more.
        continue;
      }
    }
  }

  private boolean moves(int i) {
    return box.lower().get(i) < box.upper().get(i);
  }

  private List<List<BigDecimal>> moving(List<List<BigDecimal>> all) {
    return all.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> moves(i) ? row.get(i) : BigDecimal.ZERO)
                    .toList())
        .toList();
  }

  private List<BigDecimal> point(boolean corner) {
    List<BigDecimal> x = new ArrayList<>();
    for (int i = 0; i < box.lower().size(); i++) {
      BigDecimal lower = new BigDecimal(box.lower().get(i));
      double share = corner ? random.nextInt(2) : random.nextDouble();
      BigDecimal width = new BigDecimal(box.upper().get(i)).subtract(lower);
      x.add(lower.add(width.multiply(new BigDecimal(share))));
    }
    return x;
  }

  /** A number that the squared bound is not below, between these norms. */
  BigDecimal square(Norms norms) {
    return derivatives.stream().map(j -> square(j, norms)).reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  private static BigDecimal square(List<List<BigDecimal>> j, Norms norms) {
    boolean sums = norms.output() == Norm.L2;
    if (norms.input() == Norm.LINF && norms.output() == Norm.LINF) {
      return j.stream()
          .map(row -> row.stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::add))
          .map(v -> v.pow(2))
          .reduce(BigDecimal.ZERO, BigDecimal::max);
    }
    BigDecimal best = BigDecimal.ZERO;
    for (List<BigDecimal> v : directions(j, norms.input())) {
      BigDecimal length = norms.input() == Norm.L2 ? dot(v, v) : BigDecimal.ONE;
      BigDecimal moved =
          j.stream()
              .map(row -> dot(row, v).pow(2))
              .reduce(BigDecimal.ZERO, sums ? BigDecimal::add : BigDecimal::max);
      if (length.signum() > 0) {
        best = best.max(moved.divide(length, DIGITS));
      }
    }
    return best;
  }

  private static BigDecimal dot(List<BigDecimal> a, List<BigDecimal> b) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < a.size(); i++) {
      sum = sum.add(a.get(i).multiply(b.get(i), DIGITS), DIGITS);
    }
    return sum;
  }

  /** Rows, and from l2 what the power method makes of them; from linf all corners. */
  private static List<List<BigDecimal>> directions(List<List<BigDecimal>> j, Norm input) {
    int n = j.getFirst().size();
    List<List<BigDecimal>> all = new ArrayList<>();
    if (input == Norm.LINF) {
      for (int corner = 0; corner < 1 << n; corner++) {
        int signs = corner;
        all.add(
            IntStream.range(0, n)
                .mapToObj(i -> BigDecimal.valueOf((signs >> i & 1) == 0 ? 1 : -1))
                .toList());
      }
      return all;
    }
    for (List<BigDecimal> row : j) {
      List<BigDecimal> v = row;
      for (int step = 0; step < 20; step++) {
        all.add(v);
        v = next(j, v);
      }
    }
    return all;
  }

  private static List<BigDecimal> next(List<List<BigDecimal>> j, List<BigDecimal> v) {
    List<BigDecimal> sum = new ArrayList<>(Collections.nCopies(v.size(), BigDecimal.ZERO));
    for (List<BigDecimal> row : j) {
      BigDecimal moved = dot(row, v);
      for (int i = 0; i < v.size(); i++) {
        sum.set(i, sum.get(i).add(row.get(i).multiply(moved, DIGITS), DIGITS));
      }
    }
    BigDecimal largest = sum.stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::max);
    return largest.signum() == 0 ? v : sum.stream().map(a -> a.divide(largest, DIGITS)).toList();
  }

  /** The largest double that is a false bound; none where nothing moves, or all doubles are. */
  Optional<Double> falseBound(Norms norms) {
    BigDecimal square = square(norms).multiply(new BigDecimal("0.999999999999999999999999999999"));
    double root = square.sqrt(new MathContext(40, RoundingMode.DOWN)).doubleValue();
    double bound = Math.min(root, Double.MAX_VALUE);
    while (bound > 0 && new BigDecimal(bound).pow(2).compareTo(square) >= 0) {
      bound = Math.nextDown(bound);
    }
    return square.signum() > 0 ? Optional.of(bound) : Optional.empty();
  }

  /** A trend that the derivative of a point contradicts, perhaps among others. */
  Optional<Trend> falseTrend() {
    if (derivatives.isEmpty()) {
      return Optional.empty();
    }
    List<List<BigDecimal>> j = derivatives.get(random.nextInt(derivatives.size()));
    int output = random.nextInt(j.size());
    int input = random.nextInt(j.getFirst().size());
    int sign = j.get(output).get(input).signum();
    List<Integer> inputs = among(j.getFirst().size(), input);
    return sign == 0
        ? Optional.empty()
        : Optional.of(new Trend(sign < 0, inputs, among(j.size(), output)));
  }

  /**
   * Slopes by input of which the derivative of a point contradicts one, and the outputs that they
   * are about. All others are as large as doubles are.
   */
  Optional<Claim.Slopes> falseSlopes() {
    if (derivatives.isEmpty()) {
      return Optional.empty();
    }
    List<List<BigDecimal>> j = derivatives.get(random.nextInt(derivatives.size()));
    int output = random.nextInt(j.size());
    int input = random.nextInt(j.getFirst().size());
    BigDecimal slope = j.get(output).get(input).abs();
    BigDecimal surely = slope.multiply(new BigDecimal("0.999999999999999999999999999999"));
    double bound = Math.min(surely.doubleValue(), Double.MAX_VALUE);
    double less = new BigDecimal(bound).compareTo(surely) < 0 ? bound : Math.nextDown(bound);
    List<Double> slopes =
        new ArrayList<>(Collections.nCopies(j.getFirst().size(), Double.MAX_VALUE));
    slopes.set(input, less);
    return less < 0
        ? Optional.empty()
        : Optional.of(new Claim.Slopes(slopes, among(j.size(), output), box));
  }

  private List<Integer> among(int size, int number) {
    return IntStream.range(0, size)
        .filter(k -> k == number || random.nextInt(4) == 0)
        .boxed()
        .toList();
  }

  /** Cuts as one who wants to cheat may choose them. */
  BoxTree tree(int depth) {
    return tree(box, depth);
  }

  private BoxTree tree(Unit.Box box, int depth) {
    if (depth > 0 && random.nextInt(3) == 0) {
      return new BoxTree.Cut(
          ofUnit(),
          random.nextBoolean() ? 0 : random.nextGaussian(),
          tree(box, random.nextInt(depth)),
          tree(box, random.nextInt(depth)));
    }
    int element = random.nextInt(box.lower().size());
    double lower = box.lower().get(element);
    double upper = box.upper().get(element);
    double at =
        switch (random.nextInt(4)) {
          case 0 -> Math.nextUp(lower);
          case 1 -> Math.nextDown(upper);
          default -> lower / 2 + upper / 2;
        };
    if (depth == 0 || !(lower < at && at < upper)) {
      return switch (random.nextInt(4)) {
        case 0 -> new BoxTree.Vertices();
        case 1 -> sum();
        default -> new BoxTree.Leaf();
      };
    }
    List<Double> low = new ArrayList<>(box.lower());
    List<Double> high = new ArrayList<>(box.upper());
    low.set(element, at);
    high.set(element, at);
    return new BoxTree.Cut(
        BoxTree.Element.ofInput(element),
        at,
        tree(new Unit.Box(box.lower(), high), random.nextInt(depth)),
        tree(new Unit.Box(low, box.upper()), random.nextInt(depth)));
  }

  /** A part with inputs is said to have none. */
  private BoxTree sum() {
    SortedMap<BoxTree.Element, Double> sum = new TreeMap<>();
    for (int k = random.nextInt(1, 5); k > 0; k--) {
      sum.put(ofUnit(), random.nextGaussian() * Math.scalb(1.0, random.nextInt(-9, 9)));
    }
    return new BoxTree.Empty(
        sum.entrySet().stream()
            .map(entry -> new BoxTree.Term(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** An element of a unit, as the proof counts these where nothing is called. */
  private BoxTree.Element ofUnit() {
    List<Unit> units = net.subject().certificate().units();
    int shift = IntStream.range(0, box.lower().size()).allMatch(this::moves) ? 0 : 1;
    int unit = random.nextInt(1, units.size());
    return new BoxTree.Element(unit + shift, random.nextInt(units.get(unit).size()));
  }

  Subject bounded(Norms norms, double bound, List<Proof> proofs) {
    return about(new Claim.Local(new Claim.Lipschitz(norms, bound, Double.MAX_VALUE), box), proofs);
  }

  /**
   * The same by the matrix inequality, with multipliers as one who wants to cheat may draw them.
   * They are of the units as the proof reads them: one more where an input does not move.
   */
  Subject bounded(Norms norms, double bound) {
    Subject network =
        net.callees.isEmpty()
            ? net.subject()
            : Inlining.of(bounded(norms, bound, rows(new BoxTree.Leaf())));
    List<Unit> units = network.certificate().units();
    int shift = IntStream.range(0, box.lower().size()).allMatch(this::moves) ? 0 : 1;
    List<Proof> proofs = new ArrayList<>();
    int outputs = network.certificate().outputSize();
    for (int j = 0; j < (norms.output() == Norm.LINF ? outputs : 1); j++) {
      List<Proof.Multiplier> multipliers = new ArrayList<>();
      if (norms.input() == Norm.LINF) {
        int size = box.lower().size();
        double share = bound * bound / size;
        multipliers.add(
            new Proof.Multiplier(0, Constraint.RANGE, Collections.nCopies(size, share)));
      }
      for (int k = 1; k < units.size(); k++) {
        int at = k + shift;
        switch (units.get(k)) {
          case Unit.Activation unit -> {
            int groups = unit.size() / unit.known().size();
            List<Double> values = random.doubles(groups).map(v -> 8 * v * v).boxed().toList();
            multipliers.add(new Proof.Multiplier(at, Constraint.SLOPE, values));
          }
          case Unit.GainOnly _ ->
              multipliers.add(new Proof.Multiplier(at, Constraint.GAIN, List.of(1.0)));
          case Unit.Input _, Unit.Linear _ -> {}
        }
      }
      PositivityWitness witness =
          random.nextBoolean()
              ? new PositivityWitness.ExactElimination()
              : new PositivityWitness.VerifiedCholesky();
      proofs.add(new Proof(List.of(), List.of(), multipliers, witness));
    }
    return bounded(norms, bound, proofs);
  }

  Subject monotone(Trend trend, BoxTree boxes) {
    return about(new Claim.Monotone(List.of(trend), box), rows(boxes));
  }

  Subject slopes(Claim.Slopes claim, BoxTree boxes) {
    return about(claim, rows(boxes));
  }

  static List<Proof> rows(BoxTree boxes) {
    return List.of(new Proof(List.of(), List.of(), List.of(), new PositivityWitness.Rows(boxes)));
  }

  private Subject about(Claim claim, List<Proof> proofs) {
    Certificate network = net.subject().certificate();
    Grounds.Calls calls = net.callees.isEmpty() ? Grounds.Calls.BOUNDED : Grounds.Calls.INLINED;
    return net.subject(
        new Certificate(
            network.network(),
            network.type(),
            claim,
            "by one who cheats",
            network.units(),
            new Grounds.GivenWeights(network.tensors(), calls, proofs)));
  }
}
