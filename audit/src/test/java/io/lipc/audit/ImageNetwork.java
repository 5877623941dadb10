package io.lipc.audit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of a network of images, written unit by unit, with its weights; and the network
 * itself, evaluated on the true grid. Nothing of lipc is needed for it, nor of the audit.
 */
final class ImageNetwork {

  /** A unit: its result, and its gradient. */
  private interface Unit {
    double[] apply(double[] z);

    /** The transposed derivative at z, of a difference g. */
    double[] adjoint(double[] z, double[] g);
  }

  private final List<String> units = new ArrayList<>();
  private final List<Unit> maps = new ArrayList<>();
  private final List<int[]> operands = new ArrayList<>();
  private final List<int[]> images = new ArrayList<>();
  private final Map<String, double[]> tensors = new TreeMap<>();
  private final Map<String, int[]> shapes = new TreeMap<>();
  private final List<String> multipliers = new ArrayList<>();
  private String torus = "1, 1";
  private String twist = "\"0x0.0p0\", \"0x0.0p0\"";
  private @Nullable Integer head;

  ImageNetwork(int... image) {
    add(
        "{\"operation\": \"input\", \"shape\": " + Arrays.toString(image) + "}",
        List.of(),
        image,
        null);
  }

  int last() {
    return units.size() - 1;
  }

  private int add(String text, List<Integer> read, int[] image, @Nullable Unit map) {
    units.add(text);
    operands.add(read.stream().mapToInt(k -> k).toArray());
    images.add(image);
    maps.add(map);
    return last();
  }

  private static int size(int[] image) {
    return Arrays.stream(image).reduce(1, (a, b) -> a * b);
  }

  /** Rows of a linear map. */
  private record Linear(double[][] rows, int inputs) implements Unit {
    @Override
    public double[] apply(double[] z) {
      double[] y = new double[rows.length];
      for (int i = 0; i < y.length; i++) {
        for (int k = 0; k < inputs; k++) {
          y[i] += rows[i][k] * z[k];
        }
      }
      return y;
    }

    @Override
    public double[] adjoint(double[] z, double[] g) {
      double[] x = new double[inputs];
      for (int i = 0; i < g.length; i++) {
        for (int k = 0; k < inputs; k++) {
          x[k] += rows[i][k] * g[i];
        }
      }
      return x;
    }
  }

  /** The function with the slopes a below 0 and b above. */
  private record Slopes(double a, double b) implements Unit {
    @Override
    public double[] apply(double[] z) {
      return Arrays.stream(z).map(v -> v < 0 ? a * v : b * v).toArray();
    }

    @Override
    public double[] adjoint(double[] z, double[] g) {
      double[] x = new double[z.length];
      Arrays.setAll(x, i -> (z[i] < 0 ? a : b) * g[i]);
      return x;
    }
  }

  /** Each output is one of the inputs: the largest of some. */
  private record Largest(int[][] windows) implements Unit {
    private int at(double[] z, int[] window) {
      int best = window[0];
      for (int k : window) {
        best = z[k] > z[best] ? k : best;
      }
      return best;
    }

    @Override
    public double[] apply(double[] z) {
      return Arrays.stream(windows).mapToDouble(window -> z[at(z, window)]).toArray();
    }

    @Override
    public double[] adjoint(double[] z, double[] g) {
      double[] x = new double[z.length];
      for (int i = 0; i < g.length; i++) {
        x[at(z, windows[i])] += g[i];
      }
      return x;
    }
  }

  /**
   * Kernel, stride, padding, dilation are those of both axes; for padding above and left, below and
   * right.
   */
  record Window(int kernel, int stride, int before, int after, int dilation, int groups) {
    Window(int kernel, int stride, int padding) {
      this(kernel, stride, padding, padding, 1, 1);
    }

    int out(int pixels) {
      return Math.floorDiv(pixels + before + after - (kernel - 1) * dilation - 1, stride) + 1;
    }
  }

