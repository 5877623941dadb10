package io.lipc.training.run;

import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDeviceException;
import java.util.Map;
import java.util.SortedMap;

/** An engine that fails after some passes forward. */
final class CountedEngine implements BatchEngine {

  private final BatchEngine engine;
  private final Runnable onClose;
  private int left;

  CountedEngine(BatchEngine engine, int passes, Runnable onClose) {
    this.engine = engine;
    this.left = passes;
    this.onClose = onClose;
  }

  @Override
  public int capacity() {
    return engine.capacity();
  }

  @Override
  public SortedMap<String, Integer> tensorSizes() {
    return engine.tensorSizes();
  }

  @Override
  public void load(Map<String, double[]> weights) {
    engine.load(weights);
  }

  @Override
  public double[][] input() {
    return engine.input();
  }

  @Override
  public double[][] output() {
    return engine.output();
  }

  @Override
  public double[][] outputGradient() {
    return engine.outputGradient();
  }

  @Override
  public void forward(int count) {
    if (left-- == 0) {
      throw new TrainingDeviceException("the device is gone");
    }
    engine.forward(count);
  }

  @Override
  public void reverse(int count) {
    engine.reverse(count);
  }

  @Override
  public SortedMap<String, double[]> tensorGradients() {
    return engine.tensorGradients();
  }

  @Override
  public void close() {
    engine.close();
    onClose.run();
  }
}
