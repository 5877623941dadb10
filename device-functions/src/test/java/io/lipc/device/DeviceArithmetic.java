package io.lipc.device;

import static java.lang.constant.ConstantDescs.CD_float;

import io.lipc.certificate.function.SinglePrecision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a compiler for a device may make of the functions that it is given. */
public enum DeviceArithmetic {
  /** All products are rounded, and all quotients correctly: as the JVM does. */
  ROUNDED(Optional.empty(), Optional.empty()),

  /** No product is rounded before it is added, as TornadoVM has it. */
  FUSED(Optional.of("fused"), Optional.empty()),

  /** Some products are, and quotients are wrong by up to 2.5 units in the last place. */
  MIXED(Optional.of("mixed"), Optional.of("loose"));

  private static final ClassDesc HERE = DeviceArithmetic.class.describeConstable().orElseThrow();

  private final Optional<String> multiplyAdd;
  private final Optional<String> quotient;

  DeviceArithmetic(Optional<String> multiplyAdd, Optional<String> quotient) {
    this.multiplyAdd = multiplyAdd;
    this.quotient = quotient;
  }

  /** The functions in floats by name and constants, in this arithmetic. */
  BiFunction<String, List<Double>, SinglePrecision> functions() {
    DeviceKernelFunctions asTheyAre = new DeviceKernelFunctions();
    if (multiplyAdd.isEmpty()) {
      return asTheyAre;
    }
    @SuppressWarnings("unchecked") // a copy of the class above
    BiFunction<String, List<Double>, SinglePrecision> functions =
        (BiFunction<String, List<Double>, SinglePrecision>) twin(DeviceKernelFunctions.class);
    return functions;
  }

  /** The functions in doubles; OpenCL rounds their quotients correctly. */
  BiFunction<String, List<Double>, DoubleUnaryOperator> doubleFunctions() {
    DeviceKernelDoubleFunctions asTheyAre = new DeviceKernelDoubleFunctions();
    if (multiplyAdd.isEmpty()) {
      return asTheyAre;
    }
    @SuppressWarnings("unchecked") // a copy of the class above
    BiFunction<String, List<Double>, DoubleUnaryOperator> functions =
        (BiFunction<String, List<Double>, DoubleUnaryOperator>)
            twin(DeviceKernelDoubleFunctions.class);
    return functions;
  }

  private Object twin(Class<?> original) {
    try {
      return new Twins(this).loadClass(original.getName()).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  public static float fused(float a, float b, float c) {
    return Math.fma(a, b, c);
  }

  public static float mixed(float a, float b, float c) {
    int hash = Float.floatToRawIntBits(a) * 31 + Float.floatToRawIntBits(b);
    return (hash * 0x9e3779b9) < 0 ? Math.fma(a, b, c) : a * b + c;
  }

  public static double fused(double a, double b, double c) {
    return Math.fma(a, b, c);
  }

  public static double mixed(double a, double b, double c) {
    long hash = Double.doubleToRawLongBits(a) * 31 + Double.doubleToRawLongBits(b);
    return (hash * 0x9e3779b97f4a7c15L) < 0 ? Math.fma(a, b, c) : a * b + c;
  }

  /** Never more than 2.5 units off: the quotient is within half of one, and moved by two. */
  public static float loose(float a, float b) {
    float q = a / b;
    int hash = Float.floatToRawIntBits(a) + Float.floatToRawIntBits(b) * 31;
    int moved = Math.floorMod((hash * 0x9e3779b9) >>> 20, 5) - 2;
    boolean isNormal = Math.abs(q) > 0x1p-125f && Math.abs(q) < 0x1p127f;
    return isNormal ? Float.intBitsToFloat(Float.floatToRawIntBits(q) + moved) : q;
  }

  /** Loads copies of the functions in which two operations are others. */
  private static final class Twins extends ClassLoader {

    private static final Set<String> COPIED =
        Set.of(
            "DeviceFunctions",
            "DeviceSine",
            "DeviceKernelFunctions",
            "DeviceDoubleFunctions",
            "DevicePowers",
            "DeviceDoubleSine",
            "DeviceTurns",
            "DeviceKernelDoubleFunctions");

    private final DeviceArithmetic arithmetic;

    private Twins(DeviceArithmetic arithmetic) {
      super(DeviceArithmetic.class.getClassLoader());
      this.arithmetic = arithmetic;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      String simple = name.substring(name.lastIndexOf('.') + 1);
      @Nullable Class<?> loaded = findLoadedClass(name);
      if (loaded != null || !COPIED.contains(simple)) {
        return loaded != null ? loaded : super.loadClass(name, resolve);
      }
      byte[] code = arithmetic.changed(bytes(name.replace('.', '/') + ".class"));
      return defineClass(name, code, 0, code.length);
    }

    private byte[] bytes(String resource) {
      try (InputStream in = DeviceArithmetic.class.getResourceAsStream("/" + resource)) {
        return Objects.requireNonNull(in, resource).readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private byte[] changed(byte[] code) {
    ClassFile files = ClassFile.of();
    return files.transformClass(
        files.parse(code), ClassTransform.transformingMethodBodies(this::change));
  }

  private void change(CodeBuilder to, CodeElement element) {
    switch (element) {
      case InvokeInstruction call when call.name().equalsString("multiplyAdd") ->
          to.invokestatic(HERE, multiplyAdd.orElseThrow(), call.typeSymbol());
      case OperatorInstruction divide when divide.opcode() == Opcode.FDIV && quotient.isPresent() ->
          to.invokestatic(HERE, quotient.get(), MethodTypeDesc.of(CD_float, CD_float, CD_float));
      default -> to.with(element);
    }
  }
}
