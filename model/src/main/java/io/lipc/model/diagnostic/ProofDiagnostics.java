package io.lipc.model.diagnostic;

import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.model.LowerBound;
import io.lipc.model.Property;
import io.lipc.model.UpperBound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every message about weights, proofs and files, one named method each. */
public final class ProofDiagnostics {

  private ProofDiagnostics() {}

  /**
   * A row of the table that shows where a bound comes from.
   *
   * @param extents what it reads and gives: {@code 784 -> 10}, {@code 1x28x28 -> 6x28x28}
   * @param norm a proved bound of the layer's spectral norm, as text
   * @param embedding where that of a convolution was proved, as a clause: {@code grid 28x28
   *     embedded in a torus of 29, twist 1/2}
   * @param pivot the least eigenvalue of the pivot that the layer leads to, as text; may be empty
   */
  public record LayerRow(
      String layer, String extents, String norm, Optional<String> embedding, String pivot) {}

  /**
   * A step of a network that composes others.
   *
   * @param step what the user calls it
   * @param operation what it does, with the gains that it joins: {@code Body}, {@code scale(0.5)},
   *     {@code 1 + 0.5}
   * @param bound what is proved from the network's input to this step
   */
  public record StepRow(String step, String operation, UpperBound bound) {}

  /**
   * The bound that one method proved.
   *
   * @param method its name, and how long it took where that is long
   */
  public record MethodRow(String method, UpperBound bound) {}

