package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.TestData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassLossTest {

  /** Logits are the features. */
  private static final KernelGraph IDENTITY =
      new KernelGraph(
          "test.Identity", ElementType.F64, new Buffer("x", 2), new Buffer("x", 2), List.of());

  @Test
  void countsSamplesByTheirMarginOverRootTwoTimesTheBound() throws DataException {
    double unit = Math.sqrt(2) * 3;
    Dataset data =
        Dataset.of(
            List.of("a", "b"),
            new double[][] {{0.6 * unit, 0}, {0.3 * unit, 0}, {0, 0.15 * unit}, {1, 2}, {1, 1}},
            new int[] {0, 0, 1, 0, 0});
    TrainingOptions options =
        TrainingOptions.builder().batchSize(2).epsilons(List.of(0.1, 0.25, 0.5)).build();
    Evaluation evaluation = Trainer.evaluate(IDENTITY, Map.of(), data, 3, options);
    assertThat(evaluation.accuracy()).isEqualTo(0.6);
    assertThat(evaluation.certified()).isEqualTo(Map.of(0.1, 0.6, 0.25, 0.4, 0.5, 0.2));
  }

  @Test
  void theLossDoesNotDependOnTheBatchSizeBeyondRounding() throws DataException {
    Dataset data = TestData.twoMoons(37, 1);
    double whole = loss(data, 37);
    for (int batch : new int[] {1, 5, 36, 100}) {
      assertThat(loss(data, batch)).isCloseTo(whole, org.assertj.core.api.Assertions.within(1e-14));
    }
  }

  private static double loss(Dataset data, int batch) throws DataException {
    TrainingOptions options = TrainingOptions.builder().batchSize(batch).build();
    return Trainer.evaluate(IDENTITY, Map.of(), data, 1, options).loss();
  }
}
