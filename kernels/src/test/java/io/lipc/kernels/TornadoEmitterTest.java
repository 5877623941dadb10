package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.JavaFile;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The text of classes for TornadoVM. Nothing is executed here: that takes TornadoVM. */
class TornadoEmitterTest {

  private static final CheckedNetwork POLICY = Examples.policy(Precision.F32);
  private static final CheckedNetwork GUARDED = Examples.guarded(Precision.F32);

  @Test
  void theResidualNetworkIsWrittenAsByHand() throws IOException {
    expect("PolicyTornado.java", TornadoEmitter.emit(POLICY, Lowering.lower(POLICY), Map.of()));
  }

  @Test
  void aCallBecomesTasksOfTheCaller() throws IOException {
    expect(
        "GuardedTornado.java",
        TornadoEmitter.emit(
            GUARDED,
            Lowering.lower(GUARDED),
            Map.of("demo.control.Policy", Lowering.lower(POLICY))));
  }

  private static void expect(String golden, JavaFile file) throws IOException {
    Path path =
        Path.of(System.getProperty("lipc.root"), "kernels/src/test/resources/expected", golden);
    if (Boolean.getBoolean("updateGoldens")) {
      Files.writeString(path, file.toString());
      throw new AssertionError("golden file rewritten: read it, then run without updateGoldens");
    }
    assertThat(file.toString()).isEqualTo(Files.readString(path));
  }
}
