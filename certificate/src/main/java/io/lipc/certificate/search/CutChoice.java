package io.lipc.certificate.search;

import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.SlopeRanges;
import io.lipc.certificate.linear.LinearMap.Row;
import io.lipc.certificate.local.LocalBounds;
import io.lipc.certificate.local.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a part of a box is best cut: estimates, by derivatives that have the middle of each slope.
 *
 * <p>A free slope in [a, b] of an element z with the range [l, u] makes the derivatives uncertain
 * by some {@code c = (b - a) |dy/dw| |dz/dx|}. Where z is cut at its kink, that is gone in both
 * parts. Where an input of width w is halved, the range gets shorter by {@code w |dz/dx| / 2}, and
 * with it goes the kink with the chance {@code w |dz/dx| / 2 (u - l)}.
 */
final class CutChoice {

  /**
   * The most free slopes of a part whose vertices are looked at. A cut of a unit halves their
   * number, a cut of an input hardly does.
   */
  private static final int MOST_FREE = 8;

  private static final int MOST_FREE_AT_UNITS = 1;

  /** The most products for all of them. */
  private static final long MOST_PRODUCTS = 1 << 21;

  /** A side that is this share of that of the whole box is a point, and cut no more. */
  private static final double POINT = 0x1p-20;

  /** Functions bend within lengths near 1; over so short a range they are lines. */
  private static final double STRAIGHT = 0x1p-20;

  /**
   * A place to cut.
   *
   * @param gain by how much the derivatives get less uncertain
   */
  record Place(Element element, double at, double gain) {}

  /**
   * A slope that is no single number.
   *
   * @param at where its element may be cut; empty for one of a group
   */
  private record Free(int unit, int element, Range range, double width, Optional<Double> at) {}

  private final Region whole;
  private final Region region;
  private final List<Unit> units;
  private final List<List<Range>> ranges;
  private final BoxCuts.Limit limit;

  /** The middles of the slopes of activations. */
  private final List<double[]> slopes = new ArrayList<>();

  private final List<List<Row>> rows = new ArrayList<>();
  private final List<Free> free = new ArrayList<>();

  private CutChoice(Region whole, Region region, List<List<Range>> ranges, BoxCuts.Limit limit) {
    this.whole = whole;
    this.region = region;
    this.units = region.subject().certificate().units();
    this.ranges = ranges;
    this.limit = limit;
    for (int i = 0; i < units.size(); i++) {
      read(i);
    }
  }

  /** The choice for a region of a whole box; empty if the region has no input. */
  static Optional<CutChoice> of(Region whole, Region region, BoxCuts.Limit limit) {
    return LocalBounds.ranges(region, limit.counting())
        .map(ranges -> new CutChoice(whole, region, ranges, limit));
  }

  private void read(int i) {
    List<Row> own = List.of();
    double[] middles = new double[units.get(i).size()];
    Arrays.fill(middles, 1);
    switch (units.get(i)) {
      case Unit.Linear linear -> {
        Subject subject = region.subject();
        List<Integer> sizes = linear.operands().stream().map(k -> ranges.get(k).size()).toList();
        IntFunction<Row> row = linear.map().rows(sizes, subject.weights());
        own = IntStream.range(0, linear.size()).mapToObj(row).toList();
      }
      case Unit.Activation activation -> {
        List<Range> z = ranges.get(activation.operand());
        for (int e = 0; e < middles.length; e++) {
          middles[e] = slope(activation, e, z.get(e));
        }
      }
      case Unit.Input _, Unit.GainOnly _ -> {}
    }
    rows.add(own);
    slopes.add(middles);
  }

  /** The middle of a slope, which is noted if it is free. */
  private double slope(Unit.Activation activation, int e, Range z) {
    return switch (activation.function()) {
      case OfElements function -> {
        Range s = SlopeRanges.over(function, z);
        if (s.lower() < s.upper()) {
          free.add(new Free(activation.operand(), e, z, s.upper() - s.lower(), place(function, z)));
        }
        yield s.lower() / 2 + s.upper() / 2;
      }
      case OfGroups _ -> {
        free.add(new Free(activation.operand(), e, z, 1, Optional.empty()));
        yield 1;
      }
    };
  }

  /** A kink within a range, that which is nearest to its middle; the middle of what is smooth. */
  static Optional<Double> place(OfElements function, Range z) {
    double middle = z.lower() / 2 + z.upper() / 2;
    Stream<Double> places =
        Elementwise.of(function) instanceof PiecewiseLinear pieces
            ? pieces.pieces().stream().map(PiecewiseLinear.Piece::from)
            : Stream.of(middle).filter(_ -> z.upper() - z.lower() > STRAIGHT);
    return places
        .filter(at -> z.lower() < at && at < z.upper())
        .min(Comparator.comparingDouble(at -> Math.abs(at - middle)));
  }

