package io.lipc.kernels.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import io.lipc.device.DeviceDoubleFunctions;
import io.lipc.device.DeviceDoubleSine;
import io.lipc.device.DeviceFunctions;
import io.lipc.device.DeviceSine;
import io.lipc.formats.ElementType;
import io.lipc.kernels.java.Scalar;

/**
 * A precision as kernels for devices write its numbers: the words of Java, the types of TornadoVM
 * and those of our run time for it.
 */
enum DeviceScalar {
  FLOAT(Scalar.FLOAT, Float.BYTES),
  DOUBLE(Scalar.DOUBLE, Double.BYTES);

  private final Scalar scalar;
  private final int bytes;

  DeviceScalar(Scalar scalar, int bytes) {
    this.scalar = scalar;
    this.bytes = bytes;
  }

  static DeviceScalar of(ElementType precision) {
    return switch (precision) {
      case F32 -> FLOAT;
      case F64 -> DOUBLE;
    };
  }

  /** The size of a number. */
  int bytes() {
    return bytes;
  }

  TypeName type() {
    return scalar.type();
  }

  /** An array of them on the JVM. */
  TypeName vector() {
    return scalar.vector();
  }

  /** An array of such arrays. */
  TypeName matrix() {
    return scalar.matrix();
  }

  /** The parameter of a kernel, after its type. */
  String parameter(String name) {
    return scalar.word() + " " + name;
  }

  /** The number as Java reads it back. */
  String literal(double value) {
    return scalar.literal(value);
  }

  String zero() {
    return whole(0);
  }

  /** A whole number. */
  String whole(int value) {
    return switch (this) {
      case FLOAT -> value + "f";
      case DOUBLE -> value + ".0";
    };
  }

  /** The accessor of {@code CertifiedParameters} of that name, behind the type. */
  String accessor(String name) {
    return "parameters." + scalar.word() + name;
  }

  /** An array of a device. */
  ClassName array() {
    return switch (this) {
      case FLOAT -> TornadoTypes.FLOATS;
      case DOUBLE -> TornadoTypes.DOUBLES;
    };
  }

  /** An array of {@link #lanes}. */
  ClassName arrayOfLanes() {
    return switch (this) {
      case FLOAT -> TornadoTypes.FLOAT_VECTORS;
      case DOUBLE -> TornadoTypes.DOUBLE_VECTORS;
    };
  }

  /** A vector of eight of them. */
  ClassName lanes() {
    return switch (this) {
      case FLOAT -> TornadoTypes.FLOAT_VECTOR;
      case DOUBLE -> TornadoTypes.DOUBLE_VECTOR;
    };
  }

  /** The class of functions for activations that are not piecewise linear, except the sine. */
  Class<?> functions() {
    return switch (this) {
      case FLOAT -> DeviceFunctions.class;
      case DOUBLE -> DeviceDoubleFunctions.class;
    };
  }

  /** The class of the sine. */
  Class<?> sine() {
    return switch (this) {
      case FLOAT -> DeviceSine.class;
      case DOUBLE -> DeviceDoubleSine.class;
    };
  }

  /** Whether these functions may divide by a constant. */
  boolean divides(double constant) {
    return switch (this) {
      case FLOAT -> DeviceFunctions.divides(constant);
      case DOUBLE -> DeviceDoubleFunctions.divides(constant);
    };
  }

  /** Which constants those are, in words. */
  String divisors() {
    return switch (this) {
      case FLOAT -> "from 2^-100 to 2^119";
      case DOUBLE -> "from 2^-1000 to 2^1000";
    };
  }

  /** An array in the local memory of a work group. */
  CodeBlock local(String size) {
    return switch (this) {
      case FLOAT -> CodeBlock.of("context.allocateFloatLocalArray($L)", size);
      case DOUBLE -> CodeBlock.of("context.allocateDoubleLocalArray($L)", size);
    };
  }

  /** The supertype of a generated class. */
  ClassName program() {
    return switch (this) {
      case FLOAT -> TornadoTypes.PROGRAM;
      case DOUBLE -> TornadoTypes.DOUBLE_PROGRAM;
    };
  }

  /** The type that holds the task graph of a generated class. */
  ClassName graph() {
    return switch (this) {
      case FLOAT -> TornadoTypes.GRAPH;
      case DOUBLE -> TornadoTypes.DOUBLE_GRAPH;
    };
  }
}