  /**
   * For each output (o, p, q) the pixels that it reads, by number, with the elements of its kernel;
   * -1 outside.
   */
  private static int[][] reads(int[] in, int channels, Window w) {
    int high = w.out(in[1]);
    int wide = w.out(in[2]);
    int each = in[0] / w.groups;
    int[][] reads = new int[channels * high * wide][each * w.kernel * w.kernel];
    for (int k = 0; k < reads.length; k++) {
      int o = k / (high * wide);
      for (int e = 0; e < reads[k].length; e++) {
        int i = o / (channels / w.groups) * each + e / (w.kernel * w.kernel);
        int y = w.stride * (k / wide % high) + w.dilation * (e / w.kernel % w.kernel) - w.before;
        int x = w.stride * (k % wide) + w.dilation * (e % w.kernel) - w.before;
        boolean outside = y < 0 || x < 0 || y >= in[1] || x >= in[2];
        reads[k][e] = outside ? -1 : (i * in[1] + y) * in[2] + x;
      }
    }
    return reads;
  }

  private static Linear linear(int[][] reads, double[][] elements, int inputs, int each) {
    double[][] rows = new double[reads.length][inputs];
    for (int k = 0; k < reads.length; k++) {
      for (int e = 0; e < reads[k].length; e++) {
        if (reads[k][e] >= 0) {
          rows[k][reads[k][e]] += elements[k / each][e];
        }
      }
    }
    return new Linear(rows, inputs);
  }

  private void tensor(String name, double[] values, int... shape) {
    tensors.put(name, values);
    shapes.put(name, shape);
  }

  int convolution(int operand, int channels, Window w, double... weight) {
    int[] in = images.get(operand);
    String name = "w" + units.size();
    int each = in[0] / w.groups * w.kernel * w.kernel;
    tensor(name, weight, channels, in[0] / w.groups, w.kernel, w.kernel);
    double[][] elements = new double[channels][];
    Arrays.setAll(elements, o -> Arrays.copyOfRange(weight, o * each, (o + 1) * each));
    int[] out = {channels, w.out(in[1]), w.out(in[2])};
    String text =
        "{\"operation\": \"convolution\", \"operand\": %d, \"input\": %s, \"channels\": %d, \"kernel\": [%d, %d], \"stride\": [%d, %d], \"padding\": [%d, %d, %d, %d], \"dilation\": [%d, %d], \"groups\": %d, \"weight\": \"%s\"}"
            .formatted(
                operand,
                Arrays.toString(in),
                channels,
                w.kernel,
                w.kernel,
                w.stride,
                w.stride,
                w.before,
                w.before,
                w.after,
                w.after,
                w.dilation,
                w.dilation,
                w.groups,
                name);
    Linear map = linear(reads(in, channels, w), elements, size(in), out[1] * out[2]);
    return add(text, List.of(operand), out, map);
  }

  int mean(int operand, int kernel, int stride, double factor) {
    int[] in = images.get(operand);
    Window w = new Window(kernel, stride, 0, 0, 1, in[0]);
    double[][] elements = new double[in[0]][kernel * kernel];
    for (double[] row : elements) {
      Arrays.fill(row, factor);
    }
    int[] out = {in[0], w.out(in[1]), w.out(in[2])};
    String text =
        "{\"operation\": \"average_pool\", \"operand\": %d, \"input\": %s, \"kernel\": [%d, %d], \"stride\": [%d, %d], \"factor\": \"%s\"}"
            .formatted(
                operand,
                Arrays.toString(in),
                kernel,
                kernel,
                stride,
                stride,
                Double.toHexString(factor));
    return add(
        text,
        List.of(operand),
        out,
        linear(reads(in, in[0], w), elements, size(in), out[1] * out[2]));
  }

  int maximum(int operand, int kernel, int stride) {
    int[] in = images.get(operand);
    Window w = new Window(kernel, stride, 0, 0, 1, in[0]);
    String text =
        "{\"operation\": \"max_pool\", \"operand\": %d, \"input\": %s, \"kernel\": [%d, %d], \"stride\": [%d, %d]}"
            .formatted(operand, Arrays.toString(in), kernel, kernel, stride, stride);
    int[] out = {in[0], w.out(in[1]), w.out(in[2])};
    return add(text, List.of(operand), out, new Largest(reads(in, in[0], w)));
  }

