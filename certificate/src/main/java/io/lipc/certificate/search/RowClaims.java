package io.lipc.certificate.search;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.verdict.Rejection;
import java.util.List;

/** Claims that rest on a network's derivatives on the parts of a box; nobody has checked them. */
public final class RowClaims {

  private static final String ROWS = "rows";

  private RowClaims() {}

  /**
   * A network with such a claim.
   *
   * @param boxes the parts
   * @param calls how the proof treats the networks that are called
   * @param kind whether the claim is about given weights
   * @throws Rejection if a claim of a box is already that of the network
   */
  public static Subject of(
      Subject network, Claim claim, BoxTree boxes, Grounds.Calls calls, Certificate.Kind kind) {
    Certificate about = network.certificate();
    Proof proof = new Proof(List.of(), List.of(), List.of(), new PositivityWitness.Rows(boxes));
    Grounds grounds =
        switch (kind) {
          case NUMERIC -> new Grounds.GivenWeights(about.tensors(), calls, List.of(proof));
          case STRUCTURAL -> new Grounds.Composition(calls, List.of(proof));
        };
    return FurtherClaims.about(
        network,
        new Certificate(about.network(), about.type(), claim, ROWS, about.units(), grounds));
  }
}
