package io.lipc.compiler.report;

import io.lipc.formats.AtomicFile;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostic.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All diagnostics of one compilation as a file for programs: JSON, or SARIF 2.1.0 where its name
 * ends in {@code .sarif}.
 */
public final class DiagnosticFile {

  /** The version of what {@link #json} gives; docs/json.md has the members. */
  private static final int VERSION = 1;

  private DiagnosticFile() {}

  /**
   * Writes the file as a whole: of several compilations that name the same one, the last to end
   * wins.
   *
   * @param base where the pages about diagnostics are published, for SARIF, whose rules name them
   * @throws IOException if it cannot be written; then an earlier file is as it was
   */
  public static void write(Path file, List<Reported> all, Optional<HelpBase> base)
      throws IOException {
    if (file.toString().endsWith(".sarif")) {
      writeSarif(file, all, base);
    } else {
      write(file, json(all));
    }
  }

  /** Writes like {@link #write}, but SARIF whatever the name is. */
  public static void writeSarif(Path file, List<Reported> all, Optional<HelpBase> base)
      throws IOException {
    write(file, Sarif.of(all, base));
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    AtomicFile.write(file, text + "\n");
  }

  /** One JSON object, {@code {"version": 1, "diagnostics": [...]}}, on one line. */
  public static String json(List<Reported> all) {
    JsonArray diagnostics =
        new JsonArray(all.stream().<JsonValue>map(DiagnosticFile::object).toList());
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", JsonNumber.of(VERSION));
    members.put("diagnostics", diagnostics);
    return Json.write(new JsonObject(members));
  }

  private static JsonObject object(Reported reported) {
    Diagnostic diagnostic = reported.diagnostic();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("id", new JsonString(diagnostic.id().word()));
    members.put("severity", new JsonString(diagnostic.severity().word()));
    members.put("message", new JsonString(diagnostic.summary()));
    members.put("required", texts(diagnostic, Label.REQUIRED));
    members.put("found", texts(diagnostic, Label.FOUND));
    members.put("reason", texts(diagnostic, Label.REASON));
    members.put("table", texts(diagnostic, Label.TABLE));
    members.put("notes", texts(diagnostic, Label.NOTE));
    members.put("helps", texts(diagnostic, Label.HELP));
    reported.network().ifPresent(network -> members.put("network", new JsonString(network)));
    reported
        .location()
        .ifPresent(
            location -> {
              members.put("file", new JsonString(location.file()));
              members.put("line", JsonNumber.of(location.line()));
              members.put("column", JsonNumber.of(location.column()));
            });
    return new JsonObject(members);
  }

  private static JsonArray texts(Diagnostic diagnostic, Label label) {
    return new JsonArray(
        diagnostic.lines().stream()
            .filter(line -> line.label() == label)
            .<JsonValue>map(line -> new JsonString(line.text()))
            .toList());
  }
}
