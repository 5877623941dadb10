package io.lipc.tools.command;

import io.lipc.formats.Norm;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that searches for a bound: the norms that it is between. */
public final class NormOptions {

  @Option(
      names = "--from",
      converter = NormWords.class,
      completionCandidates = NormWords.class,
      paramLabel = "NORM",
      description = "The norm of the inputs: l2 or linf. Default: as declared, or l2.")
  private Optional<Norm> from = Optional.empty();

  @Option(
      names = "--to",
      converter = NormWords.class,
      completionCandidates = NormWords.class,
      paramLabel = "NORM",
      description = "The norm of the outputs: l2 or linf. Default: as declared, or l2.")
  private Optional<Norm> to = Optional.empty();

  /** The norm of the inputs; empty for the declared one. */
  public Optional<Norm> from() {
    return from;
  }

  /** The norm of the outputs; empty for the declared one. */
  public Optional<Norm> to() {
    return to;
  }
}
