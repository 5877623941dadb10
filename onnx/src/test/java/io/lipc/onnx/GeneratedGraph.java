package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.BOOL;
import static io.lipc.onnx.OnnxFile.DOUBLE;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.INT64;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.onnx.operator.ActivationOperators;
import io.lipc.onnx.protobuf.OnnxException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A graph that grows by nodes of random operators, attributes and shapes. A node stays where lipc
 * reads it; it has then to give what ONNX Runtime makes of it, if that runs it at all.
 */
final class GeneratedGraph {

  private static final double TOLERANCE = 1e-5;

  /** Larger values hide what is wrong with smaller ones. */
  private static final double MOST = 1e4;

  /** A value, in the shape that ONNX Runtime gives to it. */
  record Known(String name, List<Integer> shape) {
    int size() {
      return shape.stream().reduce(1, (a, b) -> a * b);
    }

    int rank() {
      return shape.size();
    }
  }

  /** A node, or several that belong together, with what they read beside signals. */
  record Candidate(String operator, UnaryOperator<OnnxFile> add) {}

  private final Random random;
  private final int opset;
  private final List<Known> inputs = new ArrayList<>();
  private final List<Known> signals = new ArrayList<>();
  private final List<UnaryOperator<OnnxFile>> kept = new ArrayList<>();
  private double magnitude = 100;
  private int names;
  private int agreed;
  private int unknown;

  GeneratedGraph(long seed) {
    this.random = new Random(seed);
    this.opset = 6 + random.nextInt(16);
    inputs.add(new Known("x0", List.of(1, 2, 4, 4)));
    if (random.nextBoolean()) {
      inputs.addFirst(new Known("x1", shape()));
    }
    signals.addAll(inputs);
  }

  /** How many nodes gave the same as ONNX Runtime. */
  int agreed() {
    return agreed;
  }

  /** How many nodes lipc reads, and ONNX Runtime does not run. */
  int unknown() {
    return unknown;
  }

  private List<Integer> shape() {
    return switch (random.nextInt(8)) {
      case 0 -> List.of(5);
      case 1 -> List.of(1, 6);
      case 2 -> List.of(1, 2, 3);
      case 3 -> List.of(2, 3);
      case 4 -> List.of(1, 4, 1);
      case 5 -> List.of(1, 1, 2, 1, 3);
      default -> List.of(1, 2, 4, 4);
    };
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private int number(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private boolean often() {
    return random.nextInt(4) != 0;
  }

  private String fresh() {
    names++;
    return "v" + names;
  }

  private double[] numbers(int count) {
    return IntStream.range(0, count)
        .mapToDouble(_ -> (float) (random.nextGaussian() * (random.nextInt(9) == 0 ? 20 : 1)))
        .toArray();
  }

  /** Adds a node if lipc reads it. */
  void grow() throws OrtException {
    String output = fresh();
    Candidate candidate = candidate(output);
    OnnxModel model;
    byte[] file = file(candidate, output).bytes();
    try {
      model = OnnxModel.read(file, "Net", 1);
    } catch (OnnxException e) {
      return; // In words, and not by another exception.
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file, options)) {
        compare(candidate, output, session, Agreement.interpreter(model));
      }
    } catch (OrtException e) {
      unknown++; // No file of this version has such a node: there is nothing to compare.
    }
  }

  /** Without a shape, lipc says nothing of the output's; with one, it compares. */
  private OnnxFile file(Candidate candidate, String output) {
    return file(candidate, output, new Proto().integer(1, FLOAT));
  }

  private OnnxFile file(Candidate candidate, String output, Proto tensor) {
    OnnxFile file = OnnxFile.opset(opset);
    for (Known input : inputs) {
      int[] shape = input.shape().stream().mapToInt(e -> e).toArray();
      if (shape[0] == 1 && shape.length > 1 && names % 3 == 0) {
        shape[0] = ANY;
      }
      file.input(input.name(), FLOAT, shape);
    }
    Proto type = new Proto().message(1, tensor);
    file.field(12, new Proto().text(1, output).message(2, type));
    for (UnaryOperator<OnnxFile> step : kept) {
      step.apply(file);
    }
    return candidate.add().apply(file);
  }

