package io.lipc.model.diagnostic;

import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.Signature;
import io.lipc.model.activation.ActivationKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Every message about networks that are called or imported, one named method each. */
public final class CallDiagnostics {

  private CallDiagnostics() {}

  /** An import of a network by its simple name, which could only mean one of the same package. */
  public static Diagnostic importWithoutPackage(String name) {
    return Diagnostics.declarationInvalid(
        "import of " + Quoted.code(name) + " names no package",
        "a qualified name, such as `demo.control." + name + "`",
        Quoted.code(name),
        "networks of the same package are called without an import; remove it");
  }

  /** An import of a simple name that another import or a network of the text bears. */
  public static Diagnostic importedNameTaken(String network, String name) {
    return Diagnostic.of(
            DiagnosticId.DUPLICATE_NAME,
            Quoted.code(name)
                + " already names another network than the imported "
                + Quoted.code(network))
        .help("remove the import and call " + Quoted.code(network) + " by its qualified name");
  }

  /** An import that no network of the text calls. */
  public static Diagnostic unusedImport(String network) {
    return Diagnostic.of(
            DiagnosticId.UNUSED_IMPORT,
            "imported network " + Quoted.code(network) + " is never called")
        .help("remove the import");
  }

  /** The word to write for an activation that has two, and one name elsewhere. */
  private static Optional<List<String>> activation(String name) {
    return ActivationKind.values().stream()
        .map(ActivationKind::word)
        .filter(word -> word.contains("_") && word.replace("_", "").equalsIgnoreCase(name))
        .map(word -> List.of("write the activation `" + word + "`"))
        .findFirst();
  }

  /** A call of no network; many an operation is known elsewhere by a capitalised name. */
  public static Diagnostic unknownNetwork(String name, Collection<String> candidates) {
    List<String> remedies =
        RefusedOperation.named(name)
            .map(RefusedOperation::remedies)
            .or(() -> PlannedOperation.named(name).map(planned -> List.of(planned.remedy())))
            .or(() -> activation(name))
            .orElse(List.of());
    if (remedies.isEmpty()) {
      return Diagnostics.unknownName("network", name, candidates);
    }
    Diagnostic diagnostic =
        Diagnostic.of(DiagnosticId.UNKNOWN_NAME, "there is no network " + Quoted.code(name));
    for (String remedy : remedies) {
      diagnostic = diagnostic.help(remedy);
    }
    return diagnostic;
  }

  /** A network of another precision is called: its bound holds for its own arithmetic only. */
  public static Diagnostic callPrecision(
      String network, ElementType callee, String caller, ElementType own) {
    return Diagnostics.declarationInvalid(
        "network "
            + Quoted.code(network)
            + " computes in "
            + callee
            + ", but "
            + caller
            + " in "
            + own,
        "a network that computes in " + own,
        callee.toString(),
        "declare both in one precision: `precision f64;` or @Precision(FloatFormat.F64)");
  }

  /** A network is there, but what its jar carries about it is not usable. */
  public static Diagnostic calleeNotReadable(String network, String reason) {
    return Diagnostic.of(
            DiagnosticId.SOURCE_NOT_READABLE,
            "the certificate of network " + Quoted.code(network) + " cannot be read: " + reason)
        .required("the certificate, its origin and its weights, as its module's jar carries them")
        .found(reason)
        .help("build the module of " + Quoted.code(network) + " again with this version of lipc");
  }

  /** A network is called of which nothing is claimed that a caller may use. */
  public static Diagnostic calleeWithoutBound(String network, String caller) {
    return Diagnostic.of(
            DiagnosticId.BOUND_INVALID,
            String.format(
                "network %s calls `%s`, which declares no Lipschitz bound", caller, network))
        .required("a bound of the called network, on which that of its caller rests")
        .found("a network that claims a range of its outputs alone")
        .help(
            "declare a bound of `" + network + "`: `certify lipschitz <= 2.0;` or @Lipschitz(2.0)");
  }

  /** A network is applied to a value of another shape. */
  public static Diagnostic callShape(String network, Shape expected, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "network "
                + Quoted.code(network)
                + " reads "
                + expected
                + ", but is applied to "
                + found)
        .required(expected.toString())
        .found(found.toString())
        .help("add a dense layer, or another network, that maps " + found + " to " + expected);
  }

  /** A network is called whose bound is between other norms than the caller can use. */
  public static Diagnostic normMismatch(
      Signature callee, Property.Lipschitz bound, String caller, Norm input, Norm output) {
    Norm used = input == Norm.L2 ? Norm.L2 : Norm.LINF;
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.NORM_MISMATCH,
                String.format(
                    "network `%s` is bounded %s, but called in a network bounded %s",
                    callee.network(),
                    Diagnostics.between(bound.inputNorm(), bound.outputNorm()),
                    Diagnostics.between(input, output)))
            .required("a network bounded " + Diagnostics.between(used, used))
            .found(Diagnostics.between(bound.inputNorm(), bound.outputNorm()))
            .help(
                "declare " + Quoted.code(callee.network()) + " " + Diagnostics.between(used, used))
            .help("or declare " + caller + " from " + bound.inputNorm().word());
    return diagnostic.help(conversion(callee, bound, used));
  }

  /**
   * The factor between norms, as a clause: with n inputs {@code |x|_2 <= sqrt(n) |x|_inf}, with m
   * outputs {@code |y|_2 <= sqrt(m) |y|_inf}; no vector is larger in linf than in l2.
   */
  private static String conversion(Signature callee, Property.Lipschitz bound, Norm used) {
    String norm = bound.inputNorm().word();
    String name = callee.network().substring(callee.network().lastIndexOf('.') + 1);
    int elements =
        switch (used) {
          case LINF -> bound.inputNorm() == Norm.LINF ? 1 : callee.input().size();
          case L2 -> bound.outputNorm() == Norm.L2 ? 1 : callee.output().size();
        };
    String cost =
        elements == 1
            ? "which costs nothing"
            : "which costs a factor of up to sqrt(%d) = %s"
                .formatted(elements, Decimals.up(Math.sqrt(elements)));
    return String.format(
        "or convert: `%s(via = %s)` or @Call(value = %s.class, via = Norm.%s), %s",
        name, norm, name, bound.inputNorm(), cost);
  }
}
