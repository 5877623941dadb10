package io.lipc.compiler.foreign;

import io.lipc.model.diagnostic.Advice;
import io.lipc.onnx.protobuf.OnnxContent;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kind of a file by its content, where another kind was expected: kinds that people take for
 * weights or models, since other programs do.
 */
public enum ForeignFile {
  /** A zip archive of {@code torch.save}, or its format before PyTorch 1.6. */
  PYTORCH("a file of PyTorch (torch.save), which only Python can read"),
  /** Any other pickle. */
  PICKLE("a pickle of Python, which only Python can read"),
  /** Arrays of NumPy in a zip archive. */
  NPZ("an archive of NumPy arrays (.npz)"),
  /** One array of NumPy. */
  NPY("a single NumPy array (.npy)"),
  /** A zip archive of Keras 3. */
  KERAS("a model of Keras (.keras)"),
  /** Another zip archive. */
  ZIP("a zip archive"),
  /** The format of Keras before version 3, and of MATLAB. */
  HDF5("an HDF5 file, as Keras (.h5) and MATLAB (.mat) write them"),
  /** The model of a telephone. */
  TFLITE("a model of TensorFlow Lite (.tflite)"),
  /** A compressed file. */
  GZIP("a compressed file (gzip)"),
  /** A whole network with its weights. */
  ONNX("an ONNX model"),
  /** Tensors without a network. */
  SAFETENSORS("a safetensors file, which holds tensors and says nothing of layers"),
  /** The text that a clone without Git LFS has in place of a file. */
  LFS("a pointer of Git LFS, a text of three lines in place of the file itself"),
  /** The page that a server sends in place of a file. */
  HTML("a page of HTML"),
  /** A file without content. */
  EMPTY("empty");

  /** The number that begins a file of PyTorch before version 1.6, as a pickle of protocol 2. */
  private static final byte[] OLD_TORCH = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa85019");

  private final String what;

  ForeignFile(String what) {
    this.what = what;
  }

  /** The kind, as a noun with its article. */
  public String what() {
    return what;
  }

  /** The kind of a file; empty where it is none of these. */
  public static Optional<ForeignFile> of(byte[] content) {
    if (content.length == 0) {
      return Optional.of(EMPTY);
    }
    return binary(content).or(() -> text(content));
  }

  private static Optional<ForeignFile> binary(byte[] content) {
    if (begins(content, "PK\3\4")) {
      return Optional.of(archive(ZipNames.of(content)));
    }
    if (begins(content, new String(OLD_TORCH, StandardCharsets.ISO_8859_1))) {
      return Optional.of(PYTORCH);
    }
    if (content[0] == (byte) 0x80 && content.length > 2 && content[1] >= 2 && content[1] <= 5) {
      return Optional.of(PICKLE);
    }
    if (begins(content, "\u0089HDF\r\n\u001a\n")) {
      return Optional.of(HDF5);
    }
    if (begins(content, "\u0093NUMPY")) {
      return Optional.of(NPY);
    }
    if (begins(content, "\u001f\u008b")) {
      return Optional.of(GZIP);
    }
    if (content.length > 8 && ascii(content, 4, 8).equals("TFL3")) {
      return Optional.of(TFLITE);
    }
    if (isSafetensors(content)) {
      return Optional.of(SAFETENSORS);
    }
    return OnnxContent.isModel(content) ? Optional.of(ONNX) : Optional.empty();
  }

  private static ForeignFile archive(List<String> names) {
    if (names.stream().anyMatch(name -> name.endsWith("/data.pkl") || name.equals("data.pkl"))) {
      return PYTORCH;
    }
    if (names.contains("model.weights.h5")) {
      return KERAS;
    }
    return names.stream().anyMatch(name -> name.endsWith(".npy")) ? NPZ : ZIP;
  }

  /** The length of a header in 8 bytes, and the header, which is JSON. */
  private static boolean isSafetensors(byte[] content) {
    return content.length > 10
        && content[4] == 0
        && content[5] == 0
        && content[6] == 0
        && content[7] == 0
        && content[8] == '{'
        && (content[9] == '"' || content[9] == '}');
  }

  private static Optional<ForeignFile> text(byte[] content) {
    String start = ascii(content, 0, Math.min(content.length, 200)).strip();
    String lower = start.toLowerCase(Locale.ROOT);
    if (start.startsWith("version https://git-lfs.github.com/spec/")) {
      return Optional.of(LFS);
    }
    boolean html = lower.startsWith("<!doctype html") || lower.startsWith("<html");
    return html ? Optional.of(HTML) : Optional.empty();
  }

  private static boolean begins(byte[] content, String start) {
    return content.length >= start.length() && ascii(content, 0, start.length()).equals(start);
  }

  private static String ascii(byte[] content, int from, int to) {
    return new String(content, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Ways to make weights of it, for the file that a declaration calls {@code name}. */
  public List<Advice> asWeights(String name) {
    return ForeignAdvice.ofWeights(this, name);
  }

  /** Ways to make of it a model that lipc reads. */
  public List<Advice> asModel(String name) {
    return ForeignAdvice.ofModel(this, name);
  }
}
