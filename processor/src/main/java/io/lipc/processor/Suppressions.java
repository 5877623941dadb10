package io.lipc.processor;

import io.lipc.dsl.Allowances;
import io.lipc.model.diagnostic.Severity;
import java.util.Arrays;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Warnings and notes that the user wants to be silent:
 * {@code @SuppressWarnings("lipc:loose-bound")}.
 */
final class Suppressions {

  private static final String PREFIX = "lipc:";

  private Suppressions() {}

  /** Errors are never silent. */
  static boolean silence(Located located) {
    return located.diagnostic().severity() != Severity.ERROR
        && (onElements(located)
            || located
                .text()
                .filter(in -> Allowances.allows(in.source(), in.finding()))
                .isPresent());
  }

  private static boolean onElements(Located located) {
    String id = PREFIX + located.diagnostic().id().word();
    for (@Nullable Element at = located.position().element();
        at != null;
        at = at.getEnclosingElement()) {
      SuppressWarnings suppressed = at.getAnnotation(SuppressWarnings.class);
      if (suppressed != null && Arrays.asList(suppressed.value()).contains(id)) {
        return true;
      }
    }
    return false;
  }
}
