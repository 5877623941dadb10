package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Changed files are read or refused: no other exception, no hang, no memory taken by a number that
 * a file merely states. {@code -Dlipc.fuzz=N} sets the number of mutants.
 */
final class MutantsTest {

  private static final int MUTANTS = Integer.getInteger("lipc.fuzz", 5000);
  private static final String TOKENS = "{}[]:,\"\\-+.eE0123456789nulltruefalse \n\0\u00e9/";

  /** A reader under test; whatever it returns is of no interest. */
  private interface Reader {
    Object read(byte[] file) throws FormatException;
  }

  private static void readMutants(byte[] sample, Reader reader) {
    Random random = new Random(11);
    int[] outcomes = new int[2];
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(sample, random);
            try {
              assertThat(reader.read(mutant)).isNotNull();
              outcomes[0]++;
            } catch (FormatException e) {
              assertThat(e.getMessage()).isNotBlank();
              outcomes[1]++;
            }
          }
        });
    assertThat(outcomes[1]).as("mutants that are refused").isGreaterThan(MUTANTS / 4);
  }

  private static byte[] mutate(byte[] sample, Random random) {
    byte[] mutant = sample.clone();
    for (int edits = 1 + random.nextInt(4); edits > 0 && mutant.length > 0; edits--) {
      int at = random.nextInt(mutant.length);
      mutant =
          switch (random.nextInt(5)) {
            case 0 -> flip(mutant, at, random);
            case 1 -> Arrays.copyOf(mutant, at);
            case 2 -> replace(mutant, at, (byte) TOKENS.charAt(random.nextInt(TOKENS.length())));
            case 3 -> splice(mutant, at, random);
            default -> replace(mutant, at, (byte) random.nextInt(256));
          };
    }
    return mutant;
  }

  private static byte[] flip(byte[] file, int at, Random random) {
    file[at] ^= (byte) (1 << random.nextInt(8));
    return file;
  }

  private static byte[] replace(byte[] file, int at, byte with) {
    file[at] = with;
    return file;
  }

  /** Repeats a part of the file elsewhere. */
  private static byte[] splice(byte[] file, int at, Random random) {
    int length = Math.min(random.nextInt(40), file.length - at);
    int to = random.nextInt(file.length + 1);
    byte[] longer = new byte[file.length + length];
    System.arraycopy(file, 0, longer, 0, to);
    System.arraycopy(file, at, longer, to, length);
    System.arraycopy(file, to, longer, to + length, file.length - to);
    return longer;
  }

  @Test
  void safetensors() throws FormatException {
    Tensor weight =
        Tensor.of("h.weight", ElementType.F32, List.of(2, 3), new double[] {1, 2, 3, 4, 5, 6});
    Tensor bias = Tensor.of("h.bias", ElementType.F64, List.of(2), new double[] {0.1, -1e-300});
    readMutants(Safetensors.write(Weights.of(List.of(weight, bias))), Safetensors::read);
  }

  @Test
  void nnet() {
    String sample =
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
    readMutants(
        sample.getBytes(StandardCharsets.US_ASCII),
        file -> Nnet.read(new String(file, StandardCharsets.ISO_8859_1)));
  }

  @Test
  void json() {
    String sample =
        "{\"a\": [1, -2.5e-3, true, false, null], \"b\": {\"c\": \"\\u00e9\\n\"}, \"d\": \"0x1p0\"}";
    readMutants(
        sample.getBytes(StandardCharsets.UTF_8),
        file -> Json.read(new String(file, StandardCharsets.ISO_8859_1)));
  }
}
