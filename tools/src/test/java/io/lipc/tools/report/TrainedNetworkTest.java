package io.lipc.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.NetworkLoadException;
import io.lipc.tools.Lying;
import io.lipc.tools.Trained;
import io.lipc.tools.page.Samples;
import io.lipc.training.table.Dataset;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Generated classes whose weights were free, and the files that they are to run on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainedNetworkTest {

  private static final String OUTER =
      """
      network Outer(x: real[2] in [-4, 4]) -> real[2] {
          certify lipschitz <= 0.5;
          return x |> Net |> scale(0.5);
      }
      """;

  private Trained files;
  private URLClassLoader classes;

  @BeforeAll
  void compile(@TempDir Path folder) throws Exception {
    files = new Trained(folder);
    Path output = Files.createDirectories(files.path("classes"));
    Files.writeString(
        output.resolve("all.lip"), Trained.BODY.formatted("parameters ldlt;") + OUTER);
    List<Path> sources = List.of(declare("Net"), declare("Outer"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter printed = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      String classPath = System.getProperty("java.class.path");
      List<String> options =
          List.of(
              "-processorpath",
              classPath,
              "-cp",
              classPath,
              "-d",
              output.toString(),
              "-s",
              output.toString());
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              printed, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources));
      assertThat(task.call()).as(printed.toString()).isTrue();
    }
    classes = new URLClassLoader(new URL[] {output.toUri().toURL()}, getClass().getClassLoader());
  }

  private Path declare(String network) throws IOException {
    return Files.writeString(
        files.path(network + ".java"),
        "@io.lipc.annotations.CertifiedNetwork(\"all.lip\") interface " + network + " {}");
  }

  @AfterAll
  void close() throws Exception {
    classes.close();
  }

  private LipschitzNetwork load(String weights) throws Exception {
    return invoke("NetNetwork", new Class<?>[] {Path.class}, files.path(weights));
  }

  private LipschitzNetwork outer(LipschitzNetwork net) throws Exception {
    return invoke("OuterNetwork", new Class<?>[] {classes.loadClass("NetNetwork")}, net);
  }

  private LipschitzNetwork invoke(String name, Class<?>[] types, Object... arguments)
      throws Exception {
    try {
      return (LipschitzNetwork)
          classes.loadClass(name).getMethod("load", types).invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private Certificate promise() throws Exception {
    return CertificateText.read(Files.readString(files.path("classes/META-INF/lipc/Net.json")));
  }

  private void assertRefused(Certificate carried, Weights weights, String reason) throws Exception {
    files.carry("hostile.safetensors", carried, weights);
    assertThatThrownBy(() -> load("hostile.safetensors"))
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageStartingWith("cannot load network Net: ")
        .hasMessageContaining(reason);
  }

  @Test
  void trained_weights_are_loaded_with_their_own_certificate() throws Exception {
    LipschitzNetwork net = load("trained.safetensors");
    assertThat(net.certificate()).isEqualTo(files.certificate());
    assertThat(net.certificate().kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(net.verify()).isEqualTo(new Verdict.Accepted());
    LipschitzNetwork outer = outer(net);
    assertThat(outer.certificate().kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(outer.verify()).isInstanceOf(Verdict.Accepted.class);
    assertThat(outer.lipschitzBound()).isLessThanOrEqualTo(0.5);
  }

  /** One answer for one input, in the box of [-4, 4] and outside of it. */
  @Test
  void the_report_gives_the_radii_of_the_class() throws Exception {
    FloatNetwork net = (FloatNetwork) load("trained.safetensors");
    Random random = new Random(15);
    double[][] features = new double[60][];
    int[] labels = new int[features.length];
    List<Double> radii = new ArrayList<>();
    for (int i = 0; i < features.length; i++) {
      float[] x = {random.nextFloat(-6, 6), random.nextFloat(-6, 6)};
      float[] logits = new float[2];
      net.apply(x, logits);
      features[i] = new double[] {x[0], x[1]};
      labels[i] = logits[0] > logits[1] ? 0 : 1;
      radii.add(net.certifiedRadius(x, logits));
    }
    assertThat(radii).contains(0.0).anyMatch(radius -> radius > 0);
    Dataset data = Dataset.of(List.of("a", "b"), features, labels);
    Samples samples =
        SampleEvaluation.of(
            CertifiedNetworks.of(net.certificate()),
            net.subject(),
            net.radiusClaim(),
            new ReportAssembly.Data("d", "u", data));
    assertThat(samples.radii()).isEqualTo(radii);
  }

  @Test
  void the_promise_of_the_class_does_for_no_weights() throws Exception {
    Weights large = Trained.large(files.weights());
    String reason = "it is about free parameters, and says nothing about given weights";
    assertRefused(promise(), large, reason);
    assertRefused(promise(), files.weights(), reason);
    assertRefused(Trained.bounded(promise(), 0x1p-10), large, reason);
    assertRefused(Trained.about(files.certificate(), large), large, "");
  }

  @Test
  void certificates_that_do_not_keep_the_promise() throws Exception {
    Certificate honest = files.certificate();
    Weights weights = files.weights();
    assertRefused(Trained.bounded(honest, Math.nextUp(1.0)), weights, "but 1.0 was promised");
    assertRefused(Trained.bounded(honest, Double.NaN), weights, "");
    assertRefused(Trained.bounded(honest, 0), weights, "its certificate is not accepted");
    assertRefused(Trained.bounded(honest, -1), weights, "its certificate is not accepted");
    assertRefused(honest.of(honest.units().subList(0, 4)), weights, "it is about other layers");
  }

  /** The name of a network proves nothing, nor does it keep a proof from being one. */
  @Test
  void a_certificate_under_another_name_is_worth_as_much() throws Exception {
    Certificate other = Trained.named(files.certificate(), "Other");
    files.carry("named.safetensors", other, files.weights());
    assertThat(load("named.safetensors").verify()).isInstanceOf(Verdict.Accepted.class);
    assertRefused(other, Trained.large(files.weights()), "is not the one that was certified");
    assertRefused(Trained.bounded(other, 0), files.weights(), "its certificate is not accepted");
    assertRefused(
        Trained.named(promise(), "Other"), files.weights(), "says nothing about given weights");
  }

  @Test
  void certificates_of_other_tensors() throws Exception {
    Certificate honest = files.certificate();
    Weights large = Trained.large(files.weights());
    assertRefused(honest, large, "is not the one that was certified");
    assertRefused(Trained.about(honest, large), files.weights(), "is not the one");
    assertRefused(Trained.about(honest, large), large, "its certificate is not accepted");
  }

  @Test
  void weights_without_a_certificate() throws Exception {
    Files.write(files.path("bare.safetensors"), Safetensors.write(files.weights()));
    assertThatThrownBy(() -> load("bare.safetensors"))
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageContaining("carry no certificate of their own")
        .hasMessageContaining("lipc train");
  }

  @Test
  void no_verdict_accepts_numbers_under_a_promise() throws Exception {
    Certificate promise = promise();
    LipschitzNetwork net = load("trained.safetensors");
    for (Weights weights : List.of(files.weights(), Weights.of(List.of()))) {
      LipschitzNetwork lying =
          new Lying(net, new Subject(promise, CertificateText.digest(promise), weights, Map.of()));
      assertThat(lying.verify()).isInstanceOf(Verdict.Rejected.class);
    }
  }
}
