package io.lipc.onnx;

import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.onnx.graph.ExternalData;
import io.lipc.onnx.graph.OnnxGraph;
import io.lipc.onnx.graph.OnnxReader;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.protobuf.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX model of a feed-forward network, as a network in doubles on one vector or image: the
 * input's elements in row-major order, with a batch of any size taken as one of 1. Several inputs
 * are one vector, one after the other in the order of the file. Numbers of two bytes, float16 and
 * bfloat16, are the floats that they are.
 *
 * <p>What is read is the real function of the stored numbers, which rounding at run time is not
 * part of. Five things of it are rounded, each once and to the nearest double: the inverse of a
 * constant that is divided by, the product of Gemm's {@code beta} with a constant {@code C}, one
 * divided by the number of elements that a mean is over, the weights of linear resizing, and what a
 * node computes of real constants alone. Batch normalisation is the function that {@link
 * io.lipc.certificate.linear.BatchNorm} makes of its statistics.
 *
 * @param checked the architecture
 * @param weights its tensors
 * @param sources what those of them are called in the file that are an initialiser of it, or its
 *     transpose, by their names here
 * @param files those beside the model that numbers of its tensors were read from, by their paths
 *     from its folder
 */
public record OnnxModel(
    CheckedNetwork checked, Weights weights, Map<String, String> sources, Set<String> files) {

  /** Copies the map and the set. */
  public OnnxModel {
    sources = Map.copyOf(sources);
    files = Set.copyOf(files);
  }

  /**
   * The network in a file.
   *
   * @param name the qualified name to give to it
   * @param bound the bound to be proved
   * @throws OnnxException if the file is not an ONNX model, or has something that lipc does not
   *     read: an operator, which is named with its node, several outputs, or files beside it that
   *     cannot be read
   * @throws IOException if the file cannot be read
   */
  public static OnnxModel read(Path file, String name, double bound)
      throws IOException, OnnxException {
    return read(OnnxSource.of(file), name, bound);
  }

  /**
   * Reads a model as {@link #read(Path, String, double)} does, from the file's content alone: a
   * model that names other files is refused.
   */
  public static OnnxModel read(byte[] file, String name, double bound) throws OnnxException {
    return read(OnnxSource.of(file), name, bound);
  }

  /**
   * The network of a model.
   *
   * @param name the qualified name to give to it
   * @param bound the bound to be proved
   * @throws OnnxException if it is not an ONNX model, has something that lipc does not read, names
   *     files that cannot be read, or has no such output or input; with all reasons that can be
   *     seen
   */
  public static OnnxModel read(OnnxSource source, String name, double bound) throws OnnxException {
    return read(source, name, bound, () -> {});
  }

  /**
   * The same for a caller that may end the reading earlier.
   *
   * @param look is run every few milliseconds; what it throws is thrown
   */
  public static OnnxModel read(OnnxSource source, String name, double bound, Runnable look)
      throws OnnxException {
    byte[] file = source.content();
    if (file.length > Budget.MAX_BYTES) {
      throw new OnnxException("the file has more than " + Budget.MAX_BYTES + " bytes");
    }
    Budget budget = new Budget(look);
    Reasons reasons = new Reasons();
    OnnxChoice choice = source.choice();
    OnnxGraph graph = OnnxReader.read(file, choice.output(), choice.shapes(), reasons, budget);
    ExternalData external = new ExternalData(source.beside(), file.length);
    return new Translation(graph, external, reasons, budget).model(name, bound);
  }
}
