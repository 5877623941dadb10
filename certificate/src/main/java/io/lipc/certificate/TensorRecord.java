package io.lipc.certificate;

import io.lipc.formats.Digest;
import java.util.List;

/**
 * A tensor that units name: what it has to be, to the bit.
 *
 * @param digest {@link io.lipc.formats.Tensor#digest()} after rounding to the certificate's format
 */
public record TensorRecord(String name, List<Integer> shape, Digest digest) {
  public TensorRecord {
    shape = List.copyOf(shape);
  }
}
