package io.lipc.tools.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.model.Layer;
import io.lipc.model.Shape;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.tools.page.GraphLayout.Box;
import io.lipc.tools.page.GraphLayout.Edge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class GraphLayoutTest {

  private static final Shape SHAPE = Shape.vector(4);

  @RepeatedTest(60)
  void boxes_and_passing_lines_never_share_a_place(RepetitionInfo repetition) {
    GraphLayout layout = GraphLayout.of(layers(new Random(repetition.getCurrentRepetition())));
    Set<List<Integer>> places = new HashSet<>();
    for (Box box : layout.boxes()) {
      assertThat(places.add(List.of(box.rank(), box.lane()))).as("%s", box).isTrue();
      assertThat(layout.wide()).contains(box.lane());
    }
    for (Edge edge : layout.edges()) {
      int from = edge.from().rank();
      assertThat(edge.to().rank()).isGreaterThan(from);
      assertThat(edge.lanes()).hasSize(edge.to().rank() - from + 1);
      for (int step = 1; step < edge.lanes().size() - 1; step++) {
        assertThat(places.add(List.of(from + step, edge.lanes().get(step))))
            .as("%s", edge)
            .isTrue();
      }
    }
    assertThat(layout.boxes().stream().mapToInt(box -> box.layers().size()).sum())
        .isEqualTo(layout.boxes().stream().mapToInt(Box::result).max().orElseThrow() + 1);
  }

  /** A random graph; layers that nothing reads are as good as any here. */
  private static List<Layer> layers(Random random) {
    List<Layer> layers = new ArrayList<>(List.of(new Layer.Input(SHAPE, Optional.empty())));
    int size = 3 + random.nextInt(30);
    while (layers.size() < size) {
      int operand = Math.max(0, layers.size() - 1 - random.nextInt(6));
      int other = random.nextInt(layers.size());
      layers.add(
          switch (random.nextInt(4)) {
            case 0 -> Layer.sum(List.of(operand, other), SHAPE);
            case 1 -> new Layer.Activate(operand, Activation.of(PointwiseKind.RELU), SHAPE);
            case 2 -> new Layer.Call(operand, "Other", SHAPE);
            default -> Layer.dense(operand, 4, 4, "w" + layers.size(), Optional.empty());
          });
    }
    return layers;
  }

  @Test
  void an_activation_shares_the_box_of_the_layer_that_nothing_else_reads() {
    Activation relu = Activation.of(PointwiseKind.RELU);
    List<Layer> layers =
        List.of(
            new Layer.Input(SHAPE, Optional.empty()),
            new Layer.Activate(0, relu, SHAPE),
            Layer.dense(1, 4, 4, "w", Optional.empty()),
            new Layer.Activate(2, relu, SHAPE),
            Layer.dense(3, 4, 4, "v", Optional.empty()),
            new Layer.Activate(4, relu, SHAPE),
            Layer.sum(List.of(4, 5), SHAPE));
    assertThat(LayerGroups.of(layers))
        .containsExactly(List.of(0), List.of(1), List.of(2, 3), List.of(4), List.of(5), List.of(6));
  }
}