  /** {@code relu}, {@code abs}, {@code identity}, or {@code leaky_relu} with a parameter. */
  int activation(int operand, String name, double... parameters) {
    String values =
        Arrays.stream(parameters)
            .mapToObj(v -> '"' + Double.toHexString(v) + '"')
            .collect(Collectors.joining(", "));
    int[] image = images.get(operand);
    String text =
        "{\"operation\": \"activation\", \"operand\": %d, \"name\": \"%s\", \"parameters\": [%s], \"size\": %d}"
            .formatted(operand, name, values, size(image));
    double a =
        name.equals("abs")
            ? -1
            : name.equals("identity") ? 1 : parameters.length == 1 ? parameters[0] : 0;
    return add(text, List.of(operand), image, new Slopes(a, 1));
  }

  int scale(int operand, double factor) {
    int[] image = images.get(operand);
    String text =
        "{\"operation\": \"scale\", \"operand\": %d, \"factor\": \"%s\", \"size\": %d}"
            .formatted(operand, Double.toHexString(factor), size(image));
    return add(text, List.of(operand), image, new Slopes(factor, factor));
  }

  int sum(int one, int other) {
    int[] image = images.get(one);
    String text =
        "{\"operation\": \"sum\", \"operands\": [%d, %d], \"size\": %d}"
            .formatted(one, other, size(image));
    double[][] rows = new double[size(image)][2 * size(image)];
    for (int i = 0; i < rows.length; i++) {
      rows[i][i] = rows[i][i + rows.length] = 1;
    }
    return add(text, List.of(one, other), image, new Linear(rows, 2 * rows.length));
  }

  int concat(int one, int other) {
    int[] image = images.get(one).clone();
    image[0] += images.get(other)[0];
    String text =
        "{\"operation\": \"concat\", \"operands\": [%d, %d], \"size\": %d}"
            .formatted(one, other, size(image));
    return add(text, List.of(one, other), image, new Slopes(1, 1));
  }

  /** A unit as it is written, which gives an image; it cannot be evaluated. */
  int written(String text, int operand, int... image) {
    return add(text.replace("OPERAND", String.valueOf(operand)), List.of(operand), image, null);
  }

  /** By these scales, for as many pixels each: {@code weight / sqrt(3/4 + 1/4)}. */
  int normalisation(int operand, int pixels, double... scales) {
    String name = "n" + units.size();
    double[] variance = new double[scales.length];
    Arrays.fill(variance, 0.75);
    tensor(name + ".weight", scales, scales.length);
    tensor(name + ".bias", new double[scales.length], scales.length);
    tensor(name + ".running_mean", new double[scales.length], scales.length);
    tensor(name + ".running_var", variance, scales.length);
    String text =
        "{\"operation\": \"batch_norm\", \"operand\": OPERAND, \"channels\": %d, \"pixels\": %d, \"tensors\": \"%s\", \"epsilon\": \"0x1.0p-2\"}"
            .formatted(scales.length, pixels, name);
    return written(text, operand, images.get(operand));
  }

  int dense(int operand, int size, double... weight) {
    int inputs = size(images.get(operand));
    String name = "w" + units.size();
    tensor(name, weight, size, inputs);
    String text =
        "{\"operation\": \"dense\", \"operand\": %d, \"inputs\": %d, \"size\": %d, \"weight\": \"%s\"}"
            .formatted(operand, inputs, size, name);
    double[][] rows = new double[size][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(weight, i * inputs, (i + 1) * inputs));
    return add(text, List.of(operand), new int[] {size}, new Linear(rows, inputs));
  }

  ImageNetwork multiplier(int unit, String constraint, double... values) {
    String all =
        Arrays.stream(values)
            .mapToObj(v -> '"' + Double.toHexString(v) + '"')
            .collect(Collectors.joining(", "));
    multipliers.add(
        "{\"unit\": %d, \"constraint\": \"%s\", \"values\": [%s]}"
            .formatted(unit, constraint, all));
    return this;
  }

  void forgetMultipliers() {
    multipliers.clear();
  }

  ImageNetwork torus(int down, int right, double twistDown, double twistRight) {
    torus = down + ", " + right;
    twist =
        "\"%s\", \"%s\"".formatted(Double.toHexString(twistDown), Double.toHexString(twistRight));
    return this;
  }

