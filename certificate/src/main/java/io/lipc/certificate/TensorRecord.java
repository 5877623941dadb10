package io.lipc.certificate;

import io.lipc.formats.Digest;
import java.util.List;

/**
 * A tensor that units name, and what it has to be, to the bit.
 *
 * @param name its name in the file of weights
 * @param shape its extents, outermost first
 * @param digest {@link io.lipc.formats.Tensor#digest()} after rounding to the certificate's format
 */
public record TensorRecord(String name, List<Integer> shape, Digest digest) {
  public TensorRecord {
    shape = List.copyOf(shape);
  }
}
