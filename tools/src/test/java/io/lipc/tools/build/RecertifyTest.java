package io.lipc.tools.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.compiler.library.CompilerVersion;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.onnx.writing.OnnxExport;
import io.lipc.onnx.writing.OnnxNetwork;
import io.lipc.tools.command.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The goal {@code lipc:certify} on a module that javac has compiled. */
final class RecertifyTest {

  private static final String GAIN =
      """
      package demo;
      import io.lipc.annotations.*;
      @CertifiedNetwork
      @Lipschitz(%s)
      @WeightsFile("gain.safetensors")
      interface Gain {
        @Input(2) float[] x();
        @Dense(value = 2, bias = false) @Output float[] y(float[] x);
      }
      """;

  private static final String HELP =
      """
      lipc: help: javac runs no processor that is only on the class path. Put lipc's on the processor path, within
      <configuration> of maven-compiler-plugin, and build with `mvn clean package`, which compiles all again:
          <annotationProcessorPaths><path><groupId>io.lipc</groupId>
            <artifactId>lipc-processor</artifactId><version>1.2.3</version></path></annotationProcessorPaths>
      Where that stands already, <proc>none</proc> or -proc:none keeps it from running.
      """;

  @TempDir private Path folder;
  private String classPath = System.getProperty("java.class.path");
  private String said = "";

  private Path sources() {
    return folder.resolve("src");
  }

  private Path classes() {
    return folder.resolve("classes");
  }

  @BeforeEach
  void writeWeights() throws IOException, FormatException {
    Files.createDirectories(sources().resolve("demo"));
    Files.createDirectories(classes().resolve("demo"));
    writeWeights(3);
  }

  private void writeWeights(double largest) throws IOException, FormatException {
    double[] values = {1, 0, 0, largest};
    Tensor weight = Tensor.of("y.weight", ElementType.F32, List.of(2, 2), values);
    Files.write(
        classes().resolve("demo/gain.safetensors"), Safetensors.write(Weights.of(List.of(weight))));
  }

  private void source(String name, String text) throws IOException {
    Files.writeString(sources().resolve("demo").resolve(name), text);
  }

  /** As a build would, with the processor or without. */
  private void compile(boolean withProcessor) throws IOException {
    String path = System.getProperty("java.class.path");
    List<String> options =
        new ArrayList<>(List.of("-cp", classes() + File.pathSeparator + classPath));
    options.addAll(List.of("-d", classes().toString()));
    options.addAll(
        withProcessor
            ? List.of("-proc:full", "-processorpath", path, "-Alipc.root=" + folder)
            : List.of("-proc:none"));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter log = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      List<Path> all;
      try (Stream<Path> found = Files.list(sources().resolve("demo"))) {
        all = found.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      }
      boolean compiled =
          javac
              .getTask(log, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
              .call();
      assertThat(compiled).as(log.toString()).isTrue();
    }
  }

  /** The exit code. */
  private int recertify(String... more) {
    StringWriter text = new StringWriter();
    CommandLine command = new CommandLine(new Recertify());
    command.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
    int code =
        Recertify.run(
            command,
            Stream.concat(
                    Stream.of(
                        "--classes=" + classes(),
                        "--generated=" + folder.resolve("generated"),
                        "--root=" + folder,
                        "--class-path=" + classPath,
                        "--sources=" + sources(),
                        "--processor-version=1.2.3"),
                    Stream.of(more))
                .toArray(String[]::new));
    said = text.toString();
    return code;
  }

  private void assertUnproved(String... messages) {
    assertThat(recertify()).as(said).isEqualTo(Recertify.UNPROVED);
    StringBuilder expected = new StringBuilder();
    for (String message : messages) {
      expected.append("lipc: error: nothing has proved the bound ").append(message).append('\n');
    }
    assertThat(said).isEqualTo(expected + HELP);
  }

  private void assertUpToDate(String counts) {
    assertThat(recertify()).as(said).isZero();
    assertThat(said).isEqualTo("lipc: " + counts + " up to date\n");
  }