  /** Whether all choices of ends of the free slopes are looked at soon. */
  boolean hasFewVertices(boolean atInputs) {
    long products = rows.stream().flatMap(List::stream).mapToLong(row -> row.places().length).sum();
    return free.size() <= (atInputs ? MOST_FREE : MOST_FREE_AT_UNITS)
        && (products * units.getLast().size()) << free.size() <= MOST_PRODUCTS;
  }

  /** The best place; empty if there is none. */
  Optional<Place> place(boolean atInputs) {
    List<double[][]> byInput = byInput();
    List<double[]> onOutput = onOutput();
    double[] gains = new double[units.getFirst().size()];
    List<Place> atUnits = new ArrayList<>();
    for (Free slope : free) {
      double[] moved = byInput.get(slope.unit)[slope.element];
      double reach = Arrays.stream(moved).map(Math::abs).sum();
      double uncertain = slope.width * onOutput.get(slope.unit)[slope.element] * reach;
      double length = slope.range.upper() - slope.range.lower();
      for (int d = 0; d < gains.length; d++) {
        gains[d] += uncertain * Math.min(1, width(region, d) * Math.abs(moved[d]) / (2 * length));
      }
      slope.at.ifPresent(
          at -> atUnits.add(new Place(new Element(slope.unit, slope.element), at, uncertain)));
    }
    Comparator<Place> gain = Comparator.comparingDouble(Place::gain);
    Optional<Place> ofInput =
        IntStream.range(0, gains.length)
            .mapToObj(d -> new Place(Element.ofInput(d), middle(d), gains[d]))
            .filter(place -> isWithin(place))
            .max(gain);
    // Before the first layer is known, what a later one says of the input is not linear.
    Comparator<Place> unit = Comparator.comparingInt(place -> place.element.unit());
    Optional<Place> ofUnit = atUnits.stream().max(unit.reversed().thenComparing(gain));
    return atInputs ? ofInput.or(() -> ofUnit) : ofUnit.or(() -> ofInput);
  }

  private double middle(int d) {
    return region.input(d).lower() / 2 + region.input(d).upper() / 2;
  }

  private boolean isWithin(Place place) {
    int d = place.element.number();
    Range side = region.input(d);
    return side.lower() < place.at
        && place.at < side.upper()
        && width(region, d) > POINT * width(whole, d);
  }

  private static double width(Region region, int d) {
    return region.input(d).upper() - region.input(d).lower();
  }

  /** The derivatives of each element of each unit by the inputs. */
  private List<double[][]> byInput() {
    int inputs = units.getFirst().size();
    List<double[][]> all = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      limit.check();
      double[][] own = new double[units.get(i).size()][inputs];
      switch (units.get(i)) {
        case Unit.Input _ -> IntStream.range(0, inputs).forEach(d -> own[d][d] = 1);
        case Unit.Linear linear -> {
          double[][] read =
              linear.operands().stream().map(all::get).flatMap(Stream::of).toArray(double[][]::new);
          for (int e = 0; e < own.length; e++) {
            Row row = rows.get(i).get(e);
            for (int k = 0; k < row.places().length; k++) {
              add(own[e], row.factors()[k], read[row.places()[k]]);
            }
          }
        }
        case Unit.Activation activation -> {
          for (int e = 0; e < own.length; e++) {
            add(own[e], slopes.get(i)[e], all.get(activation.operand())[e]);
          }
        }
        case Unit.GainOnly _ -> {}
      }
      all.add(own);
    }
    return all;
  }

  private static void add(double[] sum, double factor, double[] other) {
    for (int d = 0; d < sum.length; d++) {
      sum[d] += factor * other[d];
    }
  }

  /**
   * By how much all outputs move with the values of functions of an element: a sum of magnitudes.
   */
  private List<double[]> onOutput() {
    int outputs = units.getLast().size();
    List<double[][]> all = new ArrayList<>();
    List<double[]> moved = new ArrayList<>();
    for (Unit unit : units) {
      all.add(new double[unit.size()][outputs]);
      moved.add(new double[unit.size()]);
    }
    IntStream.range(0, outputs).forEach(j -> all.getLast()[j][j] = 1);
    for (int i = units.size() - 1; i > 0; i--) {
      limit.check();
      double[][] own = all.get(i);
      switch (units.get(i)) {
        case Unit.Linear linear -> {
          double[][] read =
              linear.operands().stream().map(all::get).flatMap(Stream::of).toArray(double[][]::new);
          for (int e = 0; e < own.length; e++) {
            Row row = rows.get(i).get(e);
            for (int k = 0; k < row.places().length; k++) {
              add(read[row.places()[k]], row.factors()[k], own[e]);
            }
          }
        }
        case Unit.Activation activation -> {
          for (int e = 0; e < own.length; e++) {
            add(all.get(activation.operand())[e], slopes.get(i)[e], own[e]);
            moved.get(activation.operand())[e] += Arrays.stream(own[e]).map(Math::abs).sum();
          }
        }
        case Unit.Input _, Unit.GainOnly _ -> {}
      }
    }
    return moved;
  }
}
