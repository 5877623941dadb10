package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.HostileWeights;
import io.lipc.audit.HostileWeights.Verdict;
import io.lipc.audit.Witness;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** lipc's reader of weights and the audit's, which share no line, find the same in a file. */
final class WeightsAgreementTest {

  private static final int MUTANTS = 30_000;

  /** A certificate of no tensors, beside which the audit says whether a file is one at all. */
  private static final String NO_TENSORS =
      """
      {
        "format": "lipc-certificate-1",
        "network": "test.Network",
        "kind": "structural",
        "type": "f64",
        "declared": "0x1.0p0",
        "bound": "0x1.0p0",
        "method": "by hand",
        "units": [
          {"operation": "input", "size": 1},
          {"operation": "scale", "operand": 0, "factor": "0x1.0p0", "size": 1}
        ],
        "tensors": [],
        "gains": [],
        "segmentations": [],
        "multipliers": [],
        "procedure": "exact elimination"
      }
      """;

  /** The parts of headers, and texts that resemble them. */
  private static final List<String> TOKENS =
      List.of(
          "\"w\"",
          "\"\\u0077\"",
          "\"W\"",
          "\"__metadata__\"",
          "\"dtype\"",
          "\"shape\"",
          "\"data_offsets\"",
          "\"F64\"",
          "\"F32\"",
          "\"F16\"",
          "\"BF16\"",
          "\"I64\"",
          "\"w\":{\"data_offsets\":[0,32]}",
          "\"w\": {\"dtype\": \"F64\", \"shape\": [2, 2], \"data_offsets\": [0, 32]}",
          "\"dtype\": \"F64\",",
          "\"shape\": [2, 2],",
          ", \"data_offsets\": [0, 32]",
          "\"a\": {\"dtype\": \"F64\", \"shape\": [0], \"data_offsets\": [0, 0]},",
          "{}",
          "{",
          "}",
          "[",
          "]",
          "[]",
          "[0, 32]",
          "[32, 64]",
          "[2, 2]",
          ",",
          ":",
          "\"",
          "\"\"",
          "\\",
          "\\\\",
          "\\/",
          "\\n",
          "\\u0000",
          "\\u00e4",
          "\\ud83d",
          "\\ude00",
          "\u00e4",
          "\u00a0",
          "\ud83d\ude00",
          "\ufeff",
          "\0",
          "\t",
          "\n",
          " ",
          "0",
          "1",
          "2",
          "4",
          "32",
          "-0",
          "-1",
          "00",
          "2.0",
          "2e0",
          "2147483647",
          "2147483648",
          "4294967296",
          "9007199254740993",
          "18446744073709551616",
          "null",
          "true",
          "/**/");

  static List<HostileWeights> all() {
    return HostileWeights.all();
  }

