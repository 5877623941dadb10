package io.lipc.model.diagnostic;

import io.lipc.model.About;
import io.lipc.model.Decimals;
import io.lipc.model.Property;
import io.lipc.model.UpperBound;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Every message about bounds of single inputs, one named method each. */
public final class SlopeDiagnostics {

  private SlopeDiagnostics() {}

  /**
   * Two inputs that differ in one element, between which an output moves too far.
   *
   * @param slope the bound that is false
   * @param output the number of the output
   * @param element the number of the element, in the whole input
   * @param first the input where the element is smaller
   * @param second the input where it is larger
   * @param from the output at the first input, on the side of the other
   * @param to the output at the second input, on the side of the other
   */
  public record Counterexample(
      Property.Slope slope,
      int output,
      int element,
      List<Double> first,
      List<Double> second,
      double from,
      double to) {

    /** How far the output moves for each 1 that the element does, rounded down. */
    double ratio() {
      BigDecimal moved = new BigDecimal(to).subtract(new BigDecimal(from)).abs();
      BigDecimal by =
          new BigDecimal(second.get(element)).subtract(new BigDecimal(first.get(element)));
      double near = moved.divide(by, MathContext.DECIMAL128).doubleValue();
      return new BigDecimal(near).multiply(by).compareTo(moved) > 0 ? Math.nextDown(near) : near;
    }

    /** The ratio in four digits, or in all of them where four would not be above the bound. */
    private String shown() {
      String few = Decimals.down(ratio());
      return Double.parseDouble(few) > slope.bound() ? few : Decimals.plain(ratio());
    }
  }

  /**
   * Where a proof has ended.
   *
   * @param slope the bound that is not proved
   * @param element the number of the element, in the whole input
   * @param proved the least bound of it that is proved on the region
   * @param sampled the steepest slope at the inputs that were tried; empty where called networks
   *     have free weights, and are known by their bounds
   * @param lower the lower ends of the part of the region where nothing better is proved
   * @param upper the upper ends of that part
   */
  public record Open(
      Property.Slope slope,
      int element,
      double proved,
      OptionalDouble sampled,
      List<Double> lower,
      List<Double> upper) {}

  /** A number that bounds no slope. */
  public static Diagnostic numberInvalid(Property.Slope slope) {
    return Diagnostic.of(
            DiagnosticId.BOUND_INVALID,
            String.format(
                "the declared slope %s in `%s` is not a finite number from 0 on",
                Decimals.plain(slope.bound()), slope.about().name()))
        .required("a finite number, 0 or larger")
        .found(Decimals.plain(slope.bound()))
        .help(
            "declare how far an output may move where the input moves by 1; 0 says that none does");
  }

  /** An element of which earlier slopes have said something. */
  public static Diagnostic twice(About about) {
    return Diagnostic.of(
            DiagnosticId.DUPLICATE_NAME,
            String.format("an earlier slope is about `%s` too", about.name()))
        .help("remove one of the two");
  }

  /** The claim is false. */
  public static Diagnostic violated(Counterexample found) {
    String name = found.slope().about().nameOf(found.element());
    String declared = Decimals.plain(found.slope().bound());
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.SLOPES_VIOLATED,
                String.format(
                    "`y[%d]` moves by %s times as much as `%s`, above the declared slope %s",
                    found.output(), found.shown(), name, declared))
            .required("a slope of at most " + declared + " in `" + name + "`")
            .found(
                String.format(
                    "`y[%d]` = %s at `%s` = %s, and %s at %s",
                    found.output(),
                    Decimals.plain(found.from()),
                    name,
                    Decimals.plain(found.first().get(found.element())),
                    Decimals.plain(found.to()),
                    Decimals.plain(found.second().get(found.element()))));
    if (Points.areShown(found.first())) {
      diagnostic =
          diagnostic.note(
              "the inputs are "
                  + Points.numbers(found.first())
                  + " and "
                  + Points.numbers(found.second()));
    }
    return diagnostic.help("train the network again, or declare a larger slope: this one is false");
  }

  /** The claim has no proof, and no counterexample. */
  public static Diagnostic notCertified(Optional<Open> open) {
    if (open.isEmpty()) {
      return Diagnostic.of(
              DiagnosticId.SLOPES_NOT_CERTIFIED, "no bound for each input of the network is proved")
          .help("declare a smaller region, such as `on x in [0, 0.5]`, or leave the claim out");
    }
    Open o = open.get();
    String name = o.slope().about().nameOf(o.element());
    String declared = Decimals.plain(o.slope().bound());
    UpperBound proved = new UpperBound(o.proved());
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.SLOPES_NOT_CERTIFIED,
                String.format(
                    "the certified slope %s in `%s` exceeds the declared %s",
                    proved, name, declared))
            .required("a slope of at most " + declared + " in `" + name + "`")
            .found(
                String.format(
                    "at most %s in what is proved, %s",
                    proved,
                    o.sampled().isPresent()
                        ? Decimals.down(o.sampled().getAsDouble())
                            + " at the inputs that were tried"
                        : "by the bounds of the networks that are called"));
    if (o.sampled().isPresent() && Points.areShown(o.lower())) {
      diagnostic =
          diagnostic.note("least is known for inputs of " + Points.box(o.lower(), o.upper()));
    }
    return diagnostic.help("declare the slope that is proved, " + proved + ", or a smaller region");
  }
}
