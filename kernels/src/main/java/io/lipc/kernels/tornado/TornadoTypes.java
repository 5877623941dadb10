package io.lipc.kernels.tornado;

import com.palantir.javapoet.ClassName;

/** The types of TornadoVM, and of our run time for it, that generated code refers to, by name. */
final class TornadoTypes {

  private static final String API = "uk.ac.manchester.tornado.api";
  private static final String RUNTIME = "io.lipc.runtime.tornado";

  static final ClassName TASK_GRAPH = ClassName.get(API, "TaskGraph");
  static final ClassName PARALLEL = ClassName.get(API + ".annotations", "Parallel");
  static final ClassName TRANSFER = ClassName.get(API + ".enums", "DataTransferMode");
  static final ClassName FLOATS = ClassName.get(API + ".types.arrays", "FloatArray");
  static final ClassName DOUBLES = ClassName.get(API + ".types.arrays", "DoubleArray");
  static final ClassName FLOAT_VECTORS = ClassName.get(API + ".types.collections", "VectorFloat8");
  static final ClassName DOUBLE_VECTORS =
      ClassName.get(API + ".types.collections", "VectorDouble8");
  static final ClassName FLOAT_VECTOR = ClassName.get(API + ".types.vectors", "Float8");
  static final ClassName DOUBLE_VECTOR = ClassName.get(API + ".types.vectors", "Double8");

  static final ClassName CONTEXT = ClassName.get(API, "KernelContext");
  static final ClassName GRIDS = ClassName.get(API, "GridScheduler");
  static final ClassName GRID = ClassName.get(API, "WorkerGrid");
  static final ClassName LINE = ClassName.get(API, "WorkerGrid1D");

  static final ClassName SCHEDULE = ClassName.get(RUNTIME, "Schedule");
  static final ClassName PROGRAM = ClassName.get(RUNTIME, "TornadoProgram");
  static final ClassName GRAPH = ClassName.get(RUNTIME, "TornadoGraph");
  static final ClassName DOUBLE_PROGRAM = ClassName.get(RUNTIME, "TornadoDoubleProgram");
  static final ClassName DOUBLE_GRAPH = ClassName.get(RUNTIME, "TornadoDoubleGraph");

  private TornadoTypes() {}
}
