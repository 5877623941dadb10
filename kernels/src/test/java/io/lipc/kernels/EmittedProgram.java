package io.lipc.kernels;

import com.palantir.javapoet.JavaFile;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import io.lipc.kernels.DeviceValues.Reals;
import io.lipc.runtime.CertifiedParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The text of a class for TornadoVM, run as what it says: a small interpreter of its syntax tree,
 * stricter than a device. It refuses reads outside of an array and of elements that nobody has
 * written, and second writes. TornadoVM itself is not on the class path of this module.
 */
public final class EmittedProgram {

  private final Map<String, List<MethodTree>> methods = new HashMap<>();
  private final Map<String, VariableTree> constants = new HashMap<>();
  private final Map<Object, String> texts = new ConcurrentHashMap<>();
  private final CertifiedParameters parameters;

  EmittedProgram(JavaFile file, CertifiedParameters parameters) {
    this(parse(file), parameters);
  }

  EmittedProgram(ClassTree program, CertifiedParameters parameters) {
    this.parameters = parameters;
    for (var member : program.getMembers()) {
      switch (member) {
        case MethodTree method ->
            methods
                .computeIfAbsent(method.getName().toString(), _ -> new ArrayList<>())
                .add(method);
        case VariableTree field -> constants.put(field.getName().toString(), field);
        default -> throw new AssertionError("a member of another kind: " + member);
      }
    }
  }

  /** The syntax tree of the class; nothing that it refers to has to exist. */
  public static ClassTree parse(JavaFile file) {
    return parse(file.toJavaFileObject());
  }

  static ClassTree parse(JavaFileObject file) {
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, null, null, List.of(file));
    try {
      CompilationUnitTree unit = task.parse().iterator().next();
      return (ClassTree) unit.getTypeDecls().getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The results of the tasks of {@code graph(rows)} for {@code rows} inputs, one after the other.
   */
  double[] apply(int rows, double[] inputs) {
    return apply((GraphValue) call("graph", List.of(rows)), rows, inputs);
  }

  /**
   * As {@link #apply(int, double[])}, by a schedule.
   *
   * @param schedule the name of a constant of the run time's {@code Schedule}
   */
  double[] apply(String schedule, int rows, double[] inputs) {
    return apply((GraphValue) call("graph", List.of(rows, schedule)), rows, inputs);
  }

  private static double[] apply(GraphValue graph, int rows, double[] inputs) {
    boolean fits =
        graph.rows() >= rows
            && (long) graph.input().length() * rows == (long) graph.rows() * inputs.length;
    if (!fits) {
      throw new AssertionError("a graph of another size: " + graph.rows());
    }
    for (int i = 0; i < inputs.length; i++) {
      graph.input().set(i, graph.input().number(inputs[i]));
    }
    graph.tasks().run(graph.grids());
    double[] outputs = new double[graph.output().length() / graph.rows() * rows];
    Arrays.setAll(outputs, i -> ((Number) graph.output().get(i)).doubleValue());
    return outputs;
  }

  /** Runs a task: as independent items, or as groups of them where it has a context. */
  TaskRun task(String kernel, List<Object> arguments) {
    if (!(arguments.getFirst() instanceof DeviceValues.Context)) {
      return new Independent(() -> call(kernel, arguments));
    }
    return new InGroups(
        item -> {
          List<Object> own = new ArrayList<>(arguments);
          own.set(0, item);
          call(kernel, own);
        });
  }

  /** A task that has not run. */
  sealed interface TaskRun {}

  private record Independent(Runnable items) implements TaskRun {}

  private record InGroups(Consumer<WorkGroup.Item> item) implements TaskRun {}

  Object call(String name, List<Object> arguments) {
    MethodTree method =
        methods.get(name).stream().filter(m -> accepts(m, arguments)).findFirst().orElseThrow();
    Map<String, Object> variables = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      variables.put(text(method.getParameters().get(i).getName()), arguments.get(i));
    }
    return new EmittedCode(this, variables).result(method.getBody());
  }

  /** Overloads differ in whether they take one row or several. */
  private boolean accepts(MethodTree method, List<Object> arguments) {
    if (method.getParameters().size() != arguments.size()) {
      return false;
    }
    String first = text(method.getParameters().getFirst().getType());
    return switch (arguments.getFirst()) {
      case float[] _ -> first.equals("float[]");
      case float[][] _ -> first.equals("float[][]");
      case double[] _ -> first.equals("double[]");
      case double[][] _ -> first.equals("double[][]");
      default -> true;
    };
  }

  /** The text of a tree or a name, made once: loops come back to it, and items run side by side. */
  String text(Object part) {
    String text = texts.get(part);
    return text == null ? texts.computeIfAbsent(part, Object::toString) : text;
  }

  Object constant(String name) {
    if (name.equals("network")) {
      return parameters;
    }
    VariableTree field = constants.get(name);
    if (field == null) {
      throw new AssertionError("no variable " + name);
    }
    return new EmittedCode(this, new HashMap<>()).value(field.getInitializer());
  }

  /** The value that {@code graph} returns. */
  record GraphValue(Tasks tasks, Reals input, Reals output, int rows, DeviceValues.Grids grids) {}

  /** A task graph, as far as it has been built. */
  static final class Tasks {
    private final String name;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final List<Reals> onDevice = new ArrayList<>();

    Tasks(String name) {
      this.name = name;
    }

    private record Task(TaskRun run, Reals target) {}

    void transfer(List<Reals> arrays) {
      onDevice.addAll(arrays);
    }

    /** A task may read what was transferred and what earlier tasks gave; it gives one array. */
    void add(String task, List<Reals> arrays, TaskRun run) {
      Reals target = arrays.getLast();
      List<Reals> sources = arrays.subList(0, arrays.size() - 1);
      if (!onDevice.containsAll(sources) || onDevice.contains(target)) {
        throw new AssertionError("a task reads what is not there, or gives what is");
      }
      onDevice.add(target);
      tasks.put(name + "." + task, new Task(run, target));
    }

    /** Grouped where the items share memory, and only there. */
    void run(DeviceValues.Grids grids) {
      if (!tasks.keySet().containsAll(grids.grids().keySet())) {
        throw new AssertionError("grids of no task: " + grids.grids().keySet());
      }
      tasks.forEach(
          (full, task) -> {
            DeviceValues.@Nullable Grid grid = grids.grids().get(full);
            switch (task.run()) {
              case Independent(Runnable items) when grid == null -> items.run();
              case InGroups(Consumer<WorkGroup.Item> item) when grid != null -> {
                for (int group = 0; group < grid.groups(); group++) {
                  new WorkGroup(group, grid.size(), item).run();
                }
              }
              default -> throw new AssertionError("a grid for items that share nothing, or none");
            }
            task.target().requireComplete();
          });
    }
  }
}
