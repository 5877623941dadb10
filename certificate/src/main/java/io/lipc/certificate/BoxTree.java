package io.lipc.certificate;

import io.lipc.formats.FormatException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A box of inputs cut into parts, which have what lies on the cuts in common: a proof argues about
 * each of them by itself. The leaves cover the box, because nothing but a place of a cut can be
 * written.
 */
public sealed interface BoxTree {

  /** The most cuts on the way to a leaf. */
  int MAX_DEPTH = 200;

  /** The most leaves. */
  int MAX_LEAVES = 1_000_000;

  /** A part that is not cut, and about which ranges of the derivatives are enough. */
  record Leaf() implements BoxTree {}

  /** A part that is not cut, and about which each choice of ends of the slopes is looked at. */
  record Vertices() implements BoxTree {}

  /**
   * A part that is not cut, whose ranges are bounded by other lines than usual below some values.
   *
   * @param slopes of the lines below elements of elementwise activations that consist of straight
   *     pieces, in increasing order, at least one
   */
  record Lines(List<Term> slopes) implements BoxTree {
    public Lines {
      slopes = List.copyOf(slopes);
      if (!Term.areOrdered(slopes)) {
        throw new IllegalArgumentException("no slopes of elements in increasing order: " + slopes);
      }
    }
  }

  /**
   * A part without an input, as a sum of values of units shows: by the ranges of these values in
   * the part it is larger than lines through the network let it be.
   *
   * @param sum elements of units behind the input, in increasing order, at least one
   */
  record Empty(List<Term> sum) implements BoxTree {
    public Empty {
      sum = List.copyOf(sum);
      if (!isSum(sum)) {
        throw new IllegalArgumentException("no sum of elements in increasing order: " + sum);
      }
    }

    private static boolean isSum(List<Term> terms) {
      return Term.areOrdered(terms) && terms.stream().allMatch(term -> term.factor != 0);
    }
  }

  /**
   * An element behind the input with a number: the factor of its value in a sum, or the slope of a
   * line.
   *
   * @param factor finite
   */
  record Term(Element element, double factor) {

    private static boolean areOrdered(List<Term> terms) {
      return !terms.isEmpty()
          && terms.stream().allMatch(term -> term.element.unit > 0 && Double.isFinite(term.factor))
          && IntStream.range(1, terms.size())
              .allMatch(k -> terms.get(k - 1).element.compareTo(terms.get(k).element) < 0);
    }
  }

  /**
   * A part that is cut in two.
   *
   * @param element whose values are cut
   * @param at where: no end of the interval that earlier cuts leave of that element, but within
   * @param below the inputs with {@code element <= at}
   * @param above the inputs with {@code element >= at}
   */
  record Cut(Element element, double at, BoxTree below, BoxTree above) implements BoxTree {}

  /**
   * An element of a unit.
   *
   * @param unit the number of the unit, as proofs read the network; the input is number 0
   * @param number the number of the element
   */
  record Element(int unit, int number) implements Comparable<Element> {

    private static final Comparator<Element> ORDER =
        Comparator.comparingInt(Element::unit).thenComparingInt(Element::number);

    /** An element of the input. */
    public static Element ofInput(int number) {
      return new Element(0, number);
    }

    @Override
    public int compareTo(Element other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return unit == 0 ? Integer.toString(number) : unit + " " + number;
    }
  }

  /** The number of leaves. */
  default int leaves() {
    return (words().size() + 1) / 2;
  }

  /** The tree as words, a box before its parts: where it is cut, or what its leaf is. */
  default List<String> words() {
    List<String> words = new ArrayList<>();
    Words.write(this, words);
    return words;
  }

