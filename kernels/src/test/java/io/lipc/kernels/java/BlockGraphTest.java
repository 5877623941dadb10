package io.lipc.kernels.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.kernels.Examples;
import io.lipc.kernels.NetworkBuilder;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.KernelGraphChecks;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockGraphTest {

  private static final Grid IMAGE = new Grid(2, 4, 4);
  private static final Window SAME = Window.square(new Axis(3, 1, 1, 1, 1));

  private final NetworkBuilder net = new NetworkBuilder("demo.Images", ElementType.F32);
  private final int image =
      net.convolve("c", net.image("x", IMAGE), IMAGE.channels(), SAME, 1, true);

  @Test
  void aNetworkOfVectorsRunsAsAWhole() {
    KernelGraph graph = Lowering.lower(Examples.policy(ElementType.F32));
    assertThat(BlockGraph.of(graph, Scalar.FLOAT)).containsSame(graph);
  }

  @Test
  void doublesHaveNoBlocks() {
    for (CheckedNetwork network :
        List.of(Examples.policy(ElementType.F64), Examples.shirts(ElementType.F64))) {
      assertThat(BlockGraph.of(Lowering.lower(network), Scalar.DOUBLE)).isEmpty();
    }
  }

  @Test
  void aHeadBeginsWithItsFirstDenseLayer() {
    KernelGraph graph = Lowering.lower(Examples.shirts(ElementType.F32));
    KernelGraph head = BlockGraph.of(graph, Scalar.FLOAT).orElseThrow();
    assertThat(KernelGraphChecks.checked(head).kernels())
        .isEqualTo(graph.kernels().subList(graph.kernels().size() - 2, graph.kernels().size()));
    assertThat(head.input().name()).isEqualTo("pooled");
    assertThat(head.output()).isEqualTo(graph.output());
  }

  @Test
  void aDenseLayerBeforeAConvolutionBelongsToNoHead() {
    int h = net.dense("h", image, IMAGE.elements(), false);
    int again = net.reshape("r", h, IMAGE.extents().toArray(Integer[]::new));
    net.dense("y", net.convolve("d", again, 1, SAME, 1, false), 3, false);
    assertThat(head().orElseThrow().input().name()).isEqualTo("d");
  }

  @Test
  void whatReadsTheImagesAgainIsOfNoHead() {
    int h = net.dense("h", image, 6, false);
    int both = net.concat("both", List.of(h, net.reshape("flat", image, IMAGE.elements())));
    net.dense("y", both, 3, false);
    KernelGraph head = head().orElseThrow();
    assertThat(head.input().name()).isEqualTo("c");
    assertThat(head.kernels()).hasSize(4);
    KernelGraphChecks.checked(head);
  }

  @Test
  void aHeadReadsOneThing() {
    int other = net.convolve("d", image, IMAGE.channels(), SAME, 1, true);
    int h = net.dense("h", image, IMAGE.elements(), false);
    int sum = net.add("sum", List.of(h, net.reshape("flat", other, IMAGE.elements())));
    net.dense("y", sum, 3, false);
    // The first dense layer reads one image, and the sum behind it another.
    assertThat(head().orElseThrow().input().name()).isEqualTo("sum");
  }

  @Test
  void aNetworkThatEndsWithAnImageHasNoHead() {
    net.activate("y", image, PointwiseKind.RELU);
    assertThat(head()).isEmpty();
  }

  private Optional<KernelGraph> head() {
    return BlockGraph.of(Lowering.lower(net.build(1, "")), Scalar.FLOAT);
  }
}
