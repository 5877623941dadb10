package io.lipc.training.tornado;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The arrays of a task graph that no step changes: they go to the device once. */
final class Constants {

  private final List<Object> arrays = new ArrayList<>();

  /** All of them, as a task graph takes them. */
  Object[] all() {
    return arrays.toArray();
  }

  FloatArray floats(double... values) {
    FloatArray array = new FloatArray(values.length);
    for (int i = 0; i < values.length; i++) {
      array.set(i, (float) values[i]);
    }
    arrays.add(array);
    return array;
  }

  IntArray ints(int... values) {
    IntArray array = IntArray.fromArray(values);
    arrays.add(array);
    return array;
  }
}