  /**
   * The tree of these words.
   *
   * @throws FormatException if there is none, or one that is deeper or larger than allowed
   */
  static BoxTree of(List<String> words) throws FormatException {
    if (words.size() >= 2 * MAX_LEAVES) {
      throw new FormatException("more than " + MAX_LEAVES + " boxes");
    }
    Iterator<String> left = words.iterator();
    BoxTree tree = Words.read(left, 0);
    if (left.hasNext()) {
      throw new FormatException("boxes after the last one");
    }
    return tree;
  }

  /** The words of trees. */
  final class Words {

    private static final String LEAF = "leaf";
    private static final String VERTICES = "vertices";
    private static final String REAL = "(-?0x[01]\\.[0-9a-f]{1,13}p-?[0-9]{1,4})";
    private static final Pattern CUT =
        Pattern.compile("(?:([1-9][0-9]{0,8}) )?([0-9]{1,9}) " + REAL);
    private static final String EMPTY = "empty";
    private static final String LINES = "lines";
    private static final Pattern TERM = Pattern.compile(" ([1-9][0-9]{0,8}) ([0-9]{1,9}) " + REAL);

    private Words() {}

    private static void write(BoxTree tree, List<String> words) {
      switch (tree) {
        case Leaf _ -> words.add(LEAF);
        case Vertices _ -> words.add(VERTICES);
        case Lines(List<Term> slopes) -> words.add(LINES + text(slopes));
        case Empty(List<Term> sum) -> words.add(EMPTY + text(sum));
        case Cut(Element element, double at, BoxTree below, BoxTree above) -> {
          words.add(element + " " + Double.toHexString(at));
          write(below, words);
          write(above, words);
        }
      }
    }

    private static String text(List<Term> terms) {
      StringBuilder text = new StringBuilder();
      for (Term term : terms) {
        text.append(' ').append(term.element).append(' ').append(Double.toHexString(term.factor));
      }
      return text.toString();
    }

    /** Term by term: one pattern for all of them would recurse once for each. */
    private static List<Term> terms(String terms) throws FormatException {
      List<Term> found = new ArrayList<>();
      Matcher term = TERM.matcher(terms);
      for (int at = 0; at < terms.length(); at = term.end()) {
        if (!term.region(at, terms.length()).lookingAt()) {
          throw new FormatException("no numbers of elements");
        }
        Element element = element(term.group(1), term.group(2));
        found.add(new Term(element, Double.parseDouble(term.group(3))));
      }
      return found;
    }

    private static Lines lines(List<Term> slopes) throws FormatException {
      if (!Term.areOrdered(slopes)) {
        throw new FormatException("no slopes of elements in increasing order");
      }
      return new Lines(slopes);
    }

    private static Empty empty(List<Term> sum) throws FormatException {
      if (!Empty.isSum(sum)) {
        throw new FormatException("no sum of elements in increasing order");
      }
      return new Empty(sum);
    }

    private static Element element(String unit, String number) {
      return new Element(Integer.parseInt(unit), Integer.parseInt(number));
    }

    private static BoxTree read(Iterator<String> left, int depth) throws FormatException {
      if (!left.hasNext() || depth > MAX_DEPTH) {
        throw new FormatException(
            left.hasNext() ? "boxes cut more than " + MAX_DEPTH + " times" : "too few boxes");
      }
      String word = left.next();
      Matcher cut = CUT.matcher(word);
      if (word.equals(LEAF)) {
        return new Leaf();
      }
      if (word.equals(VERTICES)) {
        return new Vertices();
      }
      if (word.startsWith(EMPTY)) {
        return empty(terms(word.substring(EMPTY.length())));
      }
      if (word.startsWith(LINES)) {
        return lines(terms(word.substring(LINES.length())));
      }
      if (!cut.matches()) {
        throw new FormatException("no box is cut so");
      }
      BoxTree below = read(left, depth + 1);
      BoxTree above = read(left, depth + 1);
      Element element = element(cut.group(1) == null ? "0" : cut.group(1), cut.group(2));
      return new Cut(element, Double.parseDouble(cut.group(3)), below, above);
    }
  }
}
