package io.lipc.kernels.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.ElementType;
import io.lipc.kernels.Examples;
import io.lipc.kernels.NetworkBuilder;
import io.lipc.kernels.RandomNetworks;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BufferPlanTest {

  @Test
  void aDeepChainWorksInTwoPlaces() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    int layer = net.input("x", 5);
    for (int i = 0; i < 6; i++) {
      layer = net.activate("h" + i, net.dense("p" + i, layer, 50 + i, true), PointwiseKind.RELU);
    }
    net.dense("y", layer, 5, true);
    BufferPlan plan = BufferPlan.of(Lowering.lower(net.build(1, "")));
    assertThat(plan.sizes()).containsExactly(54, 55);
  }

  @Test
  void whatIsReadLaterKeepsItsPlaceAndSumsRunInPlace() {
    KernelGraph graph = Lowering.lower(Examples.policy(ElementType.F32));
    assertThat(BufferPlan.of(graph).print(graph).lines())
        .containsExactly(
            "  h1[64] in place 0",
            "  h2[64] in place 1",
            "  s[64] in place 0",
            "  action[4] in place 1");
  }

  @Test
  void everyPlanOfARandomNetworkIsSound() {
    SplittableRandom random = new SplittableRandom(3);
    List<CheckedNetwork> leaves = new ArrayList<>();
    int shared = 0;
    for (int i = 0; i < 300; i++) {
      CheckedNetwork network = RandomNetworks.next("demo.N" + i, ElementType.F32, random, leaves);
      KernelGraph graph = Lowering.lower(network);
      shared += graph.intermediates().size() - BufferPlan.of(graph).sizes().size();
    }
    assertThat(shared).isGreaterThan(100);
  }

  @Test
  void aPlanThatOverwritesWhatIsNeededIsRefused() {
    KernelGraph graph = Lowering.lower(Examples.policy(ElementType.F32));
    List<Buffer> buffers = graph.intermediates();
    BufferPlan wrong =
        new BufferPlan(
            Map.of(buffers.get(0), 0, buffers.get(1), 0, buffers.get(2), 1, buffers.get(3), 2),
            List.of(64, 64, 4));
    assertThatThrownBy(() -> wrong.check(graph))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("demo.control.Policy: h1[64] was overwritten");
    BufferPlan small =
        new BufferPlan(
            Map.of(buffers.get(0), 0, buffers.get(1), 1, buffers.get(2), 0, buffers.get(3), 1),
            List.of(63, 64));
    assertThatThrownBy(() -> small.check(graph))
        .hasMessage("demo.control.Policy: no room for h1[64]");
  }
}
