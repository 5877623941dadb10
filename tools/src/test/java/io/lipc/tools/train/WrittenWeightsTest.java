package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Subject;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.tools.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages about files are about their content. */
final class WrittenWeightsTest extends CommandRun {

  private static final String NETWORK =
      """
      network Net(x: real[1]) -> real[2] {
          certify lipschitz <= %s;
          parameters ldlt;
          weights "net.safetensors";
          y = x |> dense(2);
          return y;
      }
      """;

  @TempDir private Path folder;

  private byte[] trained(String bound) throws IOException {
    Path model = Files.writeString(folder.resolve("net.lip"), NETWORK.formatted(bound));
    Path data = Files.writeString(folder.resolve("table.csv"), "x,kind\n" + "0,a\n1,b\n".repeat(9));
    Path out = folder.resolve("net.safetensors");
    assertThat(
            run(
                "train",
                model.toString(),
                data.toString(),
                "--label-column=kind",
                "--epochs=1",
                "--out=" + out))
        .as(err)
        .isZero();
    return Files.readAllBytes(out);
  }

  private static Certificate certificate(byte[] file) throws Exception {
    return CertifiedFile.certificate(file).orElseThrow();
  }

  private static Subject subject(byte[] file) throws Exception {
    Certificate certificate = certificate(file);
    return new Subject(
        certificate, CertificateText.digest(certificate), Safetensors.read(file), Map.of());
  }

  private static WrittenWeights written(byte[] weights, byte[] certificate) throws Exception {
    Weights read = Safetensors.read(weights);
    return new WrittenWeights(Map.of("Net", read), Map.of("Net", certificate(certificate)));
  }

  /** Two trainings into one file: the bound that the one reports is not that of the other. */
  @Test
  void another_proved_network_in_the_file_is_not_the_one_that_is_reported() throws Exception {
    byte[] one = trained("1");
    byte[] other = trained("2");
    assertThat(written(one, one).isAccepted(subject(one))).isTrue();
    assertThat(written(other, other).isAccepted(subject(other))).isTrue();
    assertThat(written(other, other).isAccepted(subject(one))).isFalse();
    assertThat(written(other, one).isAccepted(subject(one))).isFalse();
  }
}
