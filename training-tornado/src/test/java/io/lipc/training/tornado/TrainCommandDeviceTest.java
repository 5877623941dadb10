package io.lipc.training.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.Lipc;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc train --device}, as a user runs it, and {@code lipc verify} of what it wrote. */
@OnDevice
class TrainCommandDeviceTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(
        folder.resolve("net.lip"),
        """
        network Net(x: real[2] in [-4, 4]) -> real[2] {
            certify lipschitz <= 1;
            parameters ldlt;
            weights "net.safetensors";
            h = x |> dense(8) |> relu;
            y = h |> dense(2);
            return y;
        }
        """);
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      double centre = i % 2 == 0 ? 1 : -1;
      rows.append(centre + random.nextDouble(-0.5, 0.5)).append(',');
      rows.append(centre + random.nextDouble(-0.5, 0.5)).append(i % 2 == 0 ? ",up\n" : ",down\n");
    }
    Files.writeString(folder.resolve("data.csv"), rows);
  }

  private int lipc(String... arguments) {
    return Lipc.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private int train(String device) {
    return lipc(
        "train",
        folder.resolve("net.lip").toString(),
        folder.resolve("data.csv").toString(),
        "--label-column=3",
        "--epochs=4",
        "--device=" + device,
        "--out=" + folder.resolve("net.safetensors"));
  }

  @Test
  void whatADeviceTrainsIsVerified() {
    assertThat(train("auto")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("by given-multipliers (certificate checked)");
    int verified =
        lipc(
            "verify",
            folder.resolve("net.safetensors").toString(),
            folder.resolve("net.lip").toString());
    assertThat(verified).as(err.toString()).isZero();
  }

  @Test
  void aDeviceThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThat(train("77")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "cannot run on device 77: there is no such index; choose one of these, or auto: 0");
    assertThat(folder.resolve("net.safetensors")).doesNotExist();
  }
}
