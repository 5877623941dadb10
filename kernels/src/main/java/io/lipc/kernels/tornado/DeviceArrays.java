package io.lipc.kernels.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the helpers that bring weights into the arrays of a device. */
final class DeviceArrays {

  private DeviceArrays() {}

  /** The methods that {@code codes} need. */
  static List<MethodSpec> methods(Collection<DeviceCode> codes, DeviceScalar scalar) {
    List<DeviceCode.Constant> constants =
        codes.stream().flatMap(code -> code.constants().stream()).toList();
    List<DeviceCode.Constant> lanes =
        constants.stream().filter(c -> c.packing() instanceof DeviceCode.Packing.Lanes).toList();
    List<DeviceCode.Constant> padded = constants.stream().filter(c -> !lanes.contains(c)).toList();
    List<MethodSpec> methods = new ArrayList<>();
    add(methods, padded, rows(scalar), row("padded", scalar.array(), true, scalar));
    add(methods, lanes, lanes(scalar), row("lanes", scalar.arrayOfLanes(), false, scalar));
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
  static CodeBlock array(DeviceCode.Constant constant, DeviceScalar scalar) {
    return switch (constant.packing()) {
      case DeviceCode.Packing.Padded(int width) ->
          CodeBlock.of("padded($L, $L)", constant.numbers(), width);
      case DeviceCode.Packing.Vectors() ->
          CodeBlock.of("new $T(padded($L, LANES))", scalar.arrayOfLanes(), constant.numbers());
      case DeviceCode.Packing.Lanes() -> CodeBlock.of("lanes($L)", constant.numbers());
    };
  }

  static ClassName type(DeviceCode.Constant constant, DeviceScalar scalar) {
    return switch (constant.packing()) {
      case DeviceCode.Packing.Padded _ -> scalar.array();
      case DeviceCode.Packing.Lanes _, DeviceCode.Packing.Vectors _ -> scalar.arrayOfLanes();
    };
  }

  private static MethodSpec rows(DeviceScalar scalar) {
    return method("padded", scalar.array())
        .addParameter(scalar.matrix(), "rows")
        .addParameter(TypeName.INT, "width")
        .addJavadoc("The rows one after the other, each followed by zeros up to the width.")
        .addStatement("$1T padded = new $1T(rows.length * width)", scalar.array())
        .addStatement("padded.init($L)", scalar.zero())
        .beginControlFlow("for (int i = 0; i < rows.length; i++)")
        .beginControlFlow("for (int j = 0; j < rows[i].length; j++)")
        .addStatement("padded.set(i * width + j, rows[i][j])")
        .endControlFlow()
        .endControlFlow()
        .addStatement("return padded")
        .build();
  }

  private static MethodSpec lanes(DeviceScalar scalar) {
    return method("lanes", scalar.arrayOfLanes())
        .addParameter(scalar.matrix(), "rows")
        .addJavadoc(
            "Eight columns after the other, each eight row by row; zeros behind the last column.")
        .addStatement("int blocks = (rows[0].length + LANES - 1) / LANES")
        .addStatement("$1T packed = new $1T(blocks * rows.length * LANES)", scalar.array())
        .addStatement("packed.init($L)", scalar.zero())
        .beginControlFlow("for (int i = 0; i < rows.length; i++)")
        .beginControlFlow("for (int j = 0; j < rows[i].length; j++)")
        .addStatement("packed.set((j / LANES * rows.length + i) * LANES + j % LANES,$W rows[i][j])")
        .endControlFlow()
        .endControlFlow()
        .addStatement("return new $T(packed)", scalar.arrayOfLanes())
        .build();
  }

  private static MethodSpec row(
      String name, ClassName type, boolean hasWidth, DeviceScalar scalar) {
    MethodSpec.Builder method = method(name, type).addParameter(scalar.vector(), "row");
    if (hasWidth) {
      method.addParameter(TypeName.INT, "width");
    }
    return method
        .addStatement("return $L(new $T {row}$L)", name, scalar.matrix(), hasWidth ? ", width" : "")
        .build();
  }

  private static MethodSpec.Builder method(String name, ClassName type) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(type);
  }
}
