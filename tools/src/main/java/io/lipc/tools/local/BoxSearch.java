package io.lipc.tools.local;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Subject;
import io.lipc.certifier.LocalBracket;
import io.lipc.linalg.Deadline;
import io.lipc.model.Property;
import io.lipc.tools.command.SearchProgress;
import java.io.PrintWriter;

/**
 * The search for a bound on a box. It stands apart as a command's own methods name no class of
 * {@code io.lipc.certifier}: picocli asks for them, so that each command would load these.
 *
 * @param parts the most parts that the box is cut into
 * @param start parts that are known
 * @param err is told how far the search is
 */
record BoxSearch(int parts, BoxTree start, PrintWriter err) {

  LocalBracket.Found of(Property.Local question, Subject about, Deadline end) {
    try (SearchProgress progress = SearchProgress.on(err)) {
      return LocalBracket.search(
          question, about, new LocalBracket.Work(parts, start, end, progress::parts));
    }
  }
}
