package io.lipc.certificate;

import io.lipc.certificate.Grounds.Calls;
import io.lipc.certificate.Proof.Gain;
import io.lipc.certificate.Proof.Multiplier;
import io.lipc.certificate.Proof.Segmentation;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The inverse of what {@link CertificateText} writes. */
final class CertificateReader {

  static final String CONGRUENCE = "congruence";
  static final String EXACT_ELIMINATION = "exact elimination";
  static final String VERIFIED_CHOLESKY = "verified cholesky";
  static final String LDLT_CONSTRUCTION = "ldlt construction";
  static final String ALL_FREQUENCIES = "all frequencies";
  static final String ELEMENTWISE_PRODUCT = "elementwise product";
  static final String ROWS = "rows";
  static final String ENCLOSURE = "enclosure";

  /** An integer of up to 18 digits, which a long holds. */
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private CertificateReader() {}

  static Certificate read(JsonValue value) throws FormatException {
    JsonFields fields = JsonFields.of("the certificate", value);
    String format = fields.text("format");
    if (!format.equals(CertificateText.FORMAT)) {
      throw fields.fault("format", format);
    }
    String name = fields.text("network");
    Certificate.Kind kind = fields.word("kind", Certificate.Kind.class);
    Certificate certificate =
        new Certificate(
            ClaimText.network(name),
            fields.word("type", ElementType.class),
            ClaimText.read(name, fields),
            fields.text("method"),
            fields.list("units", UnitText::read),
            grounds(fields, kind));
    fields.end();
    return certificate;
  }

  /** Members that another kind of grounds would have are left over, and refused at the end. */
  private static Grounds grounds(JsonFields fields, Certificate.Kind kind) throws FormatException {
    List<TensorRecord> tensors = fields.list("tensors", CertificateReader::tensor);
    boolean structural = kind == Certificate.Kind.STRUCTURAL;
    if (structural && !tensors.isEmpty()) {
      throw fields.unfit("tensors", "given, as this certificate is about every value of weights");
    }
    if (structural && fields.is("procedure", LDLT_CONSTRUCTION)) {
      for (String records : List.of("gains", "segmentations", "multipliers")) {
        if (!fields.list(records, value -> value).isEmpty()) {
          throw fields.unfit(records, "given, as a construction brings its own");
        }
      }
      fields.text("procedure");
      return new Grounds.LdltConstruction();
    }
    if (!structural && fields.is("procedure", ENCLOSURE)) {
      fields.text("procedure");
      return new Grounds.Enclosure(tensors, boxes(fields));
    }
    Calls calls = calls(fields);
    List<Proof> proofs = proofs(fields);
    return structural
        ? new Grounds.Composition(calls, proofs)
        : new Grounds.GivenWeights(tensors, calls, proofs);
  }

  /** How calls are read; by their bounds if the text does not say. */
  private static Calls calls(JsonFields fields) throws FormatException {
    return fields.has("calls") ? fields.word("calls", Calls.class) : Calls.BOUNDED;
  }

  private static List<Proof> proofs(JsonFields fields) throws FormatException {
    if (!fields.has("proofs")) {
      return List.of(proof(fields));
    }
    List<Proof> proofs = fields.list("proofs", CertificateReader::proof);
    if (proofs.isEmpty()) {
      throw fields.unfit("proofs", "nothing");
    }
    return proofs;
  }

  private static Proof proof(JsonValue value) throws FormatException {
    JsonFields fields = JsonFields.of("a proof", value);
    Proof proof = proof(fields);
    fields.end();
    return proof;
  }

  private static Proof proof(JsonFields fields) throws FormatException {
    return new Proof(
        fields.list("gains", CertificateReader::gain),
        fields.list("segmentations", CertificateReader::segmentation),
        fields.list("multipliers", CertificateReader::multiplier),
        witness(fields));
  }

  private static TensorRecord tensor(JsonValue value) throws FormatException {
    JsonFields fields = JsonFields.of("a tensor", value);
    TensorRecord tensor =
        new TensorRecord(fields.text("name"), fields.integers("shape"), digest(fields, "digest"));
    fields.end();
    return tensor;
  }

  static Digest digest(JsonFields fields, String name) throws FormatException {
    String text = fields.text(name);
    String prefix = "sha256:";
    if (text.startsWith(prefix) && Digest.isValid(text.substring(prefix.length()))) {
      return new Digest(text.substring(prefix.length()));
    }
    throw fields.fault(name, text);
  }

  private static Gain gain(JsonValue value) throws FormatException {
    JsonFields fields = JsonFields.of("a gain", value);
    int unit = fields.integer("unit");
    double gain = fields.real("gain");
    GainWitness witness = fields.has("torus") ? gainTorus(fields) : witness(fields);
    fields.end();
    return new Gain(unit, gain, witness);
  }

  private static Torus gainTorus(JsonFields fields) throws FormatException {
    if (!fields.is("procedure", VERIFIED_CHOLESKY)) {
      throw fields.fault("procedure", fields.text("procedure"));
    }
    fields.text("procedure");
    return torus(fields);
  }

  private static Torus torus(JsonFields fields) throws FormatException {
    return new Torus(fields.integers("torus"), fields.reals("twist"));
  }

  private static PositivityWitness allFrequencies(JsonFields fields) throws FormatException {
    Torus torus = torus(fields);
    Optional<Integer> head =
        fields.has("head") ? Optional.of(fields.integer("head")) : Optional.empty();
    return new PositivityWitness.AllFrequencies(torus, head);
  }

  private static Optional<BoxTree> boxes(JsonFields fields) throws FormatException {
    return fields.has("boxes")
        ? Optional.of(BoxTree.of(fields.list("boxes", word -> fields.asText("boxes", word))))
        : Optional.empty();
  }

  private static Segmentation segmentation(JsonValue value) throws FormatException {
    JsonFields fields = JsonFields.of("a segmentation", value);
    Segmentation cut = new Segmentation(fields.integer("unit"), fields.integers("lengths"));
    fields.end();
    return cut;
  }

  private static Multiplier multiplier(JsonValue value) throws FormatException {
    JsonFields fields = JsonFields.of("a multiplier", value);
    Multiplier multiplier =
        new Multiplier(
            fields.integer("unit"),
            fields.word("constraint", Proof.Constraint.class),
            fields.reals("values"));
    fields.end();
    return multiplier;
  }

  private static PositivityWitness witness(JsonFields fields) throws FormatException {
    String procedure = fields.text("procedure");
    return switch (procedure) {
      case CONGRUENCE ->
          new PositivityWitness.Congruence(
              fields.list("rows", row -> row(fields, fields.asText("rows", row))));
      case EXACT_ELIMINATION -> new PositivityWitness.ExactElimination();
      case VERIFIED_CHOLESKY -> new PositivityWitness.VerifiedCholesky();
      case ALL_FREQUENCIES -> allFrequencies(fields);
      case ELEMENTWISE_PRODUCT -> new PositivityWitness.ElementwiseProduct();
      case ROWS -> new PositivityWitness.Rows(boxes(fields).orElse(new BoxTree.Leaf()));
      default -> throw fields.fault("procedure", procedure);
    };
  }

  private static List<Long> row(JsonFields fields, String text) throws FormatException {
    List<Long> row = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      if (!INTEGER.matcher(word).matches()) {
        throw fields.fault("rows", word);
      }
      row.add(Long.parseLong(word));
    }
    return row;
  }
}
