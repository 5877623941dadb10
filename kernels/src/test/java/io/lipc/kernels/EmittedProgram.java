package io.lipc.kernels;

import com.palantir.javapoet.JavaFile;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import io.lipc.runtime.CertifiedParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * The text of a class for TornadoVM, run as what it says: a small interpreter of its syntax tree,
 * stricter than a device. It refuses reads outside of an array and of elements that nobody has
 * written, and second writes. TornadoVM itself is not on the class path of this module.
 */
public final class EmittedProgram {

  private final Map<String, List<MethodTree>> methods = new HashMap<>();
  private final Map<String, VariableTree> constants = new HashMap<>();
  private final CertifiedParameters parameters;

  EmittedProgram(JavaFile file, CertifiedParameters parameters) {
    this.parameters = parameters;
    for (var member : parse(file).getMembers()) {
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
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, null, null, List.of(file.toJavaFileObject()));
    try {
      CompilationUnitTree unit = task.parse().iterator().next();
      return (ClassTree) unit.getTypeDecls().getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the tasks of {@code graph(rows)} give for {@code rows} inputs, one after the other. */
  double[] apply(int rows, double[] inputs) {
    GraphValue graph = (GraphValue) call("graph", List.of(rows));
    if (graph.rows() != rows || graph.input().length() != inputs.length) {
      throw new AssertionError("a graph of another size: " + graph.rows());
    }
    for (int i = 0; i < inputs.length; i++) {
      graph.input().set(i, (float) inputs[i]);
    }
    graph.tasks().run();
    double[] outputs = new double[graph.output().length()];
    Arrays.setAll(outputs, graph.output()::get);
    return outputs;
  }

  Object call(String name, List<Object> arguments) {
    MethodTree method =
        methods.get(name).stream().filter(m -> accepts(m, arguments)).findFirst().orElseThrow();
    Map<String, Object> variables = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      variables.put(method.getParameters().get(i).getName().toString(), arguments.get(i));
    }
    return new EmittedCode(this, variables).result(method.getBody());
  }

  /** Overloads differ in whether they take one row or several. */
  private static boolean accepts(MethodTree method, List<Object> arguments) {
    if (method.getParameters().size() != arguments.size()) {
      return false;
    }
    String first = method.getParameters().getFirst().getType().toString();
    return switch (arguments.getFirst()) {
      case float[] _ -> first.equals("float[]");
      case float[][] _ -> first.equals("float[][]");
      default -> true;
    };
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

  /** What {@code graph} returns. */
  record GraphValue(Tasks tasks, Floats input, Floats output, int rows) {}

  /** A task graph, as far as it has been built. */
  static final class Tasks {
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<Floats> onDevice = new ArrayList<>();

    void transfer(List<Floats> arrays) {
      onDevice.addAll(arrays);
    }

    /** A task may read what was transferred and what earlier tasks gave; it gives one array. */
    void add(List<Floats> arrays, Runnable task) {
      Floats target = arrays.getLast();
      List<Floats> sources = arrays.subList(0, arrays.size() - 1);
      if (!onDevice.containsAll(sources) || onDevice.contains(target)) {
        throw new AssertionError("a task reads what is not there, or gives what is");
      }
      onDevice.add(target);
      tasks.add(
          () -> {
            task.run();
            target.requireComplete();
          });
    }

    void run() {
      tasks.forEach(Runnable::run);
    }
  }

  /** An array of the device. */
  static final class Floats {
    private final float[] values;
    private final boolean[] written;

    Floats(int length) {
      values = new float[length];
      written = new boolean[length];
    }

    int length() {
      return values.length;
    }

    void init(float value) {
      Arrays.fill(values, value);
    }

    float get(int index) {
      if (!written[index]) {
        throw new AssertionError("element " + index + " of " + length() + " is not written yet");
      }
      return values[index];
    }

    void set(int index, float value) {
      if (written[index]) {
        throw new AssertionError("element " + index + " of " + length() + " is written twice");
      }
      values[index] = value;
      written[index] = true;
    }

    /** Padding is written by {@link #init}. */
    void freeze() {
      Arrays.fill(written, true);
    }

    void requireComplete() {
      for (boolean one : written) {
        if (!one) {
          throw new AssertionError("not every one of " + length() + " elements was written");
        }
      }
    }
  }
}
