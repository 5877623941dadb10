package io.lipc.compiler.foreign;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Operation;
import io.lipc.model.Shape;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The layers of a network as operations of the language, which compute the same function. Shapes
 * are restated where the language wants them: a network of another format knows its sizes, and the
 * language what is an image.
 *
 * <p>Two layers have no word of their own. An affine map of each element is a batch normalisation
 * whose statistics are 0 and 1, with {@code epsilon = 0}: that computes exactly {@code scale x +
 * shift}. A selection of some elements is a dense layer of zeros and ones.
 */
final class Restatement {

  private final CheckedNetwork checked;
  private final RestatedTensors tensors;
  private final List<Line> lines = new ArrayList<>();

  /** The line that gives each layer's value. */
  private final List<Integer> values = new ArrayList<>();

  private Restatement(CheckedNetwork checked, RestatedTensors tensors) {
    this.checked = checked;
    this.tensors = tensors;
  }

  /**
   * One operation.
   *
   * @param operation what it does
   * @param operands the lines that it reads
   * @param shape of what it gives
   * @param name what it would be called if it had a name
   */
  record Line(Operation operation, List<Integer> operands, Shape shape, String name) {
    Line {
      operands = List.copyOf(operands);
    }
  }

  /**
   * The operations in an order in which each comes after those that it reads; the last is the
   * result.
   */
  static List<Line> of(CheckedNetwork checked, RestatedTensors tensors) throws NotExpressible {
    Restatement restatement = new Restatement(checked, tensors);
    List<Layer> layers = checked.network().layers();
    for (int i = 0; i < layers.size(); i++) {
      restatement.values.add(restatement.line(i, layers.get(i)));
    }
    return List.copyOf(restatement.lines);
  }

  /** The numbers of a layer besides tensors, but for those of means: any format rounds these. */
  static Stream<Double> constants(Layer layer) {
    return switch (layer) {
      case Layer.Linear(_, AveragePool _, _) -> Stream.empty();
      case Layer.Linear linear -> linear.map().constants().stream();
      case Layer.Activate activate -> activate.activation().parameters().stream();
      case Layer.Input _, Layer.MaxPool _, Layer.Call _ -> Stream.empty();
    };
  }

  private String name(int layer) {
    return checked.nameOf(layer);
  }

  private int add(int layer, Operation operation, List<Integer> operands, Shape shape) {
    lines.add(new Line(operation, operands, shape, name(layer)));
    return lines.size() - 1;
  }

  private int add(int layer, Operation operation, int operand, Shape shape) {
    return add(layer, operation, List.of(operand), shape);
  }

  /** The same value in a shape. */
  private int shaped(int layer, int line, Shape wanted) {
    if (lines.get(line).shape().equals(wanted)) {
      return line;
    }
    Optional<List<Integer>> extents =
        wanted.extents().size() == 1 ? Optional.empty() : Optional.of(wanted.extents());
    return add(layer, new Operation.Reshape(extents), line, wanted);
  }

  private int line(int number, Layer layer) throws NotExpressible {
    return switch (layer) {
      case Layer.Input input ->
          add(
              number,
              new Operation.Input(input.shape().extents(), Optional.empty()),
              List.of(),
              input.shape());
      case Layer.Linear linear -> line(number, linear);
      case Layer.Activate activate -> {
        int operand = values.get(activate.operand());
        Activation activation = activate.activation();
        boolean whole = activation instanceof Activation.Grouped || isCenter(activation);
        int read = whole ? shaped(number, operand, activate.shape()) : operand;
        yield add(number, new Operation.Activate(activation), read, lines.get(read).shape());
      }
      case Layer.MaxPool pool -> {
        int read = image(number, pool.operand(), pool.input());
        Shape shape = Shape.of(pool.input().pooled(pool.window()));
        yield add(number, new Operation.MaxPooling(pool.window()), read, shape);
      }
      case Layer.Call call -> throw new NotExpressible("it calls " + call.network());
    };
  }

  private static boolean isCenter(Activation activation) {
    return activation instanceof Activation.Linear(LinearKind kind) && kind == LinearKind.CENTER;
  }

  private int image(int layer, int operand, Grid grid) {
    return shaped(layer, values.get(operand), Shape.of(grid));
  }

