package io.lipc.training.tornado;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.AdjointGraph;
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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The tasks of a reverse pass. The first term of each gradient is written and the others are added,
 * so that nothing is cleared between steps. What no gradient reaches has no tasks.
 */
final class ReverseTasks {

  private final DeviceArrays arrays;
  private final MaximaPlaces maxima;
  private final Buffer input;
  private final TaskList tasks = new TaskList();
  private final Constants constants = tasks.constants();
  private final Set<Buffer> reached = new HashSet<>();
  private final Set<String> reachedTensors = new HashSet<>();
  private final int batch;

  private ReverseTasks(AdjointGraph graph, DeviceArrays arrays, MaximaPlaces maxima) {
    this.arrays = arrays;
    this.maxima = maxima;
    this.input = graph.forward().input();
    this.batch = arrays.batch();
    reached.add(graph.forward().output());
    for (Kernel kernel : graph.reverse()) {
      if (reached.contains(kernel.target())) {
        add(kernel);
      }
    }
  }

  /**
   * A reverse pass.
   *
   * @param tasks in their order
   * @param tensors those whose gradients it writes; the others have none
   */
  record Pass(TaskList tasks, Set<String> tensors) {}

  /** The reverse pass of a network, whose maxima the forward pass has found. */
  static Pass of(AdjointGraph graph, DeviceArrays arrays, MaximaPlaces maxima) {
    ReverseTasks reverse = new ReverseTasks(graph, arrays, maxima);
    return new Pass(reverse.tasks, reverse.reachedTensors);
  }

  private void add(Kernel kernel) {
    switch (kernel) {
      case GemmKernel gemm -> dense(gemm);
      case ElementwiseKernel e when asked(e.source()) -> elementwise(e);
      case MaxMinKernel m when asked(m.source()) -> unsort(m.source(), m.target(), 2, m.pixels());
      case GroupedKernel g when asked(g.source()) -> grouped(g);
      case ConvolutionKernel c -> convolution(c);
      case PoolKernel p when asked(p.source()) -> pool(p);
      case BatchNormKernel norm ->
          throw new IllegalStateException("its statistics are not trained: " + norm);
      case CenterKernel c when asked(c.source()) -> {
        int adds = adds(c.source());
        FloatArray dy = gradient(c.target());
        FloatArray dx = gradient(c.source());
        int size = c.source().size();
        tasks.add((graph, id) -> graph.task(id, PlaceKernels::center, dy, dx, size, batch, adds));
      }
      case AddKernel add ->
          add.terms().stream().filter(this::asked).forEach(s -> copy(add.target(), s, 0));
      case LinearKernel linear when asked(linear.source()) -> linear(linear);
      case CopyKernel c when asked(c.source()) -> copy(c.target(), c.source(), c.offset());
      case CallKernel call ->
          throw new IllegalStateException("the call of " + call.network() + " was not inlined");
      case ElementwiseKernel _,
          MaxMinKernel _,
          GroupedKernel _,
          PoolKernel _,
          CenterKernel _,
          LinearKernel _,
          CopyKernel _ -> {}
    }
  }

  /** Nobody asks for the gradient of the input, and wide inputs would make it dear. */
  private boolean asked(Buffer buffer) {
    return !buffer.equals(input);
  }

  private FloatArray gradient(Buffer buffer) {
    return arrays.gradient(buffer);
  }

  /** 1 if something has been written to the gradient already; from now on there is. */
  private int adds(Buffer buffer) {
    return reached.add(buffer) ? 0 : 1;
  }

  private int adds(String tensor) {
    return reachedTensors.add(tensor) ? 0 : 1;
  }

