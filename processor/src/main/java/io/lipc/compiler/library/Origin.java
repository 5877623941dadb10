package io.lipc.compiler.library;

import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a certificate does not say and other builds need: which class runs the network, and where
 * its weights are. It stands beside the certificate and proves nothing.
 *
 * @param generatedClass the qualified name of the generated class
 * @param declaredBy the qualified name of the annotated interface
 * @param weightsResource the path of the weights within the jar, where they are part of it
 * @param loadsAlone whether the generated class has {@code load()} without parameters
 */
public record Origin(
    String generatedClass,
    String declaredBy,
    Optional<String> weightsResource,
    boolean loadsAlone) {

  private static final String GENERATED_CLASS = "generatedClass";
  private static final String DECLARED_BY = "declaredBy";
  private static final String WEIGHTS = "weights";
  private static final String LOADS_ALONE = "loadsAlone";

  /** The resource that holds the origin of a network. */
  public static String resource(String network) {
    return "META-INF/lipc/" + network + ".origin.json";
  }

  /** The resource that holds the certificate of a network. */
  public static String certificateResource(String network) {
    return "META-INF/lipc/" + network + ".json";
  }

  /** The resource that holds the certificate of the pairs of a network's outputs. */
  public static String pairsResource(String network) {
    return "META-INF/lipc/" + network + ".pairs.json";
  }

  /** The resource that holds the weights of a network that was declared by a model. */
  public static String importedWeights(String network) {
    return "META-INF/lipc/" + network + ".safetensors";
  }

  /** As one JSON object. */
  public String toText() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put(GENERATED_CLASS, new JsonValue.JsonString(generatedClass));
    fields.put(DECLARED_BY, new JsonValue.JsonString(declaredBy));
    weightsResource.ifPresent(path -> fields.put(WEIGHTS, new JsonValue.JsonString(path)));
    fields.put(LOADS_ALONE, new JsonValue.JsonBoolean(loadsAlone));
    return Json.write(new JsonValue.JsonObject(fields)) + "\n";
  }

  /**
   * Reads what {@link #toText()} wrote.
   *
   * @throws FormatException if it did not
   */
  public static Origin parse(String text) throws FormatException {
    if (!(Json.read(text) instanceof JsonValue.JsonObject object)) {
      throw new FormatException("an origin is one JSON object");
    }
    return new Origin(
        text(object, GENERATED_CLASS).orElseThrow(() -> missing(GENERATED_CLASS)),
        text(object, DECLARED_BY).orElseThrow(() -> missing(DECLARED_BY)),
        text(object, WEIGHTS),
        object.members().get(LOADS_ALONE) instanceof JsonValue.JsonBoolean alone && alone.value());
  }

  private static Optional<String> text(JsonValue.JsonObject object, String field) {
    return object.members().get(field) instanceof JsonValue.JsonString text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  private static FormatException missing(String field) {
    return new FormatException("the origin has no field `" + field + "`");
  }
}
