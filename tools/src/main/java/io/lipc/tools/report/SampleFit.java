package io.lipc.tools.report;

import io.lipc.certificate.Certificate;
import io.lipc.formats.Quoted;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which samples a network can be tried on: those with as many features as it reads, whose classes
 * are its outputs. Where its weights say what the outputs are called, classes find theirs by name:
 * a table of fewer classes, or in another order, has the same ones. Otherwise by number.
 */
final class SampleFit {

  private SampleFit() {}

  /**
   * The samples with one class for each output, in the order of the outputs.
   *
   * @param labels what its outputs are called; of another number, none
   * @return empty if they are no samples of this network
   */
  static Optional<Dataset> of(Certificate certificate, List<String> labels, Dataset samples) {
    if (certificate.inputSize() != samples.featureCount()) {
      return Optional.empty();
    }
    if (labels.size() != certificate.outputSize()) {
      return Optional.of(samples).filter(s -> s.classes().size() == certificate.outputSize());
    }
    try {
      return Optional.of(samples.withClasses(labels));
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  /**
   * The samples that a network can be tried on; empty for a network without a certificate as well.
   */
  static Optional<Dataset> of(ReportInput input, Dataset samples) {
    return input
        .candidate()
        .flatMap(candidate -> of(candidate.certificate(), input.labels(), samples));
  }

  /** The inputs and outputs of a network, for a message that samples do not fit. */
  static String wanted(ReportInput input, Certificate certificate) {
    String sizes =
        "%s reads %d numbers and gives %d"
            .formatted(input.network(), certificate.inputSize(), certificate.outputSize());
    return input.labels().size() == certificate.outputSize()
        ? sizes + ", which its weights call " + quoted(input.labels())
        : sizes;
  }

  private static String quoted(List<String> labels) {
    String first = labels.stream().limit(10).map(Quoted::code).collect(Collectors.joining(", "));
    return labels.size() > 10 ? first + " and so on" : first;
  }
}
