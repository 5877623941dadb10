package io.lipc.kernels.tornado;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.lipc.kernels.java.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the helpers that bring weights into the arrays of a device. */
final class DeviceArrays {

  private DeviceArrays() {}

  /** Those that {@code codes} need. */
  static List<MethodSpec> methods(Collection<DeviceCode> codes) {
    List<Boolean> areMatrices =
        codes.stream()
            .flatMap(code -> code.constants().stream())
            .map(DeviceCode.Constant::isMatrix)
            .toList();
    List<MethodSpec> methods = new ArrayList<>();
    if (!areMatrices.isEmpty()) {
      methods.add(rows());
    }
    if (areMatrices.contains(false)) {
      methods.add(row());
    }
    return methods;
  }

  private static MethodSpec rows() {
    return padded()
        .addParameter(Scalar.FLOAT.matrix(), "rows")
        .addParameter(TypeName.INT, "width")
        .addJavadoc("The rows one after the other, each followed by zeros up to the width.")
        .addStatement(
            "$T padded = new $T(rows.length * width)", TornadoTypes.FLOATS, TornadoTypes.FLOATS)
        .addStatement("padded.init(0f)")
        .beginControlFlow("for (int i = 0; i < rows.length; i++)")
        .beginControlFlow("for (int j = 0; j < rows[i].length; j++)")
        .addStatement("padded.set(i * width + j, rows[i][j])")
        .endControlFlow()
        .endControlFlow()
        .addStatement("return padded")
        .build();
  }

  private static MethodSpec row() {
    return padded()
        .addParameter(Scalar.FLOAT.vector(), "row")
        .addParameter(TypeName.INT, "width")
        .addStatement("return padded(new float[][] {row}, width)")
        .build();
  }

  private static MethodSpec.Builder padded() {
    return MethodSpec.methodBuilder("padded")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(TornadoTypes.FLOATS);
  }
}
