package io.lipc.certificate.positivity;

import io.lipc.formats.Tensor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The work that may be spent on one verdict, in products of machine words, over all proofs, gains
 * and callees together. A text of a few hundred bytes can ask for hours of work; a certificate with
 * more weights, or one about a query with more parts, may ask for more.
 */
public final class Work {

  private final AtomicLong left = new AtomicLong(1L << 28);
  private final Runnable look;

  /**
   * The work allowed for a network without weights.
   *
   * @param look is run again and again while there is work, in whatever thread: a clock that may
   *     end it by an exception
   */
  public Work(Runnable look) {
    this.look = look;
  }

  /** Gives the clock its turn: in loops whose work is counted before. */
  public void look() {
    look.run();
  }

  /** Allows more work, for a tensor that has not been counted yet. */
  public void allow(Tensor tensor) {
    left.addAndGet((long) tensor.size() << 17);
  }

  /** Allows more work, for each part of a box that a text brings. */
  public void allow(int parts, long weights) {
    left.addAndGet(Math.multiplyExact(parts, weights) << 7);
  }

  /**
   * Counts products before they are computed.
   *
   * @throws ArithmeticException if not so many are left
   */
  public void spend(long products) {
    look();
    if (left.addAndGet(-products) < 0) {
      throw new ArithmeticException("more work than its weights justify");
    }
  }
}
