package io.lipc.certificate.search;

import io.lipc.certificate.Subject;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.theory.ElementwiseProduct;
import java.util.OptionalDouble;

/** The bound that the checker computes from magnitudes, for a search that wants to claim it. */
public final class LeastElementwiseProduct {

  private LeastElementwiseProduct() {}

  /**
   * The least bound between the norms of the certificate that the elementwise product proves.
   *
   * @param subject well formed; its bound and its proof are not read
   * @param look is run every few milliseconds; what it throws is thrown
   * @return empty if the input norm is not linf, the bound is not finite, or it takes too much work
   */
  public static OptionalDouble of(Subject subject, Runnable look) {
    Work work = new Work(look);
    subject.weights().tensors().values().forEach(work::allow);
    try {
      return ElementwiseProduct.bound(subject, work);
    } catch (ArithmeticException tooLarge) {
      return OptionalDouble.empty();
    }
  }
}
