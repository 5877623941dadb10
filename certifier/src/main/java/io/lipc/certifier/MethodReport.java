package io.lipc.certifier;

import io.lipc.certificate.Grounds.Calls;
import io.lipc.model.UpperBound;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of one method.
 *
 * @param calls whether called networks were read by their bounds or unit by unit
 * @param upper the bound that it proved
 * @param seconds wall-clock time, the checker's included
 * @param limit no multipliers of this method prove less, as far as its search can tell in doubles:
 *     where it stands beside {@code upper}, the distance says how good that is; itself no bound
 * @param failure why it proved nothing, a lower-case clause; present iff {@code upper} is not
 */
public record MethodReport(
    Method method,
    Calls calls,
    Optional<UpperBound> upper,
    double seconds,
    OptionalDouble limit,
    Optional<String> failure) {

  /** Its name in lists of methods: {@code lipsdp-neuron, calls inlined}. */
  public String name() {
    return switch (calls) {
      case BOUNDED -> method.word();
      case INLINED -> method.word() + ", calls inlined";
    };
  }
}
