package io.lipc.training.tornado;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.LinearMap;
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
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.kernels.graph.PoolKernel;
import io.lipc.model.activation.Activation;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks of a forward pass. */
final class ForwardTasks {

  private final DeviceArrays arrays;
  private final MaximaPlaces maxima;
  private final TaskList tasks = new TaskList();
  private final Constants constants = tasks.constants();
  private final int batch;

  private ForwardTasks(DeviceArrays arrays, MaximaPlaces maxima) {
    this.arrays = arrays;
    this.maxima = maxima;
    this.batch = arrays.batch();
  }

  /**
   * Those of some kernels.
   *
   * @param maxima receives where the maxima of pools stand
   */
  static TaskList of(List<Kernel> kernels, DeviceArrays arrays, MaximaPlaces maxima) {
    ForwardTasks forward = new ForwardTasks(arrays, maxima);
    kernels.forEach(forward::add);
    return forward.tasks;
  }

  private void add(Kernel kernel) {
    switch (kernel) {
      case GemmKernel gemm -> dense(gemm);
      case ElementwiseKernel e -> elementwise(e);
      case MaxMinKernel m -> sort(m.source(), m.target(), 2, m.pixels());
      case GroupedKernel g -> grouped(g);
      case ConvolutionKernel c -> convolution(c);
      case PoolKernel p -> pool(p);
      case BatchNormKernel norm ->
          throw new IllegalStateException("its statistics are not trained: " + norm);
      case CenterKernel c -> {
        FloatArray x = value(c.source());
        FloatArray y = value(c.target());
        int size = c.source().size();
        tasks.add((graph, id) -> graph.task(id, PlaceKernels::center, x, y, size, batch, 0));
      }
      case AddKernel add -> sum(add);
      case LinearKernel linear -> linear(linear);
      case CopyKernel c -> copy(c.source(), c.target(), c.offset(), 0);
      case CallKernel call ->
          throw new IllegalStateException("the call of " + call.network() + " was not inlined");
    }
  }

  private FloatArray value(Buffer buffer) {
    return arrays.value(buffer);
  }

  /** The tensor of a bias, or zeros. */
  private FloatArray bias(Optional<String> name, int size) {
    return name.map(arrays::tensor).orElseGet(() -> constants.floats(new double[size]));
  }

  private void dense(GemmKernel gemm) {
    int rows = gemm.target().size();
    int columns = gemm.source().size();
    FloatArray w = arrays.tensor(gemm.weight());
    FloatArray b = bias(gemm.bias(), rows);
    FloatArray x = value(gemm.source());
    FloatArray y = value(gemm.target());
    tasks.add(
        (graph, id) -> graph.task(id, DenseKernels::forward, w, b, x, y, rows, columns, batch));
  }

  private void elementwise(ElementwiseKernel kernel) {
    Activation.Pointwise activation = kernel.activation();
    FloatArray x = value(kernel.source());
    FloatArray y = value(kernel.target());
    int size = y.getSize();
    Optional<double[]> pieces = PieceTable.of(activation);
    if (pieces.isPresent()) {
      FloatArray table = constants.floats(pieces.get());
      tasks.add((graph, id) -> graph.task(id, PiecewiseKernels::value, x, y, table, size));
      return;
    }
    Curve curve = Curve.of(activation);
    FloatArray parameters = constants.floats(curve.constants());
    tasks.add((graph, id) -> graph.task(id, curve.value(), x, y, parameters, size));
  }

  private void sort(Buffer source, Buffer target, int group, int pixels) {
    FloatArray x = value(source);
    FloatArray y = value(target);
    int groups = source.size() / group;
    tasks.add(
        (graph, id) -> graph.task(id, GroupKernels::sort, x, y, groups, group, pixels, batch));
  }

