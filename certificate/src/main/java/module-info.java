/** The certificate format and the small independent checker: the trusted core. */
module io.lipc.certificate {
  requires static org.jspecify;
  requires transitive io.lipc.formats;
  requires transitive io.lipc.queries;

  exports io.lipc.certificate;
  exports io.lipc.certificate.activation;
  exports io.lipc.certificate.checker;
  exports io.lipc.certificate.enclosure;
  exports io.lipc.certificate.function;
  exports io.lipc.certificate.further;
  exports io.lipc.certificate.linear;
  exports io.lipc.certificate.local;
  exports io.lipc.certificate.margin;
  exports io.lipc.certificate.query;
  exports io.lipc.certificate.search;
  exports io.lipc.certificate.signs;
  exports io.lipc.certificate.verdict;
}
