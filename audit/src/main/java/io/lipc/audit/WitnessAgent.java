package io.lipc.audit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Stands at the door of lipc's checker, in test runs: before {@code
 * CertificateChecker.check(subject, look)} returns its verdict, {@link Witness} sees both. The
 * checker has no hook for it, and knows nothing.
 */
public final class WitnessAgent implements ClassFileTransformer {

  private static final String CHECKER = "io/lipc/certificate/checker/CertificateChecker";
  private static final ClassDesc WITNESS = ClassDesc.of(Witness.class.getName());
  private static final MethodTypeDesc SAW =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
  private static final String CHECK =
      "(Lio/lipc/certificate/Subject;Ljava/lang/Runnable;)Lio/lipc/certificate/verdict/Verdict;";

  private WitnessAgent() {}

  /** As the option {@code -javaagent} has it. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    instrumentation.addTransformer(new WitnessAgent());
    Runtime.getRuntime().addShutdownHook(new Thread(Witness::report));
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (!CHECKER.equals(name)) {
      return null;
    }
    ClassFile file = ClassFile.of();
    return file.transformClass(
        file.parse(bytes),
        ClassTransform.transformingMethodBodies(WitnessAgent::isCheck, WitnessAgent::tell));
  }

  private static boolean isCheck(MethodModel method) {
    return method.methodName().equalsString("check") && method.methodType().equalsString(CHECK);
  }

  /** Before the verdict on the stack is returned; the subject is the first parameter. */
  private static void tell(CodeBuilder code, CodeElement element) {
    if (element instanceof ReturnInstruction given && given.opcode() == Opcode.ARETURN) {
      code.dup().aload(0).invokestatic(WITNESS, "saw", SAW);
    }
    code.with(element);
  }
}
