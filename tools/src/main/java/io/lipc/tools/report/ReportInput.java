package io.lipc.tools.report;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.model.CheckedNetwork;
import io.lipc.tools.page.Answer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The facts about a network before its report is made.
 *
 * @param network its qualified name
 * @param declared the bound that it declares, if any
 * @param answer of the search; no more than a hope until the certificate is checked
 * @param lacking what is not proved although the answer is that the bound is, if there is something
 * @param checked its layers, if the declaration has no faults
 * @param candidate a certificate that need not be checked yet
 * @param further others, of its claims beside the bound
 * @param labels the names of its outputs, if its weights have them
 * @param evidence of a search, if there was one
 * @param messages faults, ready to print
 * @param checks commands that check the certificate again
 */
record ReportInput(
    String network,
    Norms norms,
    OptionalDouble declared,
    Answer answer,
    Optional<String> lacking,
    Optional<CheckedNetwork> checked,
    Optional<Subject> candidate,
    List<Certificate> further,
    List<String> labels,
    Optional<Evidence> evidence,
    List<String> messages,
    List<String> checks) {

  /** The same with other names of its outputs. */
  ReportInput named(List<String> others) {
    return new ReportInput(
        network, norms, declared, answer, lacking, checked, candidate, further, others, evidence,
        messages, checks);
  }
}
