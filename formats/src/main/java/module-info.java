/** File formats that compile time, run time and the checker all read. */
module io.lipc.formats {
  requires static org.jspecify;

  exports io.lipc.formats;
}
