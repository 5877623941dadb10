package io.lipc.tools.certify;

import io.lipc.certificate.Certificate;
import io.lipc.certifier.Certification;
import io.lipc.certifier.MethodReport;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import io.lipc.tools.certify.Examiner.Examined;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one model's bound.
 *
 * @param model the file
 * @param examined the network
 * @param certification what the certifier found
 * @param seconds wall-clock time, the checker's included
 * @param certificate the file of the best certificate, if any was accepted
 */
record Report(
    Path model,
    Examined examined,
    Certification certification,
    double seconds,
    Optional<Path> certificate) {

  /** The report on a network; empty where its declaration is at fault. */
  static Optional<Report> of(
      Path model, Examined examined, double seconds, Optional<Path> certificate) {
    return examined
        .certification()
        .map(found -> new Report(model, examined, found, seconds, certificate));
  }

  private Optional<Certificate> best() {
    return examined.best().map(subject -> subject.certificate());
  }

  /** One line about a network whose bound is proved. */
  static String sentence(String network, Certification.Certified certified) {
    Certificate certificate = certified.subject().certificate();
    return String.format(
        Locale.ROOT,
        "%s: %s Lipschitz bound %s by %s (declared %s; certificate checked)",
        network,
        certificate.claim().norms(),
        certified.upper(),
        certificate.method(),
        Decimals.plain(certificate.declared()));
  }

  /** For people. Upper bounds are rounded up, lower bounds down. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("network:  " + examined.network() + ", " + examined.norms());
    lines.add("answer:   " + answer());
    String upper = best().map(found -> Decimals.up(found.bound())).orElse("not proved");
    lines.add(
        "bound:    in ["
            + certification.evidence().lower()
            + ", "
            + upper
            + "]"
            + best().map(found -> " by " + found.method() + ", certificate checked").orElse(""));
    List<MethodReport> methods = certification.evidence().methods();
    int longest = methods.stream().mapToInt(m -> m.name().length()).max().orElse(0);
    int width = Math.max(14, longest);
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
    certificate.ifPresent(file -> lines.add("certificate: " + file));
    lines.add(String.format(Locale.ROOT, "time:     %.3f s", seconds));
    return String.join("\n", lines);
  }

  private String answer() {
    return switch (certification) {
      case Certification.Certified _ -> "proved";
      case Certification.Inconclusive _ -> "not proved (it may still be true)";
      case Certification.Violated _ -> "false: two inputs exceed the bound";
    };
  }

  /** For programs: exact decimals of the doubles, {@code null} where nothing is known. */
  String json() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("model", new JsonValue.JsonString(model.toString()));
    members.put("network", new JsonValue.JsonString(examined.network()));
    String norms = examined.norms().toString().replace(" ", "");
    members.put("norm", new JsonValue.JsonString(norms));
    members.put("upper", number(best().map(Certificate::bound)));
    members.put("lower", number(Optional.of(certification.evidence().lower().value())));
    members.put("method", string(best().map(Certificate::method)));
    members.put("proved", new JsonValue.JsonBoolean(examined.proved()));
    members.put("verified", new JsonValue.JsonBoolean(best().isPresent()));
    members.put("seconds", number(Optional.of(seconds)));
    members.put("certificate", string(certificate.map(Path::toString)));
    members.put("methods", methods());
    return Json.write(new JsonValue.JsonObject(members));
  }

  private JsonValue methods() {
    List<JsonValue> methods = new ArrayList<>();
    for (MethodReport report : certification.evidence().methods()) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members.put("method", new JsonValue.JsonString(report.method().word()));
      members.put(
          "calls", new JsonValue.JsonString(report.calls().name().toLowerCase(Locale.ROOT)));
      members.put("upper", number(report.upper().map(UpperBound::value)));
      members.put("seconds", number(Optional.of(report.seconds())));
      methods.add(new JsonValue.JsonObject(members));
    }
    return new JsonValue.JsonArray(methods);
  }

  private static JsonValue number(Optional<Double> value) {
    return value
        .<JsonValue>map(number -> new JsonValue.JsonNumber(Double.toString(number)))
        .orElse(new JsonValue.JsonNull());
  }

  private static JsonValue string(Optional<String> value) {
    return value.<JsonValue>map(JsonValue.JsonString::new).orElse(new JsonValue.JsonNull());
  }
}
