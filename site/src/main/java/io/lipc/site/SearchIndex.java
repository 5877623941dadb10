package io.lipc.site;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every section of every page. A script, since pages that are opened as files may load no other
 * data.
 */
final class SearchIndex {

  private SearchIndex() {}

  static String script(Pages pages) {
    List<JsonValue> sections = new ArrayList<>();
    for (Page page : pages.pages().values()) {
      for (Page.Section section : page.sections()) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        String fragment = section.anchor().isEmpty() ? "" : "#" + section.anchor();
        members.put("url", new JsonString(page.target() + fragment));
        members.put("page", new JsonString(page.title()));
        members.put("heading", new JsonString(section.heading()));
        members.put("text", new JsonString(section.text()));
        sections.add(new JsonObject(members));
      }
    }
    return "const sections = " + Json.write(new JsonArray(sections)) + ";\n";
  }
}
