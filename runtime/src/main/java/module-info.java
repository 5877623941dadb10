/** The run-time library of compiled networks; no compiler, no certifier. */
module io.lipc.runtime {
  requires static jdk.incubator.vector;
  requires static org.jspecify;
  requires transitive io.lipc.certificate;

  exports io.lipc.annotations;
  exports io.lipc.annotations.activation;
  exports io.lipc.runtime;
  exports io.lipc.runtime.radius;
}
