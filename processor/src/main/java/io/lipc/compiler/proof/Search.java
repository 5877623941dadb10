package io.lipc.compiler.proof;

import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.FurtherSearch;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.SearchListener;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.model.LowerBound;
import io.lipc.model.Network;
import io.lipc.model.Property;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The untrusted search for a proof. A result counts only once the checker has accepted it. */
public interface Search {

  /** Looks for a proof of the bound that {@code network} declares. */
  Certification.OfBound certify(Network network, Weights weights, Map<String, Subject> callees);

  /**
   * Looks for a proof of what is asked for beside the bound.
   *
   * @param network accepted, with all weights; it fulfils what the property asks of networks
   */
  default Optional<Subject> further(Property.Further property, Subject network) {
    Timing usual = new Timing.Usual();
    return FurtherSearch.certify(
        property, network, usual.ofFurther(), usual.further(), SearchListener.NONE);
  }

  /**
   * The settings, beside the question, on which an answer depends: a cache keeps it for these
   * alone.
   */
  default String settings() {
    return "";
  }

  /** Whether it goes on after the first proof, for the least bound. */
  default boolean isForLeast() {
    return false;
  }

  /** The outputs that the proof about {@code network} is for; empty for all. */
  default List<Integer> outputs(Network network) {
    return List.of();
  }

  /**
   * The ratio that two inputs reach, if one is found in no time; else 0.
   *
   * @param enough more need not be found
   */
  default LowerBound lower(
      Network network, Weights weights, Map<String, Subject> callees, double enough) {
    return new LowerBound(0);
  }

  /**
   * The search that the compiler uses: every method until one proves the bound; a fixed seed.
   *
   * @param timing how long networks may take
   */
  static Search all(Timing timing) {
    return with(options(Options.Effort.PROOF), timing, _ -> List.of(), SearchListener.NONE);
  }

  /**
   * A search that goes on when the declared bound is proved, for the least one within the time.
   *
   * @param timing how long networks may take, for the proof and once more for the least bound
   */
  static Search tight(Timing timing) {
    return new TightSearch(all(timing), options(Options.Effort.REPORT), timing);
  }

  private static Options options(Options.Effort effort) {
    return new Options(Method.AUTO, OptionalDouble.empty(), List.of(), 1, effort, Optional.empty());
  }

  /**
   * A search by one method, or for some outputs only, or with more to report.
   *
   * @param options all but the bound, the outputs and the time
   * @param timing how long networks may take
   * @param outputs the numbers of the outputs of a network; empty for all
   * @param listener is told how the search goes on
   */
  static Search with(
      Options options,
      Timing timing,
      Function<Network, List<Integer>> outputs,
      SearchListener listener) {
    return new Search() {
      @Override
      public Certification.OfBound certify(
          Network network, Weights weights, Map<String, Subject> callees) {
        return Certifier.certify(
            network, weights, callees, optionsOf(network, timing.search(network)), listener);
      }

      @Override
      public LowerBound lower(
          Network network, Weights weights, Map<String, Subject> callees, double enough) {
        return Certifier.quickLower(
            network, weights, callees, optionsOf(network, timing.little()), enough);
      }

      @Override
      public Optional<Subject> further(Property.Further property, Subject network) {
        return FurtherSearch.certify(
            property, network, timing.ofFurther(), timing.further(), listener);
      }

      @Override
      public String settings() {
        return "by %s, %s, seed %d, %s"
            .formatted(
                options.method().word(),
                options.effort(),
                options.seed(),
                timing.budget().map(Object::toString).orElse("no budget"));
      }

      private Options optionsOf(Network network, Deadline deadline) {
        return new Options(
            options.method(),
            OptionalDouble.of(network.lipschitz().bound()),
            outputs.apply(network),
            options.seed(),
            options.effort(),
            timing.budget(),
            deadline);
      }

      @Override
      public List<Integer> outputs(Network network) {
        return outputs.apply(network);
      }
    };
  }
}
