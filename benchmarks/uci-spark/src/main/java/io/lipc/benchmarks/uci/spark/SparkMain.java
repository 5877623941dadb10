package io.lipc.benchmarks.uci.spark;

import io.lipc.benchmarks.uci.Main;
import picocli.CommandLine;

/** The command of {@code benchmarks/uci}, with the same options and the same rows, on Spark. */
public final class SparkMain {

  private SparkMain() {}

  /** The command. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new Main(SparkEngine::new)).execute(arguments));
  }
}
