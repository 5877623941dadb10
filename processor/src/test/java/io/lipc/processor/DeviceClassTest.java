package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.compiler.Backend;
import io.lipc.compiler.Batch;
import io.lipc.compiler.Callee;
import io.lipc.compiler.CertificateCache;
import io.lipc.compiler.Compilation;
import io.lipc.compiler.Compiler;
import io.lipc.compiler.DeviceClass;
import io.lipc.compiler.FileFinder;
import io.lipc.compiler.Library;
import io.lipc.compiler.Request;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.formats.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The sources for TornadoVM of good examples. The compiler writes them without seeing TornadoVM;
 * they are compiled and run where it is, in the module {@code runtime-tornado}.
 */
final class DeviceClassTest {

  private static final Path GOOD = Path.of("src/test/resources/good");
  private static final Path EXPECTED = Path.of("src/test/resources/expected");

  private static final String CALLER =
      """
      package good;
      network CallerText(x: real[4] in [-1, 1]) -> real[3] {
          certify lipschitz <= 2;
          y = x |> ResidualText |> scale(0.25);
          return y;
      }
      """;

  private static final FileFinder FILES =
      new FileFinder() {
        @Override
        public Result find(String packageName, String name) {
          try {
            Path text = GOOD.resolve(name.replace(".safetensors", ".txt"));
            return new Result.Found(Safetensors.write(Javac.tensors(text)), Optional.of(name));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }

        @Override
        public List<String> roots() {
          return List.of(GOOD.toString());
        }
      };

  private static Map<String, Compilation.Compiled> compile(Library library, String... texts) {
    List<Request> requests = new ArrayList<>();
    for (String text : texts) {
      LipParser.parse(new SourceText("test.lip", text), "good")
          .networks()
          .forEach(network -> requests.add(new Request(network.declaration(), "good.Test")));
    }
    Map<String, Compilation.Compiled> compiled = new TreeMap<>();
    for (Compilation compilation :
        Compiler.compile(
            new Batch(requests, Set.of()),
            FILES,
            library,
            (_, _) -> "nowhere",
            CertificateCache.none(),
            Set.of(Backend.JVM, Backend.TORNADO))) {
      compiled.put(compilation.network(), (Compilation.Compiled) compilation);
    }
    return compiled;
  }

  private static String text(String file) throws IOException {
    return Files.readString(GOOD.resolve(file));
  }

  private static void expect(Compilation.Compiled compiled) throws IOException {
    DeviceClass.Written written = (DeviceClass.Written) compiled.tornado().orElseThrow();
    assertThat(written.name()).isEqualTo(compiled.network() + "Tornado");
    Golden.compare(
        EXPECTED.resolve(written.name().replaceFirst(".*\\.", "") + ".java"), written.source());
  }

  @Test
  void given_weights_trained_weights_and_free_weights() throws IOException {
    Map<String, Compilation.Compiled> compiled =
        compile(
            Library.empty(),
            text("residual.lip"),
            text("trained.lip"),
            text("ldlt.lip").replaceAll("(?s)/\\*\\*.*", ""));
    assertThat(compiled)
        .containsOnlyKeys(
            "good.ResidualText", "good.TrainedText", "good.LdltChainText", "good.LdltBlockText");
    for (Compilation.Compiled one : compiled.values()) {
      expect(one);
    }
  }

  @Test
  void a_call_is_inlined_wherever_the_callee_comes_from() throws IOException {
    Map<String, Compilation.Compiled> together =
        compile(Library.empty(), text("residual.lip"), CALLER);
    Compilation.Compiled caller = together.get("good.CallerText");
    expect(caller);
    Callee callee = together.get("good.ResidualText").proof().callee();
    Library jar =
        name ->
            name.equals("good.ResidualText")
                ? new Library.Result.Found(callee)
                : new Library.Result.Unknown();
    assertThat(compile(jar, CALLER).get("good.CallerText").tornado()).isEqualTo(caller.tornado());
  }

  @Test
  void double_precision_stays_on_the_jvm_and_says_so() throws IOException {
    String text = text("residual.lip").replace("certify", "precision f64; certify");
    assertThat(compile(Library.empty(), text).get("good.ResidualText").tornado())
        .contains(
            new DeviceClass.Omitted("its precision is f64, and kernels for devices compute in f32"));
  }
}
