package io.lipc.fuzz;

import io.lipc.compiler.reading.NnetModel;
import io.lipc.formats.FormatException;
import io.lipc.formats.Nnet;
import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of the .nnet format are read or refused, and a bound is found for what is read. */
final class NnetTest {

  static final String SMALL =
      """
      // a comment
      2,2,2,3,
      2,3,2,
      0,
      -1.0,-2.0,
      1.0,2.0,
      0.0,0.5,1.5,
      1.0,2.0,3.0,
      1.0,2.0,
      3.0,4.0,
      5.0,6.0,
      0.1,
      0.2,
      0.3,
      1.0,0.0,1.0,
      0.0,1.0,0.0,
      0.5,
      -0.5,
      """;

  private static final String SMALLEST = "1,1,1,1\n1,1\n0\n-1\n1\n0,0\n1,1\n2\n3\n";

  private static final Tokens NUMBERS =
      new Tokens(Tokens.DECIMALS, List.of(",", ",,", "\n", "\r\n", "//", " ", "\0", "\ufeff"));

  @TempDir private Path folder;

  @Test
  void mutants() throws Exception {
    Fuzz.run(
        new Format(
            "nnet",
            "nnet",
            7000,
            List.of(bytes(SMALL), bytes(SMALLEST)),
            NnetTest::mutate,
            this::read));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] mutate(byte[] sample, byte[] other, Mutator mutator) {
    if (mutator.once(8)) {
      return mutator.bytes(sample, other);
    }
    String text = new String(sample, StandardCharsets.UTF_8);
    return bytes(NUMBERS.mutate(text, new String(other, StandardCharsets.UTF_8), mutator));
  }

  private Outcome read(Mutant mutant) throws Exception {
    Path file = Files.write(folder.resolve("mutant.nnet"), mutant.content());
    try {
      NnetModel model = NnetModel.of("Net", Nnet.read(file), 1);
      Proofs.search(mutant, model.checked(), model.weights());
      return Outcome.ACCEPTED;
    } catch (FormatException e) {
      Messages.check(e.getMessage());
      return Outcome.REFUSED;
    }
  }
}
