package io.lipc.certificate;

import io.lipc.certificate.Proof.Gain;
import io.lipc.certificate.Proof.Multiplier;
import io.lipc.certificate.Proof.Segmentation;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Certificates as JSON text: one unit, tensor, multiplier or witness row on a line, all real
 * numbers as hexadecimal floating-point strings, so that no bit is lost and no digit is invented.
 *
 * <p>A certificate has exactly one text, and {@link #read(String)} accepts no other: the digest of
 * the text identifies the certificate.
 */
public final class CertificateText {

  /** The longest text of a certificate that is read, in characters. */
  public static final int MAX_LENGTH = 1 << 28;

  /** The version of the format, which every text states first. */
  static final String FORMAT = "lipc-certificate-1";

  private CertificateText() {}

  /**
   * The text of a certificate, the only one that {@link #read(String)} accepts for it, ending with
   * a line feed.
   */
  public static String write(Certificate certificate) {
    JsonMembers members =
        new JsonMembers()
            .text("format", FORMAT)
            .text("network", ClaimText.name(certificate))
            .word("kind", certificate.kind())
            .word("type", certificate.type());
    ClaimText.numbers(members, certificate.claim())
        .text("method", certificate.method())
        .list("units", certificate.units(), UnitText::write)
        .list("tensors", certificate.tensors(), CertificateText::tensor);
    ClaimText.norms(members, certificate.claim());
    if (certificate.calls() != Grounds.Calls.BOUNDED) {
      members.word("calls", certificate.calls());
    }
    return lines(reasons(members, certificate).object());
  }

  private static JsonMembers reasons(JsonMembers members, Certificate certificate) {
    return switch (certificate.grounds()) {
      case Grounds.Proved proved when proved.proofs().size() > 1 ->
          members.list("proofs", proved.proofs(), CertificateText::proof);
      case Grounds.Proved proved -> proof(members, proved.proofs().getFirst());
      case Grounds.Enclosure(_, Optional<BoxTree> boxes) -> {
        members.text("procedure", CertificateReader.ENCLOSURE);
        yield boxes.map(tree -> boxes(members, tree)).orElse(members);
      }
      case Grounds.LdltConstruction _ ->
          records(members, List.of(), List.of(), List.of())
              .text("procedure", CertificateReader.LDLT_CONSTRUCTION);
    };
  }

  private static JsonValue proof(Proof proof) {
    return proof(new JsonMembers(), proof).object();
  }

  private static JsonMembers proof(JsonMembers members, Proof proof) {
    records(members, proof.gains(), proof.segmentations(), proof.multipliers());
    return witness(members, proof.witness());
  }

  private static JsonMembers records(
      JsonMembers members, List<Gain> gains, List<Segmentation> cuts, List<Multiplier> lambdas) {
    return members
        .list("gains", gains, CertificateText::gain)
        .list("segmentations", cuts, CertificateText::segmentation)
        .list("multipliers", lambdas, CertificateText::multiplier);
  }

  /** The digest of a certificate's text, which identifies the certificate. */
  public static Digest digest(Certificate certificate) {
    return Digest.of(write(certificate).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the certificate that a file is; see {@link #read(String)}.
   *
   * @throws FormatException if its bytes are not UTF-8, or its text is not a certificate's
   */
  public static Certificate read(byte[] file) throws FormatException {
    return read(Utf8.text(file));
  }

  /**
   * The certificate of a text. Whether its numbers make sense is for the checker to say.
   *
   * @throws FormatException if it is not the text of a certificate, to the letter
   */
  public static Certificate read(String text) throws FormatException {
    if (text.length() > MAX_LENGTH) {
      throw new FormatException("a certificate of more than " + MAX_LENGTH + " characters");
    }
    Certificate certificate;
    try {
      certificate = CertificateReader.read(Json.read(text));
    } catch (IllegalArgumentException e) {
      // A record of the certificate that cannot be built from what is written.
      throw new FormatException(String.valueOf(e.getMessage()));
    }
    if (!write(certificate).equals(text)) {
      throw new FormatException("the certificate is not in its canonical form");
    }
    return certificate;
  }

  /** Members on lines of their own, and so the elements of the arrays among them. */
  private static String lines(JsonObject object) {
    List<String> members =
        object.members().entrySet().stream()
            .map(member -> name(member.getKey()) + lines(member.getValue()))
            .toList();
    return "{\n" + String.join(",\n", members) + "\n}\n";
  }

  private static String name(String name) {
    return "  " + Json.write(new JsonString(name)) + ": ";
  }

  private static String lines(JsonValue value) {
    if (value instanceof JsonArray(List<JsonValue> elements) && !elements.isEmpty()) {
      List<String> lines = elements.stream().map(element -> "    " + Json.write(element)).toList();
      return "[\n" + String.join(",\n", lines) + "\n  ]";
    }
    return Json.write(value);
  }

  private static JsonValue tensor(TensorRecord tensor) {
    return new JsonMembers()
        .text("name", tensor.name())
        .integers("shape", tensor.shape())
        .text("digest", tensor.digest().toString())
        .object();
  }

  private static JsonValue gain(Gain gain) {
    JsonMembers members = new JsonMembers().integer("unit", gain.unit()).real("gain", gain.gain());
    return switch (gain.witness()) {
      case Torus torus ->
          torus(members, torus).text("procedure", CertificateReader.VERIFIED_CHOLESKY).object();
      case PositivityWitness matrix -> witness(members, matrix).object();
    };
  }

  private static JsonMembers torus(JsonMembers members, Torus torus) {
    return members.integers("torus", torus.cells()).reals("twist", torus.twist());
  }

  private static JsonValue segmentation(Segmentation cut) {
    return new JsonMembers()
        .integer("unit", cut.unit())
        .integers("lengths", cut.lengths())
        .object();
  }

  private static JsonValue multiplier(Multiplier multiplier) {
    return new JsonMembers()
        .integer("unit", multiplier.unit())
        .word("constraint", multiplier.constraint())
        .reals("values", multiplier.values())
        .object();
  }

  private static JsonMembers witness(JsonMembers members, PositivityWitness witness) {
    return switch (witness) {
      case PositivityWitness.Congruence congruence ->
          members
              .text("procedure", CertificateReader.CONGRUENCE)
              .list("rows", congruence.rows(), CertificateText::row);
      case PositivityWitness.ExactElimination _ ->
          members.text("procedure", CertificateReader.EXACT_ELIMINATION);
      case PositivityWitness.VerifiedCholesky _ ->
          members.text("procedure", CertificateReader.VERIFIED_CHOLESKY);
      case PositivityWitness.AllFrequencies(Torus torus, Optional<Integer> head) -> {
        torus(members.text("procedure", CertificateReader.ALL_FREQUENCIES), torus);
        head.ifPresent(unit -> members.integer("head", unit));
        yield members;
      }
      case PositivityWitness.ElementwiseProduct _ ->
          members.text("procedure", CertificateReader.ELEMENTWISE_PRODUCT);
      case PositivityWitness.Rows(BoxTree boxes) -> {
        members.text("procedure", CertificateReader.ROWS);
        yield boxes instanceof BoxTree.Leaf ? members : boxes(members, boxes);
      }
    };
  }

  private static JsonMembers boxes(JsonMembers members, BoxTree boxes) {
    return members.list("boxes", boxes.words(), JsonString::new);
  }

  private static JsonValue row(List<Long> row) {
    return new JsonString(String.join(" ", row.stream().map(String::valueOf).toList()));
  }
}