  private int line(int number, Layer.Linear linear) throws NotExpressible {
    int first = values.get(linear.operands().getFirst());
    Shape in = lines.get(first).shape();
    return switch (linear.map()) {
      case Matrix dense -> {
        Optional<String> prefix = tensors.weighted(number, dense.weight(), dense.bias());
        Operation operation =
            new Operation.Dense(dense.outputs(), dense.bias().isPresent(), prefix);
        yield add(number, operation, first, Shape.vector(dense.outputs()));
      }
      case Convolution map -> convolution(number, linear, map);
      case AveragePool map -> {
        int read = image(number, linear.operands().getFirst(), map.input());
        yield add(number, average(number, map), read, Shape.of(map.output()));
      }
      case BatchNorm norm -> {
        int read = channels(number, first, norm.channels(), norm.pixels());
        Optional<String> prefix = tensors.statistics(number, norm);
        Operation operation = new Operation.Normalize(norm.epsilon(), prefix);
        yield add(number, operation, read, lines.get(read).shape());
      }
      case Diagonal map -> affine(number, map, first);
      case Selection map -> selection(number, map, first);
      case Identity _ -> shaped(number, first, linear.shape());
      case Scaling map -> add(number, new Operation.Linear(map), first, in);
      case Sum map -> {
        List<Integer> operands = all(number, linear, linear.shape());
        yield add(number, new Operation.Linear(map), operands, linear.shape());
      }
      case Concatenation map -> concatenation(number, linear, map);
      default -> throw new NotExpressible(unknown(number, linear.map()));
    };
  }

  private String unknown(int layer, LinearMap map) {
    return "layer `" + name(layer) + "` is " + map.word() + ", for which the language has no word";
  }

  private int convolution(int number, Layer.Linear linear, Convolution map) throws NotExpressible {
    Operation operation =
        new Operation.Convolve(
            map.channels(),
            map.window(),
            map.groups(),
            map.bias().isPresent(),
            tensors.weighted(number, map.weight(), map.bias()));
    int read = image(number, linear.operands().getFirst(), map.input());
    return add(number, operation, read, Shape.of(map.output()));
  }

  private Operation average(int layer, AveragePool map) throws NotExpressible {
    if (map.factor() != checked.network().precision().round(1.0 / map.window().area())) {
      throw new NotExpressible(
          "layer `" + name(layer) + "` is a mean that is not one of its window");
    }
    List<Integer> all = List.of(map.input().height(), map.input().width());
    boolean whole = map.window().equals(Window.plain(all, all));
    return new Operation.AveragePooling(whole ? Optional.empty() : Optional.of(map.window()));
  }

  /** The same value, as so many channels: the first extent of its shape. */
  private int channels(int layer, int line, int channels, int pixels) {
    if (lines.get(line).shape().extents().getFirst() == channels) {
      return line;
    }
    return shaped(
        layer, line, pixels == 1 ? Shape.vector(channels) : new Shape(List.of(channels, pixels)));
  }

  private int affine(int number, Diagonal map, int first) throws NotExpressible {
    int size = map.scale().size();
    int read = channels(number, first, size, 1);
    Operation operation = new Operation.Normalize(0, Optional.of(tensors.affine(number, map)));
    return add(number, operation, read, lines.get(read).shape());
  }

  private int selection(int number, Selection map, int first) throws NotExpressible {
    Shape in = lines.get(first).shape();
    int outputs = map.indices().size();
    boolean permutes = outputs == in.size() && map.indices().stream().distinct().count() == outputs;
    if (permutes) {
      return add(number, new Operation.Linear(map), first, in);
    }
    String prefix = tensors.selection(number, map, in.size());
    Operation operation = new Operation.Dense(outputs, false, Optional.of(prefix));
    return add(number, operation, first, Shape.vector(outputs));
  }

  private List<Integer> all(int number, Layer.Linear linear, Shape shape) {
    return linear.operands().stream()
        .map(operand -> shaped(number, values.get(operand), shape))
        .toList();
  }

  /** Images of one height and width are joined channel after channel; anything else as vectors. */
  private int concatenation(int number, Layer.Linear linear, Concatenation map) {
    Optional<Grid> image = linear.shape().image();
    List<Integer> sizes =
        linear.operands().stream().map(k -> lines.get(values.get(k)).shape().size()).toList();
    boolean images =
        image.isPresent() && sizes.stream().allMatch(size -> size % image.get().pixels() == 0);
    List<Integer> operands = new ArrayList<>();
    for (int k = 0; k < sizes.size(); k++) {
      int size = sizes.get(k);
      Shape wanted =
          images
              ? new Shape(
                  List.of(size / image.get().pixels(), image.get().height(), image.get().width()))
              : Shape.vector(size);
      operands.add(shaped(number, values.get(linear.operands().get(k)), wanted));
    }
    int total = IntStream.range(0, sizes.size()).map(sizes::get).sum();
    return add(
        number, new Operation.Linear(map), operands, images ? linear.shape() : Shape.vector(total));
  }
}
