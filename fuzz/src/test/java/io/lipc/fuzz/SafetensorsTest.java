package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertifiedFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights are read or refused, and what is read is written as a file that gives it back. */
final class SafetensorsTest {

  @Test
  void mutants() throws Exception {
    List<byte[]> samples = new ArrayList<>(List.of(Samples.weights()));
    samples.addAll(Samples.contents(Samples.files(file -> file.endsWith(".safetensors"))));
    Fuzz.run(
        new Format(
            "weights", "safetensors", 13_000, samples, Headers::mutate, SafetensorsTest::read));
  }

  private static Outcome read(Mutant mutant) {
    try {
      Weights weights = Safetensors.read(mutant.content());
      CertifiedFile.certificate(mutant.content());
      Weights again = Safetensors.read(Safetensors.write(weights));
      assertThat(again.tensors().keySet()).isEqualTo(weights.tensors().keySet());
      weights
          .tensors()
          .forEach(
              (name, tensor) ->
                  assertThat(again.tensor(name).orElseThrow().digest()).isEqualTo(tensor.digest()));
      return Outcome.ACCEPTED;
    } catch (FormatException e) {
      Messages.check(e.getMessage());
      return Outcome.REFUSED;
    }
  }
}
