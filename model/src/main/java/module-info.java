/** What a network is: layers, shapes, norms, slope bounds, the checks on them, and diagnostics. */
module io.lipc.model {
  requires static org.jspecify;
  requires transitive io.lipc.certificate;

  exports io.lipc.model;
}
