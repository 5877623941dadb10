package io.lipc.certificate.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A method of one double without branches, computed with 60 digits: what its constants make of an
 * argument where nothing is rounded.
 */
final class CodeWithoutRounding {

  private static final MathContext DIGITS = new MathContext(60);

  private final List<CodeElement> code;

  private CodeWithoutRounding(List<CodeElement> code) {
    this.code = code;
  }

  static CodeWithoutRounding of(Class<?> owner, String method) {
    String resource = "/" + owner.getName().replace('.', '/') + ".class";
    try (InputStream in = owner.getResourceAsStream(resource)) {
      ClassModel model = ClassFile.of().parse(Objects.requireNonNull(in, resource).readAllBytes());
      return model.methods().stream()
          .filter(m -> m.methodName().equalsString(method))
          .map(m -> new CodeWithoutRounding(m.code().orElseThrow().elementList()))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no method " + method));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BigDecimal at(BigDecimal argument) {
    Map<Integer, BigDecimal> variables = new HashMap<>(Map.of(0, argument));
    Deque<BigDecimal> stack = new ArrayDeque<>();
    for (CodeElement element : code) {
      if (element instanceof Instruction instruction && !(element instanceof ReturnInstruction)) {
        step(instruction, variables, stack);
      }
    }
    return stack.pop();
  }

  private static void step(
      Instruction step, Map<Integer, BigDecimal> variables, Deque<BigDecimal> stack) {
    switch (step) {
      case ConstantInstruction constant ->
          stack.push(new BigDecimal((Double) constant.constantValue()));
      case LoadInstruction load ->
          stack.push(Objects.requireNonNull(variables.get(load.slot()), "not set"));
      case StoreInstruction store -> variables.put(store.slot(), stack.pop());
      case InvokeInstruction call when call.name().equalsString("multiplyAdd") -> {
        BigDecimal c = stack.pop();
        stack.push(stack.pop().multiply(stack.pop(), DIGITS).add(c, DIGITS));
      }
      case InvokeInstruction call when call.name().equalsString("quotient") -> {
        BigDecimal b = stack.pop();
        stack.push(stack.pop().divide(b, DIGITS));
      }
      case OperatorInstruction times when times.opcode() == Opcode.DMUL ->
          stack.push(stack.pop().multiply(stack.pop(), DIGITS));
      default -> throw new AssertionError("an instruction that is not known here: " + step);
    }
  }
}
