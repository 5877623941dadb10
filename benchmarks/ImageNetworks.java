import ai.onnxruntime.OrtException;
import io.lipc.formats.ElementType;
import io.lipc.formats.Safetensors;
import io.lipc.model.Decimals;
import io.lipc.onnx.OnnxModel;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.Workspace;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.tools.ToolProvider;

/**
 * Microseconds an image of whole convolutional networks, on one thread, beside ONNX Runtime, which
 * runs the file that the weights come from. All take turns, and the best of each counts.
 *
 * <p>{@code java ... ImageNetworks.java DATA}: DATA has {@code convolution/lenet.onnx} and others.
 */
final class ImageNetworks {

  private static final int BATCH = 64;
  private static final int CLASSES = 10;

  /** A network as a text; tensors have the names that the ONNX reader gives them. */
  private record Network(String name, int channels, int side, String layers) {}

  private static final List<Network> NETWORKS =
      List.of(
          new Network(
              "lenet",
              1,
              28,
              """
              a = x |> conv2d(6, kernel = 5, padding = 2, tensor = "layer1") |> relu |> avg_pool(2);
              b = a |> conv2d(16, kernel = 5, tensor = "layer2") |> relu |> avg_pool(2);
              c = b |> dense(120, tensor = "layer3") |> relu;
              d = c |> dense(84, tensor = "layer4") |> relu;
              y = d |> dense(10, tensor = "layer5");
              """),
          new Network(
              "strided",
              1,
              28,
              """
              a = x |> conv2d(16, kernel = 4, stride = 2, padding = 1, tensor = "layer1") |> relu;
              b = a |> conv2d(32, kernel = 4, stride = 2, padding = 1, tensor = "layer2") |> relu;
              c = b |> dense(100, tensor = "layer3") |> relu;
              y = c |> dense(10, tensor = "layer4");
              """),
          new Network(
              "resnet",
              3,
              32,
              """
              a = x |> conv2d(16, kernel = 3, padding = 1, tensor = "layer1") |> relu;
              b = a |> conv2d(16, kernel = 3, padding = 1, tensor = "layer2") |> relu;
              c = b |> conv2d(16, kernel = 3, padding = 1, tensor = "layer3");
              d = (c + a) |> relu;
              e = d |> conv2d(32, kernel = 3, stride = 2, padding = 1, tensor = "layer4") |> relu;
              f = e |> conv2d(32, kernel = 3, padding = 1, tensor = "layer5");
              g = d |> conv2d(32, kernel = 1, stride = 2, tensor = "layer6");
              h = (f + g) |> relu;
              i = h |> conv2d(32, kernel = 3, padding = 1, tensor = "layer7") |> relu;
              j = i |> conv2d(32, kernel = 3, padding = 1, tensor = "layer8");
              k = (j + h) |> relu;
              y = k |> global_avg_pool |> dense(10, tensor = "layer9");
              """));

  private ImageNetworks() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("lipc.kernels=" + System.getProperty("lipc.kernels", "auto"));
    System.out.println(
        "| network | lipc, 1 | of 64 | ONNX Runtime, 1 | of 64 | times | of 64 | bound |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (Network network : NETWORKS) {
      Path onnx = Path.of(arguments[0], "convolution", network.name + ".onnx");
      measure(network, loaded(network, onnx), Files.readAllBytes(onnx));
    }
  }

  /** Compiled by javac with lipc as its annotation processor, from the weights of a model. */
  private static FloatNetwork loaded(Network network, Path onnx) throws Exception {
    Path folder = Files.createTempDirectory("lipc-images");
    Path weights = folder.resolve("weights.safetensors");
    OnnxModel model = OnnxModel.read(onnx, "bench.Net", 1);
    Files.write(weights, Safetensors.write(model.weights().rounded(ElementType.F32)));
    String text =
        """
        package bench;
        import io.lipc.annotations.*;
        @CertifiedNetwork(dsl = \"""
            network Net(x: real[%d, %d, %d]) -> real[10] {
            certify lipschitz <= 1000;
            weights "weights.safetensors";
            %s
            return y;
            }
            \""")
        interface Net {}
        """
            .formatted(network.channels, network.side, network.side, network.layers);
    Path source = Files.createDirectories(folder.resolve("bench")).resolve("Net.java");
    Files.writeString(source, text);
    String path = System.getProperty("java.class.path");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-nowarn",
                "-g",
                "-cp",
                path,
                "-processorpath",
                path,
                "-d",
                folder.toString(),
                "-Alipc.root=" + folder,
                source.toString());
    if (status != 0) {
      throw new IllegalStateException(network.name + " was not compiled");
    }
    URLClassLoader classes =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, ImageNetworks.class.getClassLoader());
    Method load = classes.loadClass("bench.NetNetwork").getMethod("load", Path.class);
    return (FloatNetwork) load.invoke(null, weights);
  }

  private static void measure(Network network, FloatNetwork lipc, byte[] onnx) throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    float[][] xs = new float[BATCH][lipc.inputSize()];
    for (float[] x : xs) {
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextFloat();
      }
    }
    float[][] ys = new float[BATCH][lipc.outputSize()];
    Workspace workspace = lipc.newWorkspace();
    PinnedSession single = session(onnx, network, Arrays.copyOf(xs, 1));
    PinnedSession batch = session(batched(onnx, network), network, xs);
    batch.run();
    lipc.apply(xs, ys);
    for (int i = 0; i < BATCH * CLASSES; i++) {
      if (Math.abs(ys[i / CLASSES][i % CLASSES] - batch.output(i)) > 1e-4) {
        throw new IllegalStateException("the logits differ");
      }
    }
    double[] us =
        Turns.best(
            List.of(
                new Turns.Timed("lipc", 1, () -> lipc.apply(workspace, xs[0], ys[0])),
                new Turns.Timed("lipc", BATCH, () -> lipc.apply(xs, ys)),
                new Turns.Timed("ort", 1, single::run),
                new Turns.Timed("ort", BATCH, batch::run)));
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %s |%n",
        network.name,
        us[0],
        us[1],
        us[2],
        us[3],
        us[2] / us[0],
        us[3] / us[1],
        Decimals.up(lipc.lipschitzBound()));
  }

  private static PinnedSession session(byte[] model, Network network, float[][] xs)
      throws OrtException {
    FloatBuffer all = FloatBuffer.allocate(xs.length * xs[0].length);
    for (float[] x : xs) {
      all.put(x);
    }
    long[] from = {xs.length, network.channels, network.side, network.side};
    return new PinnedSession(model, all.array(), from, new long[] {xs.length, CLASSES});
  }

  /** The same model for a batch: in the files, the first extents of input and output are 1. */
  private static byte[] batched(byte[] onnx, Network network) {
    byte[] model = onnx.clone();
    replace(model, new byte[] {10, 2, 8, 1, 10, 2, 8, (byte) network.channels, 10, 2, 8});
    replace(model, new byte[] {10, 2, 8, 1, 10, 2, 8, CLASSES});
    return model;
  }

  /** Writes the size of the batch wherever extents begin so: of one byte in place of another. */
  private static void replace(byte[] model, byte[] extents) {
    for (int i = 0; i + extents.length <= model.length; i++) {
      if (Arrays.equals(model, i, i + extents.length, extents, 0, extents.length)) {
        model[i + 3] = BATCH;
      }
    }
  }
}
