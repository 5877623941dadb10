package io.lipc.benchmarks;

import io.lipc.formats.AtomicFile;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.runtime.FloatNetwork;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A folder with every network as its users would have it: the class that lipc generates, its
 * certificate and its weights; an ONNX model of the same weights; and the outputs that all engines
 * are compared with, computed in double.
 *
 * <p>The JVMs that JMH forks find the folder by the system property {@code lipc.benchmarks.folder},
 * a name within {@code java.io.tmpdir}.
 */
final class Networks {

  /** The system property that names the folder. */
  static final String FOLDER = "lipc.benchmarks.folder";

  /** Far above what random weights have: this is about speed, not about the bound. */
  private static final String BOUND = "1e6";

  private static final String PACKAGE = "networks";

  private final Path folder;

  private Networks(Path folder) {
    this.folder = folder;
  }

  /** The folder that the system property names. */
  static Networks ofProperty() {
    String name = System.getProperty(FOLDER);
    if (name == null) {
      throw new IllegalStateException("-D" + FOLDER + " is missing: run " + Main.class.getName());
    }
    return new Networks(Path.of(System.getProperty("java.io.tmpdir"), name));
  }

  /** Compiles all networks into an empty folder. */
  static Networks compile(Path folder) throws IOException {
    Networks networks = new Networks(folder);
    Files.createDirectories(networks.classes());
    for (Topology topology : Topology.values()) {
      List<Topology.Dense> layers = topology.layers();
      networks.compile(topology, layers);
      AtomicFile.write(networks.onnxFile(topology), OnnxModel.of(layers));
      networks.writeExpected(topology, layers);
    }
    return networks;
  }

  private Path classes() {
    return folder.resolve("classes");
  }

  /** The model for ONNX Runtime. */
  Path onnxFile(Topology topology) {
    return folder.resolve(topology.className() + ".onnx");
  }

  private Path expectedFile(Topology topology) {
    return folder.resolve(topology.className() + ".expected");
  }

  /** Loads the generated class as any other: its static method {@code load()}. */
  FloatNetwork load(Topology topology) throws ReflectiveOperationException, IOException {
    // Not closed: the network stays in use as long as this JVM.
    @SuppressWarnings("resource")
    URLClassLoader loader = new URLClassLoader(new URL[] {classes().toUri().toURL()});
    Class<?> generated = loader.loadClass(PACKAGE + "." + topology.className() + "Network");
    return (FloatNetwork) generated.getMethod("load").invoke(null);
  }

  /** The right outputs for {@link Topology#rows}. */
  double[][] expected(Topology topology, int rows) throws IOException {
    DoubleBuffer values =
        ByteBuffer.wrap(Files.readAllBytes(expectedFile(topology))).asDoubleBuffer();
    double[][] expected = new double[rows][topology.outputs()];
    for (double[] row : expected) {
      values.get(row);
    }
    return expected;
  }

  private void writeExpected(Topology topology, List<Topology.Dense> layers) throws IOException {
    float[][] rows = topology.rows(Collections.max(topology.batches()));
    ByteBuffer bytes = ByteBuffer.allocate(rows.length * topology.outputs() * Double.BYTES);
    for (float[] row : rows) {
      for (double value : evaluate(layers, row)) {
        bytes.putDouble(value);
      }
    }
    AtomicFile.write(expectedFile(topology), bytes.array());
  }

  private static double[] evaluate(List<Topology.Dense> layers, float[] row) {
    double[] x = new double[row.length];
    for (int k = 0; k < x.length; k++) {
      x[k] = row[k];
    }
    for (int l = 0; l < layers.size(); l++) {
      Topology.Dense layer = layers.get(l);
      double[] y = new double[layer.outputs()];
      for (int i = 0; i < y.length; i++) {
        double sum = layer.bias()[i];
        for (int k = 0; k < x.length; k++) {
          sum += x[k] * layer.weight()[i * layer.inputs() + k];
        }
        y[i] = l == layers.size() - 1 ? sum : Math.max(sum, 0);
      }
      x = y;
    }
    return x;
  }

  private void compile(Topology topology, List<Topology.Dense> layers) throws IOException {
    Path weights = classes().resolve(topology.className() + ".safetensors");
    AtomicFile.write(weights, Safetensors.write(weights(layers)));
    Path source = Files.createDirectories(folder.resolve(PACKAGE));
    source = source.resolve(topology.className() + ".java");
    Files.writeString(source, declaration(topology, layers));
    String jars = System.getProperty("java.class.path");
    String classPath = classes() + File.pathSeparator + jars;
    List<String> options =
        List.of("-processorpath", jars, "-cp", classPath, "-d", classes().toString());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(output, files, null, options, null, files.getJavaFileObjects(source));
      if (!task.call()) {
        throw new IllegalStateException("javac refuses " + topology.label() + "\n" + output);
      }
    }
  }

  /** The interface, with its network in lipc's language. */
  private static String declaration(Topology topology, List<Topology.Dense> layers) {
    StringBuilder body = new StringBuilder();
    String input = "x";
    for (int i = 0; i < layers.size(); i++) {
      String relu = i < layers.size() - 1 ? " |> relu" : "";
      int outputs = layers.get(i).outputs();
      body.append("    layer%d = %s |> dense(%d)%s;\n".formatted(i, input, outputs, relu));
      input = "layer" + i;
    }
    return """
        package %1$s;
        @io.lipc.annotations.CertifiedNetwork(dsl = \"""
          network %2$s(x: real[%3$d]) -> real[%4$d] {
            certify lipschitz <= %5$s;
            weights "%2$s.safetensors";
        %6$s    return %7$s;
          }
          \""")
        public interface %2$s {}
        """
        .formatted(
            PACKAGE,
            topology.className(),
            topology.inputs(),
            topology.outputs(),
            BOUND,
            body,
            input);
  }

  private static Weights weights(List<Topology.Dense> layers) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Topology.Dense layer = layers.get(i);
      List<Integer> shape = List.of(layer.outputs(), layer.inputs());
      tensors.add(tensor("layer" + i + ".weight", shape, layer.weight()));
      tensors.add(tensor("layer" + i + ".bias", List.of(layer.outputs()), layer.bias()));
    }
    return Weights.of(tensors);
  }

  private static Tensor tensor(String name, List<Integer> shape, float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    try {
      return Tensor.of(name, ElementType.F32, shape, doubles);
    } catch (FormatException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
