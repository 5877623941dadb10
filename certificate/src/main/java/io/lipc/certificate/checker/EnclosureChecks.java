package io.lipc.certificate.checker;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.local.OutputParts;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.query.QueryParts;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Tensor;
import io.lipc.queries.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Claims about the outputs of a network on a box, which rest on ranges and lines alone. */
final class EnclosureChecks {

  private EnclosureChecks() {}

  /**
   * Requires the claim of a range or of a query to be true.
   *
   * @param subject as its proof reads it
   * @param boxes parts of its box; a query has some
   * @throws Rejection if that is not shown
   */
  static void check(Subject subject, Optional<BoxTree> boxes, Work work) {
    if (subject.certificate().claim() instanceof Claim.Unsatisfiable(Query query)) {
      unless(boxes.isPresent(), Reason.MALFORMED, "a query without boxes");
      BoxTree parts = boxes.orElseThrow();
      work.allow(parts.leaves(), weights(subject));
      QueryParts.check(subject, query, parts, work::spend);
    } else if (boxes.isEmpty()) {
      OutputRanges.check(subject, work::spend);
    } else {
      OutputParts.check(subject, boxes.get(), work::spend);
    }
  }

  /**
   * The numbers of all tensors but those of the last unit: the forms of a query allow no work. A
   * network that is called often has its tensors once.
   */
  static long weights(Subject subject) {
    Certificate certificate = subject.certificate();
    List<String> last = certificate.units().getLast().tensors();
    return certificate.tensors().stream()
        .filter(tensor -> !last.contains(tensor.name()))
        .collect(Collectors.toMap(TensorRecord::digest, tensor -> size(subject, tensor), Math::max))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static long size(Subject subject, TensorRecord tensor) {
    return subject.weights().tensor(tensor.name()).map(Tensor::size).orElse(0);
  }
}