  @Test
  void a_network_that_javac_compiled_without_the_processor_fails_the_build() throws Exception {
    source("Gain.java", GAIN.formatted("0.1"));
    compile(false);
    assertUnproved(
        "0.1 of demo.Gain (Gain.java): there is no certificate META-INF/lipc/demo.Gain.json");
  }

  @Test
  void a_module_whose_networks_are_proved_says_so() throws Exception {
    source("Gain.java", GAIN.formatted("3"));
    source("Outer.java", "package demo; interface Outer {\n" + nested(GAIN.formatted("4")) + "}");
    compile(true);
    assertUpToDate("2 networks, 2 certificates");
    assertThat(classes().resolve("META-INF/lipc/demo.Outer_Gain.json")).exists();
  }

  /** The declaration alone, in a file that has a package and imports by other names. */
  private static String nested(String source) {
    return source
        .substring(source.indexOf("@CertifiedNetwork"))
        .replace("@", "@io.lipc.annotations.");
  }

  @Test
  void a_module_without_networks_says_so() throws Exception {
    assertUpToDate("0 networks, 0 certificates");
    source("Plain.java", "package demo; class Plain { @Deprecated int x; }");
    compile(false);
    assertUpToDate("0 networks, 0 certificates");
  }

  @Test
  void types_are_found_wherever_they_are_declared() throws Exception {
    String plain = nested(GAIN.formatted("2.5"));
    source(
        "A$b.java",
        "package demo; class A$b { class C {" + plain + "} void m() { " + plain + "} }");
    source(
        "Text.java",
        "package demo; @io.lipc.annotations.CertifiedNetwork(\"x.lip\") interface Text {}");
    source("Type.java", "package demo; @io.lipc.annotations.CertifiedNetwork record Type() {}");
    source("Bound.java", "package demo; @io.lipc.annotations.Lipschitz(7) interface Bound {}");
    compile(false);
    assertUnproved(
        "2.5 of demo.A$b$1Gain (A$b.java): it is declared within a method, where no processor sees it",
        "2.5 of demo.A$b.C.Gain (A$b.java): there is no certificate META-INF/lipc/demo.A$b_C_Gain.json",
        "7.0 of demo.Bound (Bound.java): it is annotated @Lipschitz, but not @CertifiedNetwork",
        "of demo.Text (Text.java): there is no certificate META-INF/lipc/demo.Text.json",
        "of demo.Type (Type.java): there is no certificate META-INF/lipc/demo.Type.json");
  }

  @Test
  void a_certificate_that_an_earlier_build_left_proves_no_other_declaration() throws Exception {
    source("Gain.java", GAIN.formatted("3"));
    compile(true);
    source("Gain.java", GAIN.formatted("0.1"));
    compile(false);
    assertUnproved(
        "0.1 of demo.Gain (Gain.java): its certificate was made for the bound 3.0, l2 -> l2");
    source("Gain.java", GAIN.formatted("value = 3, to = Norm.LINF"));
    compile(false);
    assertUnproved(
        "3.0 of demo.Gain (Gain.java): its certificate was made for the bound 3.0, l2 -> l2");
    source("Gain.java", GAIN.formatted("3"));
    compile(false);
    assertUpToDate("1 network, 1 certificate");
    Files.delete(classes().resolve("demo/GainNetwork.class"));
    assertUnproved("3.0 of demo.Gain (Gain.java): the class demo.GainNetwork was not generated");
  }

  private Path pairs() {
    return classes().resolve("META-INF/lipc/demo.Gain-pairs.json");
  }

