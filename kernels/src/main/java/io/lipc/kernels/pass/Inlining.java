package io.lipc.kernels.pass;

import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.UnitKernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Puts the kernels of callees in the place of calls. Buffers of a call to {@code y} get the prefix
 * {@code y/}; tensors and units get the callee's qualified name and a slash as prefix, so two calls
 * of one network share them.
 */
public final class Inlining {

  private final Map<String, KernelGraph> callees;
  private final List<Kernel> kernels = new ArrayList<>();

  private Inlining(Map<String, KernelGraph> callees) {
    this.callees = callees;
  }

  /**
   * {@code graph} without calls; in double precision if it calls a network of that precision.
   *
   * @param callees by qualified name; theirs included
   * @throws IllegalArgumentException if a callee is missing or of another size than its call
   */
  public static KernelGraph inline(KernelGraph graph, Map<String, KernelGraph> callees) {
    Inlining inlining = new Inlining(Map.copyOf(callees));
    inlining.append(graph.kernels(), UnaryOperator.identity(), "", graph.network());
    return new KernelGraph(
        graph.network(),
        inlining.precision(graph),
        graph.input(),
        graph.output(),
        inlining.kernels);
  }

  private ElementType precision(KernelGraph graph) {
    boolean isDouble =
        graph.precision() == ElementType.F64
            || graph.kernels().stream()
                .filter(CallKernel.class::isInstance)
                .map(call -> precision(callee((CallKernel) call, graph.network())))
                .anyMatch(precision -> precision == ElementType.F64);
    return isDouble ? ElementType.F64 : ElementType.F32;
  }

  /**
   * @param buffers from the buffers of the network to those of the result
   * @param owner the prefix of tensors and units
   */
  private void append(
      List<Kernel> body, UnaryOperator<Buffer> buffers, String owner, String network) {
    for (Kernel kernel : body) {
      if (kernel instanceof CallKernel call) {
        append(call, buffers.apply(call.source()), buffers.apply(call.target()), network);
      } else {
        kernels.add(renamed(kernel, buffers, owner));
      }
    }
  }

  private void append(CallKernel call, Buffer source, Buffer target, String caller) {
    KernelGraph callee = callee(call, caller);
    if (callee.output().equals(callee.input())) {
      kernels.add(new CopyKernel(source, target, 0));
      return;
    }
    Map<Buffer, Buffer> ends = new HashMap<>();
    ends.put(callee.input(), source);
    ends.put(callee.output(), target);
    UnaryOperator<Buffer> inner =
        buffer ->
            ends.computeIfAbsent(buffer, b -> new Buffer(target.name() + "/" + b.name(), b.size()));
    append(callee.kernels(), inner, callee.network() + "/", callee.network());
  }

  private KernelGraph callee(CallKernel call, String caller) {
    KernelGraph callee = callees.get(call.network());
    if (callee == null) {
      throw new IllegalArgumentException(
          "network %s calls %s, whose kernels are not given: nothing is known of its derivative"
              .formatted(caller, call.network()));
    }
    if (callee.input().size() != call.source().size()
        || callee.output().size() != call.target().size()) {
      throw new IllegalArgumentException(
          "network %s calls %s from %s to %s, but it goes from %s to %s"
              .formatted(
                  caller,
                  call.network(),
                  call.source(),
                  call.target(),
                  callee.input(),
                  callee.output()));
    }
    return callee;
  }

  private Kernel renamed(Kernel kernel, UnaryOperator<Buffer> buffers, String owner) {
    Kernel moved =
        kernel.over(
            kernel.sources().stream().map(buffers).toList(), buffers.apply(kernel.target()));
    return switch (moved) {
      case GemmKernel gemm -> gemm.ofTensors(owner);
      case UnitKernel certified -> certified.ofCallee(owner);
      default -> moved;
    };
  }
}
