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
import io.lipc.certificate.function.DeviceFunctions;
import io.lipc.certificate.function.DeviceSine;
import io.lipc.kernels.DeviceValues.Context;
import io.lipc.kernels.DeviceValues.Grid;
import io.lipc.kernels.DeviceValues.Grids;
import io.lipc.kernels.DeviceValues.Vector;
import io.lipc.kernels.DeviceValues.Vectors;
import io.lipc.kernels.EmittedProgram.Floats;
import io.lipc.kernels.EmittedProgram.GraphValue;
import io.lipc.kernels.EmittedProgram.Tasks;
import io.lipc.runtime.CertifiedParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method of an {@link EmittedProgram}. It knows the part of Java that the emitter
 * writes, and takes anything else for a fault.
 */
final class EmittedCode {

  private final EmittedProgram program;
  private final Map<String, Object> variables;
  private @Nullable Object returned;

  EmittedCode(EmittedProgram program, Map<String, Object> variables) {
    this.program = program;
    this.variables = variables;
  }

  /** What a body returns; the program where it returns nothing. */
  Object result(BlockTree body) {
    run(body);
    switch (returned) {
      case Floats padded -> padded.freeze();
      case Vectors vectors -> vectors.storage().freeze();
      case null, default -> {}
    }
    return returned == null ? program : returned;
  }

