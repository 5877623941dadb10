package io.lipc.benchmarks.uci;

import io.lipc.training.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes the runs of a plan, several at a time, and writes the row of each as it is done. */
final class Workers {

  private Workers() {}

  /**
   * Returns when all rows are written.
   *
   * @param folder of the sets
   * @param file where rows go
   * @param out one line a row
   * @throws IOException if a set cannot be read, or a row not be written
   * @throws DataException if a set is not as {@link UciSet} says
   */
  static void run(Plan plan, Path folder, RowFile file, int workers, PrintWriter out)
      throws IOException, DataException, InterruptedException {
    Map<Run, UciSet> sets = sets(plan, folder);
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      ExecutorCompletionService<Row> done = new ExecutorCompletionService<>(pool);
      sets.forEach((run, set) -> done.submit(() -> Trial.run(run, set)));
      for (int count = 1; count <= plan.runs().size(); count++) {
        Row row = done.take().get();
        file.append(row);
        out.printf("%d of %d: %s%n", count, plan.runs().size(), row.line());
        out.flush();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DataException data) {
        throw data;
      }
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** The set of each run, in the order of the plan; every one is read, once, before any is made. */
  private static Map<Run, UciSet> sets(Plan plan, Path folder) throws IOException, DataException {
    Map<String, UciSet> byName = new HashMap<>();
    Map<Run, UciSet> sets = new LinkedHashMap<>();
    for (Run run : plan.runs()) {
      UciSet known = byName.get(run.set());
      UciSet set = known == null ? UciSet.read(folder, run.set()) : known;
      set.requireFold(run.fold());
      byName.put(run.set(), set);
      sets.put(run, set);
    }
    return sets;
  }
}
