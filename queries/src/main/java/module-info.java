/** VNN-LIB queries: what they say, and the reader that says it. */
module io.lipc.queries {
  requires static org.jspecify;
  requires transitive io.lipc.formats;

  exports io.lipc.queries;
}
