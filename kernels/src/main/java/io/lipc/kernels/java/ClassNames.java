package io.lipc.kernels.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.NameAllocator;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.Lookup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names in one generated class. Layers are called what the user called them, as far as Java
 * allows: no keywords, no two names alike, none of the class's own methods.
 */
public final class ClassNames {

  /** Methods of the class and of {@link Object}, which a layer's method must not overload. */
  private static final List<String> METHODS =
      List.of(
          "apply",
          JavaEmitter.APPLY_HEAD,
          NetworkBody.APPLY_IMAGE,
          "applyTransposed",
          "batches",
          "block",
          "certificate",
          "certifiedRadius",
          "clone",
          "contains",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "inputSize",
          "label",
          "labels",
          "lipschitzBound",
          "load",
          "newWorkspace",
          "notify",
          "notifyAll",
          "outputSize",
          "pairBounds",
          "subject",
          "toString",
          "verify",
          "wait");

  /** Variables of the class's own methods, which would hide a field. */
  private static final List<String> VARIABLES =
      List.of(
          "batches",
          "block",
          "buffers",
          NetworkBody.FEATURES,
          "input",
          "inputs",
          "output",
          "outputs",
          "parameters",
          "rows",
          "weights",
          "workspace");

  /** A callee: its class, the variable that holds it, the field that holds its workspace. */
  record CalleeName(ClassName type, String variable, String workspace, boolean loadsItself) {}

  private final ClassName generated;
  private final Map<Buffer, String> buffers = new LinkedHashMap<>();
  private final Map<String, CalleeName> callees = new LinkedHashMap<>();
  private final NameAllocator layers = new NameAllocator();
  private final NameAllocator fields = new NameAllocator();

  ClassNames(ClassName generated, KernelGraph graph, EmissionContext context) {
    this.generated = generated;
    METHODS.forEach(layers::newName);
    VARIABLES.forEach(fields::newName);
    buffers.put(graph.input(), layers.newName(spoken(graph.input().name())));
    for (Buffer buffer : graph.intermediates()) {
      buffers.put(buffer, layers.newName(spoken(buffer, graph.output())));
    }
    for (Kernel kernel : graph.kernels()) {
      if (kernel instanceof CallKernel call && !callees.containsKey(call.network())) {
        callees.put(call.network(), calleeName(call.network(), context));
      }
    }
  }

  /** The class that is generated. */
  ClassName generated() {
    return generated;
  }

  /** The name of a buffer, as field, as parameter, and of the method that first writes it. */
  String of(Buffer buffer) {
    return Lookup.in(buffers, buffer);
  }

  /** The callees, in the order of their first call. */
  List<CalleeName> callees() {
    return List.copyOf(callees.values());
  }

  CalleeName callee(String network) {
    return Lookup.in(callees, network);
  }

  /** The callees as arguments, {@code before} standing before the first one. */
  String calleeVariables(String before) {
    return callees.isEmpty()
        ? ""
        : before
            + callees.values().stream().map(CalleeName::variable).collect(Collectors.joining(", "));
  }

  /** A fresh name for a field of the class. */
  String newField(String suggestion) {
    return fields.newName(suggestion);
  }

  /** A fresh name for kernel number {@code count} of those that write {@code buffer}. */
  String newMethod(Buffer buffer, int count) {
    return count == 1 ? of(buffer) : layers.newName(of(buffer) + count);
  }

  private CalleeName calleeName(String network, EmissionContext context) {
    EmissionContext.Callee callee = context.callee(network);
    int dot = callee.className().lastIndexOf('.');
    String simple = callee.className().substring(dot + 1);
    String packageName = dot < 0 ? "" : callee.className().substring(0, dot);
    String variable = fields.newName(decapitalised(simple.replaceFirst("Network$", "")));
    return new CalleeName(
        ClassName.get(packageName, simple),
        variable,
        layers.newName(variable + "Workspace"),
        callee.loadsItself());
  }

  /** The name of a buffer, as far as Java allows it. */
  public static String spoken(Buffer buffer, Buffer output) {
    boolean unnamedResult = buffer.equals(output) && buffer.name().startsWith("return#");
    return unnamedResult ? "result" : spoken(buffer.name());
  }

  /** The name of a buffer; a returned one without a name of its own is called {@code result}. */
  private static String spoken(String name) {
    return name.equals("return") || name.startsWith("return#")
        ? "result" + name.substring("return".length())
        : name;
  }

  private static String decapitalised(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** Fresh names for the variables of one layer's method. */
  Map<Buffer, String> variables(Kernel kernel, Set<String> taken) {
    NameAllocator variables = new NameAllocator();
    taken.forEach(variables::newName);
    Map<Buffer, String> names = new LinkedHashMap<>();
    kernel.sources().forEach(b -> names.computeIfAbsent(b, _ -> variables.newName(of(b))));
    names.computeIfAbsent(kernel.target(), b -> variables.newName(of(b)));
    return names;
  }
}
