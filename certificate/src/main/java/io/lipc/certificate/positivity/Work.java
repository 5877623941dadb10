package io.lipc.certificate.positivity;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What may be spent on one matrix, in products of machine words. A text of a few hundred bytes can
 * ask for hours; who brings more weights may ask for more.
 */
public final class Work {

  private final AtomicLong left;

  /** What suits a network of so many weights. */
  public Work(long weights) {
    this.left = new AtomicLong((1L << 28) + (weights << 17));
  }

  /**
   * Counts products before they are computed.
   *
   * @throws ArithmeticException if not so many are left
   */
  public void spend(long products) {
    if (left.addAndGet(-products) < 0) {
      throw new ArithmeticException("more work than its weights justify");
    }
  }
}