  ImageNetwork head(int unit) {
    head = unit;
    return this;
  }

  String text(double bound) {
    String real = Double.toHexString(bound);
    List<String> records =
        tensors.keySet().stream()
            .sorted()
            .map(
                name ->
                    "{\"name\": \"%s\", \"shape\": %s, \"digest\": \"%s\"}"
                        .formatted(name, Arrays.toString(shapes.get(name)), digest(name)))
            .toList();
    return """
        {
          "format": "lipc-certificate-1",
          "network": "test.Images",
          "kind": "%s",
          "type": "f64",
          "declared": "%s",
          "bound": "%s",
          "method": "by hand",
          "units": %s,
          "tensors": %s,
          "gains": [],
          "segmentations": [],
          "multipliers": %s,
          "procedure": "all frequencies",
          "torus": [
            %s
          ],
          "twist": [
            %s
          ]%s
        }
        """
        .formatted(
            tensors.isEmpty() ? "structural" : "numeric",
            real,
            real,
            list(units),
            list(records),
            list(multipliers),
            torus.replace(", ", ",\n    "),
            twist.replace(", ", ",\n    "),
            head == null ? "" : ",\n  \"head\": " + head);
  }

  private static String list(List<String> lines) {
    return lines.isEmpty() ? "[]" : "[\n    " + String.join(",\n    ", lines) + "\n  ]";
  }

  private byte[] bytes(String name) {
    ByteBuffer data =
        ByteBuffer.allocate(8 * tensors.get(name).length).order(ByteOrder.LITTLE_ENDIAN);
    data.asDoubleBuffer().put(tensors.get(name));
    return data.array();
  }

  private String digest(String name) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(
          ("F64 " + Arrays.toString(shapes.get(name)) + "\n").getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(sha.digest(bytes(name)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The tensors as a safetensors file. */
  byte[] weights() {
    return weights("F64", Double.BYTES);
  }

  /** The same with as many bytes of each number, the first ones, in a file that says so. */
  byte[] weights(String dtype, int width) {
    if (tensors.isEmpty()) {
      return new byte[0];
    }
    List<String> entries = new ArrayList<>();
    int at = 0;
    for (String name : tensors.keySet()) {
      int end = at + width * tensors.get(name).length;
      entries.add(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(name, dtype, Arrays.toString(shapes.get(name)), at, end));
      at = end;
    }
    byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + header.length + at).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    for (String name : tensors.keySet()) {
      byte[] bytes = bytes(name);
      for (int i = 0; i < bytes.length; i += Double.BYTES) {
        file.put(bytes, i, width);
      }
    }
    return file.array();
  }

  String verdict(double bound, long work) {
    return Witness.audit(List.of(text(bound)), List.of(weights()), work).getLast();
  }

  int inputs() {
    return size(images.getFirst());
  }

  int[] image(int unit) {
    return images.get(unit);
  }

  int size(int unit) {
    return size(images.get(unit));
  }

  /** The signals of all units. */
  List<double[]> signals(double[] x) {
    List<double[]> signals = new ArrayList<>(List.of(x));
    for (int at = 1; at < units.size(); at++) {
      signals.add(maps.get(at).apply(read(signals, at)));
    }
    return signals;
  }

  private double[] read(List<double[]> signals, int at) {
    return Arrays.stream(operands.get(at))
        .boxed()
        .flatMapToDouble(k -> Arrays.stream(signals.get(k)))
        .toArray();
  }

  /** The transposed derivative at x, of a difference g of the output. */
  double[] adjoint(List<double[]> signals, double[] g) {
    List<double[]> gradients = new ArrayList<>();
    signals.forEach(signal -> gradients.add(new double[signal.length]));
    gradients.set(last(), g);
    for (int at = last(); at > 0; at--) {
      double[] back = maps.get(at).adjoint(read(signals, at), gradients.get(at));
      int from = 0;
      for (int k : operands.get(at)) {
        double[] gradient = gradients.get(k);
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] += back[from++];
        }
      }
    }
    return gradients.getFirst();
  }
}
