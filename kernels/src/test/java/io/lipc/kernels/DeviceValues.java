package io.lipc.kernels;

import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The meaning of TornadoVM's types that kernels for one kind of device use. */
final class DeviceValues {

  private DeviceValues() {}

  /** A number of a type, as Java boxes it. */
  static Object number(ElementType type, double value) {
    return switch (type) {
      case F32 -> (Object) (float) value;
      case F64 -> value;
    };
  }

  /**
   * The value of a number, which has to be of that type: nothing is widened or rounded in silence.
   */
  static double value(ElementType type, Object number) {
    return switch (type) {
      case F32 -> (Float) number;
      case F64 -> (Double) number;
    };
  }

  /** A {@code FloatArray} or {@code DoubleArray}: an array of the device. */
  static final class Reals {
    private final ElementType type;
    private final double[] values;
    private final boolean[] written;
    private boolean isInitialised;

    Reals(ElementType type, int length) {
      this.type = type;
      values = new double[length];
      written = new boolean[length];
    }

    int length() {
      return values.length;
    }

    /** Itself, if its numbers are of that type. */
    Reals of(ElementType expected) {
      if (type != expected) {
        throw new AssertionError("an array of " + type + ", not of " + expected);
      }
      return this;
    }

    /** A number as elements are. */
    Object number(double value) {
      return DeviceValues.number(type, value);
    }

    void init(Object value) {
      Arrays.fill(values, value(type, value));
      isInitialised = true;
    }

    Object get(int index) {
      if (!written[index] && !isInitialised) {
        throw new AssertionError("element " + index + " of " + length() + " is not written yet");
      }
      return number(values[index]);
    }

    void set(int index, Object value) {
      if (written[index]) {
        throw new AssertionError("element " + index + " of " + length() + " is written twice");
      }
      values[index] = value(type, value);
      written[index] = true;
    }

    /** Padding is written by {@link #init}. */
    void freeze() {
      Arrays.fill(written, true);
    }

    void requireComplete() {
      for (boolean one : written) {
        if (!one) {
          throw new AssertionError("not every one of " + length() + " elements was written");
        }
      }
    }
  }

  /** A {@code VectorFloat8} or {@code VectorDouble8}: an array, by eight elements. */
  record Vectors(Reals storage) {

    Vectors {
      if (storage.length() % Vector.LANES != 0) {
        throw new AssertionError(storage.length() + " elements by eight");
      }
    }

    static Vectors of(ElementType type, Reals storage) {
      return new Vectors(storage.of(type));
    }

    Vector get(int index) {
      List<Object> lanes = new ArrayList<>();
      for (int lane = 0; lane < Vector.LANES; lane++) {
        lanes.add(storage.get(index * Vector.LANES + lane));
      }
      return Vector.of(storage.type, lanes);
    }
  }

  /** A {@code Float8} or {@code Double8}, which does not change. */
  static final class Vector {

    private static final int LANES = 8;

    private final ElementType type;
    private final double[] lanes;

    private Vector(ElementType type, double[] lanes) {
      this.type = type;
      this.lanes = lanes;
    }

    static Vector of(ElementType type, List<Object> numbers) {
      if (numbers.size() != LANES) {
        throw new AssertionError(numbers.size() + " elements of eight");
      }
      double[] lanes = new double[LANES];
      Arrays.setAll(lanes, lane -> value(type, numbers.get(lane)));
      return new Vector(type, lanes);
    }

    Vector plus(Vector other) {
      if (type != other.type) {
        throw new AssertionError("a vector of " + type + " and one of " + other.type);
      }
      double[] sums = lanes.clone();
      // Of two floats, a double that is rounded to a float is the sum that is rounded once.
      Arrays.setAll(sums, lane -> type.round(lanes[lane] + other.lanes[lane]));
      return new Vector(type, sums);
    }

    Vector times(Object factor) {
      double number = value(type, factor);
      double[] products = lanes.clone();
      Arrays.setAll(products, lane -> type.round(lanes[lane] * number));
      return new Vector(type, products);
    }

    /** Its element, by the name of the method that gives it. */
    Object element(String method) {
      if (!method.matches("getS[0-7]")) {
        throw new AssertionError("what the emitter does not write: " + method);
      }
      return number(type, lanes[method.charAt(method.length() - 1) - '0']);
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
