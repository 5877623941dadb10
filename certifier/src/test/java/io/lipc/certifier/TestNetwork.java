package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Window;
import io.lipc.certifier.falsify.Program;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Builds networks layer by layer; each method returns the number of the new layer. */
public final class TestNetwork {

  /** The ratios that two inputs of networks reach, by the keys of these. */
  private static final Map<String, Double> REACHED = new ConcurrentHashMap<>();

  private final List<Layer> layers = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, Subject> callees = new HashMap<>();
  private Norm from = Norm.L2;
  private Norm to = Norm.L2;

  /** The norms of the bound. */
  public void between(Norm input, Norm output) {
    from = input;
    to = output;
  }

  public static TestNetwork of(int inputs) {
    TestNetwork network = new TestNetwork();
    network.layers.add(new Layer.Input(Shape.vector(inputs), Optional.empty()));
    return network;
  }

  /** One that reads an image. */
  public static TestNetwork of(Grid image) {
    TestNetwork network = new TestNetwork();
    network.layers.add(new Layer.Input(Shape.of(image), Optional.empty()));
    return network;
  }

  static TestNetwork inBox(int inputs, double lower, double upper) {
    return inBox(Collections.nCopies(inputs, new Interval(lower, upper)));
  }

  public static TestNetwork inBox(List<Interval> box) {
    TestNetwork network = new TestNetwork();
    network.layers.add(new Layer.Input(Shape.vector(box.size()), Optional.of(box)));
    return network;
  }

  public int size(int layer) {
    return layers.get(layer).shape().size();
  }

  public int last() {
    return layers.size() - 1;
  }

  public int dense(int operand, double[][] rows) {
    return dense(operand, rows, new double[rows.length]);
  }

  int dense(int operand, double[][] rows, double[] bias) {
    String name = "w" + layers.size();
    int columns = rows[0].length;
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    tensor(name + ".weight", List.of(rows.length, columns), flat);
    tensor(name + ".bias", List.of(rows.length), bias);
    return add(
        Layer.dense(operand, columns, rows.length, name + ".weight", Optional.of(name + ".bias")));
  }

  /** Channels after channels, of images of one height and width. */
  public int concatChannels(Integer... operands) {
    int channels = Arrays.stream(operands).mapToInt(k -> image(k).channels()).sum();
    Grid first = image(operands[0]);
    Shape shape = Shape.of(new Grid(channels, first.height(), first.width()));
    return add(Layer.concat(List.of(operands), shape));
  }

  public int activate(int operand, ActivationKind kind, Double... parameters) {
    return add(
        new Layer.Activate(operand, kind.with(List.of(parameters)), layers.get(operand).shape()));
  }

  public int relu(int operand) {
    return activate(operand, PointwiseKind.RELU);
  }

  public int sum(Integer... operands) {
    return add(Layer.sum(List.of(operands), layers.get(operands[0]).shape()));
  }

  public int concat(Integer... operands) {
    int size = Arrays.stream(operands).mapToInt(this::size).sum();
    return add(Layer.concat(List.of(operands), Shape.vector(size)));
  }

  public int scale(int operand, double factor) {
    return add(Layer.scale(operand, factor, layers.get(operand).shape()));
  }

  public int affine(int operand, List<Double> scale, List<Double> shift) {
    return add(Layer.affine(operand, scale, shift, layers.get(operand).shape()));
  }

  public int slice(int operand, int from, int size) {
    return add(Layer.part(operand, from, Shape.vector(size)));
  }

  /** The image that a layer gives. */
  public Grid image(int layer) {
    return layers.get(layer).shape().image().orElseThrow();
  }

  public int convolution(int operand, int channels, Window window, int groups, double[] kernel) {
    String name = "w" + layers.size() + ".weight";
    Convolution map =
        new Convolution(image(operand), channels, window, groups, name, Optional.empty());
    tensor(name, map.tensors().getFirst().shape(), kernel);
    return add(new Layer.Linear(List.of(operand), map, Shape.of(map.output())));
  }

  /** With a kernel of random numbers, whose norm is about that of a small network's. */
  public int convolution(Random random, int operand, int channels, Window window, int groups) {
    int taps = image(operand).channels() / groups * window.area();
    double[] kernel = new double[channels * taps];
    Arrays.setAll(kernel, k -> random.nextGaussian() / Math.sqrt(taps));
    return convolution(operand, channels, window, groups, kernel);
  }

  public int averagePool(int operand, Window window) {
    AveragePool map = new AveragePool(image(operand), window, 1.0 / window.area());
    return add(new Layer.Linear(List.of(operand), map, Shape.of(map.output())));
  }

