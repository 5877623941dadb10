package io.lipc.certificate.search;

import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.local.Region;
import io.lipc.certificate.query.Condition.Atom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The losses of a bound of one value in a part of a box, and what may be done about them: other
 * lines below elements, or a cut. All are estimates, in plain doubles.
 *
 * <p>The bound is passed backward through lines. Where an element z of the range [l, u] comes with
 * the coefficient A, its line costs up to {@code |A|} times the gap between line and function. A
 * cut of the element at its kink takes that away in both parts. Where an input of width w is
 * halved, z loses the share {@code w |dz/dx| / (u - l)} of its range, and so of its gap.
 *
 * <p>At the input where the bound is reached, a line below an element with a kink at t and a
 * positive coefficient is higher by {@code z - t} for each 1 that its slope is larger. So slopes
 * follow these signs, by steps that get shorter (Xu et al., Fast and Complete, ICLR 2021).
 */
final class ValueChoice {

  /** Where more inputs move, halves of all sides are too many, and kinks of units are cut. */
  private static final int FEW_INPUTS = 10;

  /** A side that is this share of that of the whole box is a point, and cut no more. */
  private static final double POINT = 0x1p-30;

  /** So much more than enough is looked for, as estimates have roundings. */
  private static final double SURE = 1e-6;

  private static final int STEPS = 20;
  private static final double FIRST = 0.4;
  private static final double SHORTER = 0.85;

  private final NetworkRows network;
  private final Region region;
  private final List<List<Range>> ranges;
  private final Margin margin;
  private final BoxCuts.Limit limit;

  /** The lines of elementwise activations, by the number of the unit; empty for other units. */
  private final List<List<Relaxed>> lines = new ArrayList<>();

  /** Coefficients of all values, by the number of the unit. */
  private List<double[]> factors = List.of();

  /** The constant of the bound beside these. */
  private double constant;

  private ValueChoice(
      NetworkRows network,
      Region region,
      List<List<Range>> ranges,
      Margin margin,
      BoxCuts.Limit limit) {
    this.network = network;
    this.region = region;
    this.ranges = ranges;
    this.margin = margin;
    this.limit = limit;
    for (Unit unit : network.units()) {
      lines.add(
          unit instanceof Unit.Activation activation
                  && activation.function() instanceof OfElements function
              ? ranges.get(activation.operand()).stream().map(z -> Relaxed.of(function, z)).toList()
              : List.of());
    }
  }

  /**
   * A choice for the margin of a region.
   *
   * @param ranges of the elements of all units for inputs of the region
   * @param known slopes that helped in a larger region, from which others are looked for
   */
  static ValueChoice of(
      NetworkRows network,
      Region region,
      List<List<Range>> ranges,
      Margin margin,
      Map<Element, Double> known,
      BoxCuts.Limit limit) {
    ValueChoice choice = new ValueChoice(network, region, ranges, margin, limit);
    known.forEach((element, slope) -> choice.line(element).follow(slope));
    choice.pass();
    return choice;
  }

  private Relaxed line(Element element) {
    return lines.get(element.unit()).get(element.number());
  }

  private boolean isOfForm() {
    return margin.atom().isPresent() && margin.atom().get().element().unit() > 0;
  }

  /** Slopes of lines below elements that may bound the value better; none if there are none. */
  Map<Element, Double> slopes() {
    Map<Element, Double> best = chosen();
    double most = value();
    double step = FIRST;
    for (int k = 0; k < STEPS && most < enough(); k++) {
      if (!climb(step)) {
        break;
      }
      pass();
      double reached = value();
      if (reached > most) {
        most = reached;
        best = chosen();
      }
      step *= SHORTER;
    }
    return best;
  }

