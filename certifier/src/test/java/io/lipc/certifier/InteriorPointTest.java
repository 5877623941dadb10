package io.lipc.certifier;

import io.lipc.certifier.InteriorPoint.Result;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InteriorPointTest {
  static Stream<Oracle> oracles() throws IOException {
    Assumptions.assumeTrue(
        Oracle.folder().isPresent(), "no data/oracles below the property lipc.shared");
    return Oracle.all().stream();
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void perNeuron(Oracle oracle) {
    Problem problem = oracle.network().problem();
    RowInequality rows =
        RowInequality.of(problem, Map.of(), unit -> problem.units().get(unit).size());
    MatrixInequality inequality = rows.inequality();
    if (inequality.size() > 500) {
      return;
    }
    GreedyElimination.Result start =
        GreedyElimination.run(problem, GreedyElimination.Rule.HALVED).orElseThrow();
    double rho = 1.3 * start.rho();
    double[] lambda = new double[inequality.constraints().size()];
    int at = 0;
    for (var multiplier : start.multipliers()) {
      int count = problem.units().get(multiplier.unit()).size();
      if (oracle.name().contains("maxmin")) count /= 2;
      Arrays.fill(lambda, at, at + count, multiplier.values().getFirst() * rho);
      at += count;
    }
    long t = System.nanoTime();
    Result result = InteriorPoint.minimise(inequality, rho, lambda);
    System.out.printf(
        "%-30s N=%d %s it=%d %.3fs L=%.12g dual=%.12g ref=%.12g lr=%s%n",
        oracle.name(),
        inequality.size(),
        result.ending(),
        result.iterations(),
        (System.nanoTime() - t) / 1e9,
        Math.sqrt(result.rho()),
        Math.sqrt(result.dual()),
        oracle.reference("lipsdp_neuron"),
        inequality.leastRho(result.lambda()).stream().map(Math::sqrt).boxed().toList());
  }
}
