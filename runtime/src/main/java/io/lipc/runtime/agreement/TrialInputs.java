package io.lipc.runtime.agreement;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The inputs on which code is compared with its certificate: corners of the declared box, random
 * points of it, and pairs of inputs on both sides of a kink, which bisection finds. Without a box,
 * that of [-1, 1].
 *
 * <p>How many depends on the size of the network, so that loading stays quick: all evaluations
 * together take some {@link #WORK} products. A network of up to 150,000 products is tried with
 * {@link #MOST_POINTS} points and {@link #MOST_KINKS} kinks, one of more than 2 million without
 * kinks, one of more than 16 million with {@link #LEAST_POINTS} points. All are seeded: what is
 * found on one machine is found on another.
 */
public final class TrialInputs {

  private static final long SEED = 0x6c697063;

  /** Products that evaluations may take: some 20 to 60 milliseconds. */
  static final long WORK = 1L << 26;

  public static final int LEAST_POINTS = 4;
  public static final int MOST_POINTS = 32;
  static final int MOST_KINKS = 16;

  /** A kink is found to 2^-20 of the way between two points. */
  static final int STEPS = 20;

  /**
   * The number of steps towards 0 after which a number of the format's size has become one of about
   * 1.
   */
  private static final int WAY = 4;

  private final Subject subject;
  private final ElementType type;
  private final Unit.Box box;
  private final OrderedEvaluator evaluator;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int points;
  private final int kinks;

  private TrialInputs(Subject subject, OrderedEvaluator evaluator) {
    this.subject = subject;
    this.type = subject.certificate().type();
    this.box = subject.certificate().input().boxOrUnit();
    this.evaluator = evaluator;
    // An input has elements, and each is a step.
    long evaluations = WORK / evaluator.work();
    this.points = Math.clamp(evaluations, LEAST_POINTS, MOST_POINTS);
    this.kinks = Math.clamp((evaluations - points) / (STEPS + 2), 0, MOST_KINKS);
  }

  /** An input, and what the certificate's units give for it. */
  public record Trial(double[] input, double[] expected) {}

  /** All trials of a network. */
  public static List<Trial> of(Subject subject) {
    return new TrialInputs(subject, OrderedEvaluator.of(subject)).all();
  }

  private List<Trial> all() {
    List<double[]> inputs = new ArrayList<>();
    for (int number = 0; number < points; number++) {
      inputs.add(point(number));
    }
    List<List<int[]>> pieces = new ArrayList<>();
    List<Integer> units = new ArrayList<>();
    List<double[]> expected =
        evaluator.applyAll(
            inputs,
            kinks == 0
                ? OrderedEvaluator.Observer.NONE
                : (unit, operand) -> {
                  units.add(unit);
                  pieces.add(pieces(unit, operand, points));
                });
    List<Trial> trials = trials(inputs, expected);
    if (expected.stream().flatMapToDouble(Arrays::stream).anyMatch(y -> !Double.isFinite(y))) {
      trials.addAll(evaluated(nearer(inputs.getFirst())));
    }
    List<Segment> segments = segments(inputs, units, pieces);
    if (!segments.isEmpty()) {
      bisect(segments);
      trials.addAll(
          evaluated(segments.stream().flatMap(s -> Stream.of(s.at(s.low), s.at(s.high))).toList()));
    }
    return trials;
  }

  private List<Trial> evaluated(List<double[]> inputs) {
    return trials(inputs, evaluator.applyAll(inputs, OrderedEvaluator.Observer.NONE));
  }

  private static List<Trial> trials(List<double[]> inputs, List<double[]> expected) {
    List<Trial> trials = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      trials.add(new Trial(inputs.get(k), expected.get(k)));
    }
    return trials;
  }

  /**
   * Points on the way to 0, and 0 itself: where outputs overflow, wrong code overflows as well, and
   * nearer to 0 it may not.
   */
  private List<double[]> nearer(double[] x) {
    int step = (type == ElementType.F32 ? Float.MAX_EXPONENT : Double.MAX_EXPONENT) / WAY + 1;
    return IntStream.rangeClosed(1, WAY + 1)
        .mapToObj(k -> k <= WAY ? Math.scalb(1.0, -k * step) : 0)
        .map(part -> Arrays.stream(x).map(v -> type.round(part * v)).toArray())
        .toList();
  }

  /** A random point, the two corners of all lower and all upper ends, random corners, and so on. */
  private double[] point(int number) {
    double[] x = new double[box.lower().size()];
    for (int i = 0; i < x.length; i++) {
      double share =
          switch (number) {
            case 1 -> 0;
            case 2 -> 1;
            default -> number % 2 == 0 ? random.nextDouble() : random.nextInt(2);
          };
      x[i] = inFormat((1 - share) * box.lower().get(i) + share * box.upper().get(i));
    }
    return x;
  }

  /** The ends are doubles, whatever the format. */
  private double inFormat(double value) {
    double largest = type == ElementType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    return type.round(Math.max(-largest, Math.min(value, largest)));
  }

  private List<int[]> pieces(int unit, double[][] operand, int count) {
    List<int[]> pieces = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int input = k;
      double[] x = Arrays.stream(operand).mapToDouble(element -> element[input]).toArray();
      pieces.add(Pieces.of(subject.certificate().units().get(unit), x));
    }
    return pieces;
  }

  /** The way from one point to another, on which a unit's element comes to another piece. */
  private final class Segment {
    final double[] from;
    final double[] to;
    final int unit;
    final int element;
    final int piece;
    double low;
    double high = 1;

    Segment(double[] from, double[] to, int unit, int element, int piece) {
      this.from = from;
      this.to = to;
      this.unit = unit;
      this.element = element;
      this.piece = piece;
    }

    double[] at(double share) {
      double[] x = new double[from.length];
      Arrays.setAll(x, i -> inFormat((1 - share) * from[i] + share * to[i]));
      return x;
    }

    double middle() {
      return (low + high) / 2;
    }

    void halve(int pieceInTheMiddle) {
      if (pieceInTheMiddle == piece) {
        low = middle();
      } else {
        high = middle();
      }
    }
  }

  /** Unit after unit gets its turn, so that each of a deep network is reached. */
  private List<Segment> segments(
      List<double[]> inputs, List<Integer> units, List<List<int[]>> pieces) {
    List<Segment> segments = new ArrayList<>();
    for (int number = 0; number < kinks && !units.isEmpty(); number++) {
      int turn = number % units.size();
      int from = number % points;
      int to = (number + 1) % points;
      int[] before = pieces.get(turn).get(from);
      int[] after = pieces.get(turn).get(to);
      int[] changed = changed(before, after);
      if (changed.length > 0) {
        int element = changed[random.nextInt(changed.length)];
        segments.add(
            new Segment(
                inputs.get(from), inputs.get(to), units.get(turn), element, before[element]));
      }
    }
    return segments;
  }

  private static int[] changed(int[] before, int[] after) {
    return IntStream.range(0, before.length).filter(i -> before[i] != after[i]).toArray();
  }

  private void bisect(List<Segment> segments) {
    for (int step = 0; step < STEPS; step++) {
      List<double[]> middles = segments.stream().map(s -> s.at(s.middle())).toList();
      evaluator.applyAll(middles, (unit, operand) -> halve(segments, unit, operand));
    }
  }

  private void halve(List<Segment> segments, int unit, double[][] operand) {
    for (int k = 0; k < segments.size(); k++) {
      Segment segment = segments.get(k);
      if (segment.unit == unit) {
        int input = k;
        double[] x = Arrays.stream(operand).mapToDouble(element -> element[input]).toArray();
        segment.halve(Pieces.of(subject.certificate().units().get(unit), x)[segment.element]);
      }
    }
  }
}
