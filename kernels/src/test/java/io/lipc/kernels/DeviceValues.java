package io.lipc.kernels;

import io.lipc.kernels.EmittedProgram.Floats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What TornadoVM's types mean that kernels for one kind of device use. */
final class DeviceValues {

  private DeviceValues() {}

  /** A {@code VectorFloat8}: an array, by eight elements. */
  record Vectors(Floats storage) {

    Vectors {
      if (storage.length() % Vector.LANES != 0) {
        throw new AssertionError(storage.length() + " elements by eight");
      }
    }

    Vector get(int index) {
      float[] lanes = new float[Vector.LANES];
      for (int lane = 0; lane < Vector.LANES; lane++) {
        lanes[lane] = storage.get(index * Vector.LANES + lane);
      }
      return new Vector(lanes);
    }
  }

  /** A {@code Float8}, which does not change. */
  static final class Vector {

    private static final int LANES = 8;

    private final float[] lanes;

    private Vector(float[] lanes) {
      this.lanes = lanes;
    }

    static Vector of(List<Object> numbers) {
      if (numbers.size() != LANES) {
        throw new AssertionError(numbers.size() + " elements of eight");
      }
      float[] lanes = new float[LANES];
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] = (float) numbers.get(lane);
      }
      return new Vector(lanes);
    }

    Vector plus(Vector other) {
      float[] sums = lanes.clone();
      for (int lane = 0; lane < LANES; lane++) {
        sums[lane] += other.lanes[lane];
      }
      return new Vector(sums);
    }

    Vector times(float factor) {
      float[] products = lanes.clone();
      for (int lane = 0; lane < LANES; lane++) {
        products[lane] *= factor;
      }
      return new Vector(products);
    }

    /** Its element, by the name of the method that gives it. */
    float element(String method) {
      if (!method.matches("getS[0-7]")) {
        throw new AssertionError("what the emitter does not write: " + method);
      }
      return lanes[method.charAt(method.length() - 1) - '0'];
    }
  }

  /** A {@code KernelContext}, until a work item has one of its own. */
  record Context() {}

  /** A {@code GridScheduler}: how tasks are grouped, by their full names. */
  record Grids(Map<String, Grid> grids) {

    Grids() {
      this(new HashMap<>());
    }

    void add(String task, Grid grid) {
      if (grids.put(task, grid) != null) {
        throw new AssertionError("two grids for " + task);
      }
    }
  }

  /** A {@code WorkerGrid1D}. */
  static final class Grid {
    private final int items;
    private int size;

    Grid(int items) {
      this.items = items;
    }

    void setLocalWork(List<Object> sizes) {
      size = (int) sizes.getFirst();
      if (!sizes.equals(List.of(size, 1, 1))) {
        throw new AssertionError("groups of " + sizes + " on a line");
      }
    }

    int size() {
      return size;
    }

    /** A device computes wrong numbers where the last group is not full. */
    int groups() {
      if (items < 1 || size < 1 || items % size != 0) {
        throw new AssertionError(items + " work items in groups of " + size);
      }
      return items / size;
    }
  }
}
