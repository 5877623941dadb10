package io.lipc.training.tornado;

import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.graph.Lookup;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.runtime.tornado.DeviceTasks;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDeviceException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A network and its gradients on a device, in float. All values and gradients of a batch stay
 * there; input, tensors and the gradient of the outputs go to it, outputs and the gradients of
 * tensors come back. A batch always has all of its samples: those that were not given are zeros,
 * and so is the gradient of their outputs, so that they add nothing to any sum.
 */
final class DeviceNetwork implements BatchEngine {

  private static final System.Logger LOG = System.getLogger(DeviceNetwork.class.getName());

  private final DeviceArrays arrays;
  private final DeviceTasks tasks;
  private final double[][] input;
  private final double[][] output;
  private final double[][] outputGradient;
  private final FloatArray inputs;
  private final FloatArray outputs;
  private final FloatArray outputGradients;

  private DeviceNetwork(AdjointGraph graph, DeviceArrays arrays, DeviceTasks tasks) {
    this.arrays = arrays;
    this.tasks = tasks;
    int batch = arrays.batch();
    this.input = new double[graph.forward().input().size()][batch];
    this.output = new double[graph.forward().output().size()][batch];
    this.outputGradient = new double[graph.forward().output().size()][batch];
    this.inputs = arrays.value(graph.forward().input());
    this.outputs = arrays.value(graph.forward().output());
    this.outputGradients = arrays.gradient(graph.forward().output());
  }

  /**
   * Places a network on a device, where it is compiled with its first batch.
   *
   * @throws TrainingDeviceException if the network is too large, or the device refuses it
   */
  static DeviceNetwork on(Device.Accelerator device, AdjointGraph graph, int batch) {
    DeviceArrays arrays = new DeviceArrays(graph, batch);
    String work = "steps of " + batch + " rows";
    try {
      DeviceTasks tasks = DeviceTasks.on(device, work, StepGraphs.of(graph, arrays));
      return new DeviceNetwork(graph, arrays, tasks);
    } catch (DeviceException e) {
      throw new TrainingDeviceException(e);
    }
  }

  @Override
  public int capacity() {
    return arrays.batch();
  }

  @Override
  public SortedMap<String, Integer> tensorSizes() {
    SortedMap<String, Integer> sizes = new TreeMap<>();
    arrays.tensors().forEach((name, tensor) -> sizes.put(name, tensor.getSize()));
    return sizes;
  }

  @Override
  public void load(Map<String, double[]> weights) {
    arrays
        .tensors()
        .forEach(
            (name, tensor) -> {
              double[] values = Lookup.in(weights, name);
              for (int i = 0; i < values.length; i++) {
                tensor.set(i, (float) values[i]);
              }
            });
  }

  @Override
  public double[][] input() {
    return input;
  }

  @Override
  public double[][] output() {
    return output;
  }

  @Override
  public double[][] outputGradient() {
    return outputGradient;
  }

  @Override
  public void forward(int count) {
    write(input, count, inputs);
    execute(StepGraphs.FORWARD);
    int batch = arrays.batch();
    for (int i = 0; i < output.length; i++) {
      for (int j = 0; j < count; j++) {
        output[i][j] = outputs.get(i * batch + j);
      }
    }
  }

  @Override
  public void reverse(int count) {
    write(outputGradient, count, outputGradients);
    execute(StepGraphs.REVERSE);
  }

  /** The first {@code count} samples, and zeros behind them. */
  private static void write(double[][] from, int count, FloatArray to) {
    int batch = from[0].length;
    for (int i = 0; i < from.length; i++) {
      for (int j = 0; j < batch; j++) {
        to.set(i * batch + j, j < count ? (float) from[i][j] : 0);
      }
    }
  }

  private void execute(int graph) {
    try {
      tasks.execute(graph);
    } catch (DeviceException e) {
      throw new TrainingDeviceException(e);
    }
  }

  @Override
  public SortedMap<String, double[]> tensorGradients() {
    SortedMap<String, double[]> gradients = new TreeMap<>();
    arrays
        .tensorGradients()
        .forEach(
            (name, array) -> {
              double[] gradient = new double[array.getSize()];
              for (int i = 0; i < gradient.length; i++) {
                gradient[i] = array.get(i);
              }
              gradients.put(name, gradient);
            });
    return gradients;
  }

  /**
   * Frees the memory of the device. A failure is no error: trained weights are not lost because a
   * device does not free its memory.
   */
  @Override
  public void close() {
    try {
      tasks.close();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.WARNING, e.getMessage(), e);
    }
  }
}