  private void dense(GemmKernel gemm) {
    int rows = gemm.target().size();
    int columns = gemm.source().size();
    FloatArray dy = gradient(gemm.target());
    FloatArray x = arrays.value(gemm.source());
    FloatArray dw = arrays.tensorGradient(gemm.weight());
    int addsWeights = adds(gemm.weight());
    tasks.add(
        (graph, id) ->
            graph.task(id, DenseKernels::weights, x, dy, dw, rows, columns, batch, addsWeights));
    gemm.bias().ifPresent(bias -> bias(bias, dy, rows));
    if (asked(gemm.source())) {
      FloatArray w = arrays.tensor(gemm.weight());
      FloatArray dx = gradient(gemm.source());
      int adds = adds(gemm.source());
      tasks.add(
          (graph, id) ->
              graph.task(id, DenseKernels::inputs, w, dy, dx, rows, columns, batch, adds));
    }
  }

  private void bias(String name, FloatArray dy, int rows) {
    FloatArray db = arrays.tensorGradient(name);
    int adds = adds(name);
    int terms = dy.getSize() / rows;
    tasks.add((graph, id) -> graph.task(id, DenseKernels::biases, dy, db, rows, terms, adds));
  }

  private void elementwise(ElementwiseKernel kernel) {
    Activation.Pointwise activation = kernel.activation();
    FloatArray x = arrays.value(kernel.source());
    FloatArray dy = gradient(kernel.target());
    FloatArray dx = gradient(kernel.source());
    int size = x.getSize();
    int adds = adds(kernel.source());
    Optional<double[]> pieces = PieceTable.of(activation);
    if (pieces.isPresent()) {
      FloatArray table = constants.floats(pieces.get());
      tasks.add(
          (graph, id) -> graph.task(id, PiecewiseKernels::slope, x, dy, dx, table, size, adds));
      return;
    }
    Curve curve = Curve.of(activation);
    FloatArray parameters = constants.floats(curve.constants());
    tasks.add((graph, id) -> graph.task(id, curve.slope(), x, dy, dx, parameters, size, adds));
  }

  private void unsort(Buffer source, Buffer target, int group, int pixels) {
    FloatArray x = arrays.value(source);
    FloatArray dy = gradient(target);
    FloatArray dx = gradient(source);
    int groups = source.size() / group;
    int adds = adds(source);
    tasks.add(
        (graph, id) ->
            graph.task(id, GroupKernels::unsort, x, dy, dx, groups, group, pixels, batch, adds));
  }

  private void grouped(GroupedKernel kernel) {
    Activation.Grouped activation = kernel.activation();
    int size = kernel.source().size();
    int pixels = kernel.pixels();
    FloatArray dy = gradient(kernel.target());
    FloatArray dx = gradient(kernel.source());
    switch (activation.kind()) {
      case MAXMIN, GROUP_SORT ->
          unsort(kernel.source(), kernel.target(), kernel.groups().size(), pixels);
      case HOUSEHOLDER -> {
        FloatArray x = arrays.value(kernel.source());
        FloatArray v = constants.floats(GroupVectors.of(activation));
        int adds = adds(kernel.source());
        tasks.add(
            (graph, id) ->
                graph.task(
                    id, GroupKernels::unmirror, x, dy, dx, v, size / 2, pixels, batch, adds));
      }
      case SOFTMAX -> {
        FloatArray y = arrays.value(kernel.target());
        FloatArray temperature = constants.floats(GroupVectors.of(activation));
        int adds = adds(kernel.source());
        tasks.add(
            (graph, id) ->
                graph.task(id, GroupKernels::unsoftmax, y, dy, dx, temperature, size, batch, adds));
      }
      case L2_NORMALIZE ->
          throw new IllegalArgumentException("l2_normalize has no kernel for training on devices");
      case LAYER_NORM -> {
        FloatArray x = arrays.value(kernel.source());
        FloatArray epsilon = constants.floats(GroupVectors.of(activation));
        int group = kernel.groups().size();
        int count = size / group;
        int adds = adds(kernel.source());
        tasks.add(
            (graph, id) ->
                graph.task(
                    id,
                    NormKernels::unnormalise,
                    x,
                    dy,
                    dx,
                    epsilon,
                    count,
                    group,
                    pixels,
                    batch,
                    adds));
      }
    }
  }

