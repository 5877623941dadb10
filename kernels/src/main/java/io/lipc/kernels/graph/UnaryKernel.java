package io.lipc.kernels.graph;

import java.util.List;

/** A kernel that reads one buffer. */
public sealed interface UnaryKernel extends Kernel
    permits UnitKernel,
        GemmKernel,
        ElementwiseKernel,
        MaxMinKernel,
        GroupedKernel,
        CenterKernel,
        PoolKernel,
        CallKernel,
        CopyKernel {
  /** The buffer that it reads. */
  Buffer source();

  @Override
  default List<Buffer> sources() {
    return List.of(source());
  }
}
