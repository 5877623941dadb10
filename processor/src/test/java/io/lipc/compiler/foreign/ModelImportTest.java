package io.lipc.compiler.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.compiler.reading.FileFinder;
import io.lipc.compiler.reading.NetworkReader;
import io.lipc.dsl.DeclarationText;
import io.lipc.dsl.LipFormatter;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.ParsedFile;
import io.lipc.dsl.SourceText;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.OnnxSource;
import io.lipc.onnx.protobuf.OnnxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An imported model is written in the language, reads back as it was, and computes the same. */
final class ModelImportTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));

  /** All operators that are read occur in these. */
  static Stream<Path> models() throws IOException {
    List<Path> models = new ArrayList<>();
    for (String folder :
        List.of("fuzz/src/test/resources/onnx", "onnx/src/test/resources/convolution")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".onnx")).sorted().forEach(models::add);
      }
    }
    assertThat(models).hasSizeGreaterThanOrEqualTo(8);
    return models.stream();
  }

  private static ImportForm form(Optional<ElementType> precision) {
    Operation.Box box = new Operation.Box(-1, 0.5);
    return new ImportForm(
        "demo.Net",
        "Read from a file.",
        List.of(new Property.Lipschitz(3.5, Norm.LINF, Norm.L2), new Property.Pairs()),
        "w.safetensors",
        precision,
        "x",
        Optional.of(box));
  }

  private static NetworkReader.Weighted read(ImportedModel imported) {
    Map<String, NetworkReader.Weighted> read =
        NetworkReader.read(List.of(imported.declaration()), files(imported));
    return Objects.requireNonNull(read.get("demo.Net"), "the declaration has no fault");
  }

  private static FileFinder files(ImportedModel imported) {
    byte[] weights = Safetensors.write(imported.weights());
    return new FileFinder() {
      @Override
      public Result find(String packageName, String name) {
        assertThat(name).isEqualTo("w.safetensors");
        return new Result.Found(weights, Optional.empty());
      }

      @Override
      public List<String> roots() {
        return List.of();
      }
    };
  }

  private static Interpreter interpreter(CheckedNetwork checked, Weights weights) {
    Map<String, double[]> tensors = new TreeMap<>();
    weights.tensors().forEach((name, tensor) -> tensors.put(name, tensor.values()));
    return new Interpreter(Lowering.lower(checked), tensors, Map.of());
  }

  @ParameterizedTest
  @MethodSource("models")
  void the_text_declares_what_was_imported(Path file)
      throws IOException, OnnxException, NotExpressible {
    ImportedModel imported = ModelImport.ofOnnx(OnnxSource.of(file), form(Optional.empty()));
    String text = DeclarationText.write(imported.declaration());
    SourceText source = new SourceText("net.lip", text);
    ParsedFile parsed = LipParser.parse(source);
    assertThat(parsed.findings()).isEmpty();
    assertThat(parsed.networks()).hasSize(1);
    assertThat(parsed.networks().getFirst().declaration()).isEqualTo(imported.declaration());
    assertThat(LipFormatter.format(source)).isEqualTo(new LipFormatter.Formatted(text));
  }

  @ParameterizedTest
  @MethodSource("models")
  void it_computes_the_same_numbers(Path file) throws IOException, OnnxException, NotExpressible {
    byte[] content = Files.readAllBytes(file);
    OnnxModel direct = OnnxModel.read(content, "Net", 1);
    NetworkReader.Weighted read =
        read(ModelImport.ofOnnx(OnnxSource.of(content), form(Optional.of(ElementType.F64))));
    Interpreter expected = interpreter(direct.checked(), direct.weights());
    Interpreter found = interpreter(read.checked(), read.weights());
    Random random = new Random(3);
    for (int sample = 0; sample < 10; sample++) {
      double[] x =
          random.doubles(direct.checked().network().input().shape().size(), -1, 1).toArray();
      assertThat(found.apply(x)).as("%s", file).containsExactly(expected.apply(x));
    }
  }

  @Test
  void names_are_kept_and_numbers_too() throws IOException, OnnxException, NotExpressible {
    byte[] content =
        Files.readAllBytes(ROOT.resolve("onnx/src/test/resources/convolution/tiny.onnx"));
    OnnxModel direct = OnnxModel.read(content, "Net", 1);
    ImportedModel imported = ModelImport.ofOnnx(OnnxSource.of(content), form(Optional.empty()));
    assertThat(direct.sources()).isNotEmpty();
    direct
        .sources()
        .forEach(
            (tensor, source) -> {
              String kept =
                  source.endsWith(".weight") ? source : LayerNames.word(source) + ".weight";
              Tensor original = direct.weights().tensor(tensor).orElseThrow();
              Tensor written = imported.weights().tensor(kept).orElseThrow();
              assertThat(written.values()).containsExactly(original.values());
            });
  }

  @Test
  void names_that_are_no_words_are_said_or_replaced() {
    LayerNames names = new LayerNames();
    assertThat(names.prefix(Optional.of("features.0.weight"), "layer1")).isEqualTo("features.0");
    assertThat(names.layer("features.0")).isEqualTo("features_0");
    assertThat(names.prefix(Optional.of("onnx::MatMul_12"), "layer2")).isEqualTo("onnx__MatMul_12");
    assertThat(names.prefix(Optional.of("a\"b.weight"), "layer3")).isEqualTo("a_b_weight");
    assertThat(names.prefix(Optional.empty(), "layer4")).isEqualTo("layer4");
    assertThat(names.prefix(Optional.of("features.0.weight"), "layer5")).isEqualTo("features.0_2");
    assertThat(names.layer("return")).isEqualTo("return_2");
    assertThat(names.layer("2x")).isEqualTo("_2x");
  }

  @Test
  void a_number_that_no_float_is_makes_it_f64() throws FormatException, NotExpressible {
    assertThat(imported(dense(0.1)).declaration().precision()).isEqualTo(ElementType.F64);
    assertThat(imported(dense(0.5)).declaration().precision()).isEqualTo(ElementType.F32);
  }

  @Test
  void a_number_beyond_the_precision_that_is_asked_for_is_refused() {
    assertThatThrownBy(
            () ->
                ModelImport.of(
                    checked(), dense(1e300), Map.of(), form(Optional.of(ElementType.F32))))
        .isInstanceOf(NotExpressible.class)
        .hasMessage("tensor `fc.weight`: 1.0E300 overflows F32; precision f64 holds it");
  }

  private static ImportedModel imported(Weights weights) throws NotExpressible {
    return ModelImport.of(checked(), weights, Map.of(), form(Optional.empty()));
  }

  private static Weights dense(double number) throws FormatException {
    return Weights.of(
        List.of(Tensor.of("fc.weight", ElementType.F64, List.of(1, 1), new double[] {number})));
  }

  private static CheckedNetwork checked() {
    List<Layer> layers =
        List.of(
            new Layer.Input(Shape.vector(1), Optional.of(List.of(new Interval(0, 1)))),
            Layer.dense(0, 1, 1, "fc.weight", Optional.empty()));
    Network network =
        new Network(
            "Net",
            new Property.Lipschitz(1, Norm.L2, Norm.L2),
            new WeightsSource.None(),
            ElementType.F64,
            layers);
    return new CheckedNetwork(network, List.of("x", "fc"), "");
  }
}
