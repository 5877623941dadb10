package io.lipc.tools.build;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Unit;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.compiler.foreign.ImportForm;
import io.lipc.compiler.foreign.ImportedModel;
import io.lipc.compiler.foreign.ModelImport;
import io.lipc.compiler.foreign.NotExpressible;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.compiler.reading.NetworkReader;
import io.lipc.formats.Safetensors;
import io.lipc.model.Operation;
import io.lipc.onnx.OnnxChoice;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.OnnxSource;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.tools.files.ModelUnits;
import io.lipc.tools.files.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An ONNX model in the class output that declares a network. Its numbers may be in files beside it,
 * and times of files say little where they are copied or unpacked, so it is read again.
 *
 * @param file where it is
 * @param output which of its outputs is the network's, if that was said
 * @param shapes of its inputs, as they were said
 */
record ModelOfType(Path file, Optional<String> output, List<String> shapes) {

  private static final String WEIGHTS = "model.safetensors";

  /** Whether a file is to be read as a model. */
  static boolean isOne(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  /**
   * Whether it is another one than a certificate is about: it cannot be read, or has other layers
   * or numbers.
   */
  boolean differs(Certificate certificate) throws IOException {
    try {
      OnnxModel model =
          OnnxModel.read(
              OnnxSource.of(file).with(OnnxChoice.of(output, shapes)),
              certificate.network(),
              Double.MAX_VALUE);
      ImportedModel imported =
          ModelImport.of(model.checked(), model.weights(), model.sources(), form(certificate));
      return !isOf(imported, certificate);
    } catch (OnnxException | NotExpressible e) {
      return true;
    }
  }

  /**
   * The facts that the interface states beside the model, as far as the units of the certificate
   * tell them.
   */
  private static ImportForm form(Certificate certificate) {
    Optional<Operation.Box> box = certificate.input().box().map(ModelOfType::box);
    return new ImportForm(
        certificate.network(),
        "",
        UnitLists.propertyOf(certificate.claim()).stream().toList(),
        WEIGHTS,
        Optional.of(certificate.type()),
        "x",
        box);
  }

  /** Interfaces state one interval for all elements. */
  private static Operation.Box box(Unit.Box box) {
    return new Operation.Box(box.lower().getFirst(), box.upper().getFirst());
  }

  private static boolean isOf(ImportedModel imported, Certificate certificate) {
    byte[] weights = Safetensors.write(imported.weights());
    NetworkReader.Weighted read =
        NetworkReader.read(List.of(imported.declaration()), new Alone(weights))
            .get(certificate.network());
    return read != null
        && ModelUnits.difference(read.checked(), certificate.units()).isEmpty()
        && WeightFiles.ofCertificate(read.weights(), certificate);
  }

  /** The weights of the model, by their only name. */
  private record Alone(byte[] weights) implements FileFinder {
    @Override
    public Result find(String packageName, String name) {
      return name.equals(WEIGHTS)
          ? new Result.Found(weights, Optional.empty())
          : new Result.NotFound("there is no such file");
    }

    @Override
    public List<String> roots() {
      return List.of();
    }
  }
}