  @Test
  void pairs_that_nothing_has_proved_fail_the_build() throws Exception {
    String plain = GAIN.formatted("3");
    String asking = plain.replace("@Lipschitz", "@Pairs @Lipschitz");
    source("Gain.java", plain);
    compile(true);
    source("Gain.java", asking);
    compile(false);
    String missing =
        "3.0 of demo.Gain (Gain.java): there is no certificate META-INF/lipc/demo.Gain-pairs.json of"
            + " the pairs of its outputs";
    assertUnproved(missing);
    compile(true);
    assertUpToDate("1 network, 1 certificate");
    source("Gain.java", plain);
    compile(false);
    assertUnproved(
        "3.0 of demo.Gain (Gain.java): its class has a certificate of the pairs of its outputs, and it is not annotated @Pairs");
    source("Gain.java", asking);
    compile(false);
    Files.delete(pairs());
    assertUnproved(missing);
  }

  @Test
  void pairs_of_another_certificate_or_of_other_weights_are_proved_again() throws Exception {
    source("Gain.java", GAIN.formatted("3").replace("@Lipschitz", "@Pairs @Lipschitz"));
    compile(true);
    String proved = Files.readString(pairs());
    writeWeights(2);
    assertThat(recertify()).as(said).isZero();
    assertThat(said).contains("certifying again: demo.Gain", ", pairs at most ");
    assertThat(pairs()).content().isNotEqualTo(proved);
    assertUpToDate("1 network, 1 certificate");
    Files.writeString(pairs(), proved);
    assertThat(recertify()).as(said).isZero();
    assertThat(said).contains("certifying again: demo.Gain");
    assertUpToDate("1 network, 1 certificate");
  }

  @Test
  void changed_weights_are_certified_again_or_refused() throws Exception {
    source("Gain.java", GAIN.formatted("3"));
    compile(true);
    writeWeights(2);
    assertThat(recertify()).as(said).isZero();
    assertThat(said)
        .startsWith(
            "lipc: certifying again: demo.Gain\nlipc: demo.Gain: its weights have changed\n")
        .contains("network demo.Gain: Lipschitz bound 2.001 (l2 -> l2), ")
        .endsWith("lipc: 1 network, 1 certificate up to date\n");
    assertUpToDate("1 network, 1 certificate");
    writeWeights(9);
    assertThat(recertify()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said).contains("[lipschitz-bound-violated]").doesNotContain("up to date");
  }

  private double bound(String network) throws Exception {
    Path file = classes().resolve("META-INF/lipc/" + network + ".json");
    return CertificateText.read(Files.readString(file)).lipschitz().bound();
  }

  /** A build ends with the first proof; the goal may go on, once for what has not changed. */
  @Test
  void bounds_are_tightened_once() throws Exception {
    Random random = new Random(1);
    double[] first = random.doubles(32, -1, 1).map(value -> (float) value).toArray();
    double[] second = random.doubles(16, -1, 1).map(value -> (float) value).toArray();
    Files.write(
        classes().resolve("demo/two.safetensors"),
        Safetensors.write(
            Weights.of(
                List.of(
                    Tensor.of("h.weight", ElementType.F32, List.of(8, 4), first),
                    Tensor.of("y.weight", ElementType.F32, List.of(2, 8), second)))));
    source(
        "Two.java",
        """
        package demo;
        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;
        @CertifiedNetwork
        @Lipschitz(1000)
        @WeightsFile("two.safetensors")
        interface Two {
          @Input(4) float[] x();
          @Dense(value = 8, bias = false) float[] h(float[] x);
          @Relu float[] r(float[] h);
          @Dense(value = 2, bias = false) @Output float[] y(float[] r);
        }
        """);
    compile(true);
    double loose = bound("demo.Two");
    String[] tighten = {"--tighten", "--cache=" + folder.resolve("cache")};

    assertUpToDate("1 network, 1 certificate");
    assertThat(recertify(tighten)).as(said).isZero();
    assertThat(said)
        .contains("demo.Two: its bound is the first that was proved, and the least is asked for")
        .endsWith("lipc: 1 network, 1 certificate up to date\n");
    double least = bound("demo.Two");
    assertThat(least).isLessThan(0.99 * loose);
    assertThat(recertify(tighten)).as(said).isZero();
    assertThat(said).isEqualTo("lipc: 1 network, 1 certificate up to date\n");
    compile(true);
    assertThat(bound("demo.Two")).isEqualTo(loose);
    assertThat(recertify(tighten)).as(said).isZero();
    assertThat(said).contains(", from the cache of ");
    assertThat(bound("demo.Two")).isEqualTo(least);
  }

