package io.lipc.unroller;

import java.util.List;

/** A module of lipc for which classes are written. */
enum UnrolledModule {
  LINALG {
    @Override
    List<UnrolledPackage> packages() {
      return List.of(new UnrolledPackage("io.lipc.linalg", LinearAlgebraClasses.all()));
    }
  },
  RUNTIME {
    @Override
    List<UnrolledPackage> packages() {
      return List.of(
          new UnrolledPackage("io.lipc.runtime", RuntimeClasses.scalar()),
          new UnrolledPackage("io.lipc.runtime.vector", RuntimeClasses.vector()),
          new UnrolledPackage("io.lipc.runtime.layout", LayoutTwins.layouts()));
    }
  },
  RUNTIME_TORNADO {
    @Override
    List<UnrolledPackage> packages() {
      return List.of(new UnrolledPackage("io.lipc.runtime.tornado", TornadoClasses.all()));
    }
  };

  /** All that is written for it. */
  abstract List<UnrolledPackage> packages();
}
