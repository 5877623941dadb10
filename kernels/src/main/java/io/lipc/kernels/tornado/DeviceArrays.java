package io.lipc.kernels.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
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
    List<DeviceCode.Constant> constants =
        codes.stream().flatMap(code -> code.constants().stream()).toList();
    List<DeviceCode.Constant> lanes =
        constants.stream().filter(c -> c.packing() instanceof DeviceCode.Packing.Lanes).toList();
    List<DeviceCode.Constant> padded = constants.stream().filter(c -> !lanes.contains(c)).toList();
    List<MethodSpec> methods = new ArrayList<>();
    add(methods, padded, rows(), row("padded", TornadoTypes.FLOATS, true));
    add(methods, lanes, lanes(), row("lanes", TornadoTypes.VECTORS, false));
    return methods;
  }

  private static void add(
      List<MethodSpec> methods,
      List<DeviceCode.Constant> constants,
      MethodSpec ofRows,
      MethodSpec ofRow) {
    if (!constants.isEmpty()) {
      methods.add(ofRows);
    }
    if (!constants.stream().allMatch(DeviceCode.Constant::isMatrix)) {
      methods.add(ofRow);
    }
  }

  /** The call that makes the array of a constant. */
  static CodeBlock array(DeviceCode.Constant constant) {
    return switch (constant.packing()) {
      case DeviceCode.Packing.Padded(int width) ->
          CodeBlock.of("padded($L, $L)", constant.numbers(), width);
      case DeviceCode.Packing.Vectors() ->
          CodeBlock.of("new $T(padded($L, LANES))", TornadoTypes.VECTORS, constant.numbers());
      case DeviceCode.Packing.Lanes() -> CodeBlock.of("lanes($L)", constant.numbers());
    };
  }

  static ClassName type(DeviceCode.Constant constant) {
    return switch (constant.packing()) {
      case DeviceCode.Packing.Padded _ -> TornadoTypes.FLOATS;
      case DeviceCode.Packing.Lanes _, DeviceCode.Packing.Vectors _ -> TornadoTypes.VECTORS;
    };
  }

  private static MethodSpec rows() {
    return method("padded", TornadoTypes.FLOATS)
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

  private static MethodSpec lanes() {
    return method("lanes", TornadoTypes.VECTORS)
        .addParameter(Scalar.FLOAT.matrix(), "rows")
        .addJavadoc(
            "Eight columns after the other, each eight row by row; zeros behind the last column.")
        .addStatement("int blocks = (rows[0].length + LANES - 1) / LANES")
        .addStatement(
            "$T packed = new $T(blocks * rows.length * LANES)",
            TornadoTypes.FLOATS,
            TornadoTypes.FLOATS)
        .addStatement("packed.init(0f)")
        .beginControlFlow("for (int i = 0; i < rows.length; i++)")
        .beginControlFlow("for (int j = 0; j < rows[i].length; j++)")
        .addStatement("packed.set((j / LANES * rows.length + i) * LANES + j % LANES,$W rows[i][j])")
        .endControlFlow()
        .endControlFlow()
        .addStatement("return new $T(packed)", TornadoTypes.VECTORS)
        .build();
  }

  private static MethodSpec row(String name, ClassName type, boolean hasWidth) {
    MethodSpec.Builder method = method(name, type).addParameter(Scalar.FLOAT.vector(), "row");
    if (hasWidth) {
      method.addParameter(TypeName.INT, "width");
    }
    return method
        .addStatement("return $L(new float[][] {row}$L)", name, hasWidth ? ", width" : "")
        .build();
  }

  private static MethodSpec.Builder method(String name, ClassName type) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(type);
  }
}