  private void grouped(GroupedKernel kernel) {
    Activation.Grouped activation = kernel.activation();
    int size = kernel.source().size();
    FloatArray x = value(kernel.source());
    FloatArray y = value(kernel.target());
    int pixels = kernel.pixels();
    switch (activation.kind()) {
      case MAXMIN, GROUP_SORT ->
          sort(kernel.source(), kernel.target(), kernel.groups().size(), pixels);
      case HOUSEHOLDER -> {
        FloatArray v = constants.floats(GroupVectors.of(activation));
        tasks.add(
            (graph, id) -> graph.task(id, GroupKernels::mirror, x, y, v, size / 2, pixels, batch));
      }
      case SOFTMAX -> {
        FloatArray temperature = constants.floats(GroupVectors.of(activation));
        tasks.add(
            (graph, id) -> graph.task(id, GroupKernels::softmax, x, y, temperature, size, batch));
      }
      case L2_NORMALIZE ->
          throw new IllegalArgumentException("l2_normalize has no kernel for training on devices");
      case LAYER_NORM -> {
        FloatArray epsilon = constants.floats(GroupVectors.of(activation));
        int group = kernel.groups().size();
        int count = size / group;
        tasks.add(
            (graph, id) ->
                graph.task(id, NormKernels::normalise, x, y, epsilon, count, group, pixels, batch));
      }
    }
  }

  private void convolution(ConvolutionKernel kernel) {
    Convolution map = kernel.map();
    Taps taps = Taps.of(map);
    FloatArray w = arrays.tensor(map.weight());
    FloatArray b = bias(map.bias(), map.channels());
    FloatArray x = value(kernel.source());
    FloatArray y = value(kernel.target());
    IntArray window = constants.ints(taps.window());
    int channels = map.channels();
    int read = map.read();
    int sharing = channels / map.groups();
    tasks.add(
        (graph, id) ->
            graph.task(
                id,
                ImageKernels::forward,
                w,
                b,
                x,
                y,
                window,
                channels,
                read,
                sharing,
                taps.from(),
                taps.to(),
                taps.area(),
                batch));
  }

  private void pool(PoolKernel kernel) {
    Taps taps = Taps.of(kernel);
    FloatArray x = value(kernel.source());
    FloatArray y = value(kernel.target());
    IntArray window = constants.ints(taps.window());
    int channels = kernel.input().channels();
    int from = taps.from();
    int to = taps.to();
    int area = taps.area();
    if (kernel.factor().isPresent()) {
      FloatArray factor = constants.floats(kernel.factor().getAsDouble());
      tasks.add(
          (graph, id) ->
              graph.task(
                  id, ImageKernels::mean, x, y, window, factor, channels, from, to, area, batch));
    } else {
      IntArray places = maxima.of(kernel, y.getSize());
      tasks.add(
          (graph, id) ->
              graph.task(
                  id,
                  ImageKernels::largest,
                  x,
                  y,
                  places,
                  window,
                  channels,
                  from,
                  to,
                  area,
                  batch));
    }
  }

  /** Adds the terms; the first one is copied, unless the target is a term itself. */
  private void sum(AddKernel add) {
    int adds = add.terms().size() == add.sources().size() ? 0 : 1;
    for (Buffer term : add.terms()) {
      copy(term, add.target(), 0, adds);
      adds = 1;
    }
  }

  private void copy(Buffer source, Buffer target, int offset, int adds) {
    FloatArray x = value(source);
    FloatArray y = value(target);
    int to = offset * batch;
    int size = x.getSize();
    tasks.add((graph, id) -> graph.task(id, PlaceKernels::copy, x, y, 0, to, size, adds));
  }

  /** Rows of kernels without tensors have one element each. */
  private void linear(LinearKernel linear) {
    int rows = linear.target().size();
    IntFunction<LinearMap.Row> row = linear.rows();
    int[] read = new int[rows];
    double[] factor = new double[rows];
    double[] shift = new double[rows];
    for (int i = 0; i < rows; i++) {
      read[i] = row.apply(i).places()[0];
      factor[i] = row.apply(i).factors()[0];
      shift[i] = linear.shift().applyAsDouble(i);
    }
    FloatArray x = value(linear.source());
    FloatArray y = value(linear.target());
    IntArray places = constants.ints(read);
    FloatArray factors = constants.floats(factor);
    FloatArray shifts = constants.floats(shift);
    tasks.add(
        (graph, id) ->
            graph.task(id, PlaceKernels::selected, x, y, places, factors, shifts, rows, batch));
  }
}
