package io.lipc.kernels.pass;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.BatchNormKernel;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CenterKernel;
import io.lipc.kernels.graph.ConvolutionKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.GroupedKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.KernelGraphChecks;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Turns layers into kernels. Each layer becomes one kernel, longer sums and concatenations several,
 * identities none; then activations move into the products before them.
 */
public final class Lowering {

  private final CheckedNetwork checked;
  private final List<Kernel> kernels = new ArrayList<>();

  private Lowering(CheckedNetwork checked) {
    this.checked = checked;
  }

  /**
   * The kernels of {@code network}, checked after each pass.
   *
   * @throws IllegalStateException if a pass gave a graph that is not well formed: a fault of this
   *     package
   */
  public static KernelGraph lower(CheckedNetwork network) {
    KernelGraph translated = KernelGraphChecks.checked(new Lowering(network).translate());
    return KernelGraphChecks.checked(ActivationFusion.fuse(translated));
  }

  /** The result of a pass, in lines of text. */
  public record Pass(String name, String text) {}

  /**
   * The kernels of {@code network} after each pass, and where their buffers lie in memory: for
   * readers who look for what the compiler does.
   *
   * @throws IllegalStateException as {@link #lower}
   */
  public static List<Pass> passes(CheckedNetwork network) {
    KernelGraph translated = KernelGraphChecks.checked(new Lowering(network).translate());
    KernelGraph fused = KernelGraphChecks.checked(ActivationFusion.fuse(translated));
    return List.of(
        new Pass("kernels, one by one", translated.toString()),
        new Pass("kernels, activations moved into the products before them", fused.toString()),
        new Pass("buffers, and the places that they share", BufferPlan.of(fused).print(fused)));
  }

  private KernelGraph translate() {
    Network network = checked.network();
    List<Buffer> values = new ArrayList<>(network.layers().size());
    Buffer input = null;
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      Buffer target = new Buffer(checked.stepNames().get(i), layer.shape().size());
      List<Buffer> sources = layer.operands().stream().map(values::get).toList();
      if (layer instanceof Layer.Input) {
        input = target;
      }
      values.add(translate(layer, i, sources, target));
    }
    if (input == null) {
      throw new IllegalStateException("network " + network.name() + " has no input");
    }
    return new KernelGraph(network.name(), network.precision(), input, values.getLast(), kernels);
  }

  /**
   * Appends the kernels of one layer and returns the buffer that then holds its value.
   *
   * @param number of the layer, which is that of its unit in the certificate
   */
  private Buffer translate(Layer layer, int number, List<Buffer> sources, Buffer target) {
    return switch (layer) {
      case Layer.Input _ -> target;
      case Layer.Linear linear -> translate(linear.map(), String.valueOf(number), sources, target);
      case Layer.Activate activate -> translate(activate, sources.getFirst(), target);
      case Layer.MaxPool pool ->
          add(
              new PoolKernel(
                  sources.getFirst(), target, pool.input(), pool.window(), OptionalDouble.empty()));
      case Layer.Call call -> add(new CallKernel(sources.getFirst(), target, call.network()));
    };
  }

  private Buffer translate(LinearMap map, String unit, List<Buffer> sources, Buffer target) {
    Buffer source = sources.getFirst();
    return switch (map) {
      case Matrix dense ->
          add(new GemmKernel(source, target, dense.weight(), dense.bias(), Optional.empty()));
      case Convolution convolution ->
          add(new ConvolutionKernel(source, target, convolution, unit, Optional.empty()));
      case AveragePool pool ->
          add(
              new PoolKernel(
                  source, target, pool.input(), pool.window(), OptionalDouble.of(pool.factor())));
      case BatchNorm norm -> add(new BatchNormKernel(source, target, norm, unit));
      case Sum _ -> sum(sources, target);
      case Concatenation _ -> concatenate(sources, target);
      case Scaling _, Diagonal _, Selection _ -> add(new LinearKernel(source, target, map, unit));
      case Identity _ -> source;
      case Centering _ -> add(new CenterKernel(source, target));
    };
  }

  private Buffer add(Kernel kernel) {
    kernels.add(kernel);
    return kernel.target();
  }

  private Buffer translate(Layer.Activate layer, Buffer source, Buffer target) {
    return switch (layer.activation()) {
      case Activation.Linear(LinearKind kind) ->
          switch (kind) {
            case IDENTITY -> source;
            case CENTER -> add(new CenterKernel(source, target));
          };
      case Activation.Pointwise pointwise -> add(new ElementwiseKernel(source, target, pointwise));
      case Activation.Grouped grouped ->
          add(
              grouped.sortsPairs()
                  ? new MaxMinKernel(source, target, layer.pixels())
                  : new GroupedKernel(source, target, grouped, layer.pixels()));
    };
  }

  private Buffer sum(List<Buffer> terms, Buffer target) {
    int first = Math.min(AddKernel.MAX_TERMS, terms.size());
    kernels.add(new AddKernel(terms.subList(0, first), target));
    int step = AddKernel.MAX_TERMS - 1;
    for (int i = first; i < terms.size(); i += step) {
      List<Buffer> more = new ArrayList<>(AddKernel.MAX_TERMS);
      more.add(target);
      more.addAll(terms.subList(i, Math.min(i + step, terms.size())));
      kernels.add(new AddKernel(more, target));
    }
    return target;
  }

  private Buffer concatenate(List<Buffer> parts, Buffer target) {
    int offset = 0;
    for (Buffer part : parts) {
      kernels.add(new CopyKernel(part, target, offset));
      offset += part.size();
    }
    return target;
  }
}