  public int maxPool(int operand, Window window) {
    Grid image = image(operand);
    return add(new Layer.MaxPool(operand, image, window, Shape.of(image.pooled(window))));
  }

  /** Its tensors are those of BatchNorm.ROLES, in order. */
  public int batchNorm(int operand, double[]... statistics) {
    Grid image = image(operand);
    String name = "n" + layers.size();
    BatchNorm map = new BatchNorm(image.channels(), image.pixels(), name, 0.125);
    for (int k = 0; k < statistics.length; k++) {
      LinearMap.TensorShape tensor = map.tensors().get(k);
      tensor(tensor.name(), tensor.shape(), statistics[k]);
    }
    return add(new Layer.Linear(List.of(operand), map, Shape.of(image)));
  }

  private void tensor(String name, List<Integer> shape, double[] values) {
    try {
      tensors.add(Tensor.of(name, ElementType.F64, shape, values));
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public int call(int operand, Subject callee) {
    String name = callee.certificate().network();
    callees.put(name, callee);
    return add(new Layer.Call(operand, name, Shape.vector(callee.certificate().outputSize())));
  }

  private int add(Layer layer) {
    layers.add(layer);
    return layers.size() - 1;
  }

  public Network network() {
    return network("demo.Net");
  }

  Network network(String name) {
    return new Network(
        name,
        new Property.Lipschitz(1, from, to),
        new WeightsSource.None(),
        ElementType.F64,
        layers);
  }

  Weights weights() {
    return Weights.of(tensors);
  }

  public Certification.OfBound certify(Method method, double bound) {
    return certify(
        new Options(method, OptionalDouble.of(bound), List.of(), 1, Options.Effort.REPORT));
  }

  /**
   * The best bound that a method proves, which is held against what two inputs reach. A search for
   * them takes longer than most proofs: a build's short one is made, once for equal networks. All
   * methods together are asked for a report.
   */
  public Certification best(Method method) {
    if (method == Method.AUTO) {
      return report(method);
    }
    Certification.OfBound answer = best(method, Options.Effort.PROOF);
    if (answer instanceof Certification.Certified certified) {
      assertThat(certified.upper().value())
          .as("%s: no less than what two inputs reach", method.word())
          .isGreaterThanOrEqualTo(REACHED.computeIfAbsent(key(), _ -> reached()));
    }
    return answer;
  }

  private double reached() {
    double all = Double.POSITIVE_INFINITY; // Whatever the shortest search finds, the other is made.
    return Certifier.quickLower(network(), weights(), callees, Options.proving(1), all).value();
  }

  /** A report of one method, with all that it says. */
  public Certification.OfBound report(Method method) {
    return best(method, Options.Effort.REPORT);
  }

  private Certification.OfBound best(Method method, Options.Effort effort) {
    return certify(new Options(method, OptionalDouble.empty(), List.of(), 1, effort));
  }

  /** Equal for equal networks with equal weights, and for no others. */
  private String key() {
    StringBuilder key = new StringBuilder(network().toString()).append(digest(weights()));
    new TreeMap<>(callees)
        .forEach(
            (name, callee) ->
                key.append(name)
                    .append(CertificateText.digest(callee.certificate()))
                    .append(digest(callee.weights())));
    return key.toString();
  }

  private static Digest digest(Weights weights) {
    return Digest.of(Safetensors.write(weights));
  }

  public Certification.OfBound certify(Options options) {
    return Certifier.certify(network(), weights(), callees, options);
  }

  /** The best bound that a method proves. */
  public double bound(Method method) {
    return ((Certification.Certified) best(method)).upper().value();
  }

  /** Certified with the best bound of all methods, and no report. */
  public Subject subject(String name) {
    Options options =
        new Options(Method.AUTO, OptionalDouble.empty(), List.of(), 1, Options.Effort.PROOF);
    Certification done = Certifier.certify(network(name), weights(), callees, options);
    return ((Certification.Certified) done).subject();
  }

  /** What the methods see, for the best bound. */
  public Problem problem() {
    List<Unit> units = UnitLists.of(network(), callees);
    return new Problem(
        "demo.Net",
        ElementType.F64,
        UnitLists.claimOf(network().lipschitz(), 0),
        units,
        UnitLists.tensors(units, weights()),
        weights(),
        Map.copyOf(callees),
        Deadline.NONE);
  }

  public Program program() {
    return Program.of(UnitLists.of(network(), callees), weights(), callees, Deadline.NONE);
  }

  public static double[][] random(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian() / Math.sqrt(columns);
      }
    }
    return matrix;
  }

  public static double[] randomVector(Random random, int size) {
    return random.doubles(size, -1, 1).toArray();
  }
}