  private void compare(
      Candidate candidate, String output, OrtSession session, Interpreter interpreter)
      throws OrtException {
    List<Integer> shape = List.of();
    double before = magnitude;
    for (double scale : new double[] {0.7, 3, 40}) {
      double[] x = random.doubles(inputs.stream().mapToInt(Known::size).sum()).toArray();
      Arrays.setAll(x, i -> (float) ((2 * x[i] - 1) * scale));
      Map<String, OnnxTensor> given = new LinkedHashMap<>();
      int from = 0;
      for (Known input : inputs) {
        float[] part = new float[input.size()];
        for (int i = 0; i < part.length; i++) {
          part[i] = (float) x[from++];
        }
        long[] extents = input.shape().stream().mapToLong(e -> e).toArray();
        given.put(
            input.name(),
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), FloatBuffer.wrap(part), extents));
      }
      try (OrtSession.Result result = session.run(given)) {
        OnnxTensor tensor = (OnnxTensor) result.get(0);
        shape =
            Arrays.stream(tensor.getInfo().getShape()).mapToObj(extent -> (int) extent).toList();
        agree(candidate, tensor.getFloatBuffer().array(), interpreter.apply(x));
      } finally {
        given.values().forEach(OnnxTensor::close);
      }
    }
    checkShape(candidate, output, shape);
    agreed++;
    if (magnitude < MOST) {
      kept.add(candidate.add());
      signals.add(new Known(output, shape));
    } else {
      magnitude = before;
    }
  }

  private void checkShape(Candidate candidate, String output, List<Integer> shape) {
    Proto extents = new Proto();
    shape.forEach(extent -> extents.message(1, new Proto().integer(1, extent)));
    Proto tensor = new Proto().integer(1, FLOAT).message(2, extents);
    try {
      OnnxModel.read(file(candidate, output, tensor).bytes(), "Net", 1);
    } catch (OnnxException e) {
      throw new AssertionError(
          "%s of version %d gives %s: %s"
              .formatted(candidate.operator(), opset, shape, e.getMessage()),
          e);
    }
  }

  private void agree(Candidate candidate, float[] expected, double[] found) {
    boolean same = expected.length == found.length;
    for (int i = 0; same && i < found.length; i++) {
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
      same = Math.abs(expected[i] - found[i]) <= TOLERANCE * magnitude;
    }
    if (!same) {
      throw new AssertionError(
          "%s of version %d gives %s, and lipc reads %s"
              .formatted(
                  candidate.operator(), opset, Arrays.toString(expected), Arrays.toString(found)));
    }
  }

  private Candidate candidate(String y) {
    Known x = any(signals);
    return switch (random.nextInt(30)) {
      case 0, 1 -> binary(x, y);
      case 2, 3 -> ofSignals(x, y);
      case 4 -> gemm(any(matrices(2)), y);
      case 5 -> matMul(any(matrices(1)), y);
      case 6, 7, 8 -> reshape(x, y);
      case 9 -> flatten(x, y);
      case 10 -> squeeze(x, y);
      case 11 -> unsqueeze(x, y);
      case 12 -> transpose(x, y);
      case 13 -> slice(x, y);
      case 14 -> gather(x, y);
      case 15 -> split(x, y);
      case 16 -> expand(x, y);
      case 17 -> clip(x, y);
      case 18, 19 -> activation(x, y);
      case 20 -> reduce(x, y);
      case 21 -> pad(often() ? image() : x, y);
      case 22, 23 -> conv(image(), y);
      case 24 -> pool(often() ? image() : x, y);
      case 25 -> normalised(often() ? image() : x, y);
      case 26 -> concat(x, y);
      case 27 -> integers(x, y);
      case 28 -> cast(x, y);
      default -> maxOfConstants(x, y);
    };
  }

  /** Values of which at most one extent is not 1, or all. */
  private List<Known> matrices(int rank) {
    List<Known> found =
        signals.stream()
            .filter(x -> x.rank() >= rank && x.shape().stream().filter(e -> e > 1).count() < 2)
            .filter(x -> rank < 2 || x.rank() == rank)
            .toList();
    return found.isEmpty() ? signals : found;
  }

  /** A value with the extents of an image, as there is one in the beginning. */
  private Known image() {
    return any(signals.stream().filter(x -> x.rank() == 4 && x.shape().getFirst() == 1).toList());
  }

  private Candidate node(String operator, String reads, String y, List<Proto> attributes) {
    return new Candidate(
        operator, file -> file.node(operator, reads, y, attributes.toArray(Proto[]::new)));
  }

  /** The shape of an operand that often broadcasts with this one. */
  private List<Integer> beside(Known x) {
    List<Integer> shape = new ArrayList<>();
    int from = random.nextInt(x.rank() + 1);
    for (int extent : x.shape().subList(from, x.rank())) {
      shape.add(random.nextBoolean() ? extent : 1);
    }
    if (random.nextInt(5) == 0) {
      shape.addFirst(1);
    }
    return shape;
  }

  private static int size(List<Integer> shape) {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  private Proto tensor(List<Integer> shape) {
    double[] values = numbers(size(shape));
    return switch (random.nextInt(3)) {
      case 0 -> OnnxFile.tensor(FLOAT, shape).packedFloats(4, values);
      default -> OnnxFile.raw(FLOAT, shape, values);
    };
  }

  private Candidate binary(Known x, String y) {
    String operator = any(List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum"));
    List<Integer> shape = beside(x);
    double[] values = numbers(size(shape));
    if (operator.equals("Div")) {
      Arrays.setAll(values, i -> values[i] + (values[i] < 0 ? -1 : 1));
    }
    boolean first = random.nextBoolean();
    String reads = first ? "c" + y + " " + x.name() : x.name() + " c" + y;
    return new Candidate(
        operator, file -> file.initialiser("c" + y, shape, values).node(operator, reads, y));
  }

  private Candidate ofSignals(Known x, String y) {
    List<Known> alike = signals.stream().filter(other -> other.size() == x.size()).toList();
    String operator = any(List.of("Add", "Sub", "Max", "Min", "Sum"));
    String reads = x.name() + " " + any(alike).name();
    if (!operator.equals("Add") && !operator.equals("Sub") && random.nextBoolean()) {
      reads += " " + any(alike).name();
    }
    return node(operator, reads, y, List.of());
  }

  private Candidate maxOfConstants(Known x, String y) {
    double[] a = numbers(1);
    double[] b = numbers(x.rank() == 0 ? 1 : x.shape().getLast());
    String operator = any(List.of("Max", "Min"));
    String reads = "a" + y + " " + x.name() + " b" + y;
    return new Candidate(
        operator,
        file ->
            file.initialiser("a" + y, List.of(), a)
                .initialiser("b" + y, List.of(b.length), b)
                .node(operator, reads, y));
  }

  private Candidate gemm(Known x, String y) {
    boolean right = random.nextBoolean();
    boolean transA = random.nextBoolean();
    boolean transB = random.nextBoolean();
    int m = number(1, 3);
    int columns = x.rank() == 0 ? 1 : x.shape().get(transA ? 0 : x.rank() - 1);
    int rows = x.rank() == 0 ? 1 : x.shape().get(transB ? x.rank() - 1 : 0);
    int inner = right ? columns : rows;
    boolean turned = right ? transB : !transA;
    List<Integer> shape = turned ? List.of(m, inner) : List.of(inner, m);
    double[] values = numbers(m * inner);
    List<Integer> extents =
        any(
            List.of(
                List.of(), List.of(1), List.of(m), List.of(1, m), List.of(m, 1), List.of(1, 1)));
    double[] c = numbers(size(extents));
    List<Proto> attributes = new ArrayList<>();
    attributes.add(OnnxFile.attribute("transA", transA ? 1L : 0));
    attributes.add(OnnxFile.attribute("transB", transB ? 1L : 0));
    if (often()) {
      attributes.add(OnnxFile.attribute("alpha", any(List.of(0f, 1f, -0.5f, 2.5f))));
    }
    if (often()) {
      attributes.add(OnnxFile.attribute("beta", any(List.of(0f, 1f, -0.5f, 2.5f))));
    }
    String third = often() ? " c" + y : "";
    String reads = (right ? x.name() + " w" + y : "w" + y + " " + x.name()) + third;
    return new Candidate(
        "Gemm",
        file ->
            file.initialiser("w" + y, shape, values)
                .initialiser("c" + y, extents, c)
                .node("Gemm", reads, y, attributes.toArray(Proto[]::new)));
  }

  private Candidate matMul(Known x, String y) {
    boolean right = random.nextBoolean();
    int inner =
        x.rank() == 0 ? 1 : x.shape().get(right || x.rank() == 1 ? x.rank() - 1 : x.rank() - 2);
    int m = number(1, 3);
    List<Integer> shape = new ArrayList<>();
    int form = random.nextInt(4);
    if (form == 0) {
      shape.add(inner);
    } else {
      shape.addAll(right ? List.of(inner, m) : List.of(m, inner));
      for (int i = 1; i < form; i++) {
        shape.addFirst(1);
      }
    }
    double[] values = numbers(size(shape));
    String reads = right ? x.name() + " w" + y : "w" + y + " " + x.name();
    return new Candidate(
        "MatMul", file -> file.initialiser("w" + y, shape, values).node("MatMul", reads, y));
  }

  /** The extents in another order, or fewer of them. */
  private List<Integer> otherShape(Known x) {
    List<Integer> factors = new ArrayList<>();
    int rest = x.size();
    for (int p = 2; p <= rest; p++) {
      while (rest % p == 0) {
        factors.add(p);
        rest /= p;
      }
    }
    List<Integer> shape = new ArrayList<>();
    for (int f : factors) {
      if (shape.isEmpty() || random.nextBoolean()) {
        shape.add(f);
      } else {
        shape.set(shape.size() - 1, shape.getLast() * f);
      }
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      shape.add(random.nextInt(shape.size() + 1), 1);
    }
    if (often()) {
      shape.addFirst(1);
    }
    return shape;
  }

  private Candidate reshape(Known x, String y) {
    List<Integer> shape = otherShape(x);
    double[] wanted = shape.stream().mapToDouble(e -> e).toArray();
    if (wanted.length > 0 && random.nextBoolean()) {
      wanted[random.nextInt(wanted.length)] = -1;
    }
    for (int d = 0; d < Math.min(wanted.length, x.rank()); d++) {
      if (wanted[d] == x.shape().get(d) && random.nextBoolean()) {
        wanted[d] = 0;
      }
    }
    List<Proto> attributes =
        opset >= 14 && random.nextInt(3) == 0
            ? List.of(OnnxFile.attribute("allowzero", (long) random.nextInt(2)))
            : List.of();
    return new Candidate(
        "Reshape",
        file ->
            file.integers("s" + y, wanted)
                .node("Reshape", x.name() + " s" + y, y, attributes.toArray(Proto[]::new)));
  }

  private Candidate flatten(Known x, String y) {
    List<Proto> axis = new ArrayList<>();
    if (often()) {
      axis.add(OnnxFile.attribute("axis", (long) number(-x.rank(), x.rank())));
    }
    return node("Flatten", x.name(), y, axis);
  }

  /** A node with a list of integers, which older versions have as an attribute. */
  private Candidate listed(
      String operator,
      Known x,
      String y,
      String name,
      List<Integer> list,
      int since,
      Proto... more) {
    double[] values = list.stream().mapToDouble(e -> e).toArray();
    List<Proto> attributes = new ArrayList<>(List.of(more));
    if (opset < since) {
      attributes.add(OnnxFile.attribute(name, list));
      return node(operator, x.name(), y, attributes);
    }
    return new Candidate(
        operator,
        file ->
            file.integers("l" + y, values)
                .node(operator, x.name() + " l" + y, y, attributes.toArray(Proto[]::new)));
  }

  private int axis(int rank) {
    int axis = random.nextInt(Math.max(1, rank));
    return random.nextBoolean() && opset >= 11 ? axis - rank : axis;
  }

  private Candidate squeeze(Known x, String y) {
    List<Integer> ones =
        IntStream.range(0, x.rank()).filter(d -> x.shape().get(d) == 1).boxed().toList();
    if (ones.isEmpty() || random.nextInt(4) == 0) {
      return node("Squeeze", x.name(), y, List.of());
    }
    List<Integer> axes = new ArrayList<>();
    for (int d : ones) {
      if (random.nextBoolean()) {
        axes.add(random.nextBoolean() && opset >= 11 ? d - x.rank() : d);
      }
    }
    return listed("Squeeze", x, y, "axes", axes, 13);
  }

  private Candidate unsqueeze(Known x, String y) {
    List<Integer> axes = new ArrayList<>();
    int count = number(1, 2);
    for (int i = 0; i < count; i++) {
      axes.add(axis(x.rank() + count));
    }
    return listed("Unsqueeze", x, y, "axes", axes, 13);
  }

  private List<Integer> order(int rank) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(order, random);
    return order;
  }

  private Candidate transpose(Known x, String y) {
    List<Proto> attributes =
        often() ? List.of(OnnxFile.attribute("perm", order(x.rank()))) : List.of();
    return node("Transpose", x.name(), y, attributes);
  }

  private Candidate slice(Known x, String y) {
    int count = number(1, Math.max(1, x.rank()));
    List<Integer> axes = order(Math.max(1, x.rank())).subList(0, count);
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int step = opset < 10 || often() ? 1 : number(-2, 2);
      starts.add(step > 0 ? any(List.of(0, -4, 1, -1, -9)) : any(List.of(-1, 9, 2)));
      ends.add(step > 0 ? any(List.of(9, -1, 2, 1 << 30)) : any(List.of(-9, 0, -(1 << 30))));
      steps.add(step);
    }
    if (opset < 10) {
      return node(
          "Slice",
          x.name(),
          y,
          List.of(
              OnnxFile.attribute("axes", axes),
              OnnxFile.attribute("starts", starts),
              OnnxFile.attribute("ends", ends)));
    }
    boolean all = often();
    String reads = x.name() + " s" + y + " e" + y + (all ? " a" + y + " t" + y : "");
    return new Candidate(
        "Slice",
        file ->
            list(
                    list(list(list(file, "s" + y, starts), "e" + y, ends), "a" + y, axes),
                    "t" + y,
                    steps)
                .node("Slice", reads, y));
  }

  private static OnnxFile list(OnnxFile file, String name, List<Integer> list) {
    return file.integers(name, list.stream().mapToDouble(e -> e).toArray());
  }

  private Candidate gather(Known x, String y) {
    int axis = axis(x.rank());
    int extent = x.rank() == 0 ? 1 : x.shape().get(Math.floorMod(axis, x.rank()));
    List<Integer> shape = any(List.of(List.of(), List.of(1), List.of(3), List.of(1, 2)));
    double[] indices =
        IntStream.range(0, size(shape))
            .mapToDouble(_ -> number(opset >= 11 ? -extent : 0, extent - 1))
            .toArray();
    return new Candidate(
        "Gather",
        file ->
            file.initialiser("i" + y, OnnxFile.raw(INT64, shape, indices))
                .node("Gather", x.name() + " i" + y, y, OnnxFile.attribute("axis", (long) axis)));
  }

  private Candidate split(Known x, String y) {
    int axis = axis(x.rank());
    int extent = x.rank() == 0 ? 1 : x.shape().get(Math.floorMod(axis, x.rank()));
    int parts = number(1, 3);
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      lengths.add(i < parts - 1 ? Math.max(1, extent / 3) : extent - i * Math.max(1, extent / 3));
    }
    boolean stated = random.nextBoolean();
    int taken = random.nextInt(parts);
    Proto node = new Proto().text(1, x.name());
    if (stated && opset >= 13) {
      node.text(1, "l" + y);
    }
    for (int i = 0; i < parts; i++) {
      node.text(2, i == taken ? y : y + "_" + i);
    }
    node.text(3, "split" + y).text(4, "Split");
    node.message(5, OnnxFile.attribute("axis", (long) axis));
    if (stated && opset < 13) {
      node.message(5, OnnxFile.attribute("split", lengths));
    }
    if (!stated && opset >= 18) {
      node.message(5, OnnxFile.attribute("num_outputs", (long) parts));
    }
    return new Candidate("Split", file -> list(file, "l" + y, lengths).field(1, node));
  }

  private Candidate expand(Known x, String y) {
    List<Integer> shape = new ArrayList<>();
    for (int extent : x.shape().subList(random.nextInt(x.rank() + 1), x.rank())) {
      shape.add(extent == 1 && random.nextBoolean() ? 2 : random.nextBoolean() ? extent : 1);
    }
    if (random.nextBoolean()) {
      shape.addFirst(number(1, 2));
    }
    return new Candidate(
        "Expand", file -> list(file, "s" + y, shape).node("Expand", x.name() + " s" + y, y));
  }

  private Candidate clip(Known x, String y) {
    float least = any(List.of(-1f, 0f, -2.5f, 1f, -Float.MAX_VALUE));
    float most = any(List.of(1f, 6f, 0.7f, 3f, Float.MAX_VALUE));
    boolean low = often();
    boolean high = often();
    if (opset < 11) {
      List<Proto> attributes = new ArrayList<>();
      if (low) {
        attributes.add(OnnxFile.attribute("min", least));
      }
      if (high) {
        attributes.add(OnnxFile.attribute("max", most));
      }
      return node("Clip", x.name(), y, attributes);
    }
    String reads = x.name() + (low ? " a" + y : " ") + (high ? " b" + y : "");
    return new Candidate(
        "Clip",
        file ->
            file.initialiser("a" + y, List.of(), least)
                .initialiser("b" + y, List.of(), most)
                .node("Clip", reads, y));
  }

  private Candidate activation(Known x, String y) {
    String operator = any(ActivationOperators.KNOWN);
    List<Proto> attributes = new ArrayList<>();
    switch (operator) {
      case "Celu", "Elu", "LeakyRelu" ->
          attributes.add(OnnxFile.attribute("alpha", any(List.of(0.01f, 0.5f, 1f, 1.7f, -0.3f))));
      case "HardSigmoid" -> {
        attributes.add(OnnxFile.attribute("alpha", any(List.of(0.2f, -0.5f, 1f))));
        attributes.add(OnnxFile.attribute("beta", any(List.of(0.2f, -0.5f, 1f))));
      }
      case "Selu" -> {
        if (random.nextBoolean()) {
          attributes.add(OnnxFile.attribute("alpha", 1.2f));
          attributes.add(OnnxFile.attribute("gamma", any(List.of(0.3f, 2f))));
        }
      }
      case "Softmax" -> {
        if (often()) {
          attributes.add(OnnxFile.attribute("axis", (long) axis(x.rank())));
        }
      }
      default -> {}
    }
    return node(operator, x.name(), y, often() ? attributes : List.of());
  }

  private Candidate reduce(Known x, String y) {
    String operator = any(List.of("ReduceMean", "ReduceSum"));
    List<Proto> attributes = new ArrayList<>();
    if (often()) {
      attributes.add(OnnxFile.attribute("keepdims", (long) random.nextInt(2)));
    }
    int since = operator.equals("ReduceMean") ? 18 : 13;
    if (opset >= since && random.nextInt(3) == 0) {
      attributes.add(OnnxFile.attribute("noop_with_empty_axes", (long) random.nextInt(2)));
    }
    if (random.nextInt(4) == 0) {
      return node(operator, x.name(), y, attributes);
    }
    List<Integer> axes = new ArrayList<>();
    for (int d = 0; d < x.rank(); d++) {
      if (random.nextBoolean()) {
        axes.add(random.nextBoolean() && opset >= 11 ? d - x.rank() : d);
      }
    }
    return listed(operator, x, y, "axes", axes, since, attributes.toArray(Proto[]::new));
  }

  private Candidate pad(Known x, String y) {
    List<Integer> pads = new ArrayList<>();
    for (int i = 0; i < 2 * x.rank(); i++) {
      boolean last = i % Math.max(1, x.rank()) >= x.rank() - 2;
      pads.add(last ? number(random.nextInt(4) == 0 ? -1 : 0, 2) : 0);
    }
    float value = random.nextBoolean() ? 0 : 1.5f;
    if (opset < 11) {
      return listed("Pad", x, y, "pads", pads, 11, OnnxFile.attribute("value", value));
    }
    String reads = x.name() + " p" + y + (often() ? " c" + y : "");
    return new Candidate(
        "Pad",
        file ->
            list(file, "p" + y, pads).initialiser("c" + y, List.of(), value).node("Pad", reads, y));
  }

  private List<Proto> window(List<Integer> kernel) {
    List<Proto> attributes = new ArrayList<>();
    if (random.nextBoolean()) {
      attributes.add(OnnxFile.attribute("strides", List.of(number(1, 3), number(1, 2))));
    }
    switch (random.nextInt(4)) {
      case 0 ->
          attributes.add(
              OnnxFile.attribute(
                  "auto_pad", any(List.of("VALID", "SAME_UPPER", "SAME_LOWER", "NOTSET"))));
      case 1 ->
          attributes.add(
              OnnxFile.attribute(
                  "pads",
                  kernel.stream()
                      .flatMap(k -> List.of(random.nextInt(k), random.nextInt(k)).stream())
                      .toList()));
      default -> {}
    }
    return attributes;
  }

  private Candidate conv(Known x, String y) {
    int channels = x.rank() == 4 ? x.shape().get(1) : 1;
    int groups = random.nextInt(3) == 0 ? channels : 1;
    int outputs = groups * number(1, 2);
    List<Integer> kernel = List.of(number(1, 4), number(1, 3));
    List<Integer> shape = List.of(outputs, channels / groups, kernel.get(0), kernel.get(1));
    double[] values = numbers(size(shape));
    double[] bias = numbers(outputs);
    List<Proto> attributes = window(kernel);
    if (groups > 1) {
      attributes.add(OnnxFile.attribute("group", (long) groups));
    }
    if (random.nextInt(3) == 0) {
      attributes.add(OnnxFile.attribute("dilations", List.of(number(1, 2), number(1, 2))));
    }
    String reads = x.name() + " w" + y + (random.nextBoolean() ? " b" + y : "");
    return new Candidate(
        "Conv",
        file ->
            file.initialiser("w" + y, shape, values)
                .initialiser("b" + y, List.of(outputs), bias)
                .node("Conv", reads, y, attributes.toArray(Proto[]::new)));
  }

  private Candidate pool(Known x, String y) {
    String operator = any(List.of("AveragePool", "MaxPool", "GlobalAveragePool"));
    if (operator.equals("GlobalAveragePool")) {
      return node(operator, x.name(), y, List.of());
    }
    List<Integer> kernel = List.of(number(1, 3), number(1, 3));
    List<Proto> attributes = window(kernel);
    attributes.add(OnnxFile.attribute("kernel_shape", kernel));
    if (operator.equals("AveragePool") && random.nextBoolean()) {
      attributes.add(OnnxFile.attribute("count_include_pad", 1L));
    }
    return node(operator, x.name(), y, attributes);
  }

  private Candidate normalised(Known x, String y) {
    int channels = x.rank() < 2 ? 1 : x.shape().get(1);
    double[][] all = {numbers(channels), numbers(channels), numbers(channels), numbers(channels)};
    Arrays.setAll(all[3], i -> Math.abs(all[3][i]));
    List<Proto> attributes =
        random.nextBoolean() ? List.of(OnnxFile.attribute("epsilon", 0.1f)) : List.of();
    return new Candidate(
        "BatchNormalization",
        file -> {
          for (int i = 0; i < 4; i++) {
            file.initialiser(y + "s" + i, List.of(channels), all[i]);
          }
          String reads = "%s %ss0 %ss1 %ss2 %ss3".formatted(x.name(), y, y, y, y);
          return file.node("BatchNormalization", reads, y, attributes.toArray(Proto[]::new));
        });
  }

  private Candidate concat(Known x, String y) {
    List<Known> alike =
        signals.stream().filter(other -> other.rank() == x.rank() && other.size() < 200).toList();
    int count = number(1, 3);
    StringBuilder reads = new StringBuilder(x.name());
    for (int i = 1; i < count; i++) {
      reads.append(' ').append(alike.isEmpty() ? x.name() : any(alike).name());
    }
    return node(
        "Concat", reads.toString(), y, List.of(OnnxFile.attribute("axis", (long) axis(x.rank()))));
  }

  /** A factor or a target of Reshape that is computed of constants and shapes. */
  private Candidate integers(Known x, String y) {
    double[] a = {number(-3, 3), number(1, 9), number(-9, 9)};
    double[] b = {number(1, 3), number(-4, -1), number(1, 5)};
    String operation = any(List.of("Add", "Sub", "Mul", "Div", "Concat", "Where", "Shape", "Size"));
    int taken = number(-3, 2);
    Proto axis = OnnxFile.attribute("axis", 0L);
    return new Candidate(
        operation + " of constants",
        file -> {
          file.integers("a" + y, a).integers("b" + y, b).integers("i" + y, Math.max(0, taken));
          switch (operation) {
            case "Concat" -> file.node("Concat", "a" + y + " b" + y, "c" + y, axis);
            case "Where" ->
                file.initialiser("k" + y, OnnxFile.raw(BOOL, List.of(3), 1, 0, 1))
                    .node("Where", "k" + y + " a" + y + " b" + y, "c" + y);
            case "Shape" -> file.node("Shape", x.name(), "c" + y);
            case "Size" -> file.node("Size", x.name(), "c" + y);
            default -> file.node(operation, "a" + y + " b" + y, "c" + y);
          }
          if (operation.equals("Size")) {
            file.node("Identity", "c" + y, "d" + y);
          } else {
            file.node("Gather", "c" + y + " i" + y, "d" + y, axis);
          }
          return file.node("Cast", "d" + y, "f" + y, OnnxFile.attribute("to", (long) FLOAT))
              .node("Mul", x.name() + " f" + y, y);
        });
  }

  /** There is no rounding to half here, which moves more than a float does. */
  private Candidate cast(Known x, String y) {
    String middle = "d" + y;
    return new Candidate(
        "Cast",
        file ->
            file.node("Cast", x.name(), middle, OnnxFile.attribute("to", (long) DOUBLE))
                .node("Cast", middle, y, OnnxFile.attribute("to", (long) FLOAT)));
  }
}
