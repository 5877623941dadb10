package io.lipc.certificate.frequency;

import io.lipc.certificate.positivity.Work;
import java.util.function.Consumer;

/** How much work something takes, by what is left of it. */
final class Spending {

  private Spending() {}

  static long of(Consumer<Work> task) {
    Work work = new Work(() -> {});
    long before = left(work);
    task.accept(work);
    return before - left(work);
  }

  /** The most that could be spent; what is tried is given back. */
  private static long left(Work work) {
    long possible = 0;
    long impossible = 1L << 40;
    while (impossible - possible > 1) {
      long middle = (possible + impossible) / 2;
      boolean enough = true;
      try {
        work.spend(middle);
      } catch (ArithmeticException _) {
        enough = false;
      }
      work.spend(-middle);
      possible = enough ? middle : possible;
      impossible = enough ? impossible : middle;
    }
    return possible;
  }
}
