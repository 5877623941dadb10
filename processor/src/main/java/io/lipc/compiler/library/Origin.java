package io.lipc.compiler.library;

import io.lipc.certificate.ClaimKind;
import io.lipc.compiler.reading.DeclaredIn;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts that a certificate does not state and other builds need: which class runs the network,
 * and where its weights are. It stands beside the certificate and proves nothing.
 *
 * @param generatedClass the qualified name of the generated class
 * @param declaredBy the qualified name of the annotated interface
 * @param weightsResource the path of the weights within the jar, where they are part of it
 * @param loadsAlone whether the generated class has {@code load()} without parameters
 * @param compiler the version of lipc that has made all this; empty where that is not known
 * @param claims the words of what the network asks for beside its bound, in order: a certificate of
 *     each belongs beside its own, or into its weights
 * @param least whether the least bound was searched for, and not the first that is enough
 * @param files that a build compares with the present ones, to see whether all is up to date
 */
public record Origin(
    String generatedClass,
    String declaredBy,
    Optional<String> weightsResource,
    boolean loadsAlone,
    String compiler,
    List<String> claims,
    boolean least,
    DeclaredIn files) {

  public Origin {
    claims = List.copyOf(claims);
  }

  private static final String GENERATED_CLASS = "generatedClass";
  private static final String DECLARED_BY = "declaredBy";
  private static final String WEIGHTS = "weights";
  private static final String LOADS_ALONE = "loadsAlone";
  private static final String COMPILER = "compiler";
  private static final String CLAIMS = "claims";
  private static final String LEAST = "least";
  private static final String SOURCE = "source";
  private static final String TEXT = "text";

  /** The resource that holds the origin of a network; no network has a hyphen in its name. */
  public static String resource(String network) {
    return "META-INF/lipc/" + network + "-origin.json";
  }

  /** The resource that holds the certificate of a network. */
  public static String certificateResource(String network) {
    return ClaimKind.LIPSCHITZ.resource(network);
  }

  /** The resource that holds the weights of a network that was declared by a model. */
  public static String importedWeights(String network) {
    return "META-INF/lipc/" + network + ".safetensors";
  }

  /** The origin as one JSON object. */
  public String toText() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put(GENERATED_CLASS, new JsonValue.JsonString(generatedClass));
    fields.put(DECLARED_BY, new JsonValue.JsonString(declaredBy));
    weightsResource.ifPresent(path -> fields.put(WEIGHTS, new JsonValue.JsonString(path)));
    fields.put(LOADS_ALONE, new JsonValue.JsonBoolean(loadsAlone));
    fields.put(COMPILER, new JsonValue.JsonString(compiler));
    if (!claims.isEmpty()) {
      List<JsonValue> words = claims.stream().<JsonValue>map(JsonValue.JsonString::new).toList();
      fields.put(CLAIMS, new JsonValue.JsonArray(words));
    }
    if (least) {
      fields.put(LEAST, new JsonValue.JsonBoolean(true));
    }
    files.source().ifPresent(digest -> fields.put(SOURCE, word(digest)));
    files.text().ifPresent(digest -> fields.put(TEXT, word(digest)));
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
        isTrue(object, LOADS_ALONE),
        text(object, COMPILER).orElse(""),
        words(object),
        isTrue(object, LEAST),
        new DeclaredIn(digest(object, SOURCE), digest(object, TEXT)));
  }

  private static boolean isTrue(JsonValue.JsonObject object, String field) {
    return object.members().get(field) instanceof JsonValue.JsonBoolean truth && truth.value();
  }

  private static List<String> words(JsonValue.JsonObject object) throws FormatException {
    List<String> words = new ArrayList<>();
    if (object.members().get(CLAIMS) instanceof JsonValue.JsonArray array) {
      for (JsonValue element : array.elements()) {
        if (!(element instanceof JsonValue.JsonString word)) {
          throw new FormatException("the field `" + CLAIMS + "` of the origin is no list of words");
        }
        words.add(word.value());
      }
    }
    return words;
  }

  private static JsonValue word(Digest digest) {
    return new JsonValue.JsonString(digest.toString());
  }

  /** A text that is no digest counts as none, which no digest equals: so all is made again. */
  private static Optional<Digest> digest(JsonValue.JsonObject object, String field) {
    return text(object, field)
        .filter(word -> word.matches("sha256:[0-9a-f]{64}"))
        .map(word -> new Digest(word.substring("sha256:".length())));
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