  @Test
  void a_changed_text_is_certified_again_or_refused() throws Exception {
    String text =
        "network Net(x: real[2]) -> real[2] { certify lipschitz <= %s; return x |> scale(0.5); }\n";
    source(
        "Net.java",
        "package demo; @io.lipc.annotations.CertifiedNetwork(\"net.lip\") interface Net {}");
    Path file = classes().resolve("demo/net.lip");
    Files.writeString(file, text.formatted("1"));
    compile(true);
    assertUpToDate("1 network, 1 certificate");
    Files.writeString(file, text.formatted("0.25"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    assertThat(recertify()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said)
        .contains("certifying again: demo.Net", "[lipschitz-bound-violated]")
        .doesNotContain("up to date");
  }

  /** The times of files say nothing: another build, a cache or an archive has set them. */
  @Test
  void a_changed_text_that_is_older_than_its_certificate_is_certified_again() throws Exception {
    String text =
        "network Net(x: real[2]) -> real[2] { certify lipschitz <= 1; return x |> scale(%s); }\n";
    source(
        "Net.java",
        "package demo; @io.lipc.annotations.CertifiedNetwork(\"net.lip\") interface Net {}");
    Path file = classes().resolve("demo/net.lip");
    Files.writeString(file, text.formatted("0.5"));
    compile(true);
    assertUpToDate("1 network, 1 certificate");
    Files.writeString(file, text.formatted("0.25"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(recertify()).as(said).isZero();
    assertThat(said)
        .startsWith(
            "lipc: certifying again: demo.Net\nlipc: demo.Net: net.lip has changed since the certificate"
                + " was made\n");
    assertThat(certificate("demo.Net").lipschitz().bound()).isLessThan(0.26);
    assertUpToDate("1 network, 1 certificate");
    Files.writeString(file, text.formatted("2"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(recertify()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said).contains("[lipschitz-bound-violated]").doesNotContain("up to date");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    Files.writeString(file, text.formatted("0.25"));
    assertUpToDate("1 network, 1 certificate");
  }

  @Test
  void layers_that_were_changed_while_no_processor_ran_are_certified_again() throws Exception {
    source("Gain.java", GAIN.formatted("3"));
    compile(true);
    source(
        "Gain.java",
        GAIN.formatted("3")
            .replace("@Dense", "@Scale(0.5) float[] h(float[] x);\n  @Dense")
            .replace("y(float[] x)", "y(float[] h)"));
    compile(false);
    assertThat(recertify()).as(said).isZero();
    assertThat(said)
        .startsWith(
            "lipc: certifying again: demo.Gain\nlipc: demo.Gain: Gain.java has changed since the"
                + " certificate was made\n");
    assertThat(certificate("demo.Gain").lipschitz().bound()).isLessThan(2);
    assertUpToDate("1 network, 1 certificate");
  }

  private Certificate certificate(String network) throws IOException, FormatException {
    Path file = classes().resolve("META-INF/lipc/" + network + ".json");
    return CertificateText.read(Files.readString(file));
  }

  /** Puts another text of the same length into a class file. */
  private void patch(Path file, String old, String now) throws IOException {
    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertThat(content).contains(old);
    Files.write(file, content.replace(old, now).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Class and certificate fit each other, so that loading finds nothing; the checker does. */
  @Test
  void a_certificate_that_proves_nothing_fails_the_build_whatever_the_class_says()
      throws Exception {
    source("Gain.java", GAIN.formatted("3"));
    compile(true);
    Path file = classes().resolve("META-INF/lipc/demo.Gain.json");
    Path generated = classes().resolve("demo/GainNetwork.class");
    byte[] honest = Files.readAllBytes(file);
    byte[] forged =
        CertificateText.write(certificate("demo.Gain").claiming(0x1p-6))
            .getBytes(StandardCharsets.UTF_8);
    Files.write(file, forged);
    patch(generated, Digest.of(honest).hex(), Digest.of(forged).hex());
    assertThat(recertify()).as(said).isEqualTo(Recertify.UNPROVED);
    assertThat(said)
        .startsWith(
            "lipc: error: the checker rejects META-INF/lipc/demo.Gain.json, which this build would ship:"
                + " not positive definite: ")
        .contains("lipc: help: ")
        .doesNotContain("up to date");
    // Where the class is another one's, it is made again with its certificate.
    Files.write(file, forged);
    patch(generated, Digest.of(forged).hex(), Digest.of(honest).hex());
    assertThat(recertify()).as(said).isZero();
    assertThat(said).contains("demo.Gain: its class was generated with another certificate");
    assertThat(Files.readAllBytes(file)).isEqualTo(honest);
  }

  @Test
  void a_certificate_of_another_version_of_lipc_is_made_again() throws Exception {
    source("Gain.java", GAIN.formatted("3"));
    compile(true);
    Path origin = classes().resolve("META-INF/lipc/demo.Gain-origin.json");
    String now = CompilerVersion.word();
    assertThat(now).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
    Files.writeString(origin, Files.readString(origin).replace('"' + now + '"', "\"0.0.7\""));
    assertThat(recertify()).as(said).isZero();
    assertThat(said).contains("demo.Gain: it was made by lipc 0.0.7, and this is lipc " + now);
    assertUpToDate("1 network, 1 certificate");
  }

  @Test
  void a_changed_network_of_another_module_is_noticed() throws Exception {
    source("Gain.java", GAIN.formatted("3"));
    compile(true);
    Path module = folder.resolve("sensors");
    Files.move(classes(), module);
    Files.delete(sources().resolve("demo/Gain.java"));
    Files.createDirectories(classes());
    classPath = module + File.pathSeparator + classPath;
    source(
        "Half.java",
        """
        package demo;
        import io.lipc.annotations.*;
        @CertifiedNetwork @Lipschitz(2)
        interface Half {
          @Input(2) float[] x();
          @Call(Gain.class) float[] g(float[] x);
          @Scale(0.5) @Output float[] y(float[] g);
        }
        """);
    compile(true);
    assertUpToDate("1 network, 1 certificate");
    double before = certificate("demo.Half").lipschitz().bound();
    // The other module is built again, with other weights.
    Path own = folder.resolve("own");
    Files.move(classes(), own);
    Files.move(module, classes());
    source("Gain.java", GAIN.formatted("3"));
    writeWeights(2);
    Path half = sources().resolve("demo/Half.java");
    String source = Files.readString(half);
    Files.delete(half);
    assertThat(recertify()).as(said).isZero();
    Files.move(classes(), module);
    Files.move(own, classes());
    Files.delete(sources().resolve("demo/Gain.java"));
    Files.writeString(half, source);
    assertThat(recertify()).as(said).isZero();
    assertThat(said)
        .startsWith(
            "lipc: certifying again: demo.Half\nlipc: demo.Half: the certificate of demo.Gain, which it"
                + " calls, is another one\n");
    assertThat(certificate("demo.Half").lipschitz().bound()).isLessThan(before);
    assertUpToDate("1 network, 1 certificate");
  }

  /** A matrix as an ONNX model among the resources. */
  private Path writeModel(double largest) throws Exception {
    return writeModel(largest, PointwiseKind.ABS);
  }

  private Path writeModel(double largest, PointwiseKind last) throws Exception {
    double[] values = {1, 0, 0, largest};
    Tensor weight = Tensor.of("y.weight", ElementType.F32, List.of(2, 2), values);
    Network network =
        new Network(
            "Net",
            new Property.Lipschitz(1, Norm.L2, Norm.L2),
            new WeightsSource.None(),
            ElementType.F32,
            List.of(
                new Layer.Input(Shape.vector(2), Optional.empty()),
                Layer.dense(0, 2, 2, "y.weight", Optional.empty()),
                new Layer.Activate(1, Activation.of(last), Shape.vector(2))));
    OnnxNetwork exported = new OnnxNetwork(network, Weights.of(List.of(weight)), Map.of());
    Path file = classes().resolve("demo/net.onnx");
    Files.write(file, OnnxExport.write(exported, new TreeMap<>()));
    return file;
  }

  @Test
  void a_changed_model_is_certified_again_or_refused() throws Exception {
    writeModel(3);
    source(
        "Net.java",
        """
        package demo;
        import io.lipc.annotations.*;
        @CertifiedNetwork("net.onnx") @Lipschitz(3.5)
        interface Net { @Input(value = 2, min = -1, max = 2) float[] x(); }
        """);
    compile(true);
    assertUpToDate("1 network, 1 certificate");
    Path certificate = classes().resolve("META-INF/lipc/demo.Net.json");
    FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(certificate).toMillis() + 5000);
    byte[] before = Files.readAllBytes(classes().resolve("META-INF/lipc/demo.Net.safetensors"));
    Files.setLastModifiedTime(writeModel(2), later);
    assertThat(recertify()).as(said).isZero();
    assertThat(said).contains("certifying again: demo.Net");
    assertThat(Files.readAllBytes(classes().resolve("META-INF/lipc/demo.Net.safetensors")))
        .isNotEqualTo(before);
    // The same numbers, from a file that is older: other layers.
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(writeModel(2), old);
    assertUpToDate("1 network, 1 certificate");
    Files.setLastModifiedTime(writeModel(2, PointwiseKind.TANH), old);
    assertThat(recertify()).as(said).isZero();
    assertThat(said).contains("certifying again: demo.Net");
    assertUpToDate("1 network, 1 certificate");
    Files.setLastModifiedTime(writeModel(4), FileTime.fromMillis(later.toMillis() + 60_000));
    assertThat(recertify()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said).contains("[lipschitz-bound-violated]");
  }

  /** A model with its numbers in a file beside it, as resources are copied. */
  private Path copyModel() throws IOException {
    Path shared =
        Path.of(System.getProperty("lipc.root")).resolve("onnx/src/test/resources/external");
    Files.copy(shared.resolve("net.onnx"), classes().resolve("demo/net.onnx"));
    return Files.copy(shared.resolve("net.bin"), classes().resolve("demo/net.bin"));
  }

  private static void writeNumber(Path data, float last, FileTime time) throws IOException {
    byte[] numbers = Files.readAllBytes(data);
    ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).putFloat(28, last);
    Files.write(data, numbers);
    Files.setLastModifiedTime(data, time);
  }

  @Test
  void changed_numbers_beside_a_model_are_certified_again_or_refused() throws Exception {
    Path data = copyModel();
    source(
        "Net.java",
        """
        package demo;
        import io.lipc.annotations.*;
        @CertifiedNetwork("net.onnx") @Lipschitz(3.5)
        interface Net {}
        """);
    compile(true);
    assertUpToDate("1 network, 1 certificate");
    // An unpacked file is as old as it was when it was packed.
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    writeNumber(data, 2, old);
    assertThat(recertify()).as(said).isZero();
    assertThat(said).contains("certifying again: demo.Net");
    assertUpToDate("1 network, 1 certificate");
    writeNumber(data, 4, old);
    assertThat(recertify()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said).contains("[lipschitz-bound-violated]");
    writeNumber(data, 2, old);
    assertUpToDate("1 network, 1 certificate");
    Files.setLastModifiedTime(data, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    assertUpToDate("1 network, 1 certificate");
    Files.delete(data);
    assertThat(recertify()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said).contains("certifying again: demo.Net", "there is no such file");
  }

  @Test
  void a_class_file_that_cannot_be_read_is_named() throws Exception {
    source("Gain.java", GAIN.formatted("3"));
    compile(false);
    Path file = classes().resolve("demo/Gain.class");
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 9));
    assertThat(recertify()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(said).contains("the class file demo/Gain.class").doesNotContain("\tat ");
  }
}
