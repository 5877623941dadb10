/** Dense linear algebra in doubles, for the certifier's search and for training. */
module io.lipc.linalg {
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports io.lipc.linalg;
}
