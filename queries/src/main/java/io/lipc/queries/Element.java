package io.lipc.queries;

import java.util.Comparator;

/**
 * An element of a declared tensor: what formulas are about.
 *
 * @param tensor the place of the tensor in {@link Query#tensors}
 * @param index the place of the element in the tensor, row-major
 */
public record Element(int tensor, int index) implements Comparable<Element> {

  private static final Comparator<Element> ORDER =
      Comparator.comparingInt(Element::tensor).thenComparingInt(Element::index);

  @Override
  public int compareTo(Element other) {
    return ORDER.compare(this, other);
  }
}