  private void convolution(ConvolutionKernel kernel) {
    Convolution map = kernel.map();
    Taps taps = Taps.of(map);
    FloatArray x = arrays.value(kernel.source());
    FloatArray dy = gradient(kernel.target());
    FloatArray dw = arrays.tensorGradient(map.weight());
    IntArray window = constants.ints(taps.window());
    int sharing = map.channels() / map.groups();
    int adds = adds(map.weight());
    tasks.add(
        (graph, id) ->
            graph.task(
                id,
                ImageKernels::weights,
                x,
                dy,
                dw,
                window,
                map.channels(),
                map.read(),
                sharing,
                taps.from(),
                taps.to(),
                taps.area(),
                batch,
                adds));
    map.bias().ifPresent(bias -> bias(bias, dy, map.channels()));
    if (asked(kernel.source())) {
      image(kernel, taps);
    }
  }

  /** The gradient of the image that a convolution reads. */
  private void image(ConvolutionKernel kernel, Taps taps) {
    Convolution map = kernel.map();
    FloatArray w = arrays.tensor(map.weight());
    FloatArray dy = gradient(kernel.target());
    FloatArray dx = gradient(kernel.source());
    IntArray readers = constants.ints(taps.readers());
    int channels = map.input().channels();
    int sharing = map.channels() / map.groups();
    int adds = adds(kernel.source());
    tasks.add(
        (graph, id) ->
            graph.task(
                id,
                ImageKernels::inputs,
                w,
                dy,
                dx,
                readers,
                channels,
                map.read(),
                sharing,
                taps.from(),
                taps.to(),
                taps.area(),
                batch,
                adds));
  }

  private void pool(PoolKernel kernel) {
    Taps taps = Taps.of(kernel);
    FloatArray dy = gradient(kernel.target());
    FloatArray dx = gradient(kernel.source());
    IntArray readers = constants.ints(taps.readers());
    int channels = kernel.input().channels();
    int from = taps.from();
    int to = taps.to();
    int area = taps.area();
    int adds = adds(kernel.source());
    if (kernel.factor().isPresent()) {
      FloatArray factor = constants.floats(kernel.factor().getAsDouble());
      tasks.add(
          (graph, id) ->
              graph.task(
                  id,
                  ImageKernels::unmean,
                  dy,
                  dx,
                  readers,
                  factor,
                  channels,
                  from,
                  to,
                  area,
                  batch,
                  adds));
    } else {
      IntArray places = maxima.of(kernel, dy.getSize());
      tasks.add(
          (graph, id) ->
              graph.task(
                  id,
                  ImageKernels::unlargest,
                  dy,
                  dx,
                  places,
                  readers,
                  channels,
                  from,
                  to,
                  area,
                  batch,
                  adds));
    }
  }

  /** The source of a copy or of a sum receives what its place in the target has. */
  private void copy(Buffer target, Buffer source, int offset) {
    FloatArray dy = gradient(target);
    FloatArray dx = gradient(source);
    int from = offset * batch;
    int size = dx.getSize();
    int adds = adds(source);
    tasks.add((graph, id) -> graph.task(id, PlaceKernels::copy, dy, dx, from, 0, size, adds));
  }

  private void linear(LinearKernel linear) {
    int columns = linear.source().size();
    int rows = linear.target().size();
    IntFunction<LinearMap.Row> row = linear.rows();
    Readers readers = Readers.of(i -> row.apply(i).places()[0], rows, columns);
    double[] factor = new double[rows];
    for (int i = 0; i < rows; i++) {
      factor[i] = row.apply(i).factors()[0];
    }
    FloatArray dy = gradient(linear.target());
    FloatArray dx = gradient(linear.source());
    IntArray first = constants.ints(readers.first());
    IntArray of = constants.ints(readers.rows());
    FloatArray factors = constants.floats(factor);
    int adds = adds(linear.source());
    tasks.add(
        (graph, id) ->
            graph.task(
                id, PlaceKernels::unselected, dy, dx, first, of, factors, columns, batch, adds));
  }
}
