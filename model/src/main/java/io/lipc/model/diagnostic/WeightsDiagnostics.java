package io.lipc.model.diagnostic;

import io.lipc.formats.Quoted;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Messages about files of weights that lack tensors which a network names: each cause once. */
public final class WeightsDiagnostics {

  /** The most tensors that one message lists. */
  private static final int SHOWN = 12;

  private WeightsDiagnostics() {}

  /**
   * A tensor of a file that is not what its layer names.
   *
   * @param tensor its name
   * @param layer the name of the layer that reads it
   * @param required the shape that it must have
   * @param found the shape that it has; empty if it is missing
   */
  public record Misfit(
      String tensor, String layer, List<Integer> required, Optional<List<Integer>> found) {

    /** Whether a matrix has its rows as columns. */
    public boolean isTransposed() {
      return required.size() == 2
          && found.filter(shape -> shape.equals(required.reversed())).isPresent();
    }

    private String words() {
      return found.map(shape -> "of shape " + shape).orElse("missing");
    }

    private String row() {
      return Quoted.code(tensor) + " is " + words() + ", expected shape " + required;
    }
  }

  /**
   * Tensors of the weights that are missing.
   *
   * @param misfits at least one
   * @param others the tensors that the file has instead
   * @param spare those of them that the network does not name
   */
  public static Diagnostic tensorsMissing(
      String file, List<Misfit> misfits, Collection<String> others, Collection<String> spare) {
    Diagnostic diagnostic = of(file, misfits, "missing", "");
    Diagnostic noted =
        others.isEmpty() ? diagnostic : diagnostic.note("the file has " + Diagnostics.some(others));
    for (Misfit misfit : misfits) {
      noted =
          Suggestions.closest(misfit.tensor(), spare).stream()
              .reduce(
                  noted,
                  (said, meant) -> said.help("is it " + Quoted.code(meant) + " in the file?"),
                  (said, _) -> said);
    }
    Diagnostic helped =
        noted.help("name the tensors as the file does: tensor = \"...\" or @Tensor(\"...\")");
    return misfits.stream().allMatch(misfit -> misfit.tensor().endsWith(".bias"))
        ? helped.help("or declare the layer without a bias: bias = false")
        : helped;
  }

  /**
   * Tensors that the file has under other names, as their shapes tell.
   *
   * @param misfits all that are missing
   * @param meant the names of the file by those that the network has, without what follows the dot
   */
  public static Diagnostic tensorsRenamed(
      String file, List<Misfit> misfits, Map<String, String> meant) {
    Diagnostic diagnostic = of(file, misfits, "missing", ": the file calls them otherwise");
    for (Map.Entry<String, String> entry : meant.entrySet()) {
      diagnostic =
          diagnostic.help(
              "the shapes of %s fit %s alone: write @Tensor(\"%s\"), or tensor = \"%s\" in a text"
                  .formatted(
                      Quoted.code(entry.getKey() + ".*"),
                      Quoted.code(entry.getValue() + ".*"),
                      entry.getValue(),
                      entry.getValue()));
    }
    return diagnostic;
  }

  /** Matrices whose rows are columns of the file. */
  public static Diagnostic tensorsTransposed(String file, List<Misfit> misfits) {
    return of(file, misfits, "transposed", ": transposed")
        .help(
            "transpose in Python: tensor.T.contiguous(); a matrix has a row for each"
                + " output, as in PyTorch, and Keras has a column");
  }

  /** Tensors of other shapes than their layers. */
  public static Diagnostic tensorsOfOtherShapes(String file, List<Misfit> misfits) {
    return of(file, misfits, "of other shapes than their layers", "")
        .help("write the file again, or declare the layer with the shape that the file has");
  }

  /** The headline, and the tensors. */
  private static Diagnostic of(String file, List<Misfit> misfits, String fault, String more) {
    Misfit first = misfits.getFirst();
    if (misfits.size() == 1) {
      return Diagnostic.of(
              DiagnosticId.WEIGHTS_INVALID,
              "tensor %s in %s is %s, expected shape %s%s"
                  .formatted(
                      Quoted.code(first.tensor()),
                      Quoted.code(file),
                      first.words(),
                      first.required(),
                      more))
          .required("shape " + first.required())
          .found(first.words())
          .note("layer " + Quoted.code(first.layer()) + " reads it");
    }
    String names =
        misfits.stream()
            .limit(SHOWN)
            .map(misfit -> Quoted.code(misfit.tensor()))
            .collect(Collectors.joining(", "));
    String rest = misfits.size() > SHOWN ? ", ... (" + misfits.size() + ")" : "";
    return Diagnostic.of(
            DiagnosticId.WEIGHTS_INVALID,
            "tensors %s in %s are %s%s"
                .formatted(
                    names + rest, Quoted.code(file), fault, fault.equals("transposed") ? "" : more))
        .table(misfits.stream().limit(SHOWN).map(Misfit::row).toList());
  }

  /**
   * A file cannot be found below the roots.
   *
   * @param place where it would be found; empty if no file can have its name
   * @param near a file there whose name is nearly the same
   */
  public static Diagnostic weightsNotFound(
      String file,
      List<String> roots,
      String reason,
      Optional<String> place,
      Optional<String> near) {
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.WEIGHTS_INVALID,
                "weights " + Quoted.code(file) + " cannot be used: " + reason)
            .required("a file below one of: " + String.join(", ", roots))
            .found(reason);
    return near.map(meant -> diagnostic.help("did you mean " + Quoted.code(meant) + "?"))
        .orElse(diagnostic)
        .help(
            "put the file "
                + place.map(path -> "at " + Quoted.code(path)).orElse("into src/main/resources")
                + ", or, in javac, pass -Alipc.root=DIRECTORY");
  }
}
