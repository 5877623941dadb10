package io.lipc.tools.build;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.TensorRecord;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.compiler.foreign.ImportForm;
import io.lipc.compiler.foreign.ModelImport;
import io.lipc.compiler.foreign.NotExpressible;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.onnx.OnnxException;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.OnnxSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Optional;

/**
 * An ONNX model in the class output that declares a network. Its numbers may be in files beside it,
 * and times of files say little where they are copied or unpacked, so it is read again.
 *
 * @param file where it is
 * @param output which of its outputs is the network's, if that was said
 */
record ModelOfType(Path file, Optional<String> output) {

  /** Whether a file is to be read as a model. */
  static boolean isOne(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  /**
   * Whether it may be another one than a certificate is about: it cannot be read, has other
   * numbers, or names a file that was written later.
   *
   * @param made when the certificate was written
   */
  boolean differs(Certificate certificate, FileTime made) throws IOException {
    try {
      OnnxModel model =
          OnnxModel.read(
              OnnxSource.of(file).withOutput(output), certificate.network(), Double.MAX_VALUE);
      for (String beside : model.files()) {
        if (Files.getLastModifiedTime(file.resolveSibling(beside)).compareTo(made) > 0) {
          return true;
        }
      }
      return !areThose(weights(model, certificate), certificate);
    } catch (OnnxException | NotExpressible | FormatException e) {
      return true;
    }
  }

  private static Weights weights(OnnxModel model, Certificate certificate)
      throws NotExpressible, FormatException {
    ImportForm form =
        new ImportForm(
            certificate.network(),
            "",
            Optional.empty(),
            "",
            Optional.of(UnitLists.precisionOf(certificate.type())),
            "x",
            Optional.empty());
    return ModelImport.of(model.checked(), model.weights(), model.sources(), form)
        .weights()
        .rounded(certificate.type());
  }

  /** Whether weights are the very tensors of a certificate. */
  static boolean areThose(Weights weights, Certificate certificate) {
    for (TensorRecord expected : certificate.tensors()) {
      Optional<Tensor> found = weights.tensor(expected.name());
      if (found.isEmpty() || !found.get().digest().equals(expected.digest())) {
        return false;
      }
    }
    return true;
  }
}
