package io.lipc.tools.certify;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.formats.Digest;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.OneLine;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.NormWords;
import io.lipc.tools.files.ModelUnits;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The answer of {@code lipc verify} about a certificate.
 *
 * @param network the name of the network, in the model where there is one
 * @param subject the certificate with what it is about; empty where it could not be read whole
 * @param claims the proved claims beside its bound
 * @param asked the claim that the user needs
 * @param reason why it is not enough, as a clause
 * @param tensors how many tensors the file has that carries the certificate; empty where none does
 */
record Verification(
    String network,
    Optional<Subject> subject,
    List<Subject> claims,
    Asked asked,
    Answer answer,
    Optional<String> reason,
    OptionalInt tensors) {

  /** The version of what {@link #json} prints. */
  static final int VERSION = 1;

  enum Answer {
    /** The checker has accepted the certificate, and it proves what is asked for. */
    ACCEPTED,
    /** The checker has accepted the certificate, but it proves another claim. */
    NOT_AS_ASKED,
    /** There is a certificate, but some of its weights or callees are missing. */
    NOT_DECIDED,
    /** The certificate proves nothing about this model. */
    REJECTED;

    /** Whether what the certificate claims is proved, be it what is asked for or something else. */
    boolean isProof() {
      return this == ACCEPTED || this == NOT_AS_ASKED;
    }

    /** The words of the answer, as in {@code not as asked}. */
    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The word that begins a line of text, with its colour. */
    String shown(Colours colours) {
      String shown = words() + ":";
      return switch (this) {
        case ACCEPTED -> colours.success(shown);
        case NOT_AS_ASKED, NOT_DECIDED -> colours.doubt(shown);
        case REJECTED -> colours.fault(shown);
      };
    }
  }

  /**
   * The answer about a certificate that could be read whole, and is about another network, or
   * proves nothing.
   */
  static Verification rejected(String network, Subject subject, Asked asked, String reason) {
    return new Verification(
        network,
        Optional.of(subject),
        List.of(),
        asked,
        Answer.REJECTED,
        Optional.of(reason),
        OptionalInt.empty());
  }

  /** The answer about a certificate that could not be read whole. */
  static Verification of(String network, Asked asked, Answer answer, String reason) {
    return new Verification(
        network,
        Optional.empty(),
        List.of(),
        asked,
        answer,
        Optional.of(reason),
        OptionalInt.empty());
  }

  /** The answer about a certificate that the checker has accepted, with those of other claims. */
  static Verification accepted(String network, Subject subject, List<Subject> claims, Asked asked) {
    Optional<String> reason =
        asked
            .missing(subject.certificate())
            .map(missing -> claim(network, subject) + "; you asked for " + missing);
    Answer answer = reason.isEmpty() ? Answer.ACCEPTED : Answer.NOT_AS_ASKED;
    return new Verification(
        network, Optional.of(subject), claims, asked, answer, reason, OptionalInt.empty());
  }

  /** The same, where the model asks for more than is proved. */
  Verification lacking(String what) {
    return answer == Answer.ACCEPTED
        ? new Verification(
            network,
            subject,
            claims,
            asked,
            Answer.NOT_AS_ASKED,
            subject.map(known -> claim(network, known) + "; " + what),
            tensors)
        : this;
  }

  /**
   * The same, of weights that carry the certificate. They may hold tensors of other networks, about
   * which it says nothing.
   */
  Verification among(int tensors) {
    return new Verification(
        network, subject, claims, asked, answer, reason, OptionalInt.of(tensors));
  }

  /** Whether it is about every value of free parameters, which given weights are none of. */
  boolean isAboutAllWeights() {
    return subject.isPresent() && !subject.get().isEvaluable();
  }

  /** One line for people who know which certificate it is about. */
  String text(Colours colours) {
    return answer.shown(colours)
        + " "
        + reason.or(() -> subject.map(known -> claim(network, known))).orElse(Quoted.of(network))
        + (answer.isProof() ? claimed() + named() : "");
  }

  private String named() {
    return tensors.isEmpty()
        ? ""
        : "; it is about %d of the %d tensors beside it"
            .formatted(subject.orElseThrow().certificate().tensors().size(), tensors.getAsInt());
  }

  private String claimed() {
    ClaimLines lines = new ClaimLines(subject.orElseThrow(), claims);
    return claims.stream().map(claim -> "; " + lines.sentence(claim)).collect(Collectors.joining());
  }

  /** One line of several: it says which certificate it is about. */
  String line(Colours colours) {
    return answer.isProof()
        ? text(colours)
        : answer.shown(colours) + " " + Quoted.of(network) + ": " + reason.orElse("");
  }

  /** The words before another claim than that of a bound. */
  private static String head(String named, Claim claim) {
    return claim.kind() == ClaimKind.QUERY
        ? (named.endsWith(",") ? named.substring(0, named.length() - 1) : named) + ": "
        : named + " claims no Lipschitz bound; ";
  }

  /** The sentence about the proved claim; the bound is rounded up. */
  private static String claim(String network, Subject subject) {
    Certificate certificate = subject.certificate();
    String head =
        Quoted.of(network)
            + (network.equals(certificate.network())
                ? ""
                : ", in the certificate " + Quoted.of(certificate.network()) + ",")
            + ModelUnits.part(certificate).map(part -> ", " + part.words() + ",").orElse("");
    return certificate
            .claim()
            .global()
            .map(bounded -> head + bounded(bounded))
            .orElseGet(
                () ->
                    head(head, certificate.claim())
                        + new ClaimLines(subject, List.of()).sentence(subject))
        + (subject.isEvaluable() ? "" : ", for every value of its free parameters");
  }

  private static String bounded(Claim.Lipschitz claim) {
    return " is "
        + Decimals.up(claim.bound())
        + "-Lipschitz "
        + NormWords.sentence(claim.norms())
        + " (exactly "
        + Double.toHexString(claim.bound())
        + ")";
  }

  /** The object for programs about one certificate. */
  String json(Path certificate, Optional<Path> model) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", new JsonValue.JsonNumber(String.valueOf(VERSION)));
    members.put("certificate", text(certificate.toString()));
    members.put(
        "model",
        model.<JsonValue>map(path -> text(path.toString())).orElse(new JsonValue.JsonNull()));
    members.putAll(members());
    return Json.write(new JsonValue.JsonObject(members));
  }

  /** The members for programs; {@code bound} is null unless it is proved. */
  Map<String, JsonValue> members() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("network", text(OneLine.of(network)));
    members.put("verdict", text(answer.words()));
    members.put("reason", reason.map(Verification::text).orElse(new JsonValue.JsonNull()));
    Optional<Certificate> about = subject.map(Subject::certificate);
    members.put(
        "bound",
        about
            .filter(_ -> answer.isProof())
            .flatMap(certificate -> certificate.claim().global())
            .map(claim -> bound(claim.bound()))
            .orElse(new JsonValue.JsonNull()));
    if (answer.isProof()) {
      ClaimLines lines = new ClaimLines(subject.orElseThrow(), claims);
      about
          .filter(own -> own.claim().global().isEmpty())
          .ifPresent(
              own -> members.put(own.claim().kind().word(), lines.exactly(subject.orElseThrow())));
      for (Subject claim : claims) {
        members.put(claim.certificate().claim().kind().word(), lines.exactly(claim));
        members.putAll(lines.more(claim));
      }
    }
    if (subject.isPresent()) {
      members.put(
          "norms",
          about
              .flatMap(own -> own.claim().global())
              .map(claim -> norms(claim.norms()))
              .orElse(new JsonValue.JsonNull()));
      members.put(
          "outputs",
          ModelUnits.part(about.orElseThrow())
              .map(Verification::outputs)
              .orElse(new JsonValue.JsonNull()));
      members.put("free", new JsonValue.JsonBoolean(!subject.get().isEvaluable()));
      members.put("digests", digestsOfAll(subject.get()));
      tensors.ifPresent(
          count -> members.put("tensors", new JsonValue.JsonNumber(String.valueOf(count))));
    }
    return members;
  }

  /**
   * A bound as JSON: to the bit, and as a decimal. Neither the decimal nor the double nearest to it
   * is below the bound.
   */
  static JsonValue bound(double bound) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("exact", text(Double.toHexString(bound)));
    members.put("decimal", new JsonValue.JsonNumber(Decimals.up(bound)));
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue norms(Norms norms) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("from", text(norms.input().word()));
    members.put("to", text(norms.output().word()));
    return new JsonValue.JsonObject(members);
  }

  /**
   * The digests of the certificate, of its tensors, and of all networks that it calls, directly or
   * not.
   */
  private static JsonValue digestsOfAll(Subject subject) {
    Map<String, JsonValue> members = new LinkedHashMap<>(digests(subject));
    SortedMap<String, JsonValue> callees = new TreeMap<>();
    collect(subject, callees);
    members.put("callees", new JsonValue.JsonObject(callees));
    return new JsonValue.JsonObject(members);
  }

  private static void collect(Subject caller, SortedMap<String, JsonValue> callees) {
    caller
        .callees()
        .forEach(
            (name, callee) -> {
              if (!callees.containsKey(name)) {
                callees.put(name, new JsonValue.JsonObject(digests(callee)));
                collect(callee, callees);
              }
            });
  }

  private static Map<String, JsonValue> digests(Subject subject) {
    SortedMap<String, JsonValue> tensors = new TreeMap<>();
    for (TensorRecord tensor : subject.certificate().tensors()) {
      tensors.put(tensor.name(), digest(tensor.digest()));
    }
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("certificate", digest(subject.digest()));
    members.put("tensors", new JsonValue.JsonObject(tensors));
    return members;
  }

  private static JsonValue digest(Digest digest) {
    return text("sha256:" + digest.hex());
  }

  /** No list where it is about differences, which no reader shall take for outputs. */
  private static JsonValue outputs(ModelUnits.Part part) {
    return switch (part) {
      case ModelUnits.Selected selected -> list(selected.outputs());
      case ModelUnits.Lead lead ->
          new JsonValue.JsonObject(
              Map.of("lead", new JsonValue.JsonNumber(String.valueOf(lead.output()))));
    };
  }

  private static JsonValue list(List<Integer> numbers) {
    return new JsonValue.JsonArray(
        numbers.stream()
            .<JsonValue>map(number -> new JsonValue.JsonNumber(String.valueOf(number)))
            .toList());
  }

  private static JsonValue text(String text) {
    return new JsonValue.JsonString(text);
  }
}
