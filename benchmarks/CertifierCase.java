import io.lipc.certifier.Method;
import io.lipc.formats.FormatException;
import io.lipc.formats.JsonValue;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A line of the table.
 *
 * @param reference the best bound of the method as published or computed by others; for layer by
 *     layer, what the closed form proves
 * @param peer the file that cvxopt is run on
 */
record CertifierCase(
    String name, Method method, CertifierNet net, OptionalDouble reference, Optional<Path> peer) {

  private static final List<String> WITH_PEER =
      List.of("lipsdp_mnist_784_50_10", "lipsdp_random_2_10_30_20_2", "rand_10_40x3_5_relu");

  private static final int SEEDS = 5;

  /** The class whose logit the published bounds are about. */
  private static final int SEVEN = 7;

  static List<CertifierCase> all(Path data) throws IOException, FormatException {
    List<CertifierCase> all = new ArrayList<>(oracles(data.resolve("oracles/nets")));
    for (String kind : List.of("fnn2", "fnn3")) {
      for (int seed = 0; seed < SEEDS; seed++) {
        all.add(digits(data.resolve("nets/glipsdp_digits"), kind, seed));
      }
    }
    Path acas = data.resolve("nets/acasxu/ACASXU_run2a_1_1_batch_2000.nnet");
    all.add(neuron("acas_5_50x6_5", CertifierNet.ofNnet(acas)));
    all.add(neuron("random_10_100x8_5", random(10, 100, 8, 5)));
    all.add(layerwise("chain_100_layers_of_80", scaled(80, 100)));
    all.add(layerwise("chain_2000_layers_of_8", scaled(8, 2000)));
    return all;
  }

  private static List<CertifierCase> oracles(Path folder) throws IOException, FormatException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<CertifierCase> cases = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".json", "");
      cases.add(
          new CertifierCase(
              name,
              Method.LIPSDP_NEURON,
              CertifierNet.ofJson(file),
              OptionalDouble.of(CertifierNet.optimum(file)),
              WITH_PEER.contains(name) ? Optional.of(file) : Optional.empty()));
    }
    return cases;
  }

  /** The bound of one logit; the archive has the matrices input by output. */
  private static CertifierCase digits(Path folder, String kind, int seed)
      throws IOException, FormatException {
    Path archive = folder.resolve(kind + "_seed" + seed + ".npz");
    int layers = kind.equals("fnn2") ? 2 : 3;
    List<double[][]> matrices = new ArrayList<>();
    for (int k = 1; k <= layers; k++) {
      matrices.add(Dense.transpose(Npz.matrix(archive, "fc" + k + "_weight")));
    }
    JsonValue.JsonObject published = CertifierNet.json(folder.resolve("published_bounds.json"));
    var bounds = (JsonValue.JsonObject) published.members().get("lipschitz");
    var ofKind = (JsonValue.JsonObject) bounds.members().get(kind);
    JsonValue bound = CertifierNet.elements(ofKind, "Lip_LipSDP").get(seed);
    return new CertifierCase(
        "digits_" + kind + "_seed" + seed,
        Method.LIPSDP_NEURON,
        CertifierNet.relu(matrices).output(SEVEN),
        OptionalDouble.of(CertifierNet.number(bound)),
        Optional.empty());
  }

  private static CertifierCase neuron(String name, CertifierNet net) {
    return new CertifierCase(
        name, Method.LIPSDP_NEURON, net, OptionalDouble.empty(), Optional.empty());
  }

  private static CertifierCase layerwise(String name, List<double[][]> matrices)
      throws FormatException {
    return new CertifierCase(
        name,
        Method.LAYERWISE_LMI,
        CertifierNet.relu(matrices),
        closedForm(matrices),
        Optional.empty());
  }

  /**
   * ECLipsE-Fast (Xu and Sivaranjani, NeurIPS 2024) for relu: with {@code Y = W X^-1 W'} and {@code
   * lambda = 2 / ||Y||}, the next X is {@code lambda I - lambda^2 Y / 4}. Empty where doubles do
   * not hold it.
   */
  private static OptionalDouble closedForm(List<double[][]> matrices) {
    double[][] x = Dense.identity(matrices.getFirst()[0].length);
    double square = 0;
    for (double[][] w : matrices) {
      Optional<Cholesky> factor = Cholesky.of(x, Deadline.NONE);
      if (factor.isEmpty()) {
        return OptionalDouble.empty();
      }
      double[][] y =
          Dense.gram(
              factor.get().solveTransposed(Dense.transpose(w), Deadline.NONE), Deadline.NONE);
      square = Eigenvalues.largest(y, Deadline.NONE);
      double lambda = 2 / square;
      x = new double[y.length][y.length];
      for (int i = 0; i < y.length; i++) {
        for (int j = 0; j < y.length; j++) {
          x[i][j] = (i == j ? lambda : 0) - lambda * lambda * y[i][j] / 4;
        }
      }
    }
    return OptionalDouble.of(Math.sqrt(square));
  }

  private static CertifierNet random(int inputs, int width, int hidden, int outputs)
      throws FormatException {
    Random random = new Random(1);
    List<double[][]> matrices = new ArrayList<>();
    for (int k = 0; k <= hidden; k++) {
      int rows = k == hidden ? outputs : width;
      matrices.add(gaussian(random, rows, k == 0 ? inputs : width));
    }
    return CertifierNet.relu(matrices);
  }

  /** Square layers, each with a spectral norm that is uniform in [0.4, 1.8]. */
  private static List<double[][]> scaled(int width, int layers) {
    Random random = new Random(1);
    List<double[][]> matrices = new ArrayList<>();
    for (int k = 0; k < layers; k++) {
      double[][] w = gaussian(random, width, width);
      double factor =
          (0.4 + 1.4 * random.nextDouble()) / Eigenvalues.spectralNorm(w, Deadline.NONE);
      for (double[] row : w) {
        for (int j = 0; j < row.length; j++) {
          row[j] *= factor;
        }
      }
      matrices.add(w);
    }
    return matrices;
  }

  private static double[][] gaussian(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian() / Math.sqrt(columns);
      }
    }
    return matrix;
  }
}
