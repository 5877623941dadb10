/** Dense linear algebra in doubles, for the certifier's search and for training. */
module io.lipc.linalg {
  requires static org.jspecify;

  exports io.lipc.linalg;
}
