package io.lipc.training.tornado;

import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.KernelGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The two task graphs of a step. The loss lies between them, and is computed by the JVM: so all
 * that the first one has computed stays on the device for the second.
 */
final class StepGraphs {

  /** The number of the graph from inputs and tensors to outputs. */
  static final int FORWARD = 0;

  /** The number of the graph from the gradient of outputs to those of tensors. */
  static final int REVERSE = 1;

  private static final AtomicLong NUMBER = new AtomicLong();

  private StepGraphs() {}

  /** Both, in the order of their numbers. */
  static List<TaskGraph> of(AdjointGraph graph, DeviceArrays arrays) {
    MaximaPlaces maxima = new MaximaPlaces();
    TaskList forward = ForwardTasks.of(graph.forward().kernels(), arrays, maxima);
    ReverseTasks.Pass reverse = ReverseTasks.of(graph, arrays, maxima);
    long number = NUMBER.incrementAndGet(); // TornadoVM knows graphs by their names.
    String first = "forward" + number;
    Object[] handedOn = handedOn(arrays, maxima);
    return List.of(
        forward(first, graph.forward(), forward, arrays, handedOn),
        reverse("reverse" + number, first, graph.forward(), reverse, arrays, handedOn));
  }

  /** Everything that the reverse pass may read of the forward one. */
  private static Object[] handedOn(DeviceArrays arrays, MaximaPlaces maxima) {
    List<Object> all = new ArrayList<>(arrays.values());
    all.addAll(arrays.tensors().values());
    all.addAll(maxima.all());
    return all.toArray();
  }

  private static TaskGraph forward(
      String name, KernelGraph network, TaskList tasks, DeviceArrays arrays, Object[] handedOn) {
    TaskGraph graph = new TaskGraph(name);
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, tasks.constants().all());
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays.value(network.input()));
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays.tensors().values().toArray());
    tasks.addTo(graph);
    graph.transferToHost(DataTransferMode.EVERY_EXECUTION, arrays.value(network.output()));
    return graph.persistOnDevice(handedOn);
  }

  private static TaskGraph reverse(
      String name,
      String first,
      KernelGraph network,
      ReverseTasks.Pass pass,
      DeviceArrays arrays,
      Object[] handedOn) {
    TaskGraph graph = new TaskGraph(name);
    graph.consumeFromDevice(first, handedOn);
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, pass.tasks().constants().all());
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays.gradient(network.output()));
    pass.tasks().addTo(graph);
    graph.transferToHost(
        DataTransferMode.EVERY_EXECUTION, gradients(arrays, pass.tensors()).toArray());
    return graph;
  }

  private static Collection<FloatArray> gradients(DeviceArrays arrays, Set<String> tensors) {
    return tensors.stream().sorted().map(arrays::tensorGradient).toList();
  }
}
