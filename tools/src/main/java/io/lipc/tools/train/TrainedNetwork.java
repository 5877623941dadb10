package io.lipc.tools.train;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.frozen.FrozenComposition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of training, as it is written.
 *
 * @param <E> how networks do on test rows
 * @param network the network that was trained, or that calls those that were
 * @param frozen it with its weights
 * @param verified whether the checker accepts the certificate that was written
 * @param units what it counts distances in
 * @param evaluation of it on the test rows
 * @param raw the network that reads the table's units, if the trained one reads others
 */
record TrainedNetwork<E>(
    Network network,
    Frozen frozen,
    boolean verified,
    String units,
    E evaluation,
    Optional<RawResult<E>> raw) {

  /**
   * The result of a network in its units.
   *
   * @param network its name
   * @param units what it counts distances in
   */
  record InUnits<E>(String network, String units, E evaluation) {}

  /**
   * The evaluations of the trained network and, if there is another one, of that in the table's
   * units.
   */
  List<InUnits<E>> evaluations() {
    List<InUnits<E>> all = new ArrayList<>();
    all.add(new InUnits<>(frozen.subject().certificate().network(), units, evaluation));
    raw.ifPresent(
        result -> all.add(new InUnits<>(result.network(), result.units(), result.evaluation())));
    return all;
  }

  /** The evaluation of the network that programs run, on the table as it is. */
  E last() {
    return raw.map(RawResult::evaluation).orElse(evaluation);
  }

  /** The proved bounds, a line for each network. */
  List<String> bounds() {
    List<String> lines = new ArrayList<>();
    frozen.trained().stream()
        .filter(one -> !one.subject().equals(frozen.subject()))
        .forEach(one -> lines.add(bound(one.subject(), "", verified)));
    lines.add(bound(frozen.subject(), units, verified));
    raw.ifPresent(result -> lines.add(bound(result.subject(), Reading.TABLE, result.verified())));
    raw.flatMap(result -> result.scaled().map(found -> scaled(result, found)))
        .ifPresent(lines::add);
    return lines;
  }

  private String bound(Subject subject, String inputs, boolean accepted) {
    return "%s: %s Lipschitz bound %s by %s%s (%s)"
        .formatted(
            subject.certificate().network(),
            subject.certificate().lipschitz().norms(),
            Decimals.up(subject.certificate().lipschitz().bound()),
            Quoted.of(subject.certificate().method()),
            raw.isPresent() && !inputs.isEmpty() ? ", inputs in " + inputs : "",
            accepted ? "certificate checked" : "NOT accepted by the checker");
  }

  private static String scaled(RawResult<?> raw, Claim.Lipschitz found) {
    return "%s: l2 -> l2 Lipschitz bound %s, differences of inputs in %s (certificate checked)"
        .formatted(raw.network(), Decimals.up(found.bound()), raw.units());
  }

  /** The statistics that were fitted to the columns, if there are any. */
  List<String> columns() {
    return raw.map(result -> ColumnText.lines(result.standardising())).orElse(List.of());
  }

  /** Whether the network compiles as declared with the weights that were written. */
  boolean isProved() {
    return verified && isAsDeclared() && raw.map(RawResult::isProved).orElse(true);
  }

  /** The bound of a network that has a construction of its own is never larger. */
  private boolean isAsDeclared() {
    return frozen.bound() <= network.lipschitz().bound();
  }

  /** Why networks do not compile as they are declared. */
  List<String> refusals() {
    List<String> refusals = new ArrayList<>();
    if (!isAsDeclared()) {
      refusals.add(refusal(network.name(), network.lipschitz().bound(), "", frozen.bound()));
    }
    raw.filter(result -> result.bound() > result.declared())
        .map(
            result ->
                refusal(
                    result.network(), result.declared(), " in " + Reading.TABLE, result.bound()))
        .ifPresent(refusals::add);
    raw.flatMap(result -> result.missing().map(asked -> refusal(result, asked)))
        .ifPresent(refusals::add);
    raw.ifPresent(
        result ->
            result.unproved().forEach(asked -> refusals.add(refusal(result.network(), asked))));
    return refusals;
  }

  private static String refusal(String name, double declared, String units, double proved) {
    return "lipc: %s declares the bound %s%s, and %s is proved: the weights are written; declare `certify lipschitz <= %s;`"
        .formatted(name, Decimals.plain(declared), units, Decimals.up(proved), Decimals.up(proved));
  }

  private static String refusal(RawResult<?> raw, Property.Lipschitz asked) {
    String proved = raw.scaled().map(found -> Decimals.up(found.bound())).orElse("nothing");
    return "lipc: %s declares the bound %s in standard deviations, and %s is proved: the weights are written; declare a larger one"
        .formatted(raw.network(), Decimals.plain(asked.bound()), proved);
  }

  private static String refusal(String raw, Property.Further asked) {
    return "lipc: %s asks for %s, which is not proved: the weights are written; `lipc check` says why"
        .formatted(raw, asked.phrase());
  }

  /** A message if the names of the outputs go into no file. */
  Optional<String> labelsLost() {
    return frozen instanceof FrozenComposition composition
            && composition.labels().isPresent()
            && !composition.keepsLabels()
        ? Optional.of(
            "the names of the classes are in no file: the outputs of %s are not those of a network that was trained"
                .formatted(network.name()))
        : Optional.empty();
  }
}