  private static Optional<Weights> read(byte[] file) {
    try {
      return Optional.of(Safetensors.read(file));
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  private static String audit(String certificate, byte[] file) {
    return Witness.audit(List.of(certificate), List.of(file), 100_000_000).getLast();
  }

  private static Certificate certificate() throws FormatException {
    return CertificateText.read(HostileWeights.CERTIFICATE);
  }

  private static boolean isAccepted(Weights weights) throws FormatException {
    Digest digest = CertificateText.digest(certificate());
    Subject subject =
        new Subject(certificate(), digest, weights.rounded(ElementType.F64), Map.of());
    return CertificateChecker.check(subject)
        instanceof io.lipc.certificate.verdict.Verdict.Accepted;
  }

  @ParameterizedTest
  @MethodSource("all")
  void aFileOfTheList(HostileWeights file) throws FormatException {
    Optional<Weights> weights = read(file.content());
    assertThat(weights.isEmpty()).isEqualTo(file.verdict() == Verdict.REFUSED);
    if (weights.isPresent()) {
      assertThat(isAccepted(weights.get())).isEqualTo(file.verdict() == Verdict.READ);
    }
  }

  /** The audit's words for a file, from what lipc found in it. */
  private static List<String> expected(Optional<Weights> weights) throws FormatException {
    if (weights.isEmpty()) {
      return List.of("REJECTED");
    }
    Optional<Tensor> tensor = weights.get().tensor("w");
    boolean one = tensor.isPresent() && tensor.get().shape().equals(List.of(2, 2));
    if (one && tensor.get().type() == ElementType.F32) {
      return List.of("NOT", "DECIDED");
    }
    Digest digest = certificate().tensors().getFirst().digest();
    return List.of(one && tensor.get().digest().equals(digest) ? "ACCEPTED" : "REJECTED");
  }

  @Test
  void randomChangesOfHeaders() throws FormatException {
    SplittableRandom random = new SplittableRandom(36);
    List<HostileWeights> samples = all();
    int read = 0;
    int accepted = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] file = mutant(samples.get(random.nextInt(samples.size())).content(), random);
      Optional<Weights> weights = read(file);
      List<String> words = expected(weights);
      String shown = new String(file, StandardCharsets.ISO_8859_1);
      int tensors = weights.map(Weights::tensors).map(Map::size).orElse(0);
      boolean accepts = file.length == 0 || (weights.isPresent() && tensors == 0);
      String counted = "REJECTED: the certificate names none of the " + tensors + " tensors";
      String verdict = audit(NO_TENSORS, file);
      assertThat(verdict).as(shown).startsWith(accepts ? "ACCEPTED" : "REJECTED");
      assertThat(verdict.startsWith(counted)).as(shown).isEqualTo(tensors > 0);
      assertThat(audit(HostileWeights.CERTIFICATE, file))
          .as(shown)
          .startsWith(String.join(" ", words));
      read += weights.isPresent() ? 1 : 0;
      accepted += words.getFirst().equals("ACCEPTED") ? 1 : 0;
    }
    assertThat(read).isBetween(MUTANTS / 100, MUTANTS / 2);
    assertThat(accepted).isGreaterThan(MUTANTS / 200);
  }

  /** Mostly of a single change, and with the length of its header set right. */
  private static byte[] mutant(byte[] file, SplittableRandom random) {
    long length =
        file.length < 8 ? 0 : ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int size = Math.clamp(length, 0, file.length - 8);
    byte[] header = Arrays.copyOfRange(file, 8, 8 + size);
    byte[] data = Arrays.copyOfRange(file, 8 + size, file.length);
    do {
      header = changed(header, random);
    } while (random.nextInt(3) == 0);
    long stated = random.nextInt(50) == 0 ? random.nextInt(200) - 20 : header.length;
    return HostileWeights.file(stated, header, data);
  }

  private static byte[] changed(byte[] header, SplittableRandom random) {
    int from = random.nextInt(header.length + 1);
    int to = Math.min(header.length, from + random.nextInt(1 + random.nextInt(12)));
    byte[] one = {(byte) random.nextInt(256)};
    byte[] token = TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(6)) {
      case 0 -> replaced(header, from, Math.min(header.length, from + 1), one);
      case 1 -> replaced(header, from, from, token);
      case 2 -> replaced(header, from, to, token);
      case 3 -> replaced(header, from, to, new byte[0]);
      case 4 -> replaced(header, from, from, Arrays.copyOfRange(header, from, to));
      default -> value(header, token, random);
    };
  }

  /** A token in the place of another one: whatever stands between two of JSON's own characters. */
  private static byte[] value(byte[] header, byte[] token, SplittableRandom random) {
    String between = "{}[]:, \"";
    int from = random.nextInt(header.length + 1);
    while (from > 0 && between.indexOf(header[from - 1]) < 0) {
      from--;
    }
    int to = from;
    while (to < header.length && between.indexOf(header[to]) < 0) {
      to++;
    }
    return replaced(header, from, to, token);
  }

  private static byte[] replaced(byte[] header, int from, int to, byte[] with) {
    return ByteBuffer.allocate(header.length - (to - from) + with.length)
        .put(header, 0, from)
        .put(with)
        .put(header, to, header.length - to)
        .array();
  }
}
