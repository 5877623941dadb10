package io.lipc.model.check;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.CheckedNetwork.DeclaredInput;
import io.lipc.model.Interval;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.Region.Part;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.LocalDiagnostics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A region of inputs as an interval of each element: that of the first part which names the
 * element, or the declared one where none does.
 */
record RegionSides(CheckedNetwork checked, Property property) {

  /**
   * The intervals, or why there are none.
   *
   * @param sides in the order of elements; empty where there is a fault
   */
  record Result(List<Interval> sides, Optional<Diagnostic> fault) {
    private static Result fault(Diagnostic fault) {
      return new Result(List.of(), Optional.of(fault));
    }
  }

  /** A region that has no fault, as intervals of elements. */
  Region.Sides resolved(Region region) {
    return new Region.Sides(of(region).sides());
  }

  Result of(Region region) {
    return switch (region) {
      case Region.Sides(List<Interval> sides) -> within(sides);
      case Region.Declared _ -> of(List.of());
      case Region.Parts(List<Part> parts) -> of(parts);
    };
  }

  private Result of(List<Part> parts) {
    int size = checked.network().input().shape().size();
    List<Optional<Interval>> sides = new ArrayList<>(Collections.nCopies(size, Optional.empty()));
    for (Part part : parts) {
      Optional<Diagnostic> fault = fill(sides, part);
      if (fault.isPresent()) {
        return Result.fault(fault.get());
      }
    }
    List<Interval> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int element = i;
      Optional<Interval> side = sides.get(i).or(() -> declared(element));
      if (side.isEmpty()) {
        return Result.fault(boxMissing(i));
      }
      all.add(side.get());
    }
    return within(all);
  }

  /** Intervals of all elements, unless one leaves the declared one. */
  private Result within(List<Interval> sides) {
    for (int i = 0; i < sides.size(); i++) {
      Interval side = sides.get(i);
      Optional<Interval> own = declared(i);
      if (own.isPresent() && !contains(own.get(), side)) {
        return Result.fault(LocalDiagnostics.boxOutside(property, name(i), side, own.get()));
      }
    }
    return new Result(sides, Optional.empty());
  }

  private Optional<Interval> declared(int element) {
    return checked.network().input().box().map(box -> box.get(element));
  }

  private static boolean contains(Interval outer, Interval inner) {
    return outer.lower() <= inner.lower() && inner.upper() <= outer.upper();
  }

  /** Gives the elements that a part names its interval, where they have none yet. */
  private Optional<Diagnostic> fill(List<Optional<Interval>> sides, Part part) {
    if (!Interval.isValid(part.lower(), part.upper())) {
      return Optional.of(LocalDiagnostics.boxEmpty(property, part));
    }
    int from = 0;
    for (DeclaredInput input : checked.inputs()) {
      int size = input.shape().size();
      if (input.name().equals(part.input())) {
        int element = part.element().orElse(0);
        if (element < 0 || element >= size) {
          return Optional.of(LocalDiagnostics.noElement(part.input(), part.name(), size));
        }
        int end = part.element().isPresent() ? from + element + 1 : from + size;
        boolean fills = false;
        for (int i = from + element; i < end; i++) {
          fills |= sides.get(i).isEmpty();
          sides.set(
              i, sides.get(i).or(() -> Optional.of(new Interval(part.lower(), part.upper()))));
        }
        return fills ? Optional.empty() : Optional.of(LocalDiagnostics.partTwice(part));
      }
      from += size;
    }
    return Optional.of(noInput(checked, part.input()));
  }

  /** The fault of a name of no input. */
  static Diagnostic noInput(CheckedNetwork checked, String named) {
    List<String> names = checked.inputs().stream().map(DeclaredInput::name).toList();
    return LocalDiagnostics.noInput(named, names, checked.stepNames().contains(named));
  }

  /** The fault of an element of the whole input that has no interval. */
  private Diagnostic boxMissing(int element) {
    int from = 0;
    for (DeclaredInput input : checked.inputs()) {
      int size = input.shape().size();
      if (element < from + size) {
        return LocalDiagnostics.boxMissing(
            property, input.name(), input.shape().extents(), element - from);
      }
      from += size;
    }
    throw new IllegalArgumentException("no element " + element);
  }

  /** The name of an element of the whole input. */
  private String name(int element) {
    int from = 0;
    for (DeclaredInput input : checked.inputs()) {
      int size = input.shape().size();
      if (element < from + size) {
        return input.name() + "[" + (element - from) + "]";
      }
      from += size;
    }
    return "element " + element;
  }
}
