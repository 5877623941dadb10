import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.run.Classification;
import io.lipc.training.run.EpochReport;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Split;
import io.lipc.training.run.Trainer;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How long a step of training a residual network of images takes: three blocks of {@code parameters
 * sll}, 128 images of 28 x 28 pixels, the network of {@code peers/sll_step.py}. Run from the
 * project's root with a java of 25 or newer, once {@code ./lipc} has been built:
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -cp "tools/target/lib/*" benchmarks/ImageStep.java [STEPS]
 * }</pre>
 *
 * as {@code lipc train} asks for that module; without it lipc's products are loops. Prints the
 * quantiles that the peer prints, of the steps of a second epoch.
 */
final class ImageStep {

  private static final int PIXELS = 28 * 28;
  private static final int CLASSES = 10;
  private static final int BATCH = 128;

  /** Nobody reads the weights: training starts from its own. */
  private static final String NETWORK =
      """
      network Images(image: real[1, 28, 28]) -> real[10] {
        certify lipschitz <= 1.0;
        weights "images.safetensors";
        parameters sll;
        s1 = image |> conv2d(16, kernel = 2, stride = 2);
        h1 = s1 |> conv2d(16, kernel = 3, padding = 1) |> relu;
        o1 = h1 |> conv2d(16, kernel = 3, padding = 1);
        b1 = s1 + o1;
        h2 = b1 |> conv2d(16, kernel = 3, padding = 1) |> relu;
        o2 = h2 |> conv2d(16, kernel = 3, padding = 1);
        b2 = b1 + o2;
        s2 = b2 |> maxmin |> conv2d(32, kernel = 2, stride = 2);
        h3 = s2 |> conv2d(32, kernel = 3, padding = 1) |> relu;
        o3 = h3 |> conv2d(32, kernel = 3, padding = 1);
        b3 = s2 + o3;
        h4 = b3 |> flatten |> dense(64) |> maxmin;
        logits = h4 |> dense(10);
        return logits;
      }
      """;

  private ImageStep() {}

  public static void main(String[] arguments) throws Exception {
    int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    TrainableNetwork network = network();
    List<Double> millis = new ArrayList<>();
    TrainingOptions options =
        TrainingOptions.builder().epochs(2).patience(2).batchSize(BATCH).build();
    Trainer.train(
        Classification.TASK,
        network.graph(),
        network.construction(),
        split(steps),
        network.construction().bound(),
        options,
        clock(millis));
    Collections.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "lipc: median %.1f ms, 5 %% %.1f ms%n",
        millis.get(steps / 2),
        millis.get(steps / 20));
  }

  /** Keeps the steps of the second epoch, whose code is compiled. */
  private static ProgressListener clock(List<Double> millis) {
    return new ProgressListener() {
      private long before = System.nanoTime();

      @Override
      public void batchFinished(int epoch, int batch, double loss) {
        long now = System.nanoTime();
        if (epoch > 1) {
          millis.add(1e-6 * (now - before));
        }
        before = now;
      }

      @Override
      public void epochFinished(EpochReport report) {
        before = System.nanoTime();
      }
    };
  }

  private static TrainableNetwork network() {
    var parsed = LipParser.parse(new SourceText("images.lip", NETWORK)).networks().getFirst();
    var outcome = DeclarationChecker.check(parsed.declaration(), Scope.empty());
    return TrainableNetwork.of(
        outcome.network().orElseThrow(() -> new IllegalStateException("" + outcome.findings())));
  }

  /** Noise: nothing is learnt, and a step takes as long. */
  private static Split<Dataset> split(int steps) throws DataException {
    int size = BATCH * steps;
    SplittableRandom random = new SplittableRandom(1);
    double[][] features = new double[size + 2 * CLASSES][];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.doubles(PIXELS).toArray();
    }
    int[] labels = IntStream.range(0, features.length).map(i -> i % CLASSES).toArray();
    List<String> classes = IntStream.range(0, CLASSES).mapToObj(c -> "class" + c).toList();
    Dataset all = Dataset.of(classes, features, labels);
    return new Split<>(
        all.subset(IntStream.range(0, size).toArray()),
        all.subset(IntStream.range(size, features.length).toArray()));
  }
}
