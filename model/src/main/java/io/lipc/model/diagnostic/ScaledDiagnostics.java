package io.lipc.model.diagnostic;

import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.model.LowerBound;
import io.lipc.model.Property;
import io.lipc.model.UpperBound;
import java.util.List;
import java.util.Optional;

/** Every message about scaled bounds, one named method each. */
public final class ScaledDiagnostics {

  private static final String FORMS =
      "`certify lipschitz <= 1.0 per z;` or @ScaledLipschitz(value = 1.0, per = \"z\")";

  private ScaledDiagnostics() {}

  /** A unit of inputs that is no length. */
  public static Diagnostic invalidUnit(int element, double length) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            "unit " + element + " of the inputs is " + length + ", which is no unit of length")
        .required("a number from 2^-100 to 2^100 for each element of the input")
        .found(Double.toString(length))
        .help("leave out an input that never changes, or scale by a layer: " + FORMS);
  }

  /** There is not one unit for each element. */
  public static Diagnostic numberOfUnits(int units, int elements) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            units + " units for " + elements + " elements of the input")
        .required("one unit for each element, in their order")
        .found(Integer.toString(units))
        .help("write " + elements + " numbers behind `per`, all inputs one after the other");
  }

  /**
   * Units are called after a tensor, and the network reads no file that could have it.
   *
   * @param found what is missing
   */
  public static Diagnostic unitsWithoutFile(String network, String tensor, String found) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            String.format(
                "network %s takes the units of its inputs from %s, but reads no file of weights",
                network, Quoted.code(tensor)))
        .required("layers with weights, and one file that holds these weights and the units")
        .found(found)
        .help("write the units as numbers: `per [0.5, 2.0]`, or units = {0.5, 2.0}");
  }

  /**
   * The file of weights has no tensor of the units.
   *
   * @param near a tensor of the file that is called nearly so
   */
  public static Diagnostic noUnits(String tensor, String file, Optional<String> near) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            String.format(
                "weights %s have no tensor %s, the units of the inputs",
                Quoted.code(file), Quoted.code(tensor)))
        .required("a tensor with one number for each element of the input")
        .found(near.map(name -> "no such tensor; there is " + Quoted.code(name)).orElse("none"))
        .help(
            near.map(name -> "name that one, " + Quoted.code(name))
                .orElse("add the tensor to the file, or write its numbers: `per [0.5, 2.0]`"));
  }

  /** The tensor of the units has another number of elements than the input. */
  public static Diagnostic sizeOfUnits(String tensor, String file, int units, int elements) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            String.format(
                "tensor %s of weights %s holds %d units for %d elements of the input",
                Quoted.code(tensor), Quoted.code(file), units, elements))
        .required("one unit for each element, in their order")
        .found(Integer.toString(units))
        .help("store " + elements + " numbers as " + Quoted.code(tensor));
  }

  /** A number of the tensor is no length. */
  public static Diagnostic invalidUnit(String tensor, String file, int element, double length) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            String.format(
                "unit %d of the inputs, in tensor %s of weights %s, is %s, which is no unit of length",
                element, Quoted.code(tensor), Quoted.code(file), length))
        .required("a number from 2^-100 to 2^100 for each element of the input")
        .found(Double.toString(length))
        .help("leave out an input that never changes, or scale by a layer: " + FORMS);
  }

  /** A name of no layer, which may be meant as the name of a unit. */
  public static Diagnostic noLayer(String named, List<String> layers) {
    return Diagnostics.unknownName("layer", named, layers)
        .help("to give units, write a number for each element: `per [0.5, 2.0]`");
  }

  /** The layer is not one that scales the input. */
  public static Diagnostic noScale(String layer) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            "layer `" + layer + "` does not scale the input element by element")
        .required("a layer `batch_norm` or `scale` that reads the whole input")
        .found("another layer, or one behind others")
        .help("name the layer that reads the input: " + FORMS)
        .help("or write the unit of each element: `per [0.5, 2.0]`, or units = {0.5, 2.0}");
  }

  /** The layer calls a network; what that one's layers measure is its own. */
  public static Diagnostic scaleOfCallee(String layer, String callee) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            "layer `" + layer + "` calls " + callee + ", and a call measures no inputs")
        .required("a layer `batch_norm` or `scale` of this network, or units of its inputs")
        .found("a call")
        .help("write the units in which " + callee + " is bounded here as well: `per [0.5, 2.0]`");
  }

  /** Another layer reads the input beside the layer that measures, which leaves it unmeasured. */
  public static Diagnostic besideScale(String other, String layer) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            "`" + other + "` reads the input beside `" + layer + "`")
        .required("a network whose other layers read the input through `" + layer + "` alone")
        .found("`" + other + "`, which reads the input itself")
        .reason("two inputs at the distance 0 for `" + layer + "` may differ for `" + other + "`")
        .help("let `" + other + "` read `" + layer + "`, or give units: `per [0.5, 2.0]`");
  }

  /** A bound in a scale is proved for given weights, and the network's own are not there yet. */
  public static Diagnostic freeWeights(String network) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            "network " + network + " asks for a scaled bound, but its weights are free")
        .required("weights from a file")
        .found("free weights, which are known when the network is loaded")
        .note(
            "a bound in standard deviations is kept while "
                + network
                + " is trained, by a second network"
                + " that calls it behind a `batch_norm` z and has that bound `per z`:"
                + " `lipc train --standardise --write` adds it")
        .help("name the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /**
   * A scaled bound is proved for given weights, and those of a called network are not there yet.
   *
   * @param free the network whose weights are free: one that it calls, or that those call
   */
  public static Diagnostic freeCallee(String network, String free) {
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_SUPPORTED,
            String.format(
                "network %s asks for a scaled bound, but the weights of `%s` are not known yet",
                network, free))
        .required("weights of all called networks, from files")
        .found("free weights in `" + free + "`, which are known when it is loaded")
        .help("name there the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /**
   * The scaled bound has no proof.
   *
   * @param proved the least bound in this scale that was proved, if any
   * @param reached the ratio that two inputs reach in this scale; above the declared bound that one
   *     is false
   */
  public static Diagnostic notProved(
      String network, Property.Scaled scaled, Optional<UpperBound> proved, LowerBound reached) {
    double declared = scaled.bound().bound();
    boolean violated = reached.value() > declared;
    return Diagnostic.of(
            DiagnosticId.SCALED_NOT_PROVED,
            String.format(
                violated
                    ? "network %s does not have the scaled bound %s"
                    : "network %s: the scaled bound %s is not proved",
                network,
                Decimals.plain(declared)))
        .required("a Lipschitz bound of at most " + Decimals.plain(declared) + " in this scale")
        .found(LocalDiagnostics.pair(reached) + LocalDiagnostics.proved(proved))
        .help(
            proved.isPresent()
                ? "declare the bound that is proved, " + proved.get()
                : "give the search more time: --budget 2m, or -Alipc.certify.budget=2m");
  }
}
