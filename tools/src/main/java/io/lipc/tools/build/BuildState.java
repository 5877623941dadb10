package io.lipc.tools.build;

import io.lipc.compiler.library.CarriedNetworks;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that a run has read and written, by digests. A later run that would read the same
 * files, and finds the written ones as they were left, has nothing to do. Files that were looked up
 * and not found are kept as well, since their appearance changes the result.
 *
 * @param inputs the files that were read: digests, or {@link #ABSENT}, by the name that was asked
 *     for
 * @param outputs digests of the files that were written, by path
 */
record BuildState(SortedMap<String, String> inputs, SortedMap<String, String> outputs) {

  static final String ABSENT = "absent";

  private static final String FILE = "file ";
  private static final String CARRIED = "carried ";

  static BuildState empty() {
    return new BuildState(new TreeMap<>(), new TreeMap<>());
  }

  static String digest(byte[] content) {
    return Digest.of(content).hex();
  }

  /** The state that a run left; empty where there is none, or it cannot be read. */
  static BuildState read(Path file) {
    try {
      if (Json.read(Utf8.text(BoundedFile.readRegular(file)))
          instanceof JsonValue.JsonObject object) {
        return new BuildState(strings(object, "inputs"), strings(object, "outputs"));
      }
    } catch (IOException | FormatException e) {
      // Then everything is compiled, which is right whatever the file says.
    }
    return empty();
  }

  private static SortedMap<String, String> strings(JsonValue.JsonObject object, String field) {
    SortedMap<String, String> strings = new TreeMap<>();
    if (object.members().get(field) instanceof JsonValue.JsonObject map) {
      map.members()
          .forEach(
              (key, value) -> {
                if (value instanceof JsonValue.JsonString string) {
                  strings.put(key, string.value());
                }
              });
    }
    return strings;
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(
        file,
        Json.write(
            new JsonValue.JsonObject(Map.of("inputs", json(inputs), "outputs", json(outputs)))));
  }

  private static JsonValue json(SortedMap<String, String> strings) {
    SortedMap<String, JsonValue> members = new TreeMap<>();
    strings.forEach((key, value) -> members.put(key, new JsonValue.JsonString(value)));
    return new JsonValue.JsonObject(members);
  }

  /** The same look-ups, which are noted down. */
  FileFinder recording(FileFinder files) {
    return new FileFinder() {
      @Override
      public Result find(String packageName, String name) {
        Result result = files.find(packageName, name);
        inputs.put(FILE + packageName + " " + name, answer(result));
        return result;
      }

      @Override
      public List<String> roots() {
        return files.roots();
      }

      @Override
      public String place(String packageName, String name) {
        return files.place(packageName, name);
      }
    };
  }

  /** The same look-ups, which are noted down. */
  CarriedNetworks.Resources recording(CarriedNetworks.Resources resources) {
    return (network, path) -> {
      Optional<byte[]> content = resources.read(network, path);
      inputs.put(CARRIED + network + " " + path, answer(content));
      return content;
    };
  }

  private static String answer(FileFinder.Result result) {
    return switch (result) {
      case FileFinder.Result.Found found ->
          found.resource().orElse("") + " " + digest(found.content());
      case FileFinder.Result.NotFound _ -> ABSENT;
    };
  }

  private static String answer(Optional<byte[]> content) {
    return content.map(BuildState::digest).orElse(ABSENT);
  }

  /** Whether everything that was looked up would be found as it was. */
  boolean findsTheSame(FileFinder files, CarriedNetworks.Resources resources) {
    return inputs.entrySet().stream()
        .allMatch(
            input -> {
              String[] asked = input.getKey().split(" ", 3);
              return switch (asked[0] + " ") {
                case FILE -> answer(files.find(asked[1], asked[2])).equals(input.getValue());
                case CARRIED -> answer(resources.read(asked[1], asked[2])).equals(input.getValue());
                default -> true;
              };
            });
  }
}