  /** The value that refutes the comparison; minus infinity where nothing is bounded. */
  private double enough() {
    if (!isOfForm()) {
      return Double.NEGATIVE_INFINITY;
    }
    Atom atom = margin.atom().orElseThrow();
    double bound = margin.fromBelow() ? atom.up() : -atom.down();
    Range form = ranges.get(atom.element().unit()).get(atom.element().number());
    return bound + SURE * (Math.abs(bound) + form.magnitude());
  }

  /** The slopes that differ from the usual ones and matter. */
  private Map<Element, Double> chosen() {
    Map<Element, Double> chosen = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      for (int e = 0; e < lines.get(i).size(); e++) {
        Relaxed line = lines.get(i).get(e);
        if (line.isFree() && factors.get(i)[e] > 0 && line.below() != line.usual()) {
          chosen.put(new Element(i, e), line.below());
        }
      }
    }
    return chosen;
  }

  /** The least value of the bound over the box. */
  private double value() {
    double sum = constant;
    double[] x = factors.getFirst();
    for (int d = 0; d < x.length; d++) {
      Range side = ranges.getFirst().get(d);
      sum += x[d] * (x[d] > 0 ? side.lower() : side.upper());
    }
    return sum;
  }

  /**
   * Moves slopes to where the bound is higher at the input where it is reached; no if none moves.
   */
  private boolean climb(double step) {
    List<double[]> values = new ArrayList<>();
    boolean moved = false;
    for (int unit = 0; unit < lines.size(); unit++) {
      int i = unit;
      limit.check();
      double[] own = new double[network.units().get(i).size()];
      switch (network.units().get(i)) {
        case Unit.Input _ -> {
          for (int d = 0; d < own.length; d++) {
            Range side = ranges.getFirst().get(d);
            own[d] = factors.getFirst()[d] > 0 ? side.lower() : side.upper();
          }
        }
        case Unit.Linear _ -> network.forward(i, values, own);
        case Unit.Activation activation when !lines.get(i).isEmpty() -> {
          double[] z = values.get(activation.operand());
          for (int e = 0; e < own.length; e++) {
            Relaxed line = lines.get(i).get(e);
            double a = factors.get(i)[e];
            own[e] = line.at(a, z[e]);
            moved |= a > 0 && line.isFree() && line.climb(z[e] > line.kink ? step : -step);
          }
        }
        case Unit.Activation _, Unit.GainOnly _ -> {
          for (int e = 0; e < own.length; e++) {
            Range value = ranges.get(i).get(e);
            own[e] = factors.get(i)[e] > 0 ? value.lower() : value.upper();
          }
        }
      }
      values.add(own);
    }
    return moved;
  }

  /** Passes the value of the margin backward, through the lines as they are. */
  private void pass() {
    List<double[]> all = new ArrayList<>();
    network.units().forEach(unit -> all.add(new double[unit.size()]));
    factors = all;
    constant = 0;
    if (!isOfForm()) {
      return;
    }
    Element asked = margin.atom().get().element();
    all.get(asked.unit())[asked.number()] = margin.fromBelow() ? 1 : -1;
    for (int unit = asked.unit(); unit > 0; unit--) {
      int i = unit;
      limit.check();
      double[] own = all.get(i);
      switch (network.units().get(i)) {
        case Unit.Linear _ -> constant += network.backward(i, own, all);
        case Unit.Activation activation when !lines.get(i).isEmpty() -> {
          double[] read = all.get(activation.operand());
          for (int e = 0; e < own.length; e++) {
            Relaxed line = lines.get(i).get(e);
            read[e] += own[e] * line.slope(own[e]);
            constant += own[e] * line.offset(own[e]);
          }
        }
        case Unit.Input _, Unit.Activation _, Unit.GainOnly _ -> {
          for (int e = 0; e < own.length; e++) {
            Range value = ranges.get(i).get(e);
            constant += own[e] == 0 ? 0 : own[e] * (own[e] > 0 ? value.lower() : value.upper());
          }
        }
      }
    }
  }

  /** The best place to cut; empty if there is none. */
  Optional<CutChoice.Place> place(Region whole) {
    long moving =
        IntStream.range(0, ranges.getFirst().size()).filter(d -> width(whole, d) > 0).count();
    Optional<CutChoice.Place> ofInput = side(whole, moving <= FEW_INPUTS);
    return moving <= FEW_INPUTS && ofInput.isPresent() ? ofInput : unit().or(() -> ofInput);
  }

  /** An element of an activation's argument with the cost of its line. */
  private record Cost(Element element, Relaxed line, double value) {}

  private List<Cost> costs() {
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      for (int e = 0; e < lines.get(i).size(); e++) {
        Relaxed line = lines.get(i).get(e);
        double a = factors.get(i)[e];
        if (a != 0 && line.isFree()) {
          int read = ((Unit.Activation) network.units().get(i)).operand();
          costs.add(new Cost(new Element(read, e), line, Math.abs(a) * line.gap(a)));
        }
      }
    }
    return costs;
  }

  private Optional<CutChoice.Place> unit() {
    return costs().stream()
        .filter(cost -> isWithin(cost))
        .max(Comparator.comparingDouble(Cost::value))
        .map(cost -> new CutChoice.Place(cost.element, cost.line.kink, cost.value));
  }

  /** A cut of a unit has to be within what earlier cuts leave. */
  private boolean isWithin(Cost cost) {
    Range left = region.cut().get(cost.element);
    double kink = cost.line.kink;
    return cost.line.isKinked() && (left == null || (left.lower() < kink && kink < left.upper()));
  }

  private Optional<CutChoice.Place> side(Region whole, boolean byCosts) {
    int inputs = ranges.getFirst().size();
    double[] gains = new double[inputs];
    List<double[][]> moved = byCosts ? byInput() : List.of();
    for (Cost cost : byCosts ? costs() : List.<Cost>of()) {
      double[] by = moved.get(cost.element.unit())[cost.element.number()];
      for (int d = 0; d < inputs; d++) {
        gains[d] += cost.value * width(region, d) * Math.abs(by[d]) / cost.line.length();
      }
    }
    Comparator<CutChoice.Place> best =
        Comparator.<CutChoice.Place>comparingDouble(CutChoice.Place::gain)
            .thenComparingDouble(place -> share(whole, place.element().number()));
    return IntStream.range(0, inputs)
        .filter(d -> width(region, d) > POINT * width(whole, d))
        .mapToObj(d -> new CutChoice.Place(Element.ofInput(d), middle(d), gains[d]))
        .filter(this::isWithin)
        .max(best);
  }

  private boolean isWithin(CutChoice.Place place) {
    Range side = region.input(place.element().number());
    return side.lower() < place.at() && place.at() < side.upper();
  }

  private double middle(int d) {
    return region.input(d).lower() / 2 + region.input(d).upper() / 2;
  }

  private static double width(Region region, int d) {
    return region.input(d).upper() - region.input(d).lower();
  }

  private double share(Region whole, int d) {
    return width(region, d) / width(whole, d);
  }

  /** The derivatives of each element of each unit by the inputs, by the middles of slopes. */
  private List<double[][]> byInput() {
    int inputs = ranges.getFirst().size();
    List<double[][]> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      limit.check();
      double[][] own = new double[network.units().get(i).size()][inputs];
      switch (network.units().get(i)) {
        case Unit.Input _ -> IntStream.range(0, inputs).forEach(d -> own[d][d] = 1);
        case Unit.Linear _ -> network.derivatives(i, all, own);
        case Unit.Activation activation -> {
          for (int e = 0; e < own.length; e++) {
            double slope = lines.get(i).isEmpty() ? 1 : lines.get(i).get(e).middle();
            NetworkRows.add(own[e], slope, all.get(activation.operand())[e]);
          }
        }
        case Unit.GainOnly _ -> {}
      }
      all.add(own);
    }
    return all;
  }
}
