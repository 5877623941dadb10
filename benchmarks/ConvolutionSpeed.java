import ai.onnxruntime.OrtException;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.runtime.FloatConvolution;
import io.lipc.runtime.ImageLayout;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Microseconds of one convolution of 3 x 3 with its relu, on one thread, beside ONNX Runtime. All
 * take turns.
 */
final class ConvolutionSpeed {

  private ConvolutionSpeed() {}

  private record Layer(int inputs, int outputs, int side) {

    Convolution map() {
      Window window = Window.square(new Axis(3, 1, 1, 1, 1));
      Grid grid = new Grid(inputs, side, side);
      return new Convolution(grid, outputs, window, 1, "w", Optional.of("b"));
    }

    PinnedSession session(byte[] model, float[] x, int images) throws OrtException {
      long[] from = {images, inputs, side, side};
      long[] to = {images, outputs, side, side};
      return new PinnedSession(model, x, from, to);
    }

    double megaflops() {
      return 18e-6 * inputs * outputs * side * side;
    }
  }

  public static void main(String[] arguments) throws OrtException {
    int block = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
    System.out.println("lipc.kernels=" + System.getProperty("lipc.kernels", "auto"));
    System.out.println(
        "| layer | inside | flat | ONNX Runtime | batch of "
            + block
            + " | ONNX Runtime / inside | / flat | GF/s inside |");
    List<Layer> layers =
        List.of(
            new Layer(16, 32, 28),
            new Layer(32, 32, 28),
            new Layer(32, 64, 14),
            new Layer(64, 64, 7),
            new Layer(1, 32, 28));
    for (Layer layer : layers) {
      List<Turns.Timed> timed = timed(layer, block);
      double[] us = Turns.best(timed);
      System.out.printf(
          "| %d->%d, %dx%d | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.1f |%n",
          layer.inputs,
          layer.outputs,
          layer.side,
          layer.side,
          us[0],
          us[1],
          us[2],
          us[3],
          us[2] / us[0],
          us[2] / us[1],
          layer.megaflops() / us[0] * 1e3);
    }
  }

  private static List<Turns.Timed> timed(Layer layer, int block) throws OrtException {
    Convolution map = layer.map();
    SplittableRandom random = new SplittableRandom(7);
    float[] weight = random(random, layer.outputs * layer.inputs * 9);
    float[] bias = random(random, layer.outputs);
    FloatConvolution convolution = FloatConvolution.relu(map, weight, bias);
    int size = layer.inputs * layer.side * layer.side;
    float[] x = random(random, size);
    float[] y = new float[layer.outputs * layer.side * layer.side];
    float[] image = convolution.input().allocate();
    convolution.input().enter(x, image);
    // As the next convolution of 3 x 3 would read it.
    ImageLayout layout = ImageLayout.of(map.output(), map.window());
    float[] result = layout.allocate();
    byte[] model = new Model().convolution(layer.inputs, layer.outputs, layer.side, weight, bias);
    PinnedSession single = layer.session(model, x, 1);
    PinnedSession batch = layer.session(model, random(random, block * size), block);
    single.run();
    convolution.apply(x, y);
    for (int i = 0; i < y.length; i++) {
      if (Math.abs(y[i] - single.output(i)) > 1e-4) {
        throw new IllegalStateException(y[i] + " is not " + single.output(i));
      }
    }
    return List.of(
        new Turns.Timed("inside", 1, () -> convolution.apply(image, layout, result)),
        new Turns.Timed("flat", 1, () -> convolution.apply(x, y)),
        new Turns.Timed("ort", 1, single::run),
        new Turns.Timed("ort", block, batch::run));
  }

  private static float[] random(SplittableRandom random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /** An ONNX model, with the few parts of protobuf that this takes; fields as in onnx.proto. */
  private static final class Model {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] convolution(int inputs, int outputs, int side, float[] weight, float[] bias) {
      Model graph =
          new Model()
              .message(1, node("Conv", "sum", "x", "w", "b").message(5, ints("pads", 1, 1, 1, 1)))
              .message(1, node("Relu", "y", "sum"))
              .text(2, "layer")
              .message(5, tensor("w", weight, outputs, inputs, 3, 3))
              .message(5, tensor("b", bias, outputs))
              .message(11, value("x", inputs, side))
              .message(12, value("y", outputs, side));
      Model operators = new Model().text(1, "").integer(2, 13);
      Model model = new Model().integer(1, 8).message(7, graph).message(8, operators);
      return model.bytes.toByteArray();
    }

    private static Model node(String operator, String output, String... inputs) {
      Model node = new Model();
      for (String input : inputs) {
        node.text(1, input);
      }
      return node.text(2, output).text(4, operator);
    }

    private static Model ints(String name, int... values) {
      Model attribute = new Model().text(1, name).integer(20, 7);
      for (int value : values) {
        attribute.integer(8, value);
      }
      return attribute;
    }

    private static Model tensor(String name, float[] values, int... shape) {
      Model tensor = new Model();
      for (int extent : shape) {
        tensor.integer(1, extent);
      }
      ByteBuffer raw =
          ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
      raw.asFloatBuffer().put(values);
      return tensor.integer(2, 1).text(8, name).field(9, raw.array());
    }

    private static Model value(String name, int channels, int side) {
      Model shape = new Model().message(1, new Model().text(2, "batch"));
      for (int extent : List.of(channels, side, side)) {
        shape.message(1, new Model().integer(1, extent));
      }
      Model tensor = new Model().integer(1, 1).message(2, shape);
      return new Model().text(1, name).message(2, new Model().message(1, tensor));
    }

    private Model integer(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    private Model text(int field, String value) {
      return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private Model message(int field, Model value) {
      return field(field, value.bytes.toByteArray());
    }

    private Model field(int field, byte[] value) {
      varint(((long) field << 3) | 2);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private void varint(long value) {
      long rest = value;
      for (; rest > 0x7f; rest >>>= 7) {
        bytes.write((int) ((rest & 0x7f) | 0x80));
      }
      bytes.write((int) rest);
    }
  }
}
