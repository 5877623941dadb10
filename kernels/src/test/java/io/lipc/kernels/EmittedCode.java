package io.lipc.kernels;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import io.lipc.device.DeviceDoubleFunctions;
import io.lipc.device.DeviceDoubleSine;
import io.lipc.device.DeviceFunctions;
import io.lipc.device.DeviceSine;
import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceValues.Context;
import io.lipc.kernels.DeviceValues.Grid;
import io.lipc.kernels.DeviceValues.Grids;
import io.lipc.kernels.DeviceValues.Reals;
import io.lipc.kernels.DeviceValues.Vector;
import io.lipc.kernels.DeviceValues.Vectors;
import io.lipc.kernels.EmittedProgram.GraphValue;
import io.lipc.kernels.EmittedProgram.Tasks;
import io.lipc.runtime.CertifiedParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method of an {@link EmittedProgram}. It knows the part of Java that the emitter
 * writes, and takes anything else for a fault: a float beside a double, which Java would make one,
 * too.
 */
final class EmittedCode {

  private final EmittedProgram program;
  private final Map<String, Object> variables;
  private @Nullable Object returned;

  EmittedCode(EmittedProgram program, Map<String, Object> variables) {
    this.program = program;
    this.variables = variables;
  }

  /** The value that a body returns; the program where it returns nothing. */
  Object result(BlockTree body) {
    run(body);
    switch (returned) {
      case Reals padded -> padded.freeze();
      case Vectors vectors -> vectors.storage().freeze();
      case null, default -> {}
    }
    return returned == null ? program : returned;
  }

  private void run(StatementTree statement) {
    switch (statement) {
      case BlockTree block -> block.getStatements().forEach(this::run);
      case VariableTree variable ->
          variables.put(program.text(variable.getName()), value(variable.getInitializer()));
      case ExpressionStatementTree expression -> value(expression.getExpression());
      case ReturnTree end -> returned = value(end.getExpression());
      case IfTree branch -> {
        if ((boolean) value(branch.getCondition())) {
          run(branch.getThenStatement());
        } else if (branch.getElseStatement() != null) {
          run(branch.getElseStatement());
        }
      }
      case ForLoopTree loop -> {
        loop.getInitializer().forEach(this::run);
        while ((boolean) value(loop.getCondition())) {
          run(loop.getStatement());
          loop.getUpdate().forEach(this::run);
        }
      }
      default -> throw unknown(statement);
    }
  }

  Object value(ExpressionTree expression) {
    return switch (expression) {
      case LiteralTree literal -> literal.getValue();
      case ParenthesizedTree inner -> value(inner.getExpression());
      case IdentifierTree name -> variable(program.text(name.getName()));
      case MemberSelectTree select -> member(select);
      case MemberReferenceTree method -> program.text(method.getName());
      case ConditionalExpressionTree choice ->
          (boolean) value(choice.getCondition())
              ? value(choice.getTrueExpression())
              : value(choice.getFalseExpression());
      case UnaryTree unary -> unary(unary);
      case BinaryTree binary -> binary(binary);
      case TypeCastTree cast -> cast(cast, (Number) value(cast.getExpression()));
      case ArrayAccessTree access -> element(access);
      case AssignmentTree assignment ->
          assign(assignment.getVariable(), value(assignment.getExpression()));
      case CompoundAssignmentTree assignment -> addTo(assignment);
      case NewArrayTree array -> array(array);
      case NewClassTree object -> object(object);
      case MethodInvocationTree call -> call(call);
      case SwitchExpressionTree choice -> chosen(choice);
      default -> throw unknown(expression);
    };
  }

  /** The case whose constant is called as the value is. */
  private Object chosen(SwitchExpressionTree choice) {
    Object name = value(((ParenthesizedTree) choice.getExpression()).getExpression());
    for (CaseTree one : choice.getCases()) {
      ConstantCaseLabelTree label = (ConstantCaseLabelTree) one.getLabels().getFirst();
      if (label.getConstantExpression().toString().equals(name)) {
        return value((ExpressionTree) one.getBody());
      }
    }
    throw unknown(choice);
  }

  private Object variable(String name) {
    Object value = variables.get(name);
    return value == null ? program.constant(name) : value;
  }

