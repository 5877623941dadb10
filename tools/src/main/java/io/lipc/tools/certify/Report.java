package io.lipc.tools.certify;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certification.Evidence;
import io.lipc.certifier.MethodReport;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Quoted;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import io.lipc.tools.command.ClaimWords;
import io.lipc.tools.files.ClaimFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The report about the bound of one model.
 *
 * @param model the file
 * @param examined the network
 * @param outputs those that the bound is about; empty for all
 * @param seconds wall-clock time, the checker's included
 * @param certificate the file that the best certificate was written to
 */
record Report(
    Path model,
    Examined examined,
    List<Integer> outputs,
    double seconds,
    Optional<Path> certificate) {

  /** The version of what {@link #json} prints; docs/json.md has the members. */
  static final int VERSION = 1;

  Report {
    outputs = List.copyOf(outputs);
  }

  private Optional<Certificate> best() {
    return examined.best().map(subject -> subject.certificate());
  }

  /** Whether there is a network to search for; a declaration at fault is none. */
  boolean isAboutNetwork() {
    return examined.certification().isPresent();
  }

  /** The lines about what is proved of a network; empty where nothing is. */
  static Optional<String> sentence(Examined examined) {
    return examined
        .certification()
        .flatMap(
            found ->
                switch (found) {
                  case Certification.Certified certified ->
                      Optional.of(sentence(examined, certified));
                  case Certification.WithoutBound without ->
                      Optional.of(sentence(examined, without));
                  case Certification.Inconclusive _, Certification.Violated _ -> Optional.empty();
                });
  }

  /**
   * One line about a network whose bound is proved, and another one for each other claim.
   *
   * @param certified what is proved of {@code examined}
   */
  static String sentence(Examined examined, Certification.Certified certified) {
    Certificate certificate = certified.subject().certificate();
    String bound =
        String.format(
            Locale.ROOT,
            "%s: %s Lipschitz bound %s by %s (declared %s; certificate checked)",
            examined.network(),
            certificate.lipschitz().norms(),
            certified.upper(),
            Quoted.of(certificate.method()),
            Decimals.plain(certificate.lipschitz().declared()));
    return bound + further(examined, certified.subject(), examined.claims());
  }

  /** The same about a network that claims no bound. */
  static String sentence(Examined examined, Certification.WithoutBound without) {
    List<ProvedClaim> claims = allClaims(examined, without.subject());
    return examined.network()
        + ": no Lipschitz bound is claimed (certificate checked)"
        + further(examined, without.subject(), claims);
  }

  private static String further(Examined examined, Subject network, List<ProvedClaim> claims) {
    ClaimLines lines = lines(network, claims);
    return claims.stream()
        .map(
            claim ->
                "\n"
                    + examined.network()
                    + ": "
                    + ClaimWords.title(claim.kind())
                    + ": "
                    + lines.brief(claim))
        .collect(Collectors.joining());
  }

  private static ClaimLines lines(Subject network, List<ProvedClaim> claims) {
    return new ClaimLines(network, claims.stream().map(ProvedClaim::subject).toList());
  }

  /** Without a bound, the network's own certificate is one of the other claims. */
  private static List<ProvedClaim> allClaims(Examined examined, Subject own) {
    List<ProvedClaim> all = new ArrayList<>();
    if (own.certificate().claim().global().isEmpty()) {
      all.add(new ProvedClaim(own, 0, Optional.empty()));
    }
    all.addAll(examined.claims());
    return all;
  }

  /**
   * The text for people; empty if the declaration is at fault, since its messages say all. Upper
   * bounds are rounded up, lower bounds down.
   */
  Optional<String> text() {
    return examined.certification().map(this::text);
  }

  private String text(Certification certification) {
    List<String> lines = new ArrayList<>();
    String about = outputs.isEmpty() ? "" : ", outputs " + outputs + " alone";
    boolean bounded = certification instanceof Certification.OfBound;
    String norms = bounded ? ", " + examined.norms() : "";
    lines.add("network:  " + examined.network() + norms + about);
    lines.add("answer:   " + answer(certification));
    lines.add("bound:    " + (bounded ? bound(certification) : "none is claimed"));
    lines.addAll(methods(certification.evidence().methods()));
    for (ProvedClaim claim : claims()) {
      String brief = lines(examined.best().orElseThrow(), claims()).brief(claim);
      lines.add(String.format(Locale.ROOT, "%-9s %s", claim.kind().word() + ":", brief));
    }
    certificate.ifPresent(file -> lines.add("certificate: " + file));
    for (ProvedClaim claim : examined.best().map(_ -> examined.claims()).orElse(List.of())) {
      file(claim.kind())
          .ifPresent(
              file ->
                  lines.add("certificate: " + file + ", of " + ClaimWords.subject(claim.kind())));
    }
    lines.add(String.format(Locale.ROOT, "time:     %.3f s", seconds));
    return String.join("\n", lines);
  }

  private String bound(Certification certification) {
    return "in ["
        + certification.evidence().lower()
        + ", "
        + best().map(found -> Decimals.up(found.lipschitz().bound())).orElse("not proved")
        + "]"
        + best()
            .map(found -> " by " + Quoted.of(found.method()) + ", certificate checked")
            .orElse("");
  }

  private List<ProvedClaim> claims() {
    return examined.best().map(own -> allClaims(examined, own)).orElse(List.of());
  }

  /** The file that the certificate of another claim was written to. */
  private Optional<Path> file(ClaimKind kind) {
    boolean own = best().filter(found -> found.claim().kind() == kind).isPresent();
    return certificate.map(file -> own ? file : ClaimFiles.beside(file, kind));
  }

  private static List<String> methods(List<MethodReport> methods) {
    int longest = methods.stream().mapToInt(m -> m.name().length()).max().orElse(0);
    int width = Math.max(14, longest);
    List<String> lines = new ArrayList<>();
    for (MethodReport report : methods) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-" + width + "s %12s   %.3f s%s",
              report.name(),
              report.upper().map(UpperBound::toString).orElse("-"),
              report.seconds(),
              report.failure().map(reason -> "   " + reason).orElse("")));
    }
    return lines;
  }

  private String answer(Certification certification) {
    return switch (certification) {
      case Certification.Certified _, Certification.WithoutBound _ ->
          examined.lacking().orElse("proved");
      case Certification.Inconclusive _ -> "not proved (it may still be true)";
      case Certification.Violated _ -> "false: two inputs exceed the bound";
    };
  }

  /** The object for programs: exact decimals of the doubles, {@code null} for unknown values. */
  JsonObject json() {
    boolean bounded =
        !(examined.certification().orElse(null) instanceof Certification.WithoutBound);
    // Where no bound is asked for, nothing is known of one.
    Optional<Evidence> evidence =
        examined.certification().filter(_ -> bounded).map(Certification::evidence);
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonNumber.of(VERSION));
    members.put("model", new JsonString(model.toString()));
    members.put("network", new JsonString(examined.network()));
    members.put(
        "norm",
        bounded ? new JsonString(examined.norms().toString().replace(" ", "")) : new JsonNull());
    members.put("outputs", outputs.isEmpty() ? new JsonNull() : list(outputs));
    members.put("declared", number(examined.asked().stream().boxed().findFirst()));
    members.put("answer", new JsonString(examined.answer().word()));
    members.put(
        "upper",
        number(best().flatMap(found -> found.claim().global()).map(Claim.Lipschitz::bound)));
    members.put("lower", number(evidence.map(found -> found.lower().value())));
    members.put("method", string(best().map(Certificate::method)));
    members.put("proved", new JsonBoolean(examined.proved()));
    members.put("verified", new JsonBoolean(best().isPresent()));
    members.put("seconds", number(Optional.of(seconds)));
    members.put("certificate", string(certificate.map(Path::toString)));
    for (ClaimKind kind : ClaimKind.further()) {
      Optional<ProvedClaim> claim = claims().stream().filter(one -> one.kind() == kind).findFirst();
      members.put(
          kind.word(),
          claim
              .map(one -> lines(examined.best().orElseThrow(), claims()).json(one))
              .orElse(new JsonNull()));
      members.put(
          kind.word() + "Certificate", string(claim.flatMap(_ -> file(kind)).map(Path::toString)));
      members.putAll(
          claim
              .map(one -> lines(examined.best().orElseThrow(), claims()).more(one.subject()))
              .orElse(ClaimLines.noMore(kind)));
    }
    members.put("methods", methodObjects(evidence.map(Evidence::methods).orElse(List.of())));
    return new JsonObject(members);
  }

  /** The object about one network, for each output alone. */
  static JsonObject json(List<Report> reports) {
    boolean proved = reports.stream().allMatch(report -> report.examined().proved());
    List<JsonValue> each = reports.stream().<JsonValue>map(Report::json).toList();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonNumber.of(VERSION));
    members.put("proved", new JsonBoolean(proved));
    members.put("reports", new JsonArray(each));
    return new JsonObject(members);
  }

  private static JsonValue methodObjects(List<MethodReport> reports) {
    List<JsonValue> methods = new ArrayList<>();
    for (MethodReport report : reports) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members.put("method", new JsonString(report.method().word()));
      members.put("calls", new JsonString(report.calls().name().toLowerCase(Locale.ROOT)));
      members.put("upper", number(report.upper().map(UpperBound::value)));
      members.put("seconds", number(Optional.of(report.seconds())));
      methods.add(new JsonObject(members));
    }
    return new JsonArray(methods);
  }

  private static JsonValue list(List<Integer> numbers) {
    return new JsonArray(numbers.stream().<JsonValue>map(JsonNumber::of).toList());
  }

  private static JsonValue number(Optional<Double> value) {
    return value
        .<JsonValue>map(number -> new JsonNumber(Double.toString(number)))
        .orElse(new JsonNull());
  }

  private static JsonValue string(Optional<String> value) {
    return value.<JsonValue>map(JsonString::new).orElse(new JsonNull());
  }
}
