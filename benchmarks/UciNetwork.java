import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Interval;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;
import io.lipc.training.DataException;
import io.lipc.training.Dataset;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.parameterization.Construction;
import io.lipc.training.parameterization.LinearLayer;
import io.lipc.training.parameterization.SllBlock;
import io.lipc.training.parameterization.SllChain;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A 1-Lipschitz classifier, declared as a text.
 *
 * @param description its construction, depth and width
 * @param inputs at least as many as there are features; the others are zero
 */
record UciNetwork(String description, int inputs, TrainableNetwork trainable) {

  static final int DEPTH = 2;
  static final int WIDTH = 32;

  /** The three networks for the shape of {@code data}, with about the same number of parameters. */
  static List<UciNetwork> of(Dataset data) {
    UciNetwork chain = chain(data.featureCount(), data.classes().size());
    UciNetwork residual = residual(data.featureCount(), data.classes().size());
    return List.of(
        chain, residual, sll(data.featureCount(), data.classes().size(), chain.parameters()));
  }

  /** The number of free parameters. */
  int parameters() {
    return trainable.construction().size();
  }

  /** The data with zero features behind their own: no distance changes. */
  Dataset padded(Dataset data) throws DataException {
    double[][] features = new double[data.size()][];
    for (int row = 0; row < features.length; row++) {
      features[row] = Arrays.copyOf(data.features(row), inputs);
    }
    return Dataset.of(
        data.classes(), features, IntStream.range(0, data.size()).map(data::label).toArray());
  }

  /** LDLT-L. */
  private static UciNetwork chain(int features, int classes) {
    String body = hidden() + "y = h%d |> dense(%d);\nreturn y;".formatted(DEPTH, classes);
    return new UciNetwork(
        "LDLT-L, %d x %d".formatted(DEPTH, WIDTH),
        features,
        TrainableNetwork.of(declare(features, classes, "parameters ldlt;", body)));
  }

  /** LDLT-R. */
  private static UciNetwork residual(int features, int classes) {
    String body =
        hidden()
            + "a = x |> dense(%2$d);\nb = h%1$d |> dense(%2$d);\nreturn a + b;"
                .formatted(DEPTH, classes);
    return new UciNetwork(
        "LDLT-R, %d x %d".formatted(DEPTH, WIDTH),
        features,
        TrainableNetwork.of(declare(features, classes, "parameters ldlt;", body)));
  }

  private static String hidden() {
    StringBuilder text = new StringBuilder();
    for (int k = 1; k <= DEPTH; k++) {
      String from = k == 1 ? "x" : "h" + (k - 1);
      text.append("h%d = %s |> dense(%d) |> relu;%n".formatted(k, from, WIDTH));
    }
    return text.toString();
  }

  /**
   * SLL blocks and a last layer. The language has no such construction, so the network is declared
   * as one of given weights. A block gives as many elements as it reads; as in the paper, zeros
   * behind the features leave room for more.
   */
  private static UciNetwork sll(int features, int classes, int parameters) {
    int size = Math.max(10, 2 * features);
    int width = (int) Math.rint((double) (parameters - classes * size) / (DEPTH * (size + 2)));
    StringBuilder body = new StringBuilder();
    for (int k = 1; k <= DEPTH; k++) {
      String from = k == 1 ? "x" : "x" + (k - 1);
      body.append("h%d = %s |> dense(%d) |> relu;%n".formatted(k, from, width));
      body.append("back%d = h%d |> dense(%d, bias = false);%n".formatted(k, k, size));
      body.append("x%d = %s + back%d;%n".formatted(k, from, k));
    }
    body.append("logits = x%d |> dense(%d);%nreturn logits;".formatted(DEPTH, classes));
    CheckedNetwork network = declare(size, classes, "weights \"w\";", body.toString());
    return new UciNetwork(
        "SLL, %d x %d on %d".formatted(DEPTH, width, size),
        size,
        TrainableNetwork.of(network, bound -> sll(bound, size, width, classes)));
  }

  private static Construction sll(double bound, int size, int width, int classes) {
    Interval slopes = new Interval(0, 1);
    List<SllBlock> blocks =
        IntStream.rangeClosed(1, DEPTH)
            .mapToObj(
                k ->
                    new SllBlock(
                        "h" + k + ".weight",
                        Optional.of("h" + k + ".bias"),
                        "back" + k + ".weight",
                        width,
                        size,
                        slopes))
            .toList();
    Optional<String> bias = Optional.of("logits.bias");
    return new SllChain(bound, blocks, new LinearLayer("logits.weight", bias, classes, size));
  }

  private static CheckedNetwork declare(int inputs, int classes, String weights, String body) {
    String text =
        "network Uci(x: real[%d]) -> real[%d] {%ncertify lipschitz <= 1.0;%n%s%n%s%n}%n"
            .formatted(inputs, classes, weights, body);
    var parsed = LipParser.parse(new SourceText("uci.lip", text)).networks().getFirst();
    DeclarationChecker.Outcome outcome =
        DeclarationChecker.check(parsed.declaration(), Scope.empty());
    return outcome
        .network()
        .orElseThrow(() -> new IllegalStateException(outcome.findings() + " in\n" + text));
  }
}
