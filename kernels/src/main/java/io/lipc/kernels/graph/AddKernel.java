package io.lipc.kernels.graph;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The sum of its sources, from left to right.
 *
 * @param sources two to {@link #MAX_TERMS}; the first may be the target, which is then added to
 */
public record AddKernel(List<Buffer> sources, Buffer target) implements Kernel {
  /** Longer sums are several kernels, so that each stays a short piece of code. */
  public static final int MAX_TERMS = 8;

  public AddKernel {
    sources = List.copyOf(sources);
  }

  /** The sources without the target itself: what is added to keeps its gradient. */
  public List<Buffer> terms() {
    return sources.stream().filter(source -> !source.equals(target)).toList();
  }

  @Override
  public boolean fits() {
    return Kernel.super.fits()
        && sources.size() >= 2
        && sources.size() <= MAX_TERMS
        && sources.lastIndexOf(target) <= 0;
  }

  @Override
  public boolean runsInPlace() {
    return true;
  }

  @Override
  public Kernel over(List<Buffer> others, Buffer other) {
    return new AddKernel(others, other);
  }

  /** {@code d(s) += d(y)} for each of its {@link #terms}. */
  @Override
  public String adjoint() {
    return terms().stream()
        .map(source -> "d(" + source + ") += d(" + target + ")")
        .collect(Collectors.joining("; "));
  }

  @Override
  public String toString() {
    return target
        + " = "
        + sources.stream().map(Buffer::toString).collect(Collectors.joining(" + "));
  }
}
