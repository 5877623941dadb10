package io.lipc.model.diagnostic;

import io.lipc.model.Decimals;
import io.lipc.model.Property;
import java.util.List;
import java.util.Optional;

/** Every message about ranges of outputs, one named method each. */
public final class RangeDiagnostics {

  private RangeDiagnostics() {}

  /** The two numbers are the ends of no range. */
  public static Diagnostic noRange(String network, Property.Range range) {
    return Diagnostic.of(
            DiagnosticId.RANGE_NOT_SUPPORTED,
            String.format(
                "network %s asks for outputs in [%s, %s], which is no range",
                network, range.lower(), range.upper()))
        .required("two finite numbers, the smaller one first")
        .found(range.lower() + " and " + range.upper())
        .help(
            "write the smaller number first: `certify range in [-2, 2];` or @Range(min = -2, max = 2)");
  }

  /**
   * The error for a range of a network without a box: nothing is known of its inputs, and so of its
   * outputs.
   */
  public static Diagnostic withoutBox(String network) {
    return Diagnostic.of(
            DiagnosticId.RANGE_NOT_SUPPORTED,
            "network " + network + " asks for a range of its outputs, but its inputs have no box")
        .required("an interval of the inputs")
        .found("inputs that may be any numbers")
        .help(
            "declare the input region: `x: real[4] in [-1, 1]` or @Input(value = 4, min = -1, max = 1)");
  }

  /** A range is proved for given weights, and the network's own are not there yet. */
  public static Diagnostic freeWeights(String network) {
    return Diagnostic.of(
            DiagnosticId.RANGE_NOT_SUPPORTED,
            "network " + network + " asks for a range of its outputs, but its weights are free")
        .required("weights from a file")
        .found("free weights, which are known when the network is loaded")
        .help("name the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /**
   * A range is proved for given weights, and those of a called network are not there yet.
   *
   * @param free the network whose weights are free: one that it calls, or that those call
   */
  public static Diagnostic freeCallee(String network, String free) {
    return Diagnostic.of(
            DiagnosticId.RANGE_NOT_SUPPORTED,
            String.format(
                "network %s asks for a range of its outputs, but the weights of `%s` are not known"
                    + " yet",
                network, free))
        .required("weights of all called networks, from files")
        .found("free weights in `" + free + "`, which are known when it is loaded")
        .help("name there the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /**
   * The error for outputs whose proved ranges exceed the declared one.
   *
   * @param outputs the proved ranges of the outputs that may leave the declared one, the farthest
   *     first
   * @param parts on which they rest; empty where only the box as a whole was looked at
   */
  public static Diagnostic notProved(
      String network, Property.Range range, List<KnownOutput> outputs, Optional<Parts> parts) {
    KnownOutput farthest = outputs.getFirst();
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.RANGE_NOT_PROVED,
                String.format(
                    "network %s: output %d is not shown to stay in %s",
                    network, farthest.output(), words(range)))
            .required("every output in the declared range, for every input of the box")
            .found(
                String.format(
                    "output %d is only known to lie in [%s, %s], %s beyond the range",
                    farthest.output(),
                    Decimals.down(farthest.lower()),
                    Decimals.up(farthest.upper()),
                    Decimals.up(farthest.beyond(range))))
            .reason(
                String.format(
                    "%s gives wider ranges than the outputs reach; %d of the outputs may leave the"
                        + " range",
                    parts.isPresent()
                        ? "each of %,d parts of the box".formatted(parts.get().number())
                        : "the box as a whole",
                    outputs.size()));
    if (parts.isPresent() && Points.areShown(parts.get().lower())) {
      String where = Points.box(parts.get().lower(), parts.get().upper());
      diagnostic = diagnostic.note("least is known of the part " + where);
    }
    return diagnostic.help("declare a wider range, or a smaller box of the inputs");
  }

  /**
   * The error for a range that can be proved, for which the search had no time.
   *
   * @param parts of the box on which the proof would rest
   */
  public static Diagnostic late(String network, int parts) {
    return Diagnostic.of(
            DiagnosticId.RANGE_NOT_PROVED,
            "network " + network + ": the search for a proof of the declared range ended too soon")
        .required("a proof within the budget")
        .found("none, though %,d parts of the box show the range".formatted(parts))
        .help("give the search more time: --budget 2m, or -Alipc.certify.budget=2m");
  }

  /** The claim is false. */
  public static Diagnostic violated(String network, Property.Range range, Violation found) {
    String value =
        "output %d is %s"
            .formatted(
                found.output(),
                found.lower() > range.upper()
                    ? "at least " + Decimals.down(found.lower())
                    : "at most " + Decimals.up(found.upper()));
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.RANGE_VIOLATED,
                String.format(
                    "network %s: output %d leaves %s", network, found.output(), words(range)))
            .required("every output in the declared range, for every input of the box")
            .found(value + " at an input of the box");
    if (Points.areShown(found.input())) {
      diagnostic = diagnostic.note("the input is " + Points.numbers(found.input()));
    }
    return diagnostic.help("train the network again, or declare a wider range: this one is false");
  }

  private static String words(Property.Range range) {
    return "[%s, %s]".formatted(Decimals.plain(range.lower()), Decimals.plain(range.upper()));
  }

  /**
   * The checker has not come as far as the outputs.
   *
   * @param reason its own words
   */
  public static Diagnostic notDecided(String network, String reason) {
    return Diagnostic.of(
            DiagnosticId.RANGE_NOT_PROVED,
            "network " + network + ": its outputs are not shown to stay in the declared range")
        .required("every output in the declared range, for every input of the box")
        .found("nothing that is known of the outputs")
        .reason(reason)
        .help("leave out `certify range`, or declare it of a smaller network");
  }

  /**
   * The parts of a box on which ranges rest.
   *
   * @param number how many there are
   * @param lower the lower ends of the part of which least is known
   * @param upper its upper ends
   */
  public record Parts(int number, List<Double> lower, List<Double> upper) {
    public Parts {
      lower = List.copyOf(lower);
      upper = List.copyOf(upper);
    }
  }

  /**
   * An input at which an output leaves the range.
   *
   * @param output its number, from 0
   * @param lower a number that the output is not below
   * @param upper a number that it is not above
   * @param input all elements
   */
  public record Violation(int output, double lower, double upper, List<Double> input) {
    public Violation {
      input = List.copyOf(input);
    }
  }

  /**
   * The proved range of one output.
   *
   * @param output its number, from 0
   */
  public record KnownOutput(int output, double lower, double upper) {

    /** The amount by which the output may leave a range; not positive where it does not. */
    public double beyond(Property.Range range) {
      return Math.max(range.lower() - lower, upper - range.upper());
    }
  }
}
