/** Networks: layers, shapes, norms, slope bounds, the checks on them, and diagnostics. */
module io.lipc.model {
  requires static org.jspecify;
  requires transitive io.lipc.certificate;

  exports io.lipc.model;
  exports io.lipc.model.activation;
  exports io.lipc.model.check;
  exports io.lipc.model.construction;
  exports io.lipc.model.diagnostic;
}