  /**
   * The declared bound was not proved; it may still be true.
   *
   * @param spec what was declared
   * @param methods what each method proved, best first, not empty
   * @param failures what became of the other methods, a clause for each
   * @param reason why the matrix inequality fails at the declared bound
   * @param layers the weighted layers in order
   * @param blamed the layer at which elimination stops; empty where it does not point at one
   * @param lower the best lower bound found
   * @param unused why the certificate that the weights carry was not used, where they carry one
   */
  public static Diagnostic boundNotCertified(
      Property.Lipschitz spec,
      List<MethodRow> methods,
      List<String> failures,
      String reason,
      List<LayerRow> layers,
      String blamed,
      LowerBound lower,
      Optional<String> unused) {
    MethodRow best = methods.getFirst();
    StringBuilder found = new StringBuilder();
    found.append(best.bound()).append(" by ").append(best.method());
    found.append(" (certificate checked)");
    for (MethodRow other : methods.subList(1, methods.size())) {
      found.append("; ").append(other.method()).append(" gives ").append(other.bound());
    }
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.LIPSCHITZ_BOUND_NOT_CERTIFIED,
                String.format(
                    "certified Lipschitz bound %s exceeds the declared %s",
                    best.bound(), Decimals.plain(spec.bound())))
            .required(requirement(spec))
            .found(found.toString())
            .reason(reason)
            .table(table(layers, blamed))
            .note(
                String.format(
                    "best lower bound found is %s, so %s may still be true; it was not proved",
                    lower, Decimals.plain(spec.bound())));
    for (String embedding : embeddings(layers)) {
      diagnostic = diagnostic.note(embedding);
    }
    for (String failure : failures) {
      diagnostic = diagnostic.note(failure);
    }
    return withUnused(diagnostic, unused)
        .help(
            "declare "
                + best.bound()
                + " as the bound, "
                + (failures.stream().anyMatch(failure -> failure.contains(SPENT)) ? MORE_TIME : "")
                + "or retrain with smaller layer norms");
  }

  /**
   * The message if no method could prove any bound.
   *
   * @param unused why the certificate that the weights carry was not used, where they carry one
   */
  public static Diagnostic nothingCertified(
      Property.Lipschitz spec, String reason, Optional<String> unused) {
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.LIPSCHITZ_BOUND_NOT_CERTIFIED,
                "no Lipschitz bound could be proved, so the declared "
                    + Decimals.plain(spec.bound())
                    + " is not certified")
            .required(requirement(spec))
            .found("no proof that the checker accepts")
            .reason(reason);
    Diagnostic explained = withUnused(diagnostic, unused);
    return reason.contains(SPENT)
        ? explained.help("give the search more time: --budget 2m, or -Alipc.certify.budget=2m")
        : explained.help("check that the weights are of ordinary size, or split the network");
  }

  /** The beginning of a method's reason when its budget was spent. */
  private static final String SPENT = "the budget of ";

  private static final String MORE_TIME =
      "give the search more time (-Alipc.certify.budget=2m, or --budget 2m), ";

  /**
   * The declared bound is false.
   *
   * @param upper what was proved, if anything
   * @param pairFile where the two inputs are, as a clause
   */
  public static Diagnostic boundViolated(
      Property.Lipschitz spec, LowerBound lower, Optional<UpperBound> upper, String pairFile) {
    String declared = Decimals.plain(spec.bound());
    String interval =
        upper
            .map(bound -> "the true bound is in [" + lower + ", " + bound + "]")
            .orElse("the true bound is at least " + lower);
    String instead = upper.map(bound -> ", or declare " + bound).orElse("");
    return Diagnostic.of(
            DiagnosticId.LIPSCHITZ_BOUND_VIOLATED,
            String.format(
                "declared Lipschitz bound %s is false: two inputs reach ratio %s", declared, lower))
        .required(requirement(spec))
        .found(interval)
        .note("the pair is in " + pairFile)
        .help("no method can certify " + declared + " for these weights; retrain" + instead);
  }

  /**
   * A network without weights of its own loses the declared bound.
   *
   * @param spec what was declared
   * @param proved what its composition gives, above the declared bound
   * @param steps the steps in order, not empty
   * @param blamed the index in {@code steps} of the first bound above the declared one
   */
  public static Diagnostic compositionExceedsBound(
      Property.Lipschitz spec, UpperBound proved, List<StepRow> steps, int blamed) {
    String declared = Decimals.plain(spec.bound());
    // Less than the quotient, so that rounding the factor cannot bring the bound back above.
    String factor = Decimals.down(spec.bound() / proved.value() * (1 - 0x1p-20));
    return Diagnostic.of(
            DiagnosticId.COMPOSITION_EXCEEDS_BOUND,
            String.format(
                "composition gives Lipschitz bound %s (rounded up), above the declared %s",
                proved, declared))
        .required(requirement(spec))
        .found(proved + " from the bounds that the called networks declare")
        .reason(
            "the bound is above "
                + declared
                + " from step "
                + Quoted.code(steps.get(blamed).step())
                + " on")
        .table(stepTable(steps, blamed))
        .note(declared + " may still be true for some weights; it was not proved for all of them")
        .help("declare " + proved + " as the bound, or end in `... |> scale(" + factor + ")`");
  }

  /** The weights cannot be used. */
  public static Diagnostic weightsInvalid(String file, String fault, String required) {
    return Diagnostic.of(
            DiagnosticId.WEIGHTS_INVALID,
            "weights " + Quoted.code(file) + " cannot be used: " + fault)
        .required(required)
        .found(fault)
        .help("write the file again, with finite numbers under the names that the network uses");
  }

  /** The message about weights that take longer to read than a budget allows. */
  public static Diagnostic weightsLate(String file) {
    return Diagnostic.of(
            DiagnosticId.WEIGHTS_INVALID,
            "weights "
                + Quoted.code(file)
                + " cannot be used: they were not read within the budget")
        .required("a file that is read within 4/5 of the budget")
        .found("the budget was spent")
        .help("give a larger budget, such as `--budget 5m`");
  }

  /**
   * The message about a file of another kind in place of declared weights.
   *
   * @param what it is: a noun with its article
   * @param ways to make weights of it
   */
  public static Diagnostic weightsForeign(String file, String what, List<Advice> ways) {
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.WEIGHTS_INVALID,
                "weights " + Quoted.code(file) + " cannot be used: it is " + what)
            .required("a safetensors file of finite F32 or F64 tensors")
            .found(what);
    for (Advice way : ways) {
      diagnostic = diagnostic.help(way);
    }
    return diagnostic;
  }

  /**
   * The message about a file of another kind in place of a named text of the language.
   *
   * @param what it is: a noun with its article
   * @param ways to make a model of it that lipc reads
   */
  public static Diagnostic sourceForeign(String file, String what, List<Advice> ways) {
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.SOURCE_NOT_READABLE,
                "source " + Quoted.code(file) + " cannot be read: it is " + what)
            .required("a UTF-8 text of the language (.lip), or an ONNX model (.onnx)")
            .found(what);
    for (Advice way : ways) {
      diagnostic = diagnostic.help(way);
    }
    return diagnostic;
  }

  /** A source text cannot be read. */
  public static Diagnostic sourceNotReadable(String file, String reason, String help) {
    return Diagnostic.of(
            DiagnosticId.SOURCE_NOT_READABLE,
            "source " + Quoted.code(file) + " cannot be read: " + reason)
        .required("a UTF-8 text of the language below one of the roots")
        .found(reason)
        .help(help);
  }

  /** A model cannot be read, or holds what the language has no words for. */
  public static Diagnostic modelNotReadable(String file, String reason, String help) {
    List<String> lines = reason.lines().toList();
    String first = lines.getFirst().replaceFirst(":$", "");
    return Diagnostic.of(
            DiagnosticId.SOURCE_NOT_READABLE,
            "model " + Quoted.code(file) + " cannot be read: " + first)
        .required("an ONNX model of operators that lipc reads, below one of the roots")
        .found(first)
        .table(lines.stream().skip(1).map(String::strip).toList())
        .help(help);
  }

  /** The certificate in another module's jar does not prove its claim about a network. */
  public static Diagnostic calleeNotAccepted(String network, String reason) {
    return Diagnostic.of(
            DiagnosticId.SOURCE_NOT_READABLE,
            "the certificate of network " + Quoted.code(network) + " is not accepted: " + reason)
        .required("a certificate that the checker accepts with the weights beside it")
        .found(reason)
        .help(
            "build the module of "
                + Quoted.code(network)
                + " again; its jar has been altered or mixed");
  }

  /** A fault of ours. */
  public static Diagnostic internalFault(String phase, Throwable fault) {
    Diagnostic diagnostic =
        Diagnostic.of(
            DiagnosticId.INTERNAL_FAULT,
            String.format(
                "lipc itself failed in phase `%s`: %s", phase, fault.getClass().getSimpleName()));
    StackTraceElement[] trace = fault.getStackTrace();
    if (fault.getMessage() != null) {
      diagnostic = diagnostic.reason(fault.getMessage().lines().findFirst().orElse(""));
    }
    if (trace.length > 0) {
      diagnostic = diagnostic.note("thrown at " + trace[0]);
    }
    return diagnostic
        .note("nothing was generated for this network")
        .help("please report it with the declaration that causes it");
  }

  private static Diagnostic withUnused(Diagnostic diagnostic, Optional<String> unused) {
    return unused
        .map(why -> diagnostic.note("the certificate that the weights carry was not used: " + why))
        .orElse(diagnostic);
  }

  private static String requirement(Property.Lipschitz spec) {
    return String.format(
        "%s -> %s bound <= %s",
        spec.inputNorm().word(), spec.outputNorm().word(), Decimals.plain(spec.bound()));
  }

  /**
   * The lines about the tori on which norms of convolutions were proved; a line that is true of
   * several is written once.
   */
  private static List<String> embeddings(List<LayerRow> layers) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (LayerRow row : layers) {
      row.embedding()
          .ifPresent(
              text ->
                  names
                      .computeIfAbsent(text, _ -> new ArrayList<>())
                      .add(Quoted.code(row.layer())));
    }
    return names.entrySet().stream()
        .map(entry -> "norm of " + String.join(", ", entry.getValue()) + ": " + entry.getKey())
        .toList();
  }

  private static List<String> table(List<LayerRow> layers, String blamed) {
    int layer = width("layer", layers.stream().map(LayerRow::layer));
    int extents = Math.max(12, width("in -> out", layers.stream().map(LayerRow::extents)));
    boolean torus = layers.stream().anyMatch(row -> row.embedding().isPresent());
    String norm = torus ? "||W||, ||K|| (torus)" : "||W||_2";
    int number = Math.max(9, norm.length());
    String format = "%s %-" + layer + "s   %-" + extents + "s %" + number + "s   %s";
    return Stream.concat(
            Stream.of(String.format(Locale.ROOT, format, " ", "layer", "in -> out", norm, "pivot")),
            layers.stream()
                .map(
                    row ->
                        String.format(
                            Locale.ROOT,
                            format,
                            row.layer().equals(blamed) ? ">" : " ",
                            row.layer(),
                            row.extents(),
                            row.norm(),
                            row.pivot())))
        .map(String::stripTrailing)
        .toList();
  }

  private static List<String> stepTable(List<StepRow> steps, int blamed) {
    int step = width("step", steps.stream().map(StepRow::step));
    int operation = width("operation", steps.stream().map(StepRow::operation));
    String format = "%s %-" + step + "s   %-" + operation + "s   %s";
    List<String> rows = new ArrayList<>();
    rows.add(String.format(format, " ", "step", "operation", "bound"));
    for (int i = 0; i < steps.size(); i++) {
      StepRow row = steps.get(i);
      String mark = i == blamed ? ">" : " ";
      rows.add(String.format(format, mark, row.step(), row.operation(), row.bound()));
    }
    return rows;
  }

  private static int width(String title, Stream<String> column) {
    return Stream.concat(Stream.of(title), column).mapToInt(String::length).max().orElseThrow();
  }
}
