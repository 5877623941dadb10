package io.lipc.certifier;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A relu network of one input as what it is, straight pieces, in exact arithmetic: its values at
 * the ends of all pieces, so that whatever a formula says of it can be decided by looking.
 */
final class ExactLine {

  /** A rational number. */
  record Fraction(BigInteger over, BigInteger under) implements Comparable<Fraction> {

    static Fraction of(double value) {
      BigDecimal exact = new BigDecimal(value);
      BigDecimal scaled = exact.scaleByPowerOfTen(Math.max(0, exact.scale()));
      return new Fraction(
          scaled.toBigIntegerExact(), BigInteger.TEN.pow(Math.max(0, exact.scale())));
    }

    Fraction {
      BigInteger divisor = over.gcd(under).multiply(BigInteger.valueOf(under.signum()));
      over = over.divide(divisor);
      under = under.divide(divisor);
    }

    Fraction plus(Fraction other) {
      return new Fraction(
          over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
    }

    Fraction times(Fraction other) {
      return new Fraction(over.multiply(other.over), under.multiply(other.under));
    }

    Fraction minus(Fraction other) {
      return plus(other.times(of(-1)));
    }

    Fraction dividedBy(Fraction other) {
      return new Fraction(over.multiply(other.under), under.multiply(other.over));
    }

    int sign() {
      return over.signum();
    }

    @Override
    public int compareTo(Fraction other) {
      return minus(other).sign();
    }
  }

  private static final Fraction ZERO = Fraction.of(0);

  /** Where pieces end, in order. */
  private final List<Fraction> places;

  /** The values there, a list for each element. */
  private final List<List<Fraction>> values;

  /** The input itself, from one number to another. */
  ExactLine(double lower, double upper) {
    places = List.of(Fraction.of(lower), Fraction.of(upper));
    values = List.of(places);
  }

  private ExactLine(List<Fraction> places, List<List<Fraction>> values) {
    this.places = places;
    this.values = values;
  }

  List<Fraction> places() {
    return places;
  }

  /** The values of an element at all places. */
  List<Fraction> values(int element) {
    return values.get(element);
  }

  ExactLine dense(double[][] weight, double[] bias) {
    List<List<Fraction>> next = new ArrayList<>();
    for (int i = 0; i < weight.length; i++) {
      int row = i;
      next.add(
          IntStream.range(0, places.size())
              .mapToObj(k -> sum(weight[row], Fraction.of(bias[row]), k))
              .toList());
    }
    return new ExactLine(places, next);
  }

  private Fraction sum(double[] row, Fraction bias, int k) {
    Fraction sum = bias;
    for (int j = 0; j < row.length; j++) {
      sum = sum.plus(Fraction.of(row[j]).times(values.get(j).get(k)));
    }
    return sum;
  }

  ExactLine relu() {
    ExactLine cut = this;
    for (int i = 0; i < values.size(); i++) {
      cut = cut.cut(i, ZERO);
    }
    return new ExactLine(
        cut.places,
        cut.values.stream()
            .map(all -> all.stream().map(v -> v.sign() < 0 ? ZERO : v).toList())
            .toList());
  }

  /** The same with a place wherever an element meets a number. */
  ExactLine cut(int element, Fraction at) {
    TreeSet<Fraction> all = new TreeSet<>(places);
    List<Fraction> own = values.get(element);
    for (int k = 0; k + 1 < places.size(); k++) {
      Fraction from = own.get(k).minus(at);
      Fraction to = own.get(k + 1).minus(at);
      if (from.sign() * to.sign() < 0) {
        Fraction share = from.dividedBy(from.minus(to));
        all.add(between(places.get(k), places.get(k + 1), share));
      }
    }
    return at(List.copyOf(all));
  }

  /** The same with one more place, if it is inside. */
  ExactLine with(Fraction place) {
    boolean inside =
        places.getFirst().compareTo(place) < 0 && place.compareTo(places.getLast()) < 0;
    TreeSet<Fraction> all = new TreeSet<>(places);
    all.add(place);
    return inside ? at(List.copyOf(all)) : this;
  }

  /** The same with a place in the middle of each piece. */
  ExactLine halved() {
    TreeSet<Fraction> all = new TreeSet<>(places);
    for (int k = 0; k + 1 < places.size(); k++) {
      all.add(between(places.get(k), places.get(k + 1), Fraction.of(0.5)));
    }
    return at(List.copyOf(all));
  }

  private static Fraction between(Fraction from, Fraction to, Fraction share) {
    return from.plus(to.minus(from).times(share));
  }

  /** At more places. */
  private ExactLine at(List<Fraction> more) {
    if (places.size() == 1) {
      return this;
    }
    List<List<Fraction>> next = new ArrayList<>();
    for (List<Fraction> own : values) {
      List<Fraction> found = new ArrayList<>();
      int k = 0;
      for (Fraction place : more) {
        while (k + 2 < places.size() && places.get(k + 1).compareTo(place) < 0) {
          k++;
        }
        Fraction width = places.get(k + 1).minus(places.get(k));
        Fraction share = width.sign() == 0 ? ZERO : place.minus(places.get(k)).dividedBy(width);
        found.add(between(own.get(k), own.get(k + 1), share));
      }
      next.add(found);
    }
    return new ExactLine(more, next);
  }
}
