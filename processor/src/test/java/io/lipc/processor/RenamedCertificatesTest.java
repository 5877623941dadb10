package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.NetworkLoadException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights are often trained under another name than the one that they are compiled under. */
final class RenamedCertificatesTest {

  private static final String SMALL =
      """
      F32 h.weight [2, 2] 0.5 0.25 -0.25 0.5
      F32 y.weight [2, 2] 0.5 0 0 0.5
      """;

  /** No method proves 1.9 of these, and no pair of inputs refutes it. */
  private static final String OPEN =
      """
      F32 h.weight [3, 2] 1.25 0.5 -1.25 -0.5 0.5 -1
      F32 y.weight [2, 3] 1 -0.75 0.25 -0.5 0.25 0.75
      """;

  @TempDir private Path work;
  private int runs;

  /** Compiles a text without a package, brought in by an interface of {@code packageName}. */
  private Javac.Result compile(String packageName, String text, byte[]... weights)
      throws IOException {
    Javac javac = new Javac(work.resolve("run" + runs++));
    Path folder = Files.createDirectories(javac.classes().resolve(packageName));
    Files.writeString(folder.resolve("net.lip"), text);
    if (weights.length > 0) {
      Files.write(folder.resolve("net.safetensors"), weights[0]);
    }
    Path source = Files.createDirectories(folder.resolveSibling("source")).resolve("Net.java");
    Files.writeString(
        source,
        """
        package %s;

        import io.lipc.annotations.*;

        @CertifiedNetwork("net.lip")
        interface Net {}
        """
            .formatted(packageName));
    return javac.compile(List.of(source));
  }

  private static String text(double bound, int width, String source) {
    return """
    network Net(x: real[2]) -> real[2] {
        certify lipschitz <= %s;
        %s
        h = x |> dense(%d, bias = false) |> relu;
        y = h |> dense(2, bias = false);
        return y;
    }
    """
        .formatted(bound, source, width);
  }

  private static String given(double bound, int width) {
    return text(bound, width, "weights \"net.safetensors\";");
  }

  private static String free() {
    return text(1, 2, "parameters ldlt;");
  }

  private Weights weights(String lines) throws IOException {
    return Javac.tensors(Files.writeString(work.resolve("lines.txt"), lines));
  }

  /** A true certificate under the name {@code first.Net}. */
  private Certificate first(String lines, double bound, int width) throws Exception {
    Javac.Result result = compile("first", given(bound, width), Safetensors.write(weights(lines)));
    assertThat(result.success()).as(result.output()).isTrue();
    return CertificateText.read(result.resource("META-INF/lipc/first.Net.json"));
  }

  /** Weights as training would write them, with a bound that no search would stop at. */
  private byte[] trained(double bound) throws Exception {
    Certificate looser = bounding(first(SMALL, bound, 2), bound);
    return CertifiedFile.write(looser, weights(SMALL));
  }

  @Test
  void javac_uses_the_proof_under_the_new_name() throws Exception {
    Javac.Result result = compile("second", given(1, 2), trained(0.75));
    assertThat(result.success()).as(result.output()).isTrue();
    Certificate certificate =
        CertificateText.read(result.resource("META-INF/lipc/second.Net.json"));
    assertThat(certificate.network()).isEqualTo("second.Net");
    assertThat(certificate.lipschitz().declared()).isEqualTo(1);
    assertThat(certificate.lipschitz().bound()).isEqualTo(0.75);
  }

  @Test
  void so_does_loading() throws Exception {
    FloatNetwork network = load(compile("second", free()), trained(0.75));
    assertThat(network.certificate().network()).isEqualTo("second.Net");
    assertThat(network.certificate().lipschitz().declared()).isEqualTo(1);
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void a_larger_bound_than_the_promised_one_is_not_loaded() throws Exception {
    Javac.Result compiled = compile("second", free());
    byte[] loose = trained(1.5);
    assertThatThrownBy(() -> load(compiled, loose))
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageContaining("its bound is 1.5, but 1.0 was promised");
  }

  @Test
  void where_nothing_is_proved_the_message_says_what_was_wrong_with_the_carried_proof()
      throws Exception {
    Certificate loose = first(OPEN, 3, 3);
    Certificate foreign = first(SMALL, 1, 2);
    assertThat(unused(loose))
        .contains(
            "the certificate that the weights carry was not used: its bound is 2.564,"
                + " but 1.9 is declared");
    assertThat(unused(foreign))
        .contains(
            "the certificate that the weights carry was not used: it is about other layers than"
                + " those of second.Net");
    assertThat(unused(bounding(loose, 1.9)))
        .contains(
            "the certificate that the weights carry was not used: the checker rejects it: not"
                + " positive definite");
  }

  private String unused(Certificate carried) throws IOException {
    byte[] file = CertifiedFile.write(carried, weights(OPEN));
    Javac.Result result = compile("second", given(1.9, 3), file);
    assertThat(result.success()).isFalse();
    assertThat(result.output()).contains("[lipschitz-bound-not-certified]");
    return result.output();
  }

  private static Certificate bounding(Certificate c, double bound) {
    return c.declaring(c.network(), bound).claiming(bound);
  }

  private FloatNetwork load(Javac.Result compiled, byte[] file) throws Exception {
    assertThat(compiled.success()).as(compiled.output()).isTrue();
    Path weights = Files.write(work.resolve("trained.safetensors"), file);
    URL[] classes = {compiled.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      Class<?> network = loader.loadClass("second.NetNetwork");
      return (FloatNetwork) network.getMethod("load", Path.class).invoke(null, weights);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }
}
