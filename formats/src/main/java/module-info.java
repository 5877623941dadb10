/** File formats that compile time, run time and the checker all read. */
module io.lipc.formats {
  requires static org.jspecify;

  exports io.lipc.formats;
  // For what the build writes for Java 17: some of it is on module paths without a descriptor.
  exports io.lipc.formats.newer;
}
