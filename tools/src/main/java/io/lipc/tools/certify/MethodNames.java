package io.lipc.tools.certify;

import io.lipc.certifier.Method;
import java.util.Iterator;

/**
 * The methods that {@code --method} names, for its help and for completion. No class of the
 * certifier is loaded before they are read: see {@link Examiner#method}.
 */
final class MethodNames implements Iterable<String> {

  /** Created by picocli. */
  MethodNames() {}

  @Override
  public Iterator<String> iterator() {
    return Method.askable().stream().map(Method::word).iterator();
  }
}
