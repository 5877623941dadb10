package io.lipc.model.diagnostic;

import io.lipc.model.Property;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every message about declared queries, one named method each. */
public final class QueryDiagnostics {

  private static final String ASKED = "network %s declares a query that no input satisfies, but %s";

  private QueryDiagnostics() {}

  /** A query is answered for given weights, and the network's own are not there yet. */
  public static Diagnostic freeWeights(String network) {
    return Diagnostic.of(
            DiagnosticId.QUERY_NOT_SUPPORTED, ASKED.formatted(network, "its weights are free"))
        .required("weights from a file")
        .found("free weights, which are known when the network is loaded")
        .help("name the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /**
   * A query is answered for given weights, and those of a called network are not there yet.
   *
   * @param free the network whose weights are free: one that it calls, or that those call
   */
  public static Diagnostic freeCallee(String network, String free) {
    return Diagnostic.of(
            DiagnosticId.QUERY_NOT_SUPPORTED,
            ASKED.formatted(network, "the weights of `" + free + "` are not known yet"))
        .required("weights of all called networks, from files")
        .found("free weights in `" + free + "`, which are known when it is loaded")
        .help("name there the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /**
   * The file of the query is not there.
   *
   * @param roots where it was looked for
   * @param reason why it was not found, a clause
   */
  public static Diagnostic notFound(Property.Query query, List<String> roots, String reason) {
    return Diagnostic.of(
            DiagnosticId.QUERY_NOT_SUPPORTED, "query file \"" + query.file() + "\" not found")
        .required("a VNN-LIB file below " + String.join(" or ", roots))
        .found(reason)
        .help("put the file there, or correct its name");
  }

  /**
   * The query cannot be read, or is not about this network.
   *
   * @param what the kind of the fault, such as {@code query-shape}, and the fault
   */
  public static Diagnostic unfit(Property.Query query, String what) {
    return Diagnostic.of(
            DiagnosticId.QUERY_NOT_SUPPORTED,
            "query file \"" + query.file() + "\" cannot be asked of this network")
        .required(
            "a VNN-LIB query about real numbers, of one network with these inputs and outputs")
        .found(what)
        .help("correct the file; `lipc prove MODEL QUERY` reads it in the same way");
  }

  /**
   * The claim is false.
   *
   * @param input that satisfies the query, by the names of its elements; none if it is too long
   * @param output at this input, likewise
   */
  public static Diagnostic violated(
      Property.Query query, Map<String, String> input, Map<String, String> output) {
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.QUERY_VIOLATED,
                "an input satisfies the query \"" + query.file() + "\"")
            .required("no input that satisfies it")
            .found(input.isEmpty() ? "one that does" : "the input " + words(input));
    if (!output.isEmpty()) {
      diagnostic = diagnostic.note("the output there is " + words(output));
    }
    return diagnostic.help(
        "train the network again, or correct the query: it says what must not happen, and it"
            + " happens");
  }

  private static String words(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + " = " + value.getValue())
        .collect(Collectors.joining(", "));
  }

  /**
   * The search has ended without a proof.
   *
   * @param why it has ended, a clause
   * @param parts of the box that were looked at
   * @param open those of which it is not known
   * @param where the part of which least is known, as its lower and its upper ends
   */
  public static Diagnostic notProved(
      Property.Query query, String why, int parts, int open, Optional<List<List<Double>>> where) {
    Diagnostic diagnostic =
        Diagnostic.of(
                DiagnosticId.QUERY_NOT_PROVED,
                "no proof was found that no input satisfies the query \"" + query.file() + "\"")
            .required("a proof on each part of the box")
            .found("none on %,d of %,d parts: %s".formatted(open, parts, why));
    if (where.isPresent() && Points.areShown(where.get().getFirst())) {
      String box = Points.box(where.get().getFirst(), where.get().getLast());
      diagnostic = diagnostic.note("least is known of the part " + box);
    }
    return diagnostic.help(
        "give the search more time, ask about a smaller box, or train the network again");
  }
}
