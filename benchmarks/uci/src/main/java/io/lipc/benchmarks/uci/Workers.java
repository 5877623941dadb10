package io.lipc.benchmarks.uci;

import io.lipc.training.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes runs by threads of this virtual machine.
 *
 * @param count how many at a time
 */
record Workers(int count) implements Engine {

  @Override
  public void make(Plan plan, Path folder, Rows rows)
      throws IOException, DataException, InterruptedException {
    Map<Run, UciSet> sets = UciSet.of(plan, folder);
    ExecutorService pool = Executors.newFixedThreadPool(count);
    try {
      ExecutorCompletionService<Row> done = new ExecutorCompletionService<>(pool);
      sets.forEach((run, set) -> done.submit(() -> Trial.run(run, set)));
      for (int made = 0; made < plan.runs().size(); made++) {
        rows.add(done.take().get());
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
}
