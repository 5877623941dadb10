/** File formats that compile time, run time and the checker all read. */
@SuppressWarnings("module") // The modules that see this one come after it.
module io.lipc.formats {
  requires static org.jspecify;

  exports io.lipc.formats;
  exports io.lipc.formats.newer to
      io.lipc.certificate,
      io.lipc.runtime;
}
