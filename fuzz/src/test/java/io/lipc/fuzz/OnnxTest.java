package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import io.lipc.onnx.OnnxException;
import io.lipc.onnx.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ONNX models are read or refused. */
final class OnnxTest {

  @Test
  void mutants() throws Exception {
    List<Path> files = Samples.files(file -> file.startsWith("fuzz/src") && file.endsWith(".onnx"));
    assertThat(files).hasSizeGreaterThan(3);
    for (Path file : files) {
      OnnxModel.read(Files.readAllBytes(file), "Net", 1);
    }
    Fuzz.run(
        new Format(
            "onnx", "onnx", 16_000, Samples.contents(files), Protobuf::mutate, OnnxTest::read));
  }

  private static Outcome read(Mutant mutant) {
    try {
      OnnxModel model = OnnxModel.read(mutant.content(), "Net", 1);
      Proofs.search(mutant, model.checked(), model.weights());
      return Outcome.ACCEPTED;
    } catch (OnnxException e) {
      Messages.check(e.getMessage());
      return Outcome.REFUSED;
    }
  }
}
