package io.lipc.kernels;

import io.lipc.formats.ElementType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What compilers for FPGAs ask of a kernel that they are to make a circuit of, held against the
 * OpenCL C that TornadoVM writes and against the assembly that clang makes of it. The layout of
 * both texts is that of TornadoVM 5.2 and of LLVM: a statement a line, a brace at the end of a
 * loop's line or on its own.
 *
 * <p>The rules, as the manuals of both vendors state them (Intel's "FPGA SDK for OpenCL: Best
 * Practices", on single pipelines; Xilinx' "Vitis HLS", on loops and on what cannot be
 * synthesised): bounds and steps of loops are constants, so that each becomes a pipeline of known
 * length; within a loop there is one other loop at most, so that the innermost one is the pipeline;
 * no memory is asked for at run time; no function calls itself. Those of lipc's portable schedule
 * are stricter: no local memory and no barriers, no atomics, whole groups of 64 work items, and
 * numbers of one precision alone.
 */
final class SynthesisRules {

  /** TornadoVM's groups on FPGAs. */
  private static final int GROUP = 64;

  private static final Pattern KERNEL = Pattern.compile("__kernel void (\\w+)\\(");
  private static final Pattern LOOP = Pattern.compile("for\\(;(\\w+) < (\\d+);\\)");
  private static final Pattern JUMP = Pattern.compile("\\b(for|while|do|goto)\\b");
  private static final Pattern SHARED =
      Pattern.compile("\\b(barrier|mem_fence|work_group_\\w+|async_\\w+|atomic_\\w+|atom_\\w+)\\(");
  private static final Pattern LOCAL = Pattern.compile("__local|_local_region");
  private static final Pattern DOUBLE = Pattern.compile("\\bdouble\\b");
  private static final Pattern FLOAT = Pattern.compile("\\bfloat\\b");

  private static final Pattern DEFINE = Pattern.compile("^define .*@(\\w+)\\(");
  private static final Pattern CALL = Pattern.compile("\\bcall .*?[@%](\\w+)\\(");
  private static final Pattern SIZED_AT_RUN_TIME = Pattern.compile("\\balloca .*, i(32|64) %");

  private SynthesisRules() {}

  /** A kernel of a text, from its name to its closing brace. */
  record Kernel(String name, List<String> lines) {}

  /** The kernels of a text, in its order. */
  static List<Kernel> kernels(String openCl) {
    List<Kernel> kernels = new ArrayList<>();
    for (String line : openCl.lines().toList()) {
      Matcher head = KERNEL.matcher(line);
      if (head.find()) {
        kernels.add(new Kernel(head.group(1), new ArrayList<>()));
      } else if (!kernels.isEmpty() && !line.startsWith("#")) {
        kernels.getLast().lines().add(line.strip());
      }
    }
    return kernels;
  }

  /**
   * What a text breaks, a line for each; none if it keeps all rules.
   *
   * @param precision the one that all kernels are to compute in
   */
  static List<String> ofText(String openCl, ElementType precision) {
    List<String> broken = new ArrayList<>();
    for (Kernel kernel : kernels(openCl)) {
      for (String line : kernel.lines()) {
        statement(kernel.name(), line, precision, broken);
      }
      loops(kernel, broken);
    }
    return broken;
  }

  private static void statement(
      String kernel, String line, ElementType precision, List<String> broken) {
    if (JUMP.matcher(line).find() && !LOOP.matcher(line).matches()) {
      broken.add(kernel + ": a loop without a constant bound: " + line);
    }
    if (SHARED.matcher(line).find() || LOCAL.matcher(line).find()) {
      broken.add(kernel + ": work items that share something: " + line);
    }
    if (line.contains(kernel + "(")) {
      broken.add(kernel + ": it calls itself: " + line);
    }
    numbers(kernel, line, precision, broken);
  }

