package io.lipc.tools.train;

import io.lipc.certificate.Subject;
import io.lipc.model.Decimals;
import io.lipc.training.FrozenNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What training brought, as it is written.
 *
 * @param <E> how networks do on test rows
 * @param frozen the network that was trained
 * @param verified whether the checker accepts the certificate that was written
 * @param units what it counts distances in
 * @param evaluation of it on the test rows
 * @param raw the network that reads the table's units, if the trained one reads others
 */
record TrainedNetwork<E>(
    FrozenNetwork frozen,
    boolean verified,
    String units,
    E evaluation,
    Optional<RawResult<E>> raw) {

  /**
   * How a network does.
   *
   * @param network its name
   * @param units what it counts distances in
   */
  record InUnits<E>(String network, String units, E evaluation) {}

  /** Of the trained network and, if there is another one, of that in the table's units. */
  List<InUnits<E>> evaluations() {
    List<InUnits<E>> all = new ArrayList<>();
    all.add(new InUnits<>(frozen.subject().certificate().network(), units, evaluation));
    raw.ifPresent(
        result -> all.add(new InUnits<>(result.network(), Reading.TABLE, result.evaluation())));
    return all;
  }

  /** Of the network that programs run, on the table as it is. */
  E last() {
    return raw.map(RawResult::evaluation).orElse(evaluation);
  }

  /** What is proved, a line for each network. */
  List<String> bounds() {
    List<String> lines = new ArrayList<>();
    lines.add(bound(frozen.subject(), units, verified));
    raw.ifPresent(result -> lines.add(bound(result.subject(), Reading.TABLE, result.verified())));
    return lines;
  }

  private String bound(Subject subject, String inputs, boolean accepted) {
    return "%s: %s Lipschitz bound %s by %s%s (%s)"
        .formatted(
            subject.certificate().network(),
            subject.certificate().claim().norms(),
            Decimals.up(subject.certificate().bound()),
            subject.certificate().method(),
            raw.isPresent() ? ", inputs in " + inputs : "",
            accepted ? "certificate checked" : "NOT accepted by the checker");
  }

  /** What was fitted to the columns, if anything was. */
  List<String> columns() {
    return raw.map(result -> ColumnText.lines(result.standardising())).orElse(List.of());
  }

  /** Whether what has been written compiles as it is declared. */
  boolean isProved() {
    return verified && raw.map(RawResult::isProved).orElse(true);
  }

  /** Why the network that reads the table's units does not compile as it is declared. */
  Optional<String> refusal() {
    return raw.filter(result -> result.bound() > result.declared())
        .map(
            result ->
                "lipc: %s declares the bound %s in the table's units, and %s is proved: the weights are written; declare `certify lipschitz <= %s;`"
                    .formatted(
                        result.network(),
                        Decimals.plain(result.declared()),
                        Decimals.up(result.bound()),
                        Decimals.up(result.bound())));
  }
}
