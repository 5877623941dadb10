package io.lipc.processor;

import io.lipc.model.Diagnostic;

/**
 * A message for javac.
 *
 * @param position where to point
 * @param text the whole message; its first line stands alone
 */
record Located(Position position, String text) {

  static Located of(Position position, Diagnostic diagnostic) {
    return new Located(position, diagnostic.message());
  }
}
