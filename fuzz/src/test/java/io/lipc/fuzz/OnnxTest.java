package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import io.lipc.onnx.OnnxChoice;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.OnnxSource;
import io.lipc.onnx.protobuf.OnnxException;
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

  /** What the model says of a file beside it, which is always the same. */
  @Test
  void mutants_with_a_file_beside_them() throws Exception {
    List<Path> files = Samples.files(file -> file.endsWith("external/net.onnx"));
    assertThat(files).hasSize(1);
    byte[] beside = Files.readAllBytes(files.getFirst().resolveSibling("net.bin"));
    Fuzz.run(
        new Format(
            "onnx-external",
            "onnx",
            4_000,
            Samples.contents(files),
            Protobuf::mutate,
            mutant ->
                read(
                    mutant,
                    new OnnxSource(
                        mutant.content(), (_, _) -> beside.clone(), OnnxChoice.none()))));
  }

  private static Outcome read(Mutant mutant) {
    return read(mutant, OnnxSource.of(mutant.content()));
  }

  private static Outcome read(Mutant mutant, OnnxSource source) {
    try {
      OnnxModel model = OnnxModel.read(source, "Net", 1);
      Proofs.search(mutant, model.checked(), model.weights());
      return Outcome.ACCEPTED;
    } catch (OnnxException e) {
      // Reasons are a line each, and no more than twelve.
      assertThat(e.getMessage().lines().count()).isBetween(1L, 13L);
      e.getMessage().lines().forEach(Messages::check);
      return Outcome.REFUSED;
    }
  }
}
