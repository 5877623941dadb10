package io.lipc.certificate.local;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The inputs of a network's box for which elements of its units are within given ranges.
 *
 * @param subject the network on its box, well formed, with all weights
 * @param cut the ranges that cuts leave; those of the input are within its box
 */
public record Region(Subject subject, SortedMap<Element, Range> cut) {

  private static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Copies and lists of all that is cut, for a part and its two parts. */
  private static final long COPIES = 16;

  public Region {
    // Sorted: a text chooses the elements, and could choose them so that hashes collide.
    cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
  }

  /** The whole box. */
  public static Region of(Subject subject) {
    return new Region(subject, new TreeMap<>());
  }

  /**
   * The inputs of this region for which an element is not above a number.
   *
   * @throws Rejection if there is no such element, or the number is not within what is left of it
   */
  public Region below(Element element, double at) {
    return with(element, new Range(within(element, at).lower(), at));
  }

  /** Those for which it is not below the number; see {@link #below}. */
  public Region above(Element element, double at) {
    return with(element, new Range(at, within(element, at).upper()));
  }

  /** Whether nothing but the input is cut. */
  boolean isOfInputs() {
    return cut.keySet().stream().allMatch(element -> element.unit() == 0);
  }

  /** The interval of an element of the input, by the box and by cuts. */
  public Range input(int number) {
    Unit.Box box = subject.certificate().input().box().orElseThrow();
    Range whole = new Range(box.lower().get(number), box.upper().get(number));
    return cut.getOrDefault(Element.ofInput(number), whole);
  }

  /** The least box that holds it, as far as its inputs are cut. */
  public Unit.Box box() {
    return new Unit.Box(
        inputs().stream().map(Range::lower).toList(), inputs().stream().map(Range::upper).toList());
  }

  /** The ranges of a unit's elements that cuts leave; none where a lower end is above the upper. */
  List<Range> left(int unit, List<Range> known) {
    List<Range> left = new ArrayList<>(known);
    cut.subMap(new Element(unit, 0), new Element(unit + 1, 0))
        .forEach(
            (element, range) -> left.set(element.number(), range.and(known.get(element.number()))));
    return left;
  }

  /** The ranges of the elements of the input. */
  List<Range> inputs() {
    return IntStream.range(0, subject.certificate().inputSize()).mapToObj(this::input).toList();
  }

  /** Behind a call that stays no values are known. */
  void checkKnown(Element element) {
    List<Unit> units = subject.certificate().units();
    boolean known = units.stream().noneMatch(Unit.Call.class::isInstance);
    unless(known && has(element), Reason.MALFORMED, "a sum with element " + element);
  }

  /** The products that cutting it further is worth, as it is copied, and its inputs are listed. */
  public long size() {
    return COPIES * (cut.size() + (long) subject.certificate().inputSize());
  }

  private boolean has(Element element) {
    List<Unit> units = subject.certificate().units();
    return element.unit() < units.size() && element.number() < units.get(element.unit()).size();
  }

  private Range within(Element element, double at) {
    unless(has(element), Reason.MALFORMED, "a cut of element " + element + ", which is not there");
    Range left = element.unit() == 0 ? input(element.number()) : cut.getOrDefault(element, ALL);
    boolean within = left.lower() < at && at < left.upper();
    unless(within, Reason.MALFORMED, "a cut of element " + element + " at " + at);
    return left;
  }

  private Region with(Element element, Range range) {
    SortedMap<Element, Range> changed = new TreeMap<>(cut);
    changed.put(element, range);
    return new Region(subject, changed);
  }
}
