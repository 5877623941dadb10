package io.lipc.onnx.writing;

import io.lipc.formats.Weights;
import io.lipc.model.Network;
import java.util.Map;

/**
 * A network that can be written as an ONNX model.
 *
 * @param network the architecture
 * @param weights its tensors
 * @param callees the networks that it calls, by their qualified names
 */
public record OnnxNetwork(Network network, Weights weights, Map<String, OnnxNetwork> callees) {

  /** Copies the map. */
  public OnnxNetwork {
    callees = Map.copyOf(callees);
  }
}