  private Object member(MemberSelectTree select) {
    return switch (program.text(select)) {
      case "Integer.MAX_VALUE" -> Integer.MAX_VALUE;
      case "Schedule.PORTABLE" -> "PORTABLE";
      default ->
          switch (value(select.getExpression())) {
            case float[] row -> row.length;
            case float[][] rows -> rows.length;
            case double[] row -> row.length;
            case double[][] rows -> rows.length;
            case WorkGroup.Item item -> item.number(program.text(select.getIdentifier()));
            default -> throw unknown(select);
          };
    };
  }

  private Object unary(UnaryTree unary) {
    if (unary.getKind() == Tree.Kind.UNARY_MINUS) {
      return switch (value(unary.getExpression())) {
        case Float number -> -number;
        case Double number -> -number;
        default -> throw unknown(unary);
      };
    }
    if (unary.getKind() != Tree.Kind.POSTFIX_INCREMENT) {
      throw unknown(unary);
    }
    return variables.merge(program.text(unary.getExpression()), 1, (a, b) -> (int) a + (int) b);
  }

  private static Object cast(TypeCastTree cast, Number value) {
    if (cast.getType().toString().equals("int")) {
      return value.intValue();
    }
    throw unknown(cast);
  }

  private Object binary(BinaryTree binary) {
    Object left = value(binary.getLeftOperand());
    if (binary.getKind() == Tree.Kind.CONDITIONAL_OR) {
      return (boolean) left || (boolean) value(binary.getRightOperand());
    }
    if (binary.getKind() == Tree.Kind.CONDITIONAL_AND) {
      return (boolean) left && (boolean) value(binary.getRightOperand());
    }
    Object right = value(binary.getRightOperand());
    if (left instanceof String text) {
      return text + right;
    }
    if (left instanceof Integer a && right instanceof Integer b) {
      return integer(binary, a, b);
    }
    if (left instanceof Float a && right instanceof Float b) {
      return real(binary, a, b);
    }
    if (left instanceof Double a && right instanceof Double b) {
      return real(binary, a, b);
    }
    throw unknown(binary);
  }

  /** Overflow is a fault: indices and counts have none. */
  private static Object integer(BinaryTree binary, int a, int b) {
    return switch (binary.getKind()) {
      case PLUS -> Math.addExact(a, b);
      case MINUS -> Math.subtractExact(a, b);
      case MULTIPLY -> Math.multiplyExact(a, b);
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case LESS_THAN -> a < b;
      case GREATER_THAN -> a > b;
      case GREATER_THAN_EQUAL -> a >= b;
      case EQUAL_TO -> a == b;
      default -> throw unknown(binary);
    };
  }

