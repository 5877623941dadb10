package io.lipc.kernels.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.lipc.formats.ElementType;
import io.lipc.kernels.EmittedProgram;
import io.lipc.kernels.Examples;
import io.lipc.kernels.RandomImages;
import io.lipc.kernels.RandomNetworks;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** The rules of TornadoVM for kernels, most of which it does not check itself. */
class TornadoRulesTest {

  private static final Set<String> CALLS =
      Set.of("Math.abs", "Float8.add", "Float8.mult", "Double8.add", "Double8.mult");

  private static final Set<String> OF_GROUPS =
      Set.of(
          "context.localBarrier",
          "context.allocateFloatLocalArray",
          "context.allocateDoubleLocalArray");

  /** Each class is written and parsed once: all rules are about the same ones. */
  private static final Map<ElementType, List<ClassTree>> PARSED = new EnumMap<>(ElementType.class);

  private static List<ClassTree> files() {
    List<ClassTree> files = new ArrayList<>(files(ElementType.F32));
    files.addAll(files(ElementType.F64));
    return files;
  }

  private static List<ClassTree> files(ElementType precision) {
    return PARSED.computeIfAbsent(precision, TornadoRulesTest::parsed);
  }

  private static List<ClassTree> parsed(ElementType precision) {
    SplittableRandom random = new SplittableRandom(3);
    List<ClassTree> files = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      CheckedNetwork network = RandomNetworks.next("demo.N" + i, precision, random, List.of());
      files.add(emit(network));
    }
    for (int i = 0; i < 20; i++) {
      files.add(emit(RandomImages.next("demo.I" + i, precision, random)));
    }
    files.add(emit(Examples.every(precision)));
    files.add(emit(Examples.images(precision)));
    files.add(emit(Examples.convolutions(precision)));
    return files;
  }

  private static ClassTree emit(CheckedNetwork network) {
    return EmittedProgram.parse(TornadoEmitter.emit(network, Lowering.lower(network), Map.of()));
  }

  private static List<MethodTree> methods(ClassTree file) {
    return file.getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .toList();
  }

  /** The methods that tasks run: static and not private. */
  private static Map<String, MethodTree> kernels(ClassTree file) {
    Map<String, MethodTree> kernels = new TreeMap<>();
    for (MethodTree method : methods(file)) {
      if (method.getModifiers().getFlags().equals(Set.of(Modifier.STATIC))) {
        assertThat(kernels.put(method.getName().toString(), method)).as("an overload").isNull();
      }
    }
    assertThat(kernels).isNotEmpty();
    return kernels;
  }

  /** Whether its work items share local memory: then it is written for one of them. */
  private static boolean isOfGroups(MethodTree kernel) {
    return kernel.getParameters().getFirst().getType().toString().equals("KernelContext");
  }

  @Test
  void aKernelIsOneParallelLoopOverAllItems() {
    for (ClassTree file : files()) {
      for (MethodTree kernel : kernels(file).values()) {
        if (isOfGroups(kernel)) {
          assertThat(kernel.toString()).doesNotContain("@Parallel");
          continue;
        }
        List<? extends StatementTree> body = kernel.getBody().getStatements();
        assertThat(body).hasSize(1);
        ForLoopTree loop = (ForLoopTree) body.getFirst();
        assertThat(loop.getInitializer().getFirst().toString().split("\\s+"))
            .containsExactly("@Parallel", "int", "item", "=", "0");
        assertThat(loop.getCondition()).hasToString("item < items");
        assertThat(kernel.toString().split("@Parallel", -1)).hasSize(2);
      }
    }
  }

  /** Functions of OpenCL that resemble what a kernel might be called. */
  @Test
  void noKernelIsCalledLikeAFunctionOfOpenCl() {
    for (ClassTree file : files()) {
      assertThat(kernels(file).keySet())
          .doesNotContain(
              "abs", "tanh", "exp", "max", "min", "sign", "mix", "step", "dot", "select");
    }
  }

  @Test
  void loopsCountUpFromZeroByOne() {
    for (ClassTree file : files()) {
      kernels(file).values().forEach(kernel -> kernel.accept(new LoopRules(), null));
    }
  }

  /**
   * A loop over places in steps, from one that depends on the work item on: TornadoVM cannot unroll
   * it, which the vectors in it would not survive.
   */
  private static final String PLACES =
      "(?s)for \\(int (up|left|at) = (from|up|left); \\1 < \\2 \\+ \\d+; \\1 \\+= \\d+\\).*";

  private static final class LoopRules extends TreeScanner<Void, Void> {
    @Override
    public Void visitForLoop(ForLoopTree loop, Void unused) {
      VariableTree counter = (VariableTree) loop.getInitializer().getFirst();
      if (counter.getName().contentEquals("half")) {
        assertThat(loop.toString())
            .startsWith("for (int half = TREE / 2; half > 0; half = half / 2)");
        return super.visitForLoop(loop, unused);
      }
      if (counter.getName().toString().matches("up|left|at")) {
        assertThat(loop.toString()).matches(PLACES);
        return super.visitForLoop(loop, unused);
      }
      assertThat(counter.getInitializer()).hasToString("0");
      assertThat(loop.getCondition().toString())
          .matches(
              counter.getName()
                  + " < (items|inputs|TILE|group|taps|steps|DEPTH|ROWS \\* LANES|[1-9]\\d*)");
      assertThat(loop.getUpdate().getFirst()).hasToString(counter.getName() + "++;");
      return super.visitForLoop(loop, unused);
    }
  }

  @Test
  void kernelsHoldNothingThatTheDeviceMistranslatesOrRefuses() {
    for (ClassTree file : files()) {
      for (MethodTree kernel : kernels(file).values()) {
        assertThat(kernel.toString()).doesNotContain(">>", "@Reduce");
        kernel.accept(new CodeRules(isOfGroups(kernel)), null);
      }
    }
  }

  /** All numbers of a class are of one precision: arrays, vectors, literals and functions. */
  @Test
  void kernelsOfOnePrecisionHaveNoNumbersOfAnother() {
    for (ClassTree file : files(ElementType.F32)) {
      kernels(file).values().forEach(k -> assertThat(k.toString()).doesNotContainPattern(DOUBLES));
    }
    for (ClassTree file : files(ElementType.F64)) {
      kernels(file).values().forEach(k -> assertThat(k.toString()).doesNotContainPattern(FLOATS));
    }
  }

  private static final String DOUBLES = "[dD]ouble|\\d\\.\\d+\\b(?!F)";

  private static final String FLOATS = "[fF]loat|DeviceFunctions|\\b\\d+(\\.\\d+)?[fF]\\b";

  private static final class CodeRules extends TreeScanner<Void, Void> {
    private final boolean isOfGroups;

    private CodeRules(boolean isOfGroups) {
      this.isOfGroups = isOfGroups;
    }

    @Override
    public Void scan(Tree tree, Void unused) {
      boolean refused =
          tree instanceof ThrowTree
              || tree instanceof SwitchTree
              || tree instanceof LambdaExpressionTree
              || (tree instanceof NewClassTree
                  && !tree.toString().matches("new (Float|Double)8\\(.*"));
      assertThat(refused).as("%s", tree).isFalse();
      return super.scan(tree, unused);
    }

    @Override
    public Void visitNewArray(NewArrayTree array, Void unused) {
      assertThat(array.toString()).matches("new (float|double)\\[(TILE|ROWS \\* LANES|16)]");
      return super.visitNewArray(array, unused);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
      String method = call.getMethodSelect().toString();
      boolean isAllowed =
          CALLS.contains(method)
              || method.matches("Device(Double)?(Functions|Sine)\\.\\w+")
              || method.matches("\\w+\\.(get|set|getS[0-7])")
              || (isOfGroups && OF_GROUPS.contains(method));
      assertThat(isAllowed).as(method).isTrue();
      return super.visitMethodInvocation(call, unused);
    }

    /** A device hangs where only some items of a group come to a barrier. */
    @Override
    public Void visitIf(IfTree branch, Void unused) {
      assertThat(branch.toString()).doesNotContain("localBarrier");
      return super.visitIf(branch, unused);
    }
  }

  /**
   * TornadoVM 5.2 makes one condition of two where both choose between the same whole numbers, and
   * then loses what is negated: {@code a ? 1 : b ? 1 : 0} must not be written.
   */
  @Test
  void choicesBetweenWholeNumbersAreNotNested() {
    for (ClassTree file : files()) {
      kernels(file).values().forEach(kernel -> kernel.accept(new ChoiceRules(), null));
    }
  }

  private static final class ChoiceRules extends TreeScanner<Void, Void> {
    @Override
    public Void visitConditionalExpression(ConditionalExpressionTree choice, Void unused) {
      Set<Tree.Kind> chosen =
          Set.copyOf(List.of(kind(choice.getTrueExpression()), kind(choice.getFalseExpression())));
      assertThat(
              chosen.containsAll(Set.of(Tree.Kind.INT_LITERAL, Tree.Kind.CONDITIONAL_EXPRESSION)))
          .as("%s", choice)
          .isFalse();
      return super.visitConditionalExpression(choice, unused);
    }

    private static Tree.Kind kind(ExpressionTree expression) {
      return expression instanceof ParenthesizedTree inner
          ? kind(inner.getExpression())
          : expression.getKind();
    }
  }

  @Test
  void argumentsAreArraysAndNumbersAndAtMostFifteen() {
    for (ClassTree file : files()) {
      for (MethodTree kernel : kernels(file).values()) {
        assertThat(kernel.getParameters()).hasSizeLessThanOrEqualTo(15);
        assertThat(kernel.getParameters())
            .extracting(parameter -> parameter.getType().toString())
            .isSubsetOf(
                "KernelContext",
                "FloatArray",
                "VectorFloat8",
                "DoubleArray",
                "VectorDouble8",
                "int",
                "float",
                "double");
      }
    }
  }

  /** FPGAs have the portable kernels: no local memory, no barrier, no vectors. */
  @Test
  void portableKernelsAreScalarAndShareNothing() {
    for (ClassTree file : files()) {
      Map<String, MethodTree> kernels = kernels(file);
      String tasks = graph(file, "portable").toString();
      int portable = 0;
      for (MethodTree kernel : kernels.values()) {
        if (tasks.contains("Tornado::" + kernel.getName() + ",")) {
          portable++;
          assertThat(kernel.toString())
              .doesNotContain("KernelContext", "Float8", "Double8", "localBarrier");
        }
      }
      assertThat(portable).isPositive();
    }
  }

  private static final String GRAPH = "Tornado(Double)?Graph";

  private static MethodTree graph(ClassTree file, String layout) {
    return methods(file).stream()
        .filter(method -> method.getName().contentEquals(layout))
        .filter(method -> method.getReturnType().toString().matches(GRAPH))
        .findFirst()
        .orElseThrow();
  }

  private static List<MethodTree> graphs(ClassTree file) {
    return methods(file).stream()
        .filter(method -> String.valueOf(method.getReturnType()).matches(GRAPH))
        .filter(method -> !method.getName().contentEquals("graph"))
        .toList();
  }

  /** TornadoVM runs a kernel with a context in some groups or other if it is not told which. */
  @Test
  void tasksWithAContextAndNoOthersHaveAGrid() {
    int grids = 0;
    for (ClassTree file : files()) {
      for (MethodTree graph : graphs(file)) {
        String text = graph.toString();
        grids += text.split("grids\\.addWorkerGrid\\(", -1).length - 1;
        assertThat(text.split("grids\\.addWorkerGrid\\(", -1))
            .hasSameSizeAs(text.split(", context, ", -1));
      }
    }
    assertThat(grids).isPositive();
  }

  @Test
  void everyTaskRunsAKernelWithItsArgumentsUnderANameOfItsOwn() {
    for (ClassTree file : files()) {
      Map<String, MethodTree> kernels = kernels(file);
      for (MethodTree graph : graphs(file)) {
        Set<String> names = new TreeSet<>();
        graph.accept(
            new TreeScanner<Void, Void>() {
              @Override
              public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
                if (call.getMethodSelect().toString().endsWith(".task")) {
                  List<String> arguments =
                      call.getArguments().stream().map(Object::toString).toList();
                  assertThat(names.add(arguments.getFirst())).isTrue();
                  String kernel = arguments.get(1).replaceFirst(".*::", "");
                  assertThat(kernels.get(kernel).getParameters()).hasSize(arguments.size() - 2);
                }
                return super.visitMethodInvocation(call, unused);
              }
            },
            null);
        assertThat(names).isNotEmpty();
      }
    }
  }
}
