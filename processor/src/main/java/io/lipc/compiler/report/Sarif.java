package io.lipc.compiler.report;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.model.diagnostic.DiagnosticId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Diagnostics as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code hosts
 * and editors show beside the source.
 */
final class Sarif {

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private Sarif() {}

  /**
   * @param base where the pages of rules are published, if they are
   */
  static String of(List<Reported> all, Optional<HelpBase> base) {
    List<DiagnosticId> ids =
        all.stream().map(reported -> reported.diagnostic().id()).distinct().sorted().toList();
    JsonObject run =
        object(
            "tool", object("driver", driver(ids, base)),
            "columnKind", string("unicodeCodePoints"),
            "results",
                new JsonArray(
                    all.stream().<JsonValue>map(reported -> result(reported, ids)).toList()));
    return Json.write(
        object(
            "$schema", string(SCHEMA),
            "version", string("2.1.0"),
            "runs", new JsonArray(List.of(run))));
  }

  private static JsonValue driver(List<DiagnosticId> ids, Optional<HelpBase> base) {
    return object(
        "name",
        string("lipc"),
        "rules",
        new JsonArray(ids.stream().<JsonValue>map(id -> rule(id, base)).toList()));
  }

  /**
   * The rule of an error id, with its whole page, so that it can be read where lipc is not
   * installed.
   */
  private static JsonObject rule(DiagnosticId id, Optional<HelpBase> base) {
    JsonValue page = string(Pages.of(id).orElse(id.word()));
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("id", string(id.word()));
    members.put("shortDescription", object("text", string(Pages.title(id))));
    members.put("help", object("text", page, "markdown", page));
    base.ifPresent(known -> members.put("helpUri", string(known.page(id).toString())));
    members.put("defaultConfiguration", object("level", string(id.severity().word())));
    return new JsonObject(members);
  }

  private static JsonObject result(Reported reported, List<DiagnosticId> ids) {
    DiagnosticId id = reported.diagnostic().id();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("ruleId", string(id.word()));
    members.put("ruleIndex", JsonNumber.of(ids.indexOf(id)));
    members.put("level", string(id.severity().word()));
    members.put("message", object("text", string(reported.diagnostic().message())));
    Map<String, JsonValue> location = new LinkedHashMap<>();
    reported.location().ifPresent(at -> location.put("physicalLocation", physical(at)));
    reported.network().ifPresent(name -> location.put("logicalLocations", logical(name)));
    if (!location.isEmpty()) {
      members.put("locations", new JsonArray(List.of(new JsonObject(location))));
    }
    return new JsonObject(members);
  }

  private static JsonValue physical(Reported.Location at) {
    JsonValue artifact = object("uri", string(uri(at.file())));
    return at.line() < 1
        ? object("artifactLocation", artifact)
        : object(
            "artifactLocation",
            artifact,
            "region",
            object(
                "startLine", JsonNumber.of(at.line()),
                "startColumn", JsonNumber.of(at.column())));
  }

  private static JsonValue logical(String network) {
    return new JsonArray(
        List.of(object("fullyQualifiedName", string(network), "kind", string("type"))));
  }

  /** A path as a reference; an absolute one is of a file on this machine. */
  static String uri(String file) {
    StringBuilder uri = new StringBuilder(file.startsWith("/") ? "file://" : "");
    for (byte b : file.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && (Character.isLetterOrDigit(b) || "-._~/".indexOf(b) >= 0)) {
        uri.append((char) b);
      } else {
        uri.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return uri.toString();
  }

  private static JsonValue string(String text) {
    return new JsonString(text);
  }

  private static JsonObject object(Object... members) {
    Map<String, JsonValue> byName = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      byName.put((String) members[i], (JsonValue) members[i + 1]);
    }
    return new JsonObject(byName);
  }
}
