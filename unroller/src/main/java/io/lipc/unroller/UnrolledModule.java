package io.lipc.unroller;

import java.util.List;

/** A module of lipc for which loops are unrolled. */
enum UnrolledModule {
  LINALG("io.lipc.linalg") {
    @Override
    List<UnrolledClass> classes() {
      return LinearAlgebraClasses.all();
    }
  },
  RUNTIME("io.lipc.runtime") {
    @Override
    List<UnrolledClass> classes() {
      return RuntimeClasses.all();
    }
  };

  private final String packageName;

  UnrolledModule(String packageName) {
    this.packageName = packageName;
  }

  /** Of all of its classes. */
  String packageName() {
    return packageName;
  }

  /** All that is written for it. */
  abstract List<UnrolledClass> classes();
}
