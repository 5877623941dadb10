package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.formats.Safetensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The audit as an auditor runs it: a program of one file, and files beside it. Java compiles such a
 * program at each start, for two seconds: once here, and the other runs take the classes of the
 * build, which are those of the same file.
 */
final class AuditProgramTest {

  @TempDir private Path folder;

  private record Outcome(int code, String output) {}

  private static Subject subject() {
    TestNetwork inner = TestNetwork.of(2);
    inner.relu(inner.dense(0, new double[][] {{0.5, 1}, {-0.25, 0.5}}));
    TestNetwork outer = TestNetwork.of(2);
    outer.call(outer.dense(0, new double[][] {{1, 2}, {0.5, 0}}), inner.subject("demo.Inner"));
    return outer.subject("demo.Outer");
  }

  private List<String> files(Subject subject) throws Exception {
    String name = subject.certificate().network();
    Path text = folder.resolve(name + ".json");
    Path weights = folder.resolve(name + ".safetensors");
    Files.writeString(text, CertificateText.write(subject.certificate()));
    Files.write(weights, Safetensors.write(subject.weights()));
    List<String> files = new ArrayList<>(List.of(text.toString(), weights.toString()));
    for (Subject callee : subject.callees().values()) {
      files.addAll(files(callee));
    }
    return files;
  }

  private Outcome audit(List<String> files) throws Exception {
    Path classes =
        Path.of(Class.forName("Audit").getProtectionDomain().getCodeSource().getLocation().toURI());
    return run(List.of("-cp", classes.toString(), "Audit"), files);
  }

  private Outcome run(List<String> program, List<String> files) throws Exception {
    Path output = folder.resolve("output.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // No code runs long enough for a better compiler.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(program);
    command.addAll(files);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(output));
  }

  @Test
  void anHonestCertificateWithItsCallee() throws Exception {
    Subject subject = subject();
    Path source = Path.of(System.getProperty("lipc.root"), "audit/Audit.java");
    Outcome outcome = run(List.of(source.toString()), files(subject));
    assertThat(audit(files(subject))).isEqualTo(outcome);
    assertThat(outcome.output())
        .contains(CertificateText.digest(subject.certificate()).toString())
        .contains("calls demo.Inner", "tensor w1.weight [2, 2] sha256:")
        .contains(
            "ACCEPTED: demo.Outer is ",
            "-Lipschitz, exactly " + Double.toHexString(subject.certificate().lipschitz().bound()));
    assertThat(outcome.code()).isZero();
  }

  @Test
  void weightsOfWhichOneBitIsChanged() throws Exception {
    List<String> files = files(subject());
    Path weights = Path.of(files.get(1));
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    Outcome outcome = audit(files);
    assertThat(outcome.output()).contains("REJECTED", "digest");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void aCalleeThatIsNotGiven() throws Exception {
    Outcome outcome = audit(files(subject()).subList(0, 2));
    assertThat(outcome.output()).contains("REJECTED: the callee demo.Inner is not given");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void filesThatAreNotThere() throws Exception {
    assertThat(audit(List.of("absent.json", "-")).code()).isEqualTo(2);
    Path text = Files.write(folder.resolve("a.json"), "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(audit(List.of(text.toString())).code()).isEqualTo(2);
    assertThat(audit(List.of(text.toString(), "-")).code()).isEqualTo(1);
  }
}
