package io.lipc.tools.local;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certifier.LocalBracket;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Quoted;
import io.lipc.linalg.Deadline;
import io.lipc.model.Interval;
import io.lipc.model.Property;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.SearchProgress;
import io.lipc.tools.files.Carried;
import io.lipc.tools.files.CertificateFiles;
import io.lipc.tools.files.ModelNetworks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

  /**
   * The parts of the box that a certificate of an earlier run has.
   *
   * @param file beside which it stands
   * @throws InputError if none stands there, or one about another box
   */
  static BoxTree earlier(Path file, List<Interval> sides, ModelNetworks networks)
      throws InputError {
    Carried found = new CertificateFiles(networks).find(file);
    Optional<Certificate> certificate =
        found instanceof Carried.Whole whole
            ? Optional.ofNullable(whole.further().get(ClaimKind.LOCAL))
            : Optional.empty();
    String name = Quoted.of(file.toString());
    Certificate earlier =
        certificate.orElseThrow(
            () -> new InputError("beside " + name + " stands no certificate of a local bound"));
    if (!(earlier.claim() instanceof Claim.Local local
        && local.box().equals(UnitLists.box(sides)))) {
      throw new InputError(name + " is about another box");
    }
    return earlier.proofs().getFirst().witness() instanceof PositivityWitness.Rows rows
        ? rows.boxes()
        : new BoxTree.Leaf();
  }
}
