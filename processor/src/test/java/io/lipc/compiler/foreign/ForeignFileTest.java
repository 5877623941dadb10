package io.lipc.compiler.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.diagnostic.ProofDiagnostics;
import io.lipc.processor.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files are told by their content, and each has the message that helps. */
final class ForeignFileTest {

  private static final Path GOLDENS = Path.of("src/test/resources/foreign");
  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));

  /** A name that people give to such a file, and its content. */
  private record Sample(String name, byte[] content) {}

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[] {1, 2, 3});
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Sample sample(ForeignFile kind) throws IOException, FormatException {
    return switch (kind) {
      case PYTORCH ->
          new Sample("policy.pt", zip("policy/data.pkl", "policy/byteorder", "policy/data/0"));
      case PICKLE ->
          new Sample("policy.pkl", HexFormat.of().parseHex("80049514000000000000007d94"));
      case NPZ -> new Sample("policy.npz", zip("w1.npy", "b1.npy"));
      case NPY -> new Sample("policy.npy", text("\u0093NUMPY\1\0v\0{'descr': '<f4'"));
      case KERAS ->
          new Sample("policy.keras", zip("metadata.json", "config.json", "model.weights.h5"));
      case ZIP -> new Sample("policy.zip", zip("readme.txt"));
      case HDF5 -> new Sample("policy.h5", text("\u0089HDF\r\n\u001a\n\0\0\0\0"));
      case TFLITE -> new Sample("policy.tflite", text("\34\0\0\0TFL3\24\0\40\0"));
      case GZIP -> new Sample("policy.gz", text("\u001f\u008b\b\0\0\0\0\0"));
      case ONNX ->
          new Sample(
              "policy.onnx",
              Files.readAllBytes(ROOT.resolve("fuzz/src/test/resources/onnx/chain.onnx")));
      case SAFETENSORS -> {
        Tensor tensor = Tensor.of("w", ElementType.F32, List.of(1), new double[] {1});
        yield new Sample("policy.safetensors", Safetensors.write(Weights.of(List.of(tensor))));
      }
      case LFS ->
          new Sample(
              "policy.safetensors",
              text(
                  "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"));
      case HTML -> new Sample("policy.safetensors", text("\n<!DOCTYPE html>\n<html><head>"));
      case EMPTY -> new Sample("policy.safetensors", new byte[0]);
    };
  }

  @ParameterizedTest
  @EnumSource
  void each_is_told_by_its_content_and_has_its_message(ForeignFile kind)
      throws IOException, FormatException {
    Sample sample = sample(kind);
    assertThat(ForeignFile.of(sample.content())).contains(kind);
    String messages =
        ProofDiagnostics.weightsForeign(sample.name(), kind.what(), kind.asWeights(sample.name()))
                .message()
            + "\n\n"
            + ProofDiagnostics.sourceForeign(
                    sample.name(), kind.what(), kind.asModel(sample.name()))
                .message()
            + "\n";
    Golden.compare(GOLDENS.resolve(kind.name().toLowerCase(Locale.ROOT)), messages);
  }

  @Test
  void a_file_of_old_torch_is_one() {
    byte[] old = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e80024de9032e");
    assertThat(ForeignFile.of(old)).contains(ForeignFile.PYTORCH);
  }

  @Test
  void texts_of_the_language_are_none() {
    assertThat(ForeignFile.of(text("network N(x: real[1]) -> real[1] { return x; }"))).isEmpty();
    assertThat(ForeignFile.of(text("// comment"))).isEmpty();
    assertThat(ForeignFile.of(text("\n\n"))).isEmpty();
  }

  @Test
  void whatever_is_cut_off_is_told_without_a_fault() throws IOException, FormatException {
    Map<ForeignFile, Integer> seen = new TreeMap<>();
    Random random = new Random(1);
    for (ForeignFile kind : ForeignFile.values()) {
      byte[] content = sample(kind).content();
      for (int length = 0; length < content.length; length++) {
        byte[] cut = Arrays.copyOf(content, length);
        ForeignFile.of(cut).ifPresent(found -> seen.merge(found, 1, Integer::sum));
        if (length > 0) {
          cut[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
          ForeignFile.of(cut).ifPresent(found -> seen.merge(found, 1, Integer::sum));
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(8);
  }
}
