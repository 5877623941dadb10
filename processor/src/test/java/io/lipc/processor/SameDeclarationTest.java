package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.annotations.Construction;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Annotations and text say the same of parameters, before anything is proved. */
final class SameDeclarationTest {

  private static final String TEXT =
      """
      network Block(x: real[4] in [-1, 1]) -> real[4] {
          certify lipschitz <= 2;
          %s
          out = h |> dense(4, bias = false);
          h = x |> dense(8) |> leaky_relu(0.1);
          skip = x |> dense(4, tensor = "shortcut");
          y = skip + out;
          return y;
      }
      """;

  private static final String JAVA =
      """
      import static io.lipc.annotations.Construction.LDLT;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork
      @Lipschitz(2.0)
      %s
      interface Block {
        @Input(value = 4, min = -1, max = 1) float[] x();
        @Dense(8) @LeakyRelu(0.1) float[] h(float[] x);
        @Dense(4) @Tensor("shortcut") float[] skip(float[] x);
        @Dense(value = 4, bias = false) float[] out(float[] h);
        @Add @Output float[] y(float[] skip, float[] out);
      }
      """;

  @TempDir private Path work;

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "weights \"w.safetensors\"; # @WeightsFile(\"w.safetensors\")",
        "parameters ldlt; # @Parameterized(LDLT)",
        "parameters ldlt; # @Parameterized(Construction.LDLT)",
        "weights \"w\"; parameters ldlt; # @WeightsFile(\"w\") @Parameterized(LDLT)",
        "weights \"w\"; parameters ldlt; # @Parameterized(LDLT) @WeightsFile(\"w\")",
        "certify pairs; weights \"w\"; # @WeightsFile(\"w\") @Pairs",
        "parameters ldlt; certify pairs; # @Pairs @Parameterized(LDLT)",
        "certify pairs with signs; weights \"w\"; # @WeightsFile(\"w\") @Pairs(signs = true)",
        "certify range in [-2, 0.5]; weights \"w\"; # @WeightsFile(\"w\") @Range(min = -2, max = 0.5)",
        "certify lipschitz <= 2 per [1, 0.5, 2, 4]; weights \"w\"; # @WeightsFile(\"w\") @ScaledLipschitz(value = 2, units = {1, 0.5, 2, 4})",
        "certify lipschitz <= 2 on box; weights \"w\"; # @WeightsFile(\"w\") @LocalLipschitz(2)",
        "certify lipschitz <= 2 from linf to l2 on x[1] = 0.5, x in [0, 1]; weights \"w\"; # @WeightsFile(\"w\") @LocalLipschitz(value = 2, from = Norm.LINF, on = {@On(input = \"x\", element = 1, min = 0.5, max = 0.5), @On(input = \"x\", min = 0, max = 1)})",
        "certify monotone increasing in x[1] of y[0], decreasing in x[0]; weights \"w\"; # @WeightsFile(\"w\") @Monotone(increasing = @Trend(input = \"x\", element = 1, output = 0), decreasing = @Trend(input = \"x\", element = 0))",
        "certify monotone increasing in x on x in [0, 1]; weights \"w\"; # @WeightsFile(\"w\") @Monotone(increasing = @Trend(input = \"x\"), on = @On(input = \"x\", min = 0, max = 1))",
        "certify slopes <= 0.4 in x[1], 2 in x[0]; weights \"w\"; # @WeightsFile(\"w\") @Slopes({@Slope(input = \"x\", element = 1, atMost = 0.4), @Slope(input = \"x\", element = 0, atMost = 2)})",
        "certify slopes <= 3 in x of y[1] on x in [0, 1]; weights \"w\"; # @WeightsFile(\"w\") @Slopes(value = @Slope(input = \"x\", atMost = 3), output = 1, on = @On(input = \"x\", min = 0, max = 1))",
        "certify query \"q.vnnlib\"; weights \"w\"; # @WeightsFile(\"w\") @Query(\"q.vnnlib\")",
        "certify range in [0, 1]; certify pairs; weights \"w\"; # @WeightsFile(\"w\") @Pairs @Range(min = 0, max = 1)",
      })
  void both_front_ends_give_one_network(String clauses, String annotations) throws IOException {
    assertThat(ofJava(JAVA.formatted(annotations))).isEqualTo(ofText(TEXT.formatted(clauses)));
  }

  @Test
  void pairs_are_part_of_what_both_declare() throws IOException {
    Network text = ofText(TEXT.formatted("parameters ldlt; certify pairs;"));
    assertThat(text.further()).containsExactly(new Property.Pairs());
    assertThat(ofText(TEXT.formatted("parameters ldlt;")).further()).isEmpty();
    assertThat(ofJava(JAVA.formatted("@Parameterized(LDLT)"))).isNotEqualTo(text);
    assertThat(ofText(TEXT.formatted("parameters ldlt; certify pairs with signs;")).further())
        .containsExactly(new Property.Pairs(Optional.empty(), true));
  }

  @Test
  void every_construction_of_the_language_has_its_annotation() {
    assertThat(names(Construction.values())).isEqualTo(names(io.lipc.model.Construction.values()));
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }

  private static Network checked(Declaration declaration) {
    DeclarationChecker.Outcome outcome = DeclarationChecker.check(declaration, Scope.empty());
    assertThat(outcome.findings()).isEmpty();
    return outcome.network().map(CheckedNetwork::network).orElseThrow();
  }

  private static Network ofText(String text) {
    return checked(
        LipParser.parse(new SourceText("block.lip", text)).networks().getFirst().declaration());
  }

  private Network ofJava(String text) throws IOException {
    Path source = Files.writeString(work.resolve("Block.java"), text);
    FrontEndAlone frontEnd = new FrontEndAlone();
    new Javac(work).with(frontEnd).compile(List.of(source));
    return checked(frontEnd.read.orElseThrow());
  }

  /** Reads the interface and proves nothing. */
  private static final class FrontEndAlone extends AbstractProcessor {

    private Optional<Declaration> read = Optional.empty();

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of(Annotated.PACKAGE + ".CertifiedNetwork");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      for (TypeElement annotation : annotations) {
        for (var element : round.getElementsAnnotatedWith(annotation)) {
          JavaFrontEnd.Result result =
              JavaFrontEnd.read((TypeElement) element, processingEnv.getElementUtils());
          read = result.declared().map(Declared::declaration);
        }
      }
      return false;
    }
  }
}
