package io.lipc.model.diagnostic;

import io.lipc.formats.ElementType;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.model.LowerBound;
import io.lipc.model.UpperBound;
import java.math.BigDecimal;
import java.util.Collection;

/** Every warning, one named method each: the network is proved, and something about it is odd. */
public final class Warnings {

  /** A proved bound that is larger than the best lower bound by more than this factor is loose. */
  public static final double LOOSE = 10;

  /** The same where the search ended at a first proof that is that far below the declared bound. */
  public static final double LOOSE_FIRST = 1.5;

  private Warnings() {}

  /**
   * A bound that is true and says little.
   *
   * @param declared the bound that the network declares, at least {@code proved}
   * @param method what proved it
   */
  public static Diagnostic looseBound(
      double declared, UpperBound proved, LowerBound lower, String method) {
    return loose(LOOSE, declared, proved, lower, method)
        .help("declare less than " + proved + ": methods that prove more then run")
        .help("or let the build search on: -Alipc.tight=true")
        .help("or compare the methods: lipc certify FILE");
  }

  /**
   * A first proof that may be far above the least bound, because the declared one was no reason to
   * search on.
   *
   * @param declared the bound that the network declares, far above {@code proved}
   * @param method what proved it
   */
  public static Diagnostic looseFirstProof(
      double declared, UpperBound proved, LowerBound lower, String method) {
    return loose(LOOSE_FIRST, declared, proved, lower, method)
        .note("the search ended at this first proof, because more was declared")
        .help("let the build search on: -Alipc.tight=true")
        .help("or declare less than " + proved + ": methods that prove more then run");
  }

  private static Diagnostic loose(
      double factor, double declared, UpperBound proved, LowerBound lower, String method) {
    String times = new BigDecimal(factor).stripTrailingZeros().toPlainString();
    return Diagnostic.of(
            DiagnosticId.LOOSE_BOUND,
            String.format(
                "the proved Lipschitz bound %s is more than %s times %s, the most that two inputs"
                    + " were found to reach",
                proved, times, lower))
        .required("a bound within a factor of " + times + " of the ratio that is reached")
        .found(
            String.format(
                "%s is declared, %s proved by %s; the true bound is in [%s, %s]",
                Decimals.plain(declared), proved, method, lower, proved))
        .note("the bound holds; radii that rest on it are smaller than they could be");
  }

  /** A layer whose weights or factor are 0. */
  public static Diagnostic constantLayer(String layer, String reason) {
    return Diagnostic.of(
            DiagnosticId.DEAD_LAYER,
            "layer " + Quoted.code(layer) + " gives the same output whatever it reads")
        .reason(reason)
        .note("layers that nothing else reads are without effect as well")
        .help("check how the weights were written, train again, or remove the layer");
  }

  /** A layer that is read with weights 0 only. */
  public static Diagnostic layerWithoutEffect(String layer) {
    return Diagnostic.of(
            DiagnosticId.DEAD_LAYER, "layer " + Quoted.code(layer) + " has no effect on the output")
        .reason("every weight that its output is multiplied by is 0")
        .help("check how the weights were written, train again, or remove the layer");
  }

  /** Arithmetic that may leave the range of its format, so that no radius is certified. */
  public static Diagnostic overflowNotExcluded(String layer, ElementType precision) {
    boolean single = precision == ElementType.F32;
    String largest = single ? "3.4e38" : "1.8e308";
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.OVERFLOW_NOT_EXCLUDED,
                String.format(
                    "layer `%s` may overflow %s on the declared box, so every certified radius is"
                        + " 0",
                    layer, precision))
            .required(
                String.format(
                    "results below the largest %s, %s, for every input of the box",
                    precision, largest))
            .found("no such bound, going from layer to layer")
            .note("the proved Lipschitz bound holds: it is about real arithmetic")
            .note("an overflow gives infinity, NaN or a false number");
    return (single
            ? diagnostic.help("compute in doubles: `precision f64` or @Precision(FloatFormat.F64)")
            : diagnostic)
        .help("declare a smaller box, or check how the weights were written");
  }

  /**
   * A file that is mostly something else.
   *
   * @param tensors those that no network names
   * @param numbers how many numbers they hold
   * @param all how many numbers the file holds
   */
  public static Diagnostic weightsUnused(
      String file, Collection<String> tensors, long numbers, long all) {
    return Diagnostic.of(
            DiagnosticId.WEIGHTS_UNUSED,
            String.format(
                "no network names %d of the %d numbers in weights %s",
                numbers, all, Quoted.code(file)))
        .required("a file whose numbers are mostly named by networks of this build")
        .found("unnamed tensors " + Diagnostics.some(tensors))
        .note("the whole file is shipped and read whenever the network is loaded")
        .help("write a file with the named tensors alone, or declare the layers that are missing");
  }

  /** A file of weights is named by a network that has none. */
  public static Diagnostic weightsWithoutLayer(String network, String file) {
    return Diagnostic.of(
            DiagnosticId.UNUSED_CLAUSE,
            "weights "
                + Quoted.code(file)
                + " are declared, but "
                + network
                + " has no layer with weights")
        .help("remove the clause, or add the dense layers that it is about");
  }

  /** A name of tensors that is the usual one is given. */
  public static Diagnostic tensorRepeats(String layer) {
    return Diagnostic.of(
            DiagnosticId.UNUSED_CLAUSE,
            "the tensor name of layer "
                + Quoted.code(layer)
                + " repeats the name that it has anyway")
        .help("leave it out: tensors are called `<layer>.weight` and `<layer>.bias`");
  }
}