  private void run(StatementTree statement) {
    switch (statement) {
      case BlockTree block -> block.getStatements().forEach(this::run);
      case VariableTree variable ->
          variables.put(variable.getName().toString(), value(variable.getInitializer()));
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
      case IdentifierTree name -> variable(name.getName().toString());
      case MemberSelectTree select -> member(select);
      case MemberReferenceTree method -> method.getName().toString();
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
    return switch (select.toString()) {
      case "Integer.MAX_VALUE" -> Integer.MAX_VALUE;
      case "Schedule.PORTABLE" -> "PORTABLE";
      default ->
          switch (value(select.getExpression())) {
            case float[] row -> row.length;
            case float[][] rows -> rows.length;
            case WorkGroup.Item item -> item.number(select.getIdentifier().toString());
            default -> throw unknown(select);
          };
    };
  }

  private Object unary(UnaryTree unary) {
    if (unary.getKind() == Tree.Kind.UNARY_MINUS) {
      return -(float) value(unary.getExpression());
    }
    if (unary.getKind() != Tree.Kind.POSTFIX_INCREMENT) {
      throw unknown(unary);
    }
    return variables.merge(unary.getExpression().toString(), 1, (a, b) -> (int) a + (int) b);
  }

  private static Object cast(TypeCastTree cast, Number value) {
    if (cast.getType().toString().equals("int")) {
      return value.intValue();
    }
    return value.floatValue();
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
    return real(binary, (float) left, (float) right);
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

  private Object element(ArrayAccessTree access) {
    int index = (int) value(access.getIndex());
    return switch (value(access.getExpression())) {
      case float[] row -> row[index];
      case float[][] rows -> rows[index];
      case WorkGroup.View local -> local.get(index);
      default -> throw unknown(access);
    };
  }

  private Object assign(ExpressionTree target, Object value) {
    if (target instanceof ArrayAccessTree element) {
      int index = (int) value(element.getIndex());
      switch (value(element.getExpression())) {
        case float[] row -> row[index] = (float) value;
        case WorkGroup.View local -> local.set(index, (float) value);
        default -> throw unknown(target);
      }
    } else {
      variables.put(target.toString(), value);
    }
    return value;
  }

  private Object addTo(CompoundAssignmentTree assignment) {
    if (assignment.getKind() != Tree.Kind.PLUS_ASSIGNMENT) {
      throw unknown(assignment);
    }
    Object term = value(assignment.getExpression());
    return assign(
        assignment.getVariable(),
        value(assignment.getVariable()) instanceof Integer count
            ? (Object) Math.addExact(count, (int) term)
            : (Object) ((float) value(assignment.getVariable()) + (float) term));
  }

  private Object array(NewArrayTree array) {
    return array.getInitializers() == null
        ? new float[(int) value(array.getDimensions().getFirst())]
        : new float[][] {(float[]) value(array.getInitializers().getFirst())};
  }

  private Object object(NewClassTree object) {
    List<Object> arguments = values(object.getArguments());
    return switch (object.getIdentifier().toString()) {
      case "FloatArray" -> new Floats((int) arguments.getFirst());
      case "VectorFloat8" -> new Vectors((Floats) arguments.getFirst());
      case "Float8" -> Vector.of(arguments);
      case "KernelContext" -> new Context();
      case "GridScheduler" -> new Grids();
      case "WorkerGrid1D" -> new Grid((int) arguments.getFirst());
      case "TaskGraph" -> new Tasks((String) arguments.getFirst());
      case "TornadoGraph" ->
          new GraphValue(
              (Tasks) arguments.get(0),
              (Floats) arguments.get(1),
              (Floats) arguments.get(2),
              (int) arguments.get(3),
              arguments.size() == 4 ? new Grids() : (Grids) arguments.get(4));
      default -> throw unknown(object);
    };
  }

  private List<Object> values(List<? extends ExpressionTree> expressions) {
    return expressions.stream().map(this::value).toList();
  }

  private Object call(MethodInvocationTree call) {
    if (call.getMethodSelect() instanceof IdentifierTree own) {
      return program.call(own.getName().toString(), values(call.getArguments()));
    }
    MemberSelectTree method = (MemberSelectTree) call.getMethodSelect();
    return switch (method.toString()) {
      case "Math.abs" -> Math.abs((float) value(call.getArguments().getFirst()));
      case "CertifiedParameters.of" -> value(call.getArguments().getFirst());
      case "Float8.add" -> vector(call, 0).plus(vector(call, 1));
      case "Float8.mult" -> vector(call, 0).times((float) value(call.getArguments().get(1)));
      case String name when name.startsWith("DeviceFunctions.") ->
          function(DeviceFunctions.class, method, values(call.getArguments()));
      case String name when name.startsWith("DeviceSine.") ->
          function(DeviceSine.class, method, values(call.getArguments()));
      default -> call(value(method.getExpression()), method.getIdentifier().toString(), call);
    };
  }

  /** A function of floats is the one that the JVM runs, as TornadoVM compiles its bytecode. */
  private static Object function(Class<?> type, MemberSelectTree method, List<Object> arguments) {
    Class<?>[] floats = new Class<?>[arguments.size()];
    Arrays.fill(floats, float.class);
    try {
      return type.getMethod(method.getIdentifier().toString(), floats)
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
      case Floats floats when method.equals("get") -> {
        return floats.get((int) first);
      }
      case Floats floats when method.equals("set") ->
          floats.set((int) first, (float) arguments.get(1));
      case Floats floats when method.equals("init") -> floats.init((float) first);
      case Vectors vectors when method.equals("get") -> {
        return vectors.get((int) first);
      }
      case WorkGroup.Item item when method.equals("allocateFloatLocalArray") -> {
        return item.allocate(call, (int) first);
      }
      case Grids grids when method.equals("addWorkerGrid") ->
          grids.add((String) first, (Grid) arguments.get(1));
      case Grid grid when method.equals("setLocalWork") -> grid.setLocalWork(arguments);
      case CertifiedParameters parameters -> {
        return switch (method) {
          case "floatColumns" -> parameters.floatColumns((String) first);
          case "floatVector" -> parameters.floatVector((String) first);
          case "floatIndices" -> parameters.floatIndices((int) first);
          case "floatScale" -> parameters.floatScale((int) first);
          case "floatShift" -> parameters.floatShift((int) first);
          case "floatTaps" -> parameters.floatTaps((int) first, (int) arguments.get(1));
          case "floatBiases" -> parameters.floatBiases((int) first, (int) arguments.get(1));
          default -> throw unknown(call);
        };
      }
      case Tasks tasks when method.equals("transferToDevice") -> tasks.transfer(floats(arguments));
      case Tasks _ when method.equals("transferToHost") -> {}
      case Tasks tasks when method.equals("task") -> {
        List<Object> own = arguments.subList(2, arguments.size());
        tasks.add((String) first, floats(own), program.task((String) arguments.get(1), own));
      }
      default -> throw unknown(call);
    }
    return receiver;
  }

  private static List<Floats> floats(List<Object> values) {
    return values.stream()
        .map(value -> value instanceof Vectors vectors ? vectors.storage() : value)
        .filter(Floats.class::isInstance)
        .map(Floats.class::cast)
        .toList();
  }

  private static AssertionError unknown(Tree tree) {
    return new AssertionError("what the emitter does not write: " + tree);
  }
}
