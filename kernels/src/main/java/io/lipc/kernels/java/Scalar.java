package io.lipc.kernels.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import io.lipc.formats.ElementType;
import io.lipc.model.activation.Activation;

/** A precision as Java writes its numbers. */
public enum Scalar {
  FLOAT("float", "Float"),
  DOUBLE("double", "Double");

  private final String word;
  private final String capitalised;

  Scalar(String word, String capitalised) {
    this.word = word;
    this.capitalised = capitalised;
  }

  static Scalar of(ElementType precision) {
    return switch (precision) {
      case F32 -> FLOAT;
      case F64 -> DOUBLE;
    };
  }

  /** {@code float}: also how the accessors of {@code CertifiedParameters} begin. */
  public String word() {
    return word;
  }

  public TypeName type() {
    return switch (this) {
      case FLOAT -> TypeName.FLOAT;
      case DOUBLE -> TypeName.DOUBLE;
    };
  }

  /** An array of them. */
  public TypeName vector() {
    return ArrayTypeName.of(type());
  }

  /** An array of arrays. */
  public TypeName matrix() {
    return ArrayTypeName.of(vector());
  }

  /** The class that generated classes of this precision extend. */
  ClassName superclass() {
    return ClassName.get(RuntimeTypes.PACKAGE, "Certified" + capitalised + "Network");
  }

  /** The dense layers of this precision. */
  ClassName denseLayer() {
    return ClassName.get(RuntimeTypes.PACKAGE, capitalised + "Dense");
  }

  /** The convolutions of this precision. */
  ClassName convolution() {
    return ClassName.get(RuntimeTypes.PACKAGE, capitalised + "Convolution");
  }

  /** The pools of this precision. */
  ClassName pool() {
    return ClassName.get(RuntimeTypes.PACKAGE, capitalised + "Pool");
  }

  /** The shortest literal that reads back as exactly {@code value}, a number of this precision. */
  public String literal(double value) {
    return switch (this) {
      case FLOAT -> decimal(value) + "f";
      case DOUBLE -> decimal(value);
    };
  }

  /** The shortest decimal that rounds to {@code value}, a number of this precision. */
  String decimal(double value) {
    return switch (this) {
      case FLOAT -> Float.toString((float) value);
      case DOUBLE -> Double.toString(value);
    };
  }

  /** The activation of the expression {@code t}, which is safe to repeat. */
  CodeBlock activation(Activation.Pointwise activation, String t) {
    return switch (activation.kind()) {
      case RELU -> CodeBlock.of("$T.max($L, $L)", Math.class, t, zero());
      case LEAKY_RELU ->
          CodeBlock.of(
              "$L >= 0 ? $L : $L * $L", t, t, literal(activation.parameters().getFirst()), t);
      case TANH ->
          this == FLOAT ? called(activation, t) : CodeBlock.of("$T.tanh($L)", Math.class, t);
      case SIGMOID ->
          this == FLOAT
              ? called(activation, t)
              : CodeBlock.of("(1 / (1 + $T.exp(-$L)))", Math.class, t);
      case ABS -> CodeBlock.of("$T.abs($L)", Math.class, t);
      case RELU6 ->
          CodeBlock.of("$T.min($T.max($L, $L), $L)", Math.class, Math.class, t, zero(), literal(6));
      case HARD_TANH ->
          CodeBlock.of(
              "$T.min($T.max($L, $L), $L)", Math.class, Math.class, t, literal(-1), literal(1));
      case ELU, CELU, SELU, SOFTPLUS, SILU, MISH, GELU, GELU_TANH -> called(activation, t);
      case SOFTSIGN, HARD_SIGMOID, HARD_SWISH, SIN -> rounded(called(activation, t));
    };
  }

  /** The function of the run-time library; of most there is one for floats and one for doubles. */
  private CodeBlock called(Activation.Pointwise activation, String t) {
    CodeBlock.Builder arguments = CodeBlock.builder().add("$L", t);
    activation.parameters().forEach(parameter -> arguments.add(", $L", literal(parameter)));
    return CodeBlock.of(
        "$T.$L($L)", RuntimeTypes.ACTIVATIONS, FunctionNames.of(activation), arguments.build());
  }

  /** An expression in doubles, as a number of this precision. */
  CodeBlock rounded(CodeBlock value) {
    return switch (this) {
      case FLOAT -> CodeBlock.of("(float) $L", value);
      case DOUBLE -> value;
    };
  }

  private String zero() {
    return switch (this) {
      case FLOAT -> "0f";
      case DOUBLE -> "0.0";
    };
  }
}
