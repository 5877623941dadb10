package io.lipc.certificate.further;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.ScaledUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.Optional;

/** Holds certificates of claims beside a network's bound against the network. */
public final class FurtherClaims {

  private FurtherClaims() {}

  /**
   * A certificate with all that it is about; whether it is true is for the checker to say.
   *
   * @param network with everything that it is about
   * @param further a certificate of another claim, of which nothing is known
   * @throws Rejection if it is not about that network, or claims its bound once more
   */
  public static Subject about(Subject network, Certificate further) {
    return switch (further.claim()) {
      case Claim.Lipschitz _ ->
          throw new Rejection(Reason.MALFORMED, "a bound of the network itself, beside its own");
      case Claim.Scaled _ -> ofTheUnits(network, further, "a scaled bound");
      case Claim.Range _ -> ofTheUnits(network, further, "a range");
      case Claim.Unsatisfiable _ -> ofTheUnits(network, further, "a query");
      case Claim.Local _ -> ofTheUnits(network, further, "a local bound");
      case Claim.Monotone _ -> ofTheUnits(network, further, "a claim of monotonicity");
      case Claim.Slopes _ -> ofTheUnits(network, further, "bounds of single inputs");
      case Claim.Pairs _ -> PairBounds.claimed(network, further).subject();
    };
  }

  /**
   * The same for a network whose file of weights may hold the units of its inputs.
   *
   * @param file all tensors of that file, as they are stored
   * @throws Rejection as {@link #about(Subject, Certificate)}
   */
  public static Subject about(Subject network, Certificate further, Weights file) {
    Optional<String> named =
        further.claim() instanceof Claim.OfUnits claim
            ? claim.measured().flatMap(InputScale::named)
            : Optional.empty();
    List<Tensor> units = named.flatMap(file::tensor).stream().toList();
    return about(network.beside(Weights.of(units)), further);
  }

  /**
   * The same for a certificate that was checked before: what it calls the units of inputs after is
   * compared with the file.
   *
   * @throws Rejection if the file has no such tensor, or it has other numbers
   */
  public static Subject named(Subject network, Certificate further, Weights file) {
    Subject subject = about(network, further, file);
    ScaledUnits.requireNamed(subject);
    return subject;
  }

  /** About the very units and tensors of the network. */
  private static Subject ofTheUnits(Subject network, Certificate further, String what) {
    Certificate about = network.certificate();
    boolean same =
        about.network().equals(further.network())
            && about.claim().kind() != further.claim().kind()
            && about.type() == further.type()
            && about.units().equals(further.units())
            && about.tensors().equals(further.tensors());
    Rejection.unless(same, Reason.MALFORMED, what + " of another network, or once more");
    return new Subject(
        further, CertificateText.digest(further), network.weights(), network.callees());
  }

  /**
   * The same, accepted by the checker.
   *
   * @throws Rejection if it is not about that network, or the checker rejects it
   */
  public static Subject checked(Subject network, Certificate further) {
    Subject subject = about(network, further);
    if (CertificateChecker.check(subject) instanceof Verdict.Rejected rejected) {
      throw new Rejection(rejected.reason(), rejected.detail());
    }
    return subject;
  }
}
