import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.onnx.OnnxChoice;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.OnnxSource;
import io.lipc.onnx.protobuf.OnnxException;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many of the {@code .onnx} files in a folder lipc reads, and why it refuses the others; files
 * of the same content count once, where they stand first. The functions that were read are compared
 * with ONNX Runtime at random inputs.
 *
 * <p>{@code java ... OnnxImport.java FOLDER [SAMPLES]}: FOLDER has one folder for each repository.
 * With 0 samples nothing is compared. A file with free extents is read once more, with the option
 * {@code --shape} that the message offers and {@value #EXTENT} for each free extent; one with
 * several outputs, with one of them.
 */
final class OnnxImport {

  /**
   * The tolerance of an output, relative to the largest one: the rounding to floats of many layers.
   */
  private static final double TOLERANCE = 1e-3;

  /** Free extents are set to this number. */
  private static final int EXTENT = 32;

  private final int samples;
  private final Map<String, int[]> repositories = new TreeMap<>();
  private final Map<String, Integer> reasons = new HashMap<>();
  private final Map<String, Integer> comparisons = new TreeMap<>();
  private int chosen;
  private int shaped;

  private OnnxImport(int samples) {
    this.samples = samples;
  }

  public static void main(String[] arguments) throws Exception {
    int samples = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    Path folder = Path.of(arguments[0]);
    OnnxImport all = new OnnxImport(samples);
    Set<String> seen = new HashSet<>();
    for (Path file : files(folder)) {
      if (seen.add(digest(file))) {
        all.read(folder.relativize(file), file);
      }
    }
    all.print();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(path -> path.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  private static String digest(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)));
  }

  private void read(Path name, Path file) throws IOException {
    int[] counts = repositories.computeIfAbsent(name.getName(0).toString(), _ -> new int[2]);
    counts[0]++;
    try {
      OnnxModel model = OnnxModel.read(file, "Net", 1);
      counts[1]++;
      if (samples > 0) {
        String result = compare(model, file);
        comparisons.merge(result.replaceAll(" [0-9.]+e.*", ""), 1, Integer::sum);
        System.out.println("read    " + name + ": " + result);
      } else {
        System.out.println("read    " + name);
      }
    } catch (OnnxException e) {
      reasons.merge(reason(e.getMessage()), 1, Integer::sum);
      if (e.getMessage().startsWith("the graph has ") && hasReadableOutput(e.getMessage(), file)) {
        chosen++;
      }
      if (isReadWithShape(e.getMessage(), file)) {
        shaped++;
      }
      System.out.println("refused " + name + ": " + e.getMessage());
    }
  }

  /** Whether one of the outputs that the message names is read, as users choose one. */
  private static boolean hasReadableOutput(String message, Path file) throws IOException {
    Matcher names = Pattern.compile("`([^` ]+)`").matcher(message);
    boolean found = false;
    while (names.find() && !found) {
      Optional<String> output = Optional.of(names.group(1));
      try {
        OnnxSource source = OnnxSource.of(file).with(new OnnxChoice(output, Map.of()));
        found = OnnxModel.read(source, "Net", 1) != null;
      } catch (OnnxException e) {
        System.out.println("        " + output.get() + ": " + e.getMessage());
      }
    }
    return found;
  }

  /** Whether the file is read with the shape that the message offers. */
  private static boolean isReadWithShape(String message, Path file) throws IOException {
    Matcher option = Pattern.compile("--shape (\\S+)").matcher(message);
    if (!option.find()) {
      return false;
    }
    String shape = option.group(1).replace("\"", "").replaceAll("\\bN\\b", "" + EXTENT);
    try {
      OnnxChoice choice = OnnxChoice.of(Optional.empty(), List.of(shape));
      return OnnxModel.read(OnnxSource.of(file).with(choice), "Net", 1) != null;
    } catch (OnnxException e) {
      System.out.println("        --shape " + shape + ": " + e.getMessage());
      return false;
    }
  }

  /** The first reason of a message without what differs from file to file: names and numbers. */
  private static String reason(String message) {
    String first =
        message.replaceFirst("^\\d+ reasons:\\s+1\\. ", "").lines().findFirst().orElse("");
    String plain =
        first
            .replaceAll("^node (number \\d+|`[^`]*`)( \\(and \\d+ more like it\\))?, ", "")
            .replaceAll("`[^`]*`", "_");
    return plain
        .replaceAll("\\[[^\\]]*\\]", "[..]")
        .replaceAll("-?\\b\\d+(\\.\\d+)?(E-?\\d+)?", "#");
  }

  private void print() {
    System.out.printf("%n| repository | files | read |%n| --- | ---: | ---: |%n");
    int[] sum = new int[2];
    repositories.forEach(
        (name, counts) -> {
          System.out.printf("| %s | %d | %d |%n", name.replace('+', '/'), counts[0], counts[1]);
          sum[0] += counts[0];
          sum[1] += counts[1];
        });
    System.out.printf("| all | %d | %d |%n%n| files | reason |%n| ---: | --- |%n", sum[0], sum[1]);
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(one -> System.out.printf("| %d | %s |%n", one.getValue(), one.getKey()));
    System.out.printf("%nof those with several outputs, read with one: %d%n", chosen);
    System.out.printf("of those with free extents, read with --shape: %d%n", shaped);
    comparisons.forEach((result, count) -> System.out.printf("%d: %s%n", count, result));
  }

  /** The largest difference in some samples, relative to the largest output. */
  private String compare(OnnxModel model, Path file) {
    Map<String, double[]> tensors = new TreeMap<>();
    model.weights().tensors().forEach((name, tensor) -> tensors.put(name, tensor.values()));
    Interpreter interpreter = new Interpreter(Lowering.lower(model.checked()), tensors, Map.of());
    int size = model.checked().network().input().shape().size();
    Random random = new Random(5);
    double largest = 0;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session =
          OrtEnvironment.getEnvironment().createSession(file.toString(), options)) {
        for (int sample = 0; sample < samples; sample++) {
          double[] x = random.doubles(size, -0.5, 0.5).map(value -> (float) value).toArray();
          largest = Math.max(largest, difference(run(session, x), interpreter.apply(x)));
        }
      }
    } catch (OrtException e) {
      return "ONNX Runtime does not run it";
    }
    String words = largest <= TOLERANCE ? "agrees within" : "DIFFERS by";
    return String.format(Locale.ROOT, "%s %.1e", words, largest);
  }

  private static double difference(double[] expected, double[] found) {
    if (expected.length != found.length) {
      return Double.POSITIVE_INFINITY;
    }
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs(expected[i] - found[i]));
    }
    return difference == 0 ? 0 : difference / scale;
  }

  /** The output of inputs that are one vector, one after the other. */
  private static double[] run(OrtSession session, double[] x) throws OrtException {
    Map<String, OnnxTensor> inputs = new TreeMap<>();
    int from = 0;
    try {
      for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
        TensorInfo info = (TensorInfo) input.getValue().getInfo();
        long[] shape = Arrays.stream(info.getShape()).map(extent -> Math.max(1, extent)).toArray();
        int size = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        double[] part = Arrays.copyOfRange(x, from, from + size);
        inputs.put(input.getKey(), tensor(info.type, part, shape));
        from += size;
      }
      try (OrtSession.Result result = session.run(inputs)) {
        OnnxTensor output = (OnnxTensor) result.get(0);
        return output.getInfo().type == OnnxJavaType.FLOAT
            ? doubles(output.getFloatBuffer().array())
            : output.getDoubleBuffer().array();
      }
    } finally {
      new ArrayList<>(inputs.values()).forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(OnnxJavaType type, double[] values, long[] shape)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    if (type == OnnxJavaType.DOUBLE) {
      return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), shape);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }
}
