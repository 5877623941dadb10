package io.lipc.model.diagnostic;

import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import io.lipc.model.Construction;
import io.lipc.model.Decimals;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.ParameterDomain;
import io.lipc.model.activation.RefusedActivation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every message about a declaration, one named method each: the only place where their wording
 * stands. Messages about constructions are beside their hypotheses, in {@code
 * io.lipc.model.construction}, those about proofs and files in {@link ProofDiagnostics}.
 */
public final class Diagnostics {

  private Diagnostics() {}

  /** The text is not in the grammar. */
  public static Diagnostic syntax(String unexpected, String expected, Optional<String> meant) {
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticId.SYNTAX, "unexpected " + unexpected + ", expected " + expected);
    return meant.map(word -> diagnostic.help("did you mean `" + word + "`?")).orElse(diagnostic);
  }

  /** The text is not in the grammar, and people who write that mean something known. */
  public static Diagnostic syntaxMeaning(String unexpected, String expected, String help) {
    return syntax(unexpected, expected, Optional.empty()).help(help);
  }

  /** Brackets are nested deeper than the parser follows. */
  public static Diagnostic nestingTooDeep(int depth, int allowed) {
    return Diagnostic.of(
            DiagnosticId.NESTING_TOO_DEEP,
            "brackets are nested " + depth + " deep; at most " + allowed + " are read")
        .help("bind inner expressions to names of their own");
  }

  /** A pattern of annotations or clauses that declares nothing. */
  public static Diagnostic declarationInvalid(
      String summary, String required, String found, String help) {
    return Diagnostic.of(DiagnosticId.DECLARATION_INVALID, summary)
        .required(required)
        .found(found)
        .help(help);
  }

  /** A network whose name is not made of the words of the language. */
  public static Diagnostic nameOfNetwork(String name) {
    return declarationInvalid(
        "no network can be called `" + name + "`",
        "words of ASCII letters, digits and _, none with a digit first, joined by dots",
        "`" + name + "`",
        "rename the network or its package: certificates name it within sentences, so that no"
            + " name may look like another, or like more than a name");
  }

  /** A name that nothing has. */
  public static Diagnostic unknownName(String kind, String name, Collection<String> candidates) {
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticId.UNKNOWN_NAME, "there is no " + kind + " `" + name + "`");
    Optional<String> meant = Suggestions.closest(name, candidates);
    if (meant.isPresent()) {
      return diagnostic.help("did you mean `" + meant.get() + "`?");
    }
    if (candidates.isEmpty()) {
      return diagnostic.note("no " + kind + " can be named here");
    }
    return diagnostic.note("names in scope: " + some(candidates));
  }

  /**
   * An operation that people know from elsewhere.
   *
   * @param word what they wrote
   */
  public static Diagnostic notInThisVersion(String word, PlannedOperation planned) {
    return declarationInvalid(
        "operation `" + word + "` is not in this version yet",
        "dense, scale, concat, +, another network, or " + activations(),
        "`" + word + "`",
        planned.remedy());
  }

  private static String activations() {
    return ActivationKind.values().stream()
        .map(ActivationKind::word)
        .collect(Collectors.joining(", "));
  }

  /** A prefix of tensor names that is not a name. */
  public static Diagnostic tensorNameEmpty(String layer) {
    return declarationInvalid(
        "the tensor name of layer `" + layer + "` is empty",
        "the prefix of `.weight` and `.bias` in the file",
        "an empty string",
        "write the prefix, or leave the argument out to use `" + layer + "`");
  }

  /** Two things of one name. */
  public static Diagnostic duplicateName(String kind, String name) {
    return Diagnostic.of(
            DiagnosticId.DUPLICATE_NAME, kind + " `" + name + "` is declared more than once")
        .help("give each " + kind + " a name of its own");
  }

  /** A box of some inputs alone. */
  public static Diagnostic boxOfSomeInputs(String without, String with) {
    return declarationInvalid(
        "input `" + without + "` has no interval, but input `" + with + "` has one",
        "an interval for each input, or for none",
        "both",
        "declare the interval of `" + without + "`, or remove that of `" + with + "`");
  }

  /** A constant that cannot be used. */
  public static Diagnostic constantInvalid(String what, String required, String found) {
    return Diagnostic.of(DiagnosticId.CONSTANT_INVALID, what + " is " + found)
        .required(required)
        .found(found)
        .help("write " + required);
  }

  /**
   * A list that should name each of {@code size} elements once.
   *
   * @param index what is named that does not exist, or was named before
   */
  public static Diagnostic notAPermutation(String layer, int index, int size) {
    boolean exists = index >= 0 && index < size;
    String found = "element " + index + (exists ? " twice" : " in a list of " + size);
    return Diagnostic.of(DiagnosticId.CONSTANT_INVALID, "layer `" + layer + "` takes " + found)
        .required("each element from 0 to " + (size - 1) + " once")
        .found(found)
        .help("a permutation names each element once: `permute([2, 0, 1])`");
  }

  /** A constant for which the slope bounds of its activation do not hold. */
  public static Diagnostic parameterOutsideDomain(
      String what, ElementType precision, ParameterDomain domain, double found) {
    String written = Decimals.plain(found);
    double rounded = precision.round(found);
    boolean vanishes = rounded == 0 && found != 0;
    String required = "a finite " + precision + " number" + domain.condition();
    return Diagnostic.of(DiagnosticId.CONSTANT_INVALID, what + " is " + written)
        .required(required)
        .found(vanishes ? written + ", which is 0.0 in " + precision : written)
        .reason(domain.reason())
        .help("write " + required);
  }

  /** An interval that is none; an end that was left out in an annotation is NaN. */
  public static Diagnostic boxInvalid(String input, double lower, double upper) {
    boolean oneEnd = Double.isNaN(lower) != Double.isNaN(upper);
    String written = "[" + Decimals.plain(lower) + ", " + Decimals.plain(upper) + "]";
    String fault =
        oneEnd ? " has no " + (Double.isNaN(lower) ? "lower" : "upper") + " end" : " is " + written;
    return Diagnostic.of(
            DiagnosticId.CONSTANT_INVALID, "the interval of input `" + input + "`" + fault)
        .required("two finite ends in order")
        .found(written)
        .help("declare both ends, the smaller one first, or leave the interval out");
  }

  /** Layers that read each other in a circle. */
  public static Diagnostic cycle(List<String> names) {
    return cycle("layer", names, "let one of them read an earlier layer instead");
  }

  /** Networks that call each other in a circle. */
  public static Diagnostic callCycle(List<String> names) {
    return cycle("network", names, "let one of them do without the call");
  }

  private static Diagnostic cycle(String kind, List<String> names, String help) {
    List<String> path = new ArrayList<>(names);
    path.add(names.getFirst());
    return Diagnostic.of(DiagnosticId.CYCLE, kind + " `" + names.getFirst() + "` depends on itself")
        .reason(some(path, " -> "))
        .help(help);
  }

  /** A layer whose value nothing reads. */
  public static Diagnostic unusedLayer(String kind, String name) {
    return Diagnostic.of(
            DiagnosticId.UNUSED_LAYER, kind + " `" + name + "` does not reach the output")
        .help("read it in a layer on the path to the output, or remove it");
  }

  /**
   * A weighted layer that no name of its own identifies.
   *
   * @param word which operation it is
   */
  public static Diagnostic unnamedInReturn(String word) {
    String written = word.equals("dense") ? "dense(n)" : word + "(...)";
    return unnamed("the " + word + " layer in `return` has no name")
        .help("bind it: `y = ... |> " + written + "; return y;`");
  }

  /**
   * Two weighted layers under one name.
   *
   * @param word which operation the second is
   */
  public static Diagnostic unnamedInBinding(String binding, String word) {
    String layers = word.equals("dense") ? "dense layer" : "layer with weights, a " + word;
    return unnamed("binding `" + binding + "` holds more than one " + layers)
        .help("split it, so that each layer with weights has a name: `a = ...; b = a |> ...;`");
  }

  private static Diagnostic unnamed(String summary) {
    return Diagnostic.of(DiagnosticId.UNNAMED_LAYER, summary)
        .reason("the names of its tensors, `<name>.weight` and `<name>.bias`, come from its name");
  }

  /** A function without finite slope bounds. */
  public static Diagnostic activationNotSlopeRestricted(
      RefusedActivation activation, String layer, String network) {
    return Diagnostic.of(
            DiagnosticId.ACTIVATION_NOT_SLOPE_RESTRICTED,
            String.format(
                "activation `%s` %s, so no Lipschitz bound exists",
                activation.word(), activation.fault()))
        .required("slope in [a, b], both finite")
        .found(activation.slopes())
        .note("the bound of " + network + " covers layer `" + layer + "`")
        .help("use a slope-restricted activation: relu, leaky_relu, tanh, sigmoid, silu, gelu, abs")
        .help(activation.remedy());
  }

  /** A weighted layer for which nothing was declared that bounds its weights. */
  public static Diagnostic unboundedLayer(String layer, String network) {
    return Diagnostic.of(
            DiagnosticId.UNBOUNDED_LAYER,
            "nothing bounds the weights of layer `" + layer + "` of " + network)
        .required("weights that can be read now, so that their bound can be proved")
        .found("neither a file of weights nor a parameterisation")
        .help("declare the file: `weights \"file.safetensors\";` or @WeightsFile(\"...\")")
        .help("or leave the weights to training: " + Construction.withoutFile().clause());
  }

  /** A dense layer beside calls, in a network without weights. */
  public static Diagnostic denseBesideCall(String layer, String network, String callee) {
    return Diagnostic.of(
            DiagnosticId.UNPARAMETERIZED_DENSE,
            "nothing bounds dense layer `%s` of %s beside its call of `%s`"
                .formatted(layer, network, callee))
        .required("weights that can be read now, or a parameterisation, for each dense layer")
        .found("neither a file of weights nor a parameterisation")
        .help(
            "move `%s` to a network of its own with %s, and call that"
                .formatted(layer, Construction.withoutFile().clause()))
        .help("or declare the file: `weights \"file.safetensors\";` or @WeightsFile(\"...\")");
  }

  /** The message about a network without a declared bound. */
  public static Diagnostic boundMissing(String network) {
    return Diagnostic.of(
            DiagnosticId.BOUND_INVALID, "network " + network + " declares no Lipschitz bound")
        .required("a positive, finite bound, or another claim")
        .found("none")
        .help("declare a bound: `certify lipschitz <= 2.0;` or @Lipschitz(2.0)")
        .help(
            "or a range of the outputs alone: `certify range in [-2, 2];` or @Range(min = -2, max ="
                + " 2)");
  }

  /** A construction makes weights for a bound. */
  public static Diagnostic constructionWithoutBound(String network, String construction) {
    return Diagnostic.of(
            DiagnosticId.BOUND_INVALID,
            String.format(
                "the weights of network %s are made by `%s`, but it declares no Lipschitz bound",
                network, construction))
        .required("the bound that the construction keeps")
        .found("none")
        .help("declare a bound: `certify lipschitz <= 2.0;` or @Lipschitz(2.0)")
        .help("or name plain weights: `weights \"file.safetensors\";` or @WeightsFile(\"...\")");
  }

  /** The declared bound is not a positive, finite number. */
  public static Diagnostic boundInvalid(double bound) {
    return Diagnostic.of(
            DiagnosticId.BOUND_INVALID,
            "declared Lipschitz bound " + Decimals.plain(bound) + " is not positive and finite")
        .required("a positive, finite bound")
        .found(Decimals.plain(bound))
        .help("declare the largest amplification that the user of the network can accept");
  }

  /** Norms that no construction bounds. */
  public static Diagnostic normNotSupported(Norm input, Norm output) {
    return Diagnostic.of(
            DiagnosticId.NORM_NOT_SUPPORTED,
            "no construction bounds all weights " + between(input, output))
        .required("from l2 to l2")
        .found(between(input, output))
        .help("declare the bound from l2 to l2 (the default)")
        .help("or give the weights: `weights \"file.safetensors\";` or @WeightsFile(\"...\")");
  }

  static String between(Norm input, Norm output) {
    return "from " + input.word() + " to " + output.word();
  }

  /**
   * A backend was asked for whose library the code to be compiled cannot see.
   *
   * @param backend its word
   * @param types the types that generated code refers to
   * @param missing those of them that cannot be seen
   * @param remedy what makes the missing ones visible
   */
  public static Diagnostic backendNotAvailable(
      String backend, List<String> types, List<String> missing, String remedy) {
    return Diagnostic.of(
            DiagnosticId.BACKEND_NOT_AVAILABLE,
            "backend `" + backend + "` is asked for, but types that it needs cannot be seen")
        .required(some(types))
        .found(types.size() == missing.size() ? "none of them" : "no " + some(missing))
        .help(remedy)
        .help("or take `" + backend + "` out of -Alipc.backends");
  }

  static String some(Collection<String> names) {
    return some(names.stream().map(Quoted::code).sorted().toList(), ", ");
  }

  private static String some(List<String> names, String separator) {
    int shown = 12;
    String joined = String.join(separator, names.subList(0, Math.min(shown, names.size())));
    return names.size() <= shown ? joined : joined + separator + "... (" + names.size() + ")";
  }
}
