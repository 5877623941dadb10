package io.lipc.tools.certify;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.Quoted;
import io.lipc.tools.certify.Verification.Answer;
import io.lipc.tools.command.Colours;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answers of {@code lipc verify} about all certificates of a jar, a folder or a model. */
final class VerificationList {

  private VerificationList() {}

  /** A line for each, and one that counts them. */
  static String text(Path what, List<Verification> all, Colours colours) {
    return Stream.concat(all.stream().map(one -> one.line(colours)), Stream.of(summary(what, all)))
        .collect(Collectors.joining("\n"));
  }

  private static String summary(Path what, List<Verification> all) {
    String counts =
        Stream.of(Answer.values())
            .filter(answer -> count(all, answer) > 0)
            .map(answer -> count(all, answer) + " " + answer.words())
            .collect(Collectors.joining(", "));
    return Quoted.of(what.toString())
        + ": "
        + all.size()
        + (all.size() == 1 ? " network, " : " networks, ")
        + counts;
  }

  private static long count(List<Verification> all, Answer answer) {
    return all.stream().filter(one -> one.answer() == answer).count();
  }

  /** The object for programs. */
  static String json(Path what, List<Verification> all) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("version", new JsonValue.JsonNumber(String.valueOf(Verification.VERSION)));
    members.put("what", new JsonValue.JsonString(what.toString()));
    members.put(
        "networks",
        new JsonValue.JsonArray(
            all.stream().<JsonValue>map(one -> new JsonValue.JsonObject(one.members())).toList()));
    return Json.write(new JsonValue.JsonObject(members));
  }
}
