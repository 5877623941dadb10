package io.lipc.fuzz;

import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.formats.Weights;
import io.lipc.fuzz.Format.Mutant;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Looks for a bound of a model that was read, and checks that a found one is true. */
final class Proofs {

  /** The most elements of all layers; a larger network takes time that is no fault. */
  private static final int MAX_ELEMENTS = 64;

  /** One of so many models is looked at: that takes longer than reading all of them. */
  private static final int ONE_IN = 24;

  private static final Options OPTIONS =
      new Options(
          Method.AUTO,
          OptionalDouble.empty(),
          List.of(),
          1,
          Options.Effort.REPORT,
          Optional.of(Duration.ofMillis(20)));

  private Proofs() {}

  static void search(Mutant mutant, CheckedNetwork checked, Weights weights) {
    Network network = checked.network();
    long elements =
        network.layers().stream().map(Layer::shape).mapToLong(shape -> shape.size()).sum();
    if (Arrays.hashCode(mutant.content()) % ONE_IN == 0
        && elements <= MAX_ELEMENTS
        && Certifier.certify(network, weights, Map.of(), OPTIONS)
            instanceof Certification.Certified certified) {
      Truth.check(certified.subject());
    }
  }
}
