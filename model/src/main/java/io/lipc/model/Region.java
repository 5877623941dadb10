package io.lipc.model;

import java.util.List;
import java.util.OptionalInt;

/** The inputs that a claim about a region is about. */
public sealed interface Region {

  /** All inputs of the declared intervals. */
  record Declared() implements Region {}

  /**
   * Intervals of inputs or of their elements, as written. An element has that of the first part
   * which names it or its input; one that no part names has its declared interval.
   */
  record Parts(List<Part> parts) implements Region {
    public Parts {
      parts = List.copyOf(parts);
    }
  }

  /** An interval for each element of a checked network's input, in their order. */
  record Sides(List<Interval> sides) implements Region {
    public Sides {
      sides = List.copyOf(sides);
    }
  }

  /**
   * The interval of an input, or of one of its elements.
   *
   * @param input its name
   * @param element the number of the element; empty for all of them
   * @param lower the nearest double to the declared decimal
   * @param upper the nearest double to the declared decimal
   */
  record Part(String input, OptionalInt element, double lower, double upper) {

    /** The part as messages name it, {@code x} or {@code x[2]}. */
    public String name() {
      return new About.Named(input, element, OptionalInt.empty()).name();
    }
  }
}
