package io.lipc.certifier;

import io.lipc.linalg.Late;
import io.lipc.linalg.TooLarge;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs what may end without a result: because its deadline passes, or because it needs more memory
 * than there is. One that ends so takes nothing from what others have found.
 */
final class Attempts {

  private Attempts() {}

  /**
   * The result, or one that says why there is none.
   *
   * @param late gives the reason where the deadline has passed: a lower-case clause
   * @param otherwise makes a result of a reason
   */
  static <T> T run(Supplier<T> attempt, Supplier<String> late, Function<String, T> otherwise) {
    try {
      return attempt.get();
    } catch (Late end) {
      return otherwise.apply(late.get());
    } catch (TooLarge tooLarge) {
      return otherwise.apply(String.valueOf(tooLarge.getMessage()));
    } catch (OutOfMemoryError none) {
      // What the attempt has taken is garbage by now.
      return otherwise.apply(tooLarge(Runtime.getRuntime().maxMemory()));
    } catch (StackOverflowError tooDeep) {
      return otherwise.apply("too large: it needs a deeper stack than Java has (-Xss)");
    }
  }

  private static String tooLarge(long given) {
    return String.format(
        Locale.ROOT,
        "too large: it needs more memory than the %.1f GB that Java has (-Xmx)",
        given / 1e9);
  }

  /** The result, or this one where there is none in time, or too little memory. */
  static <T> T orElse(Supplier<T> attempt, T otherwise) {
    return run(attempt, () -> "", _ -> otherwise);
  }
}
