package io.lipc.benchmarks.uci.spark;

import io.lipc.benchmarks.uci.Engine;
import io.lipc.benchmarks.uci.Plan;
import io.lipc.benchmarks.uci.Row;
import io.lipc.benchmarks.uci.Run;
import io.lipc.benchmarks.uci.Trial;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Makes runs as the tasks of a Spark job, one each, in the order of the plan. The sets travel with
 * the job, and rows come back as their tasks end, so that a job that is killed loses what was under
 * way and nothing else.
 *
 * @param workers tasks at a time, where no master is set: in local mode
 */
record SparkEngine(int workers) implements Engine {

  /** The task that runs elsewhere, so it has to be serialisable. */
  private interface Task extends Function1<Iterator<Run>, Row>, Serializable {}

  @Override
  public void make(Plan plan, Path folder, Rows rows) throws IOException {
    if (plan.runs().isEmpty()) {
      return;
    }
    SparkConf configuration =
        new SparkConf()
            .setAppName("lipc benchmarks: UCI sets")
            .setIfMissing("spark.master", "local[" + workers + "]")
            .setIfMissing("spark.ui.enabled", "false");
    try (JavaSparkContext context = new JavaSparkContext(configuration)) {
      for (Path file : Trial.files(plan, folder)) {
        context.addFile(file.toUri().toString());
      }
      Task task = runs -> row(runs.next());
      Function2<Object, Row, BoxedUnit> kept =
          (_, row) -> {
            keep(rows, row);
            return BoxedUnit.UNIT;
          };
      context
          .sc()
          .runJob(
              context.parallelize(plan.runs(), plan.runs().size()).rdd(),
              task,
              kept,
              ClassTag$.MODULE$.apply(Row.class));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Row row(Run run) {
    try {
      return Trial.run(run, Path.of(SparkFiles.getRootDirectory()));
    } catch (Exception e) {
      throw new IllegalStateException(run + ": " + e.getMessage(), e);
    }
  }

  private static void keep(Rows rows, Row row) {
    try {
      rows.add(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
