package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Safetensors;
import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Annotated sources, by a real javac with the processor: each is compiled or refused; no message is
 * about a fault of lipc, and the generated code has no faults of its own.
 */
final class JavaTest {

  private static final Tokens WORDS =
      new Tokens(
          Tokens.DECIMALS,
          List.of(
              "(",
              ")",
              "{",
              "}",
              ";",
              ",",
              "=",
              "\"",
              "\"\"",
              "\"\"\"",
              "\\",
              "/*",
              "//",
              "\n",
              "@",
              "-",
              ".",
              "@Relu ",
              "@Add ",
              "@Concat ",
              "@Output ",
              "@Input(4) ",
              "@Dense(3) ",
              "@Scale(0.5) ",
              "@MaxMin ",
              "@GroupSort(3) ",
              "@Softmax(0.5) ",
              "@Lipschitz(2) ",
              "@Pairs ",
              "@Call(Object.class) ",
              "@Tensor(\"t\") ",
              "@Parameterized ",
              "@SuppressWarnings ",
              "@Precision(FloatFormat.F64) ",
              "float[] ",
              "double[] ",
              "int ",
              "String ",
              "default ",
              "static ",
              "class ",
              "interface ",
              "record ",
              "enum ",
              "<T> ",
              "extends X ",
              "via = ",
              "Norm.LINF",
              "value = ",
              "null",
              "true",
              "{1, 2}",
              "{}",
              "\\u0000",
              "\u00e9",
              "Integer.MAX_VALUE",
              "1.0 / 0",
              "0.0 / 0",
              "1 << 20",
              "-1",
              "\"\\0\"",
              "\"../x\""));

  private static final Pattern FRAME = Pattern.compile("at (app//)?io\\.lipc\\.(?!fuzz)");

  private record Sample(String source, Map<String, byte[]> resources) {}

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final List<Sample> samples = new ArrayList<>();

  @Test
  void mutants() throws Exception {
    for (Path file : Samples.files(name -> name.endsWith(".java") && isSample(name))) {
      String source = Files.readString(file);
      if (source.contains("@CertifiedNetwork")) {
        samples.add(new Sample(source, resources(file.getParent())));
      }
    }
    for (Path file : Samples.files(name -> name.contains("good/") && name.endsWith(".lip"))) {
      samples.add(inline(file));
    }
    assertThat(samples).hasSizeGreaterThan(50);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      MemoryFiles memory = new MemoryFiles(files);
      Fuzz.run(
          new Format(
              "source",
              "java",
              1400,
              samples.stream()
                  .map(sample -> sample.source().getBytes(StandardCharsets.UTF_8))
                  .toList(),
              JavaTest::mutate,
              mutant -> read(mutant, memory)));
    }
  }

  private static boolean isSample(String name) {
    return name.startsWith("processor/src/test/resources") || name.startsWith("examples");
  }

  private static Sample inline(Path file) throws IOException {
    String text = Files.readString(file);
    String name = text.replaceAll("(?s).*?network (\\w+).*", "$1");
    String source =
        "package good;\n\n@io.lipc.annotations.CertifiedNetwork(dsl = \"\"\"\n%s\"\"\")\ninterface %s {}\n"
            .formatted(text, name);
    return new Sample(source, resources(file.getParent()));
  }

  /** What javac finds beside the sources of a folder, in any package. */
  private static Map<String, byte[]> resources(Path folder) throws IOException {
    Map<String, byte[]> resources = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".txt")) {
          resources.put(
              name.replace(".txt", ".safetensors"), Safetensors.write(Samples.tensors(file)));
        } else if (!name.endsWith(".java")) {
          resources.put(name, Files.readAllBytes(file));
        }
      }
    }
    return resources;
  }

  private static byte[] mutate(byte[] sample, byte[] other, Mutator mutator) {
    String text = new String(sample, StandardCharsets.UTF_8);
    return WORDS
        .mutate(text, new String(other, StandardCharsets.UTF_8), mutator)
        .getBytes(StandardCharsets.UTF_8);
  }

  private Outcome read(Mutant mutant, MemoryFiles files) {
    files.lay(samples.get(mutant.sample()).resources());
    String text = new String(mutant.content(), StandardCharsets.UTF_8);
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    StringWriter crash = new StringWriter();
    JavaCompiler.CompilationTask task =
        compiler.getTask(
            crash,
            files,
            said,
            List.of("-proc:full", "-Xlint:none", "-Alipc.certify.budget=2s"),
            null,
            List.of(MemoryFiles.MemoryFile.source("Mutant.java", text)));
    task.setProcessors(List.of(processor()));
    boolean success = call(task, crash);
    said.getDiagnostics().forEach(one -> check(one, text));
    List<Diagnostic<? extends JavaFileObject>> errors =
        said.getDiagnostics().stream()
            .<Diagnostic<? extends JavaFileObject>>map(one -> one)
            .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
            .toList();
    if (!errors.isEmpty() && errors.stream().allMatch(JavaTest::isInGeneratedCode)) {
      throw new AssertionError("faults of generated code alone: " + errors);
    }
    return success ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  /** A new one for each run, found as javac finds it. */
  private static Processor processor() {
    return ServiceLoader.load(Processor.class).stream()
        .filter(provider -> provider.type().getName().startsWith("io.lipc."))
        .map(ServiceLoader.Provider::get)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isInGeneratedCode(Diagnostic<? extends JavaFileObject> error) {
    return error.getSource() instanceof MemoryFiles.MemoryFile file && file.isGenerated();
  }

  /** A crash in which lipc has no part is one of javac: deep brackets end in its own parser. */
  private static boolean call(JavaCompiler.CompilationTask task, StringWriter crash) {
    boolean success = false;
    try {
      success = task.call();
    } catch (RuntimeException e) {
      e.printStackTrace(new PrintWriter(crash));
    }
    if (FRAME.matcher(crash.toString()).find()) {
      throw new AssertionError(crash.toString());
    }
    return success;
  }

  private static void check(Diagnostic<? extends JavaFileObject> said, String text) {
    String message = said.getMessage(null);
    if (message.contains("internal-fault")) {
      throw new AssertionError(message);
    }
    if (!isInGeneratedCode(said) && said.getSource() != null) {
      assertThat(said.getPosition()).as(message).isLessThanOrEqualTo(text.length());
    }
  }
}
