/** The functions of the language as kernels for devices compute them. */
module io.lipc.device {
  requires static org.jspecify;

  exports io.lipc.device;
}