  /**
   * TornadoVM takes {@code <=} and {@code >=} for the opposites of the others, which has NaN pass.
   */
  private static Object real(BinaryTree binary, float a, float b) {
    return switch (binary.getKind()) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case EQUAL_TO -> a == b;
      case LESS_THAN -> a < b;
      case LESS_THAN_EQUAL -> !(a > b);
      case GREATER_THAN -> a > b;
      case GREATER_THAN_EQUAL -> !(a < b);
      default -> throw unknown(binary);
    };
  }

  /** The same of doubles. */
  private static Object real(BinaryTree binary, double a, double b) {
    return switch (binary.getKind()) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case EQUAL_TO -> a == b;
      case LESS_THAN -> a < b;
      case LESS_THAN_EQUAL -> !(a > b);
      case GREATER_THAN -> a > b;
      case GREATER_THAN_EQUAL -> !(a < b);
      default -> throw unknown(binary);
    };
  }

  private Object element(ArrayAccessTree access) {
    int index = (int) value(access.getIndex());
    return switch (value(access.getExpression())) {
      case float[] row -> row[index];
      case float[][] rows -> rows[index];
      case double[] row -> row[index];
      case double[][] rows -> rows[index];
      case WorkGroup.View local -> local.get(index);
      default -> throw unknown(access);
    };
  }

  private Object assign(ExpressionTree target, Object value) {
    if (target instanceof ArrayAccessTree element) {
      int index = (int) value(element.getIndex());
      switch (value(element.getExpression())) {
        case float[] row -> row[index] = (float) value;
        case double[] row -> row[index] = (double) value;
        case WorkGroup.View local -> local.set(index, value);
        default -> throw unknown(target);
      }
    } else {
      variables.put(program.text(target), value);
    }
    return value;
  }

  private Object addTo(CompoundAssignmentTree assignment) {
    if (assignment.getKind() != Tree.Kind.PLUS_ASSIGNMENT) {
      throw unknown(assignment);
    }
    Object term = value(assignment.getExpression());
    return switch (value(assignment.getVariable())) {
      case Integer count -> assign(assignment.getVariable(), Math.addExact(count, (int) term));
      case Float sum -> assign(assignment.getVariable(), sum + (float) term);
      case Double sum -> assign(assignment.getVariable(), sum + (double) term);
      default -> throw unknown(assignment);
    };
  }

  private Object array(NewArrayTree array) {
    if (array.getInitializers() != null) {
      return switch (value(array.getInitializers().getFirst())) {
        case float[] row -> new float[][] {row};
        case double[] row -> new double[][] {row};
        default -> throw unknown(array);
      };
    }
    int length = (int) value(array.getDimensions().getFirst());
    return switch (array.getType().toString()) {
      case "float" -> new float[length];
      case "double" -> new double[length];
      default -> throw unknown(array);
    };
  }

  private Object object(NewClassTree object) {
    List<Object> arguments = values(object.getArguments());
    return switch (object.getIdentifier().toString()) {
      case "FloatArray" -> new Reals(ElementType.F32, (int) arguments.getFirst());
      case "DoubleArray" -> new Reals(ElementType.F64, (int) arguments.getFirst());
      case "VectorFloat8" -> Vectors.of(ElementType.F32, (Reals) arguments.getFirst());
      case "VectorDouble8" -> Vectors.of(ElementType.F64, (Reals) arguments.getFirst());
      case "Float8" -> Vector.of(ElementType.F32, arguments);
      case "Double8" -> Vector.of(ElementType.F64, arguments);
      case "KernelContext" -> new Context();
      case "GridScheduler" -> new Grids();
      case "WorkerGrid1D" -> new Grid((int) arguments.getFirst());
      case "TaskGraph" -> new Tasks((String) arguments.getFirst());
      case "TornadoGraph" -> graph(ElementType.F32, arguments);
      case "TornadoDoubleGraph" -> graph(ElementType.F64, arguments);
      default -> throw unknown(object);
    };
  }

  private static GraphValue graph(ElementType type, List<Object> arguments) {
    return new GraphValue(
        (Tasks) arguments.get(0),
        ((Reals) arguments.get(1)).of(type),
        ((Reals) arguments.get(2)).of(type),
        (int) arguments.get(3),
        arguments.size() == 4 ? new Grids() : (Grids) arguments.get(4));
  }

  private List<Object> values(List<? extends ExpressionTree> expressions) {
    return expressions.stream().map(this::value).toList();
  }

  private Object call(MethodInvocationTree call) {
    if (call.getMethodSelect() instanceof IdentifierTree own) {
      return program.call(program.text(own.getName()), values(call.getArguments()));
    }
    MemberSelectTree method = (MemberSelectTree) call.getMethodSelect();
    return switch (program.text(method)) {
      case "Math.abs" ->
          switch (value(call.getArguments().getFirst())) {
            case Float number -> Math.abs(number);
            case Double number -> Math.abs(number);
            default -> throw unknown(call);
          };
      case "CertifiedParameters.of" -> value(call.getArguments().getFirst());
      case "Float8.add", "Double8.add" -> vector(call, 0).plus(vector(call, 1));
      case "Float8.mult", "Double8.mult" ->
          vector(call, 0).times(value(call.getArguments().get(1)));
      case String name when name.startsWith("DeviceDoubleFunctions.") ->
          function(DeviceDoubleFunctions.class, double.class, method, values(call.getArguments()));
      case String name when name.startsWith("DeviceFunctions.") ->
          function(DeviceFunctions.class, float.class, method, values(call.getArguments()));
      case String name when name.startsWith("DeviceDoubleSine.") ->
          function(DeviceDoubleSine.class, double.class, method, values(call.getArguments()));
      case String name when name.startsWith("DeviceSine.") ->
          function(DeviceSine.class, float.class, method, values(call.getArguments()));
      default -> call(value(method.getExpression()), program.text(method.getIdentifier()), call);
    };
  }

  /** A function is the one that the JVM runs, as TornadoVM compiles its bytecode. */
  private static Object function(
      Class<?> functions, Class<?> number, MemberSelectTree method, List<Object> arguments) {
    Class<?>[] numbers = new Class<?>[arguments.size()];
    Arrays.fill(numbers, number);
    try {
      return functions
          .getMethod(method.getIdentifier().toString(), numbers)
          .invoke(null, arguments.toArray());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private Vector vector(MethodInvocationTree call, int argument) {
    return (Vector) value(call.getArguments().get(argument));
  }

  private Object call(Object receiver, String method, MethodInvocationTree call) {
    switch (receiver) {
      case Vector vector -> {
        return vector.element(method);
      }
      case WorkGroup.Item item when method.equals("localBarrier") -> {
        item.barrier(call);
        return item;
      }
      default -> {
        return callWithArguments(receiver, method, call);
      }
    }
  }

  private Object callWithArguments(Object receiver, String method, MethodInvocationTree call) {
    List<? extends ExpressionTree> written = call.getArguments();
    boolean isTransfer = method.startsWith("transferTo");
    List<Object> arguments = values(isTransfer ? written.subList(1, written.size()) : written);
    Object first = arguments.getFirst();
    switch (receiver) {
      case Reals reals when method.equals("get") -> {
        return reals.get((int) first);
      }
      case Reals reals when method.equals("set") -> reals.set((int) first, arguments.get(1));
      case Reals reals when method.equals("init") -> reals.init(first);
      case Vectors vectors when method.equals("get") -> {
        return vectors.get((int) first);
      }
      case WorkGroup.Item item when method.equals("allocateFloatLocalArray") -> {
        return item.allocate(call, ElementType.F32, (int) first);
      }
      case WorkGroup.Item item when method.equals("allocateDoubleLocalArray") -> {
        return item.allocate(call, ElementType.F64, (int) first);
      }
      case Grids grids when method.equals("addWorkerGrid") ->
          grids.add((String) first, (Grid) arguments.get(1));
      case Grid grid when method.equals("setLocalWork") -> grid.setLocalWork(arguments);
      case CertifiedParameters parameters -> {
        return switch (method) {
          case "floatColumns" -> parameters.floatColumns((String) first);
          case "floatVector" -> parameters.floatVector((String) first);
          case "floatIndices" -> parameters.floatIndices((String) first);
          case "floatScale" -> parameters.floatScale((String) first);
          case "floatShift" -> parameters.floatShift((String) first);
          case "floatTaps" -> parameters.floatTaps((String) first, (int) arguments.get(1));
          case "floatBiases" -> parameters.floatBiases((String) first, (int) arguments.get(1));
          case "doubleColumns" -> parameters.doubleColumns((String) first);
          case "doubleVector" -> parameters.doubleVector((String) first);
          case "doubleIndices" -> parameters.doubleIndices((String) first);
          case "doubleScale" -> parameters.doubleScale((String) first);
          case "doubleShift" -> parameters.doubleShift((String) first);
          case "doubleTaps" -> parameters.doubleTaps((String) first, (int) arguments.get(1));
          case "doubleBiases" -> parameters.doubleBiases((String) first, (int) arguments.get(1));
          default -> throw unknown(call);
        };
      }
      case Tasks tasks when method.equals("transferToDevice") -> tasks.transfer(arrays(arguments));
      case Tasks _ when method.equals("transferToHost") -> {}
      case Tasks tasks when method.equals("task") -> {
        List<Object> own = arguments.subList(2, arguments.size());
        tasks.add((String) first, arrays(own), program.task((String) arguments.get(1), own));
      }
      default -> throw unknown(call);
    }
    return receiver;
  }

  private static List<Reals> arrays(List<Object> values) {
    return values.stream()
        .map(value -> value instanceof Vectors vectors ? vectors.storage() : value)
        .filter(Reals.class::isInstance)
        .map(Reals.class::cast)
        .toList();
  }

  private static AssertionError unknown(Tree tree) {
    return new AssertionError("what the emitter does not write: " + tree);
  }
}
