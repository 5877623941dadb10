package io.lipc.certificate.query;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Subject;
import io.lipc.queries.Query;
import io.lipc.queries.QueryException;
import io.lipc.queries.QueryReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Queries of tests, and claims that no input satisfies them. */
final class Queries {

  private Queries() {}

  /** A query of version 1.0 with these assertions. */
  static Query of(int inputs, int outputs, String... assertions) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inputs; i++) {
      text.append("(declare-const X_").append(i).append(" Real)\n");
    }
    for (int i = 0; i < outputs; i++) {
      text.append("(declare-const Y_").append(i).append(" Real)\n");
    }
    for (String assertion : assertions) {
      text.append("(assert ").append(assertion).append(")\n");
    }
    return read(text.toString());
  }

  static Query read(String text) {
    try {
      return QueryReader.read(new StringReader(text));
    } catch (QueryException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The claim that no input of the network satisfies a query. */
  static Subject claimed(Subject network, Query query, BoxTree boxes) {
    return claimed(
        network, query, new Grounds.Enclosure(network.certificate().tensors(), Optional.of(boxes)));
  }

  static Subject claimed(Subject network, Query query, Grounds grounds) {
    Certificate about = network.certificate();
    Certificate claim =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Unsatisfiable(query),
            "by hand",
            about.units(),
            grounds);
    return new Subject(claim, CertificateText.digest(claim), network.weights(), network.callees());
  }
}
