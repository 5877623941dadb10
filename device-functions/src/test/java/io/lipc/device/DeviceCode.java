package io.lipc.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs the compiled code of {@link DeviceDoubleFunctions} and of {@link DeviceDoubleSine} with
 * other numbers than doubles, so that what is found out about it is about it, and not about a copy.
 *
 * @param <T> the numbers
 */
final class DeviceCode<T> {

  /** What the code does with numbers. */
  interface Numbers<T> {

    T constant(double value);

    T sum(T a, T b);

    T product(T a, T b);

    T quotient(T a, T b);

    T negative(T a);

    double value(T a);

    /** What {@code nearest} of {@link DevicePowers} returns, a whole number. */
    T whole(double value);

    /** What a method returned, to which something may have to be added. */
    T returned(String method, T value);
  }

  private static final Map<String, List<CodeElement>> METHODS = methods();

  private final Numbers<T> numbers;

  DeviceCode(Numbers<T> numbers) {
    this.numbers = numbers;
  }

  private static Map<String, List<CodeElement>> methods() {
    Map<String, List<CodeElement>> methods = new HashMap<>();
    for (Class<?> owner :
        List.of(DevicePowers.class, DeviceDoubleFunctions.class, DeviceDoubleSine.class)) {
      String resource = "/" + owner.getName().replace('.', '/') + ".class";
      try (InputStream in = owner.getResourceAsStream(resource)) {
        byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
        for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
          methods.put(method.methodName().stringValue(), method.code().orElseThrow().elementList());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return methods;
  }

  /** The value of the method of that name. */
  T call(String method, List<T> arguments) {
    if (method.equals("abs")) {
      T t = arguments.getFirst();
      return numbers.value(t) < 0 ? numbers.negative(t) : t;
    }
    T value = new Frame(arguments).run(Objects.requireNonNull(METHODS.get(method), method));
    return method.equals("nearest")
        ? numbers.whole(numbers.value(value))
        : numbers.returned(method, value);
  }

  /** One call: its variables, and the numbers that it works with. */
  private final class Frame {
    private final Map<Integer, T> variables = new HashMap<>();
    private final Deque<T> stack = new ArrayDeque<>();
    private int compared;

    Frame(List<T> arguments) {
      // A double has two places.
      for (int i = 0; i < arguments.size(); i++) {
        variables.put(2 * i, arguments.get(i));
      }
    }

    T run(List<CodeElement> code) {
      Map<Label, Integer> places = new HashMap<>();
      for (int i = 0; i < code.size(); i++) {
        if (code.get(i) instanceof LabelTarget target) {
          places.put(target.label(), i);
        }
      }
      int i = 0;
      while (!(code.get(i) instanceof ReturnInstruction)) {
        boolean jumps = code.get(i) instanceof BranchInstruction branch && isTaken(branch.opcode());
        if (jumps && code.get(i) instanceof BranchInstruction branch) {
          i = Objects.requireNonNull(places.get(branch.target()), "no such place");
        } else {
          step(code.get(i));
          i++;
        }
      }
      return stack.pop();
    }

    private boolean isTaken(Opcode opcode) {
      return switch (opcode) {
        case GOTO -> true;
        case IFLT -> compared < 0;
        case IFLE -> compared <= 0;
        case IFGT -> compared > 0;
        case IFGE -> compared >= 0;
        default -> throw new AssertionError("a branch that is not known here: " + opcode);
      };
    }

    private void step(CodeElement step) {
      switch (step) {
        case ConstantInstruction constant ->
            stack.push(numbers.constant((Double) constant.constantValue()));
        case LoadInstruction load ->
            stack.push(Objects.requireNonNull(variables.get(load.slot()), "not set"));
        case StoreInstruction store -> variables.put(store.slot(), stack.pop());
        case InvokeInstruction call -> {
          Deque<T> arguments = new ArrayDeque<>();
          for (int k = 0; k < call.typeSymbol().parameterCount(); k++) {
            arguments.push(stack.pop());
          }
          stack.push(DeviceCode.this.call(call.name().stringValue(), List.copyOf(arguments)));
        }
        case OperatorInstruction operator when operator.opcode() == Opcode.DNEG ->
            stack.push(numbers.negative(stack.pop()));
        case OperatorInstruction operator -> {
          T b = stack.pop();
          operate(operator.opcode(), stack.pop(), b);
        }
        default -> {
          // Labels, numbers of lines, branches that are not taken.
        }
      }
    }

    private void operate(Opcode opcode, T a, T b) {
      switch (opcode) {
        case DADD -> stack.push(numbers.sum(a, b));
        case DSUB -> stack.push(numbers.sum(a, numbers.negative(b)));
        case DMUL -> stack.push(numbers.product(a, b));
        case DDIV -> stack.push(numbers.quotient(a, b));
        case DCMPL, DCMPG -> compared = Double.compare(numbers.value(a), numbers.value(b));
        default -> throw new AssertionError("an instruction that is not known here: " + opcode);
      }
    }
  }
}
