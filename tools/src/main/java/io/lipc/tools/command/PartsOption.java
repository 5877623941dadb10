package io.lipc.tools.command;

import io.lipc.certificate.BoxTree;
import picocli.CommandLine.Option;

/** The option of every command that cuts a box into parts: how many at most. */
public final class PartsOption {

  /** A tree of more takes the checker minutes. */
  private static final int MOST = 1 << 16;

  @Option(
      names = "--parts",
      paramLabel = "N",
      description =
          "The most parts that the box is cut into. With a budget that suffices, the answer then"
              + " depends on nothing else. Default: ${DEFAULT-VALUE}.")
  private int parts = MOST;

  /**
   * The most parts.
   *
   * @throws InputError if no box has so many
   */
  public int most() throws InputError {
    if (parts < 1 || parts > BoxTree.MAX_LEAVES) {
      throw new InputError(
          "--parts " + parts + ": a box has from 1 to " + BoxTree.MAX_LEAVES + " parts");
    }
    return parts;
  }
}
