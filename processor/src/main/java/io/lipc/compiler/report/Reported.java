package io.lipc.compiler.report;

import io.lipc.model.diagnostic.Diagnostic;
import java.util.Optional;

/**
 * A diagnostic for programs: with its place as data instead of as a drawing.
 *
 * @param diagnostic what was said
 * @param network the qualified name of the network that it is about, where it is about one
 * @param location where it points to, where that is known
 */
public record Reported(
    Diagnostic diagnostic, Optional<String> network, Optional<Location> location) {

  /**
   * A place in a file.
   *
   * @param file its path with {@code /} between folders, relative to the root where it is below
   * @param line counted from 1; 0 where only the file is known
   * @param column counted from 1, in code points; 0 where only the file is known
   */
  public record Location(String file, int line, int column) {}
}
