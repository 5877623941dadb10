package io.lipc.benchmarks.uci;

import io.lipc.training.table.DataException;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the runs of a plan: the threads of one machine, or a larger engine. */
public interface Engine {

  /** Receives the rows of a run. */
  @FunctionalInterface
  interface Rows {

    /**
     * Keeps a row.
     *
     * @throws IOException if it cannot be kept
     */
    void add(Row row) throws IOException;
  }

  /**
   * Returns when all rows are kept.
   *
   * @param folder of the sets
   * @param rows gets each row as soon as its run is made, one at a time
   * @throws IOException if a set cannot be read, or a row not be kept
   * @throws DataException if a set is not in the form that this program reads, or has no such fold
   * @throws InterruptedException if the calling thread is interrupted
   */
  void make(Plan plan, Path folder, Rows rows)
      throws IOException, DataException, InterruptedException;
}
