package io.lipc.model.diagnostic;

import io.lipc.model.Decimals;
import io.lipc.model.Property;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Every message about monotone outputs, one named method each. */
public final class MonotoneDiagnostics {

  private MonotoneDiagnostics() {}

  /**
   * Two inputs that differ in one element, where an output goes the other way.
   *
   * @param trend the claim that is false
   * @param output the number of the output
   * @param element the number of the element, in the whole input
   * @param first the input where the element is smaller
   * @param second the input where it is larger
   * @param from the output at the first input, on the side of the other
   * @param to the output at the second input, on the side of the other
   */
  public record Counterexample(
      Property.Trend trend,
      int output,
      int element,
      List<Double> first,
      List<Double> second,
      double from,
      double to) {}

  /**
   * Where a proof has ended.
   *
   * @param trend the claim that is not proved
   * @param output the number of the output
   * @param element the number of the element, in the whole input
   * @param proved the least slope that is proved, of a decreasing output the largest
   * @param sampled the least slope at the inputs that were tried, of a decreasing output the
   *     largest; empty where called networks have free weights, and are known by their bounds
   * @param lower the lower ends of the part of the region where nothing better is proved
   * @param upper the upper ends of that part
   */
  public record Open(
      Property.Trend trend,
      int output,
      int element,
      double proved,
      OptionalDouble sampled,
      List<Double> lower,
      List<Double> upper) {}

  /** An operation whose derivatives no proof bounds. */
  public static Diagnostic operation(String network, Property property, String word) {
    return Diagnostic.of(
            DiagnosticId.LOCAL_NOT_SUPPORTED,
            String.format(
                "network %s asks for %s, but `%s` is not supported there",
                network, property.phrase(), word))
        .required("activations of single elements or of pairs")
        .found("`" + word + "`")
        .help("leave out `" + word + "`, or `certify " + property.word() + "`");
  }

  /** An element and an output of which earlier trends have said something. */
  public static Diagnostic twice(Property.Trend trend) {
    return Diagnostic.of(
            DiagnosticId.DUPLICATE_NAME,
            String.format(
                "an earlier trend is about `%s` and the same output", trend.about().name()))
        .help("remove one of the two");
  }

  /** The claim is false. */
  public static Diagnostic violated(Counterexample found) {
    boolean rising = found.trend().rising();
    double moved = Math.abs(found.to() - found.from());
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.MONOTONICITY_VIOLATED,
                String.format(
                    "`y[%d]` %s by %s as `%s` rises from %s to %s",
                    found.output(),
                    rising ? "falls" : "rises",
                    Decimals.down(moved),
                    found.trend().about().nameOf(found.element()),
                    number(found.first().get(found.element())),
                    number(found.second().get(found.element()))))
            .required(
                String.format(
                    "`y[%d]` that does not %s where `%s` rises",
                    found.output(),
                    rising ? "fall" : "rise",
                    found.trend().about().nameOf(found.element())))
            .found(number(found.from()) + " before, and " + number(found.to()) + " after");
    if (Points.areShown(found.first())) {
      diagnostic =
          diagnostic.note(
              "the inputs are "
                  + Points.numbers(found.first())
                  + " and "
                  + Points.numbers(found.second()));
    }
    return diagnostic.help("train the network again, or leave the claim out: it is false");
  }

  /** The claim has no proof, and no counterexample. */
  public static Diagnostic notCertified(Optional<Open> open) {
    String summary =
        open.map(
                o ->
                    String.format(
                        "it is not proved that `y[%d]` does not %s where `%s` rises",
                        o.output(),
                        o.trend().rising() ? "fall" : "rise",
                        o.trend().about().nameOf(o.element())))
            .orElse("the network is not proved to be monotone");
    Diagnostic diagnostic = Diagnostic.of(DiagnosticId.MONOTONICITY_NOT_CERTIFIED, summary);
    if (open.isPresent()) {
      Open o = open.get();
      diagnostic =
          diagnostic
              .required("a slope that is never " + (o.trend().rising() ? "below" : "above") + " 0")
              .found(
                  String.format(
                      "%s %s in what is proved, %s",
                      o.trend().rising() ? "at least" : "at most",
                      number(o.proved()),
                      o.sampled().isPresent()
                          ? number(o.sampled().getAsDouble()) + " at the inputs that were tried"
                          : "by the bounds of the networks that are called"));
      if (o.sampled().isEmpty()) {
        return diagnostic.help(added(o.trend().about().nameOf(o.element()), -o.proved()));
      }
      if (Points.areShown(o.lower())) {
        diagnostic =
            diagnostic.note("least is known for inputs of " + Points.box(o.lower(), o.upper()));
      }
    }
    String input = open.map(o -> o.trend().about().input()).orElse("x");
    return diagnostic.help(
        String.format(
            "declare a smaller region%s, such as `on %s in [0, 0.5]`, or on = @On(input = \"%s\", min"
                + " = 0, max = 0.5)",
            open.isPresent() ? " that leaves out this part" : "", input, input));
  }

  /** The sum that makes a network rise, or fall, that has too little of an input for it. */
  private static String added(String input, double slope) {
    return String.format(
        "add the input to the output, times the slope that is missing: `%s |> scale(%s)`, or"
            + " @Scale(%s)",
        input, number(slope), number(slope));
  }

  /**
   * A network whose free weights may be any: it is monotone only by what another one adds to it.
   *
   * @param network its name
   * @param bound the bound that it declares
   */
  public static Diagnostic freeWeights(String network, double bound, Property.Monotone monotone) {
    Property.Trend trend = monotone.trends().getFirst();
    return Diagnostic.of(
            DiagnosticId.LOCAL_NOT_SUPPORTED,
            String.format(
                "network %s asks for %s, but its weights are free", network, monotone.phrase()))
        .required("weights from a file, or free weights only in networks that are called")
        .found("free weights, which may be any")
        .help(
            String.format(
                "declare it of a network that calls %s and adds `%s |> scale(%s)`",
                network, trend.about().name(), number(trend.rising() ? bound : -bound)));
  }

  private static String number(double number) {
    return Decimals.plain(number);
  }
}
