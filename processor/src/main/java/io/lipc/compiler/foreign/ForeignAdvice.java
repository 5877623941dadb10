package io.lipc.compiler.foreign;

import io.lipc.model.diagnostic.Advice;
import java.util.List;

/** Advice for a foreign file: the Python, or the command, that converts it. */
final class ForeignAdvice {

  private ForeignAdvice() {}

  static List<Advice> ofWeights(ForeignFile file, String name) {
    return switch (file) {
      case PYTORCH, PICKLE ->
          List.of(
              python(
                  "write its tensors as safetensors, in Python:", PythonScript.TORCH_WEIGHTS, name),
              Advice.of(
                  "where the file holds a whole module, load it as you do for inference and take"
                      + " module.state_dict()"));
      case NPZ ->
          List.of(
              python(
                  "write its arrays as safetensors, in Python:", PythonScript.NUMPY_ARRAYS, name),
              layout());
      case NPY ->
          List.of(
              python(
                  "write it as safetensors under the name of its tensor, in Python:",
                  PythonScript.NUMPY_ARRAY,
                  name),
              layout());
      case KERAS, HDF5 ->
          List.of(
              python(
                  "write the dense layers of a Keras model as safetensors, in Python:",
                  PythonScript.KERAS_WEIGHTS,
                  name));
      case ONNX ->
          List.of(
              Advice.of("name the model itself: @CertifiedNetwork(\"" + name + "\") @Lipschitz(L)"),
              Advice.of(
                  "or make a text and its weights of it:",
                  "lipc import " + name + " --out " + stem(name) + ".lip"));
      case ZIP, GZIP -> List.of(Advice.of("unpack it, and name the file of weights inside"));
      case TFLITE ->
          List.of(Advice.of("start from the model that it was converted from; it may be rounded"));
      case SAFETENSORS -> List.of(Advice.of("write the file again, it is broken"));
      case LFS, HTML, EMPTY -> List.of(fetched(file, name));
    };
  }

  static List<Advice> ofModel(ForeignFile file, String name) {
    return switch (file) {
      case PYTORCH, PICKLE ->
          List.of(
              torchExport(name),
              python(
                  "or declare the layers in a text (.lip), whose weights are a state_dict:",
                  PythonScript.TORCH_STATE,
                  name));
      case SAFETENSORS ->
          List.of(
              Advice.of(
                  "declare the layers in a text (.lip) that names it: weights \"" + name + "\";"),
              torchExport(name));
      case KERAS, HDF5 ->
          List.of(
              python("export the model as ONNX, in Python:", PythonScript.KERAS_EXPORT, name),
              Advice.of(
                  "or, for older versions:",
                  "python -m tf2onnx.convert --keras "
                      + name
                      + " --output "
                      + stem(name)
                      + ".onnx"));
      case TFLITE ->
          List.of(
              Advice.of(
                  "export it as ONNX:",
                  "python -m tf2onnx.convert --tflite "
                      + name
                      + " --output "
                      + stem(name)
                      + ".onnx"));
      case NPZ, NPY ->
          List.of(
              Advice.of("declare the layers in a text (.lip), and write the weights beside it"),
              ofWeights(file, name).getFirst());
      case ONNX -> List.of(Advice.of("call it " + stem(name) + ".onnx"));
      case ZIP, GZIP -> List.of(Advice.of("unpack it, and name the model inside"));
      case LFS, HTML, EMPTY -> List.of(fetched(file, name));
    };
  }

  private static Advice torchExport(String name) {
    return python(
        "export the model as ONNX, in Python, where `model` is the module itself:",
        PythonScript.TORCH_EXPORT,
        name);
  }

  private static Advice python(String sentence, PythonScript script, String name) {
    return new Advice(sentence, script.lines(name, stem(name)));
  }

  private static Advice layout() {
    return Advice.of(
        "lipc reads LAYER.weight, [outputs, inputs], and LAYER.bias, [outputs]; Keras and JAX have"
            + " the weights transposed");
  }

  private static Advice fetched(ForeignFile file, String name) {
    return file == ForeignFile.LFS
        ? Advice.of("fetch the file itself:", "git lfs pull --include=\"" + name + "\"")
        : Advice.of("fetch the file again; its address has to lead to the file, not to a page");
  }

  private static String stem(String name) {
    int slash = name.lastIndexOf('/');
    int dot = name.lastIndexOf('.');
    return dot > slash + 1 ? name.substring(0, dot) : name;
  }
}