  private static void numbers(
      String kernel, String line, ElementType precision, List<String> broken) {
    switch (precision) {
      case F32 -> {
        if (DOUBLE.matcher(line).find()) {
          broken.add(kernel + ": doubles: " + line);
        }
      }
      case F64 -> {
        if (FLOAT.matcher(line).find()) {
          broken.add(kernel + ": floats: " + line);
        }
      }
    }
  }

  /** A loop that has begun, with how many loops are directly within it so far. */
  private static final class Open {
    final String variable;
    final int first;
    int within;

    Open(String variable, int first) {
      this.variable = variable;
      this.first = first;
    }
  }

  private static void loops(Kernel kernel, List<String> broken) {
    Deque<Object> braces = new ArrayDeque<>();
    String pending = "";
    for (int i = 0; i < kernel.lines().size(); i++) {
      String line = kernel.lines().get(i);
      Matcher loop = LOOP.matcher(line);
      if (loop.matches()) {
        pending = loop.group(1);
        if (innermost(braces).isEmpty() && Integer.parseInt(loop.group(2)) % GROUP != 0) {
          broken.add(kernel.name() + ": work items that fill no groups of 64: " + line);
        }
        innermost(braces).forEach(open -> open.within++);
      } else if (line.startsWith("{")) {
        braces.push(pending.isEmpty() ? line : new Open(pending, i));
        pending = "";
      } else if (line.startsWith("}") && !braces.isEmpty() && braces.pop() instanceof Open ended) {
        ended(kernel, ended, i, broken);
      }
    }
  }

  private static List<Open> innermost(Deque<Object> braces) {
    return braces.stream().filter(Open.class::isInstance).map(Open.class::cast).limit(1).toList();
  }

  private static void ended(Kernel kernel, Open loop, int last, List<String> broken) {
    if (loop.within > 1) {
      broken.add(kernel.name() + ": several loops side by side in the loop of " + loop.variable);
    }
    List<String> body = kernel.lines().subList(loop.first, last);
    if (!isCounted(loop.variable, body, kernel.lines())) {
      broken.add(kernel.name() + ": a loop without a constant step: " + loop.variable);
    }
  }

  /** Its variable is set once, to itself and a number more, or the number of all work items. */
  private static boolean isCounted(String variable, List<String> body, List<String> kernel) {
    String value = variable;
    for (int copies = 0; copies < body.size() && value.matches("\\w+"); copies++) {
      List<String> values = assigned(value, body);
      if (values.size() != 1) {
        return false;
      }
      value = values.getFirst();
    }
    List<String> terms = new ArrayList<>(List.of(value.split(" \\+ ", -1)));
    return terms.size() == 2
        && terms.remove(variable)
        && (terms.getFirst().matches("[1-9]\\d*")
            || assigned(terms.getFirst(), kernel).equals(List.of("get_global_size(0)")));
  }

  private static List<String> assigned(String variable, List<String> lines) {
    String start = variable + "  =  ";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).replaceFirst(";$", ""))
        .toList();
  }

  /**
   * What clang's assembly shows and the text may hide: constants that make an expression one of
   * another precision, functions that are called, memory whose size is known at run time only.
   *
   * @param functions of OpenCL, as clang writes their names, that circuits have
   */
  static List<String> ofAssembly(String llvm, ElementType precision, Set<String> functions) {
    List<String> broken = new ArrayList<>();
    String kernel = "";
    for (String line : llvm.lines().toList()) {
      Matcher define = DEFINE.matcher(line);
      if (define.find()) {
        kernel = define.group(1);
        continue;
      }
      Matcher call = CALL.matcher(line);
      if (call.find() && !functions.contains(call.group(1))) {
        broken.add(kernel + ": a call of " + call.group(1));
      }
      if (SIZED_AT_RUN_TIME.matcher(line).find()) {
        broken.add(kernel + ": memory of a size that is not constant: " + line.strip());
      }
      if (line.startsWith("  ") && line.contains("addrspace(3)")) {
        broken.add(kernel + ": local memory: " + line.strip());
      }
      if (line.startsWith("  ")) {
        numbers(kernel, line.strip(), precision, broken);
      }
    }
    return broken;
  }
}
