package io.lipc.model.diagnostic;

import io.lipc.model.Decimals;
import io.lipc.model.Interval;
import io.lipc.model.LowerBound;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.UpperBound;
import java.util.List;
import java.util.Optional;

/** Every message about local bounds, one named method each. */
public final class LocalDiagnostics {

  private LocalDiagnostics() {}

  /** A local bound is proved for given weights, and the network's own are not there yet. */
  public static Diagnostic freeWeights(String network, Property property) {
    return Diagnostic.of(
            DiagnosticId.LOCAL_NOT_SUPPORTED,
            String.format(
                "network %s asks for %s, but its weights are free", network, property.phrase()))
        .required("weights from a file")
        .found("free weights, which are known when the network is loaded")
        .help("name the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /**
   * A local bound is proved for given weights, and those of a called network are not there yet.
   *
   * @param free the network whose weights are free: one that it calls, or that those call
   */
  public static Diagnostic freeCallee(String network, Property property, String free) {
    return Diagnostic.of(
            DiagnosticId.LOCAL_NOT_SUPPORTED,
            String.format(
                "network %s asks for %s, but the weights of `%s` are not known yet",
                network, property.phrase(), free))
        .required("weights of all called networks, from files")
        .found("free weights in `" + free + "`, which are known when it is loaded")
        .help("name there the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /**
   * Each element behind an activation has a multiplier and is bounded through the whole network.
   */
  public static Diagnostic tooLarge(String network, Property property, long elements) {
    return Diagnostic.of(
            DiagnosticId.LOCAL_NOT_SUPPORTED,
            "network " + network + " is too large for " + property.phrase())
        .required(
            "at most " + Property.Local.MOST_ELEMENTS + " elements behind activations and pools")
        .found(elements + " of them")
        .help("leave it out, or declare it of a network with smaller images");
  }

  /**
   * An element of the input that neither the region nor the declaration bounds.
   *
   * @param input the name of its input
   * @param extents those of the input
   * @param element its number in the input
   */
  public static Diagnostic boxMissing(
      Property property, String input, List<Integer> extents, int element) {
    String name = input + "[" + element + "]";
    return Diagnostic.of(
            DiagnosticId.BOX_MISSING,
            String.format(
                "%s is asked for on a region that does not bound `%s`", property.phrase(), name))
        .required("an interval for each element of the input, in the region or declared")
        .found("`" + name + "` may be any number")
        .help(
            String.format(
                "declare the input region: `%s: real%s in [-1, 1]`, or @Input(..., min = -1, max = 1)",
                input, extents))
        .help(
            String.format(
                "or name the element behind `on`: `%s in [-1, 1]`, or @On(input = \"%s\", element ="
                    + " %d, min = -1, max = 1)",
                name, input, element));
  }

  /** An interval that leaves the declared one. */
  public static Diagnostic boxOutside(
      Property property, String element, Interval asked, Interval declared) {
    return Diagnostic.of(
            DiagnosticId.BOX_OUTSIDE,
            String.format(
                "the region of %s leaves the declared interval of `%s`",
                property.phrase(), element))
        .required("a part of " + ends(declared.lower(), declared.upper()))
        .found(ends(asked.lower(), asked.upper()))
        .help("narrow the region, or widen the declared interval");
  }

  /** Two numbers that are the ends of no interval. */
  public static Diagnostic boxEmpty(Property property, Region.Part part) {
    return Diagnostic.of(
            DiagnosticId.BOX_EMPTY,
            String.format(
                "the region of %s has no input: `%s` has no interval",
                property.phrase(), part.name()))
        .required("two finite numbers, the smaller one first")
        .found(part.lower() + " and " + part.upper())
        .help(
            part.upper() < part.lower()
                    && Interval.isValid(/* lower= */ part.upper(), /* upper= */ part.lower())
                ? String.format(
                    "write the smaller number first: `%s in %s`, or min = %s, max = %s",
                    part.name(),
                    ends(/* lower= */ part.upper(), /* upper= */ part.lower()),
                    Decimals.plain(part.upper()),
                    Decimals.plain(part.lower()))
                : String.format(
                    "write two finite numbers: `%s in [-0.1, 0.1]`, or min = -0.1, max = 0.1",
                    part.name()));
  }

  /** A name of an element that the input, or the output, has not. */
  public static Diagnostic noElement(String input, String named, int size) {
    return Diagnostics.unknownName("element", named, List.of(input + "[" + (size - 1) + "]"));
  }

  /**
   * A name of no input, where intervals and trends of inputs are declared.
   *
   * @param layer whether a layer has that name
   */
  public static Diagnostic noInput(String named, List<String> inputs, boolean layer) {
    if (layer) {
      return Diagnostic.of(DiagnosticId.UNKNOWN_NAME, "there is no input `" + named + "`")
          .found("a layer; `certify range in [-1, 1];` or @Range bounds outputs")
          .help("name an input: `" + String.join("`, `", inputs) + "`");
    }
    return inputs.size() == 1
        ? Diagnostic.of(DiagnosticId.UNKNOWN_NAME, "there is no input `" + named + "`")
            .help("write `" + inputs.getFirst() + "`, the only input")
        : Diagnostics.unknownName("input", named, inputs);
  }

  /** A part of which earlier ones have said all. */
  public static Diagnostic partTwice(Region.Part part) {
    return Diagnostic.of(
            DiagnosticId.DUPLICATE_NAME,
            "earlier parts of the region have said all of `" + part.name() + "`")
        .help("remove this part, or write it before them: the first one counts");
  }

  /**
   * The local bound has no proof.
   *
   * @param proved the least bound on this region that was proved, if any
   * @param reached the ratio that two inputs of the region reach; above the declared bound that one
   *     is false
   * @param pair the two inputs, where there are any
   */
  public static Diagnostic notCertified(
      Property.Local local,
      Optional<UpperBound> proved,
      LowerBound reached,
      Optional<List<List<Double>>> pair) {
    String declared = Decimals.plain(local.bound().bound());
    boolean violated = reached.value() > local.bound().bound();
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.LOCAL_BOUND_NOT_CERTIFIED,
                violated
                    ? String.format(
                        "two inputs of the region reach %s, above the declared local bound %s",
                        reached, declared)
                    : proved
                        .map(
                            bound ->
                                String.format(
                                    "the certified bound %s on the region exceeds the declared %s",
                                    bound, declared))
                        .orElse(
                            "no bound on the region is certified, and "
                                + declared
                                + " is declared"))
            .required("a Lipschitz bound of at most " + declared + " for inputs of the region")
            .found(pair(reached) + proved(proved));
    Optional<String> named = pair.filter(_ -> violated).flatMap(LocalDiagnostics::inputs);
    if (named.isPresent()) {
      diagnostic = diagnostic.note(named.get());
    }
    return diagnostic.help(
        proved.isPresent()
            ? "declare the bound that is proved, " + proved.get() + ", or a smaller region"
            : "declare a smaller region, or give the search more time: --budget 2m");
  }

  /** The ratio that two inputs reach, if any two were found. */
  static String pair(LowerBound reached) {
    return reached.value() > 0
        ? "two inputs whose outputs differ by " + reached + " times their distance"
        : "no two inputs whose outputs differ";
  }

  /** The proved bound, behind the ratio that is reached. */
  static String proved(Optional<UpperBound> bound) {
    return bound.map(number -> "; proved is " + number).orElse("; nothing is proved");
  }

  /** A local bound that says no more than the bound for all inputs. */
  public static Diagnostic loose(UpperBound local, UpperBound global) {
    return Diagnostic.of(
            DiagnosticId.LOOSE_BOUND,
            String.format(
                "the proved local bound %s is not below %s, the proved bound for all inputs",
                local, global))
        .required("a bound on the region below " + global)
        .found(local.toString())
        .note("both bounds hold")
        .help("declare it of a smaller region, or leave it out");
  }

  private static Optional<String> inputs(List<List<Double>> pair) {
    return Points.areShown(pair.getFirst())
        ? Optional.of(
            "the inputs are "
                + Points.numbers(pair.getFirst())
                + " and "
                + Points.numbers(pair.getLast()))
        : Optional.empty();
  }

  private static String ends(double lower, double upper) {
    return "[" + Decimals.plain(lower) + ", " + Decimals.plain(upper) + "]";
  }
}
