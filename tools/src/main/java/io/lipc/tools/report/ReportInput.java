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
 * What is known of a network before its report is made.
 *
 * @param network its qualified name
 * @param declared the bound that it declares, if any
 * @param answer what the search said; no more than a hope until the certificate is checked
 * @param checked its layers, if the declaration has no faults
 * @param candidate a certificate that nobody needs to have checked yet
 * @param further others, of what it claims beside its bound
 * @param labels what its outputs are called, if its weights say so
 * @param evidence what a search found, if there was one
 * @param messages faults, ready to print
 * @param checks commands that check the certificate again
 */
record ReportInput(
    String network,
    Norms norms,
    OptionalDouble declared,
    Answer answer,
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
        network, norms, declared, answer, checked, candidate, further, others, evidence, messages,
        checks);
  }
}
