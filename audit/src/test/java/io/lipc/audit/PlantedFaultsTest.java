package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The audit with one method of another body: it accepts a false claim, which the audit rejects. So
 * certificates notice the fault.
 */
final class PlantedFaultsTest {

  private static final ClassDesc LIST = ClassDesc.of("java.util.List");
  private static final ClassDesc ENDS = ClassDesc.of("Audit$Ends");
  private static final ClassDesc DERIVATIVES = ClassDesc.of("Audit$Derivatives");
  private static final long WORK = 1_000_000_000;

  /**
   * A network that notices a fault of functions over a range: {@code max(-z, 0)}, {@code z = f(x) +
   * a x + b}, for x in [lower, upper], which is constant only where z is never below 0.
   */
  private record Flat(String function, double a, double b, double lower, double upper) {

    String certificate() {
      List<String> units = new ArrayList<>();
      units.add("{\"operation\": \"input\", \"size\": 1}");
      units.add(activation(0, function));
      units.add(scale(0, a));
      units.add(sum(1, 2));
      units.add(
          "{\"operation\": \"affine\", \"operand\": 3, \"scale\": [\"0x1.0p0\"], \"shift\": [\"%s\"], \"size\": 1}"
              .formatted(Double.toHexString(b)));
      units.add(activation(4, "relu"));
      units.add(scale(4, -1));
      units.add(sum(5, 6));
      return """
      {
        "format": "lipc-certificate-1",
        "network": "test.Network/local",
        "kind": "numeric",
        "type": "f64",
        "declared": "0x1.0p0",
        "bound": "0x0.0p0",
        "method": "rows",
        "units": [
          %s
        ],
        "tensors": [],
        "lower": [
          "%s"
        ],
        "upper": [
          "%s"
        ],
        "gains": [],
        "segmentations": [],
        "multipliers": [],
        "procedure": "rows"
      }
      """
          .formatted(
              String.join(",\n    ", units), Double.toHexString(lower), Double.toHexString(upper));
    }

    private static String activation(int operand, String name) {
      return "{\"operation\": \"activation\", \"operand\": %d, \"name\": \"%s\", \"parameters\": [], \"size\": 1}"
          .formatted(operand, name);
    }

    private static String scale(int operand, double factor) {
      return "{\"operation\": \"scale\", \"operand\": %d, \"factor\": \"%s\", \"size\": 1}"
          .formatted(operand, Double.toHexString(factor));
    }

    private static String sum(int first, int second) {
      return "{\"operation\": \"sum\", \"operands\": [%d, %d], \"size\": 1}"
          .formatted(first, second);
    }
  }

  /**
   * A fault, and what it is noticed by.
   *
   * @param type the class that has the method
   * @param certificate of a false claim
   * @param words why the audit rejects it
   */
  private record Fault(
      String type, String method, Consumer<CodeBuilder> body, String certificate, String words) {

    /** The classes of the audit, loaded once more; one method has this body. */
    ClassLoader loader() {
      return new ClassLoader(ClassLoader.getPlatformClassLoader()) {
        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
          try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            if (in == null || !name.startsWith("Audit")) {
              throw new ClassNotFoundException(name);
            }
            byte[] bytes = name.equals(type) ? changed(in.readAllBytes()) : in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    }

    private byte[] changed(byte[] audit) {
      ClassFile file = ClassFile.of();
      CodeTransform other =
          new CodeTransform() {
            @Override
            public void accept(CodeBuilder builder, CodeElement element) {
              // Nothing of the old body stays.
            }

            @Override
            public void atEnd(CodeBuilder builder) {
              body.accept(builder);
            }
          };
      return file.transformClass(
          file.parse(audit),
          ClassTransform.transformingMethodBodies(m -> m.methodName().equalsString(method), other));
    }
  }

  /** {@code true}, so the chord of every function counts as a line below it. */
  private static void always(CodeBuilder body) {
    body.iconst_1().ireturn();
  }

  private static void none(CodeBuilder body) {
    body.invokestatic(LIST, "of", MethodTypeDesc.of(LIST), true).areturn();
  }

  /** The upper end of a range in place of its largest magnitude. */
  private static void upper(CodeBuilder body) {
    body.aload(0).getfield(ENDS, "high", ClassDesc.of("java.math.BigDecimal")).areturn();
  }

  /** The derivative by another input, counted from the last one. */
  private static void opposite(CodeBuilder body) {
    body.aload(0).aload(0).getfield(DERIVATIVES, "inputs", ConstantDescs.CD_int);
    body.iconst_1().isub().iload(1).isub();
    body.invokevirtual(DERIVATIVES, "cut", MethodTypeDesc.of(ENDS, ConstantDescs.CD_int)).areturn();
  }

  private static Fault flat(String method, Consumer<CodeBuilder> body, Flat claim) {
    return new Fault("Audit", method, body, claim.certificate(), "above the bound");
  }

  private static final List<Fault> FAULTS =
      List.of(
          flat("isStraight", PlantedFaultsTest::always, new Flat("softplus", -0.5, -0.9, -2, 2)),
          flat("turns", PlantedFaultsTest::none, new Flat("silu", 0, 0.2, -3, 1)),
          new Fault(
              "Audit$Ends",
              "size",
              PlantedFaultsTest::upper,
              SlopesAuditTest.claim("0x1.8p1", "0x0.0p0"),
              "output 1 has a slope in ["),
          new Fault(
              "Audit$Derivatives",
              "byInput",
              PlantedFaultsTest::opposite,
              SlopesAuditTest.claim("0x1.0p-1", "0x1.8p1"),
              "output 0 has a slope in ["));

  @Test
  void eachIsNoticed() throws Exception {
    for (Fault fault : FAULTS) {
      List<String> texts = List.of(fault.certificate);
      List<byte[]> weights = List.of(new byte[0]);
      assertThat(Witness.audit(texts, weights, WORK).getLast())
          .as(fault.method)
          .startsWith("REJECTED")
          .contains(fault.words);
      var audit =
          fault.loader().loadClass("Audit").getMethod("audit", List.class, List.class, long.class);
      assertThat(((List<?>) audit.invoke(null, texts, weights, WORK)).getLast().toString())
          .as(fault.method)
          .startsWith("ACCEPTED");
    }
  }
}
