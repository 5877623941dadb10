package io.lipc.model.diagnostic;

import io.lipc.formats.Quoted;
import java.util.List;
import java.util.stream.Collectors;

/** Messages about weights that {@code lipc train} has to write. */
public final class TrainingDiagnostics {

  private TrainingDiagnostics() {}

  /**
   * The file of weights that training has to write is not there.
   *
   * @param place where the file would be found, as {@code lipc train} takes it
   */
  public static Diagnostic weightsNotTrained(
      String network, String file, List<String> roots, String reason, String place) {
    return Diagnostic.of(
            DiagnosticId.WEIGHTS_INVALID,
            "weights " + Quoted.code(file) + " cannot be used: " + reason)
        .required("a file below one of: " + String.join(", ", roots))
        .found(reason)
        .note("parameters are trained before weights are read; training needs no such file")
        .help("train the network: " + command("", network, place))
        .help(
            "or, where another network calls it, all that this one calls: --network CALLER --out"
                + " FOLDER")
        .help("add --standardise where columns of the table have different units")
        .help("or leave the weights out: then the bound is proved for all parameters");
  }

  /**
   * The file has no statistics of the layer that standardises.
   *
   * @param layer the name of the layer
   * @param tensors the names of the tensors that are missing
   * @param shape of each of them
   * @param network the simple name of the network that standardises
   * @param place where the file is, as {@code lipc train} takes it
   */
  public static Diagnostic statisticsMissing(
      String file,
      String layer,
      List<String> tensors,
      List<Integer> shape,
      String network,
      String place) {
    return Diagnostic.of(
            DiagnosticId.WEIGHTS_INVALID,
            "%s has no means and deviations for layer %s"
                .formatted(Quoted.code(file), Quoted.code(layer)))
        .required(
            "tensors %s of shape %s"
                .formatted(
                    tensors.stream().map(Quoted::code).collect(Collectors.joining(", ")), shape))
        .found("none of them")
        .help("fit them while the network is trained: " + command("--standardise ", network, place))
        .help(
            "or write the tensors yourself: weights 1, biases 0, means, and squares of deviations");
  }

  private static String command(String option, String network, String place) {
    return "lipc train FILE.lip DATA.csv --label-column N %s--network %s --out %s"
        .formatted(option, network, place);
  }
}
