package io.lipc.model;

import java.util.List;
import java.util.Optional;

/**
 * One operation of a declaration. A binding such as {@code h = x |> dense(64) |> relu} is two
 * steps: the last one carries the name {@code h}, those before it carry names that no user can
 * write.
 *
 * @param name unique within the declaration if the user made no mistake
 * @param binding the name that the user bound the whole expression to; absent within {@code return}
 * @param operation what it does
 * @param operands the names of the steps that it reads, in order
 */
public record Step(
    String name, Optional<String> binding, Operation operation, List<String> operands) {

  private static final char SEPARATOR = '#';

  public Step {
    operands = List.copyOf(operands);
  }

  /** A step that the user named. */
  public static Step named(String name, Operation operation, List<String> operands) {
    return new Step(name, Optional.of(name), operation, operands);
  }

  /**
   * The name of an inner step: number {@code index} within the expression of {@code binding}. The
   * separator is in no identifier. An inner step stands before the step that reads it.
   */
  public static String innerName(String binding, int index) {
    return binding + SEPARATOR + index;
  }

  /** The binding that a step of this name belongs to. */
  static String bindingOf(String name) {
    int separator = name.indexOf(SEPARATOR);
    return separator < 0 ? name : name.substring(0, separator);
  }

  /** The name of this step in messages. */
  public String displayName() {
    return bindingOf(name);
  }
}
