package io.lipc.onnx.operator;

import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Batch normalisation by the statistics that training left: {@code (x - mean) / sqrt(variance +
 * epsilon) * scale + bias}, one of each for a channel.
 */
final class BatchNormalization {

  private static final float USUAL_EPSILON = 1e-5f;

  /** The last four inputs, in their order, which is that of the map's tensors. */
  private static final List<String> STATISTICS =
      List.of("a scale", "a bias", "a mean", "a variance");

  private final Arguments arguments;
  private final Layers layers;

  BatchNormalization(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  Value.Signal apply() throws OnnxException {
    boolean old = arguments.opset() < 7;
    arguments.expect(5, 5, "epsilon", "momentum", "spatial", old ? "is_test" : "training_mode");
    Value.Signal x = arguments.signal(0);
    boolean trains = arguments.node().outputs().stream().skip(1).anyMatch(name -> !name.isEmpty());
    boolean asked =
        old ? arguments.integer("is_test", 0) == 0 : arguments.integer("training_mode", 0) != 0;
    if (trains || asked) {
      throw arguments.unread(
          "takes the statistics of its batch, as in training",
          Outlook.NOT_PLANNED,
          "export the model for inference, after model.eval()");
    }
    if (arguments.integer("spatial", 1) != 1) {
      throw arguments.unread(
          "has statistics of each pixel (spatial = 0), and not of each channel",
          Outlook.NOT_PLANNED,
          "export the model with one for each channel");
    }
    if (x.shape().size() < 2 || x.shape().getFirst() != 1) {
      throw arguments.unread(
          "normalises the second extent of "
              + Shapes.words(x.shape())
              + ", and lipc reads [1, channels, ...]",
          Outlook.NOT_PLANNED,
          "export the model with a batch of any size or of 1");
    }
    double epsilon = arguments.real("epsilon", USUAL_EPSILON);
    List<OnnxConstant> statistics = statistics(x.shape().get(1));
    check(statistics, epsilon);
    return new Value.Signal(layers.batchNorm(x.layer(), statistics, epsilon), x.shape());
  }

  private List<OnnxConstant> statistics(int channels) throws OnnxException {
    List<OnnxConstant> statistics = new ArrayList<>();
    for (String what : STATISTICS) {
      OnnxConstant statistic = arguments.real(statistics.size() + 1, what);
      if (!statistic.shape().equals(List.of(channels))) {
        throw arguments.invalid(
            "has %s of shape %s for %d channels"
                .formatted(what, Shapes.words(statistic.shape()), channels));
      }
      statistics.add(statistic);
    }
    return statistics;
  }

  private void check(List<OnnxConstant> statistics, double epsilon) throws OnnxException {
    double[] scale = statistics.get(0).values();
    double[] bias = statistics.get(1).values();
    double[] mean = statistics.get(2).values();
    double[] variance = statistics.get(3).values();
    for (int c = 0; c < variance.length; c++) {
      if (!(variance[c] + epsilon > 0)) {
        throw arguments.unread(
            "has a variance of %s in channel %d, which with epsilon = %s is not positive"
                .formatted(variance[c], c, epsilon),
            Outlook.NOT_PLANNED,
            "train and export the model with a larger epsilon");
      }
      double factor = scale[c] / Math.sqrt(variance[c] + epsilon);
      if (!Double.isFinite(factor) || !Double.isFinite(bias[c] - mean[c] * factor)) {
        throw arguments.unread(
            "overflows in channel " + c,
            Outlook.NOT_PLANNED,
            "train and export the model with a larger epsilon");
      }
    }
  }
}
