package io.lipc.tools.build;

import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Norms;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.Norm;
import io.lipc.tools.command.ClaimWords;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A compiled type that declares a bound, as its class file says: javac writes the annotations there
 * whether or not a processor has seen them.
 *
 * @param name the qualified name in the source; that of the file for a type within a method
 * @param network the name of the network that it declares; empty within a method, where no
 *     processor sees it
 * @param isNetwork whether it is annotated {@code @CertifiedNetwork}
 * @param bound the value of {@code @Lipschitz}, if there is one
 * @param norms between which that bound is declared
 * @param claims what its annotations ask for beside the bound
 * @param hasText whether a text declares the network, which may ask for more
 * @param texts the resources of which the first one that is there declares the network; none where
 *     its methods do
 * @param output which output of a model is the network's, if that was said
 * @param shapes of the inputs of a model, as they were said
 * @param source the name of its source file
 */
record AnnotatedType(
    String name,
    Optional<String> network,
    boolean isNetwork,
    OptionalDouble bound,
    Norms norms,
    Set<ClaimKind> claims,
    boolean hasText,
    List<String> texts,
    Optional<String> output,
    List<String> shapes,
    String source) {

  private static final String NETWORK = "Lio/lipc/annotations/CertifiedNetwork;";
  private static final String BOUND = "Lio/lipc/annotations/Lipschitz;";

  /** All such types below a folder of classes, by file name. */
  static List<AnnotatedType> below(Path classes) throws IOException, InputError {
    List<AnnotatedType> types = new ArrayList<>();
    if (Files.isDirectory(classes)) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(classes)) {
        files = all.filter(AnnotatedType::isClassFile).sorted().toList();
      }
      for (Path file : files) {
        byte[] content = BoundedFile.readRegular(file);
        if (mentions(content, NETWORK) || mentions(content, BOUND)) {
          read(classes.relativize(file), content).ifPresent(types::add);
        }
      }
    }
    return types;
  }

  private static boolean isClassFile(Path file) {
    return file.toString().endsWith(".class") && Files.isRegularFile(file);
  }

  /** Most classes have nothing to do with networks, and need not be parsed. */
  private static boolean mentions(byte[] content, String descriptor) {
    return new String(content, StandardCharsets.ISO_8859_1).contains(descriptor);
  }

  private static Optional<AnnotatedType> read(Path file, byte[] content) throws InputError {
    try {
      return of(ClassFile.of().parse(content));
    } catch (IllegalArgumentException e) {
      throw new InputError(
          "the class file " + file + ", which may declare a network, cannot be read: " + e);
    }
  }

  private static Optional<AnnotatedType> of(ClassModel model) {
    Map<String, Annotation> annotations = new HashMap<>();
    model
        .findAttribute(Attributes.runtimeInvisibleAnnotations())
        .ifPresent(
            found ->
                found.annotations().forEach(a -> annotations.put(a.className().stringValue(), a)));
    Optional<Annotation> network = Optional.ofNullable(annotations.get(NETWORK));
    Optional<Annotation> bound = Optional.ofNullable(annotations.get(BOUND));
    if (network.isEmpty() && bound.isEmpty()) {
      return Optional.empty();
    }
    String binary = model.thisClass().asInternalName();
    int slash = binary.lastIndexOf('/');
    String folder = binary.substring(0, slash + 1);
    Optional<List<String>> simple = simpleNames(binary.substring(slash + 1), binary, model);
    String prefix = folder.replace('/', '.');
    return Optional.of(
        new AnnotatedType(
            prefix
                + simple.map(names -> String.join(".", names)).orElse(binary.substring(slash + 1)),
            simple.map(names -> prefix + String.join("_", names)),
            network.isPresent(),
            bound.flatMap(found -> value(found, "value")).stream()
                .mapToDouble(Double.class::cast)
                .findFirst(),
            new Norms(norm(bound, "from"), norm(bound, "to")),
            claims(annotations),
            hasText(network),
            network
                .flatMap(found -> value(found, "value"))
                .map(String.class::cast)
                .filter(value -> !value.isEmpty())
                .map(value -> folder.isEmpty() ? List.of(value) : List.of(folder + value, value))
                .orElse(List.of()),
            network.flatMap(found -> value(found, "output")).map(String.class::cast),
            network.map(found -> texts(found, "shape")).orElse(List.of()),
            source(model, binary)));
  }

  private static Set<ClaimKind> claims(Map<String, Annotation> annotations) {
    return ClaimKind.further().stream()
        .filter(kind -> annotations.containsKey(descriptor(kind)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ClaimKind.class)));
  }

  /** Annotations are called as the kinds that they ask for: {@code @Pairs}. */
  private static String descriptor(ClaimKind kind) {
    return "Lio/lipc/annotations/" + ClaimWords.annotation(kind) + ";";
  }

  /** Models declare no claims, so that annotations are about them as well. */
  private static boolean hasText(Optional<Annotation> network) {
    return network.flatMap(found -> value(found, "dsl")).isPresent()
        || network
            .flatMap(found -> value(found, "value"))
            .filter(file -> ((String) file).endsWith(".lip"))
            .isPresent();
  }

  /**
   * The simple names from the outermost type to this one; empty where one of them stands within a
   * method.
   */
  private static Optional<List<String>> simpleNames(
      String topLevel, String binary, ClassModel model) {
    Map<String, InnerClassInfo> nested = new HashMap<>();
    model
        .findAttribute(Attributes.innerClasses())
        .ifPresent(
            found ->
                found.classes().forEach(one -> nested.put(one.innerClass().asInternalName(), one)));
    Deque<String> names = new ArrayDeque<>();
    String next = binary;
    for (InnerClassInfo one = nested.get(next); one != null; one = nested.get(next)) {
      if (one.outerClass().isEmpty() || one.innerName().isEmpty()) {
        return Optional.empty();
      }
      names.addFirst(one.innerName().get().stringValue());
      next = one.outerClass().get().asInternalName();
    }
    names.addFirst(names.isEmpty() ? topLevel : next.substring(next.lastIndexOf('/') + 1));
    return Optional.of(List.copyOf(names));
  }

  private static Optional<Object> value(Annotation annotation, String member) {
    return annotation.elements().stream()
        .filter(element -> element.name().equalsString(member))
        .map(AnnotationElement::value)
        .<Object>mapMulti(
            (value, found) -> {
              switch (value) {
                case AnnotationValue.OfDouble number -> found.accept(number.doubleValue());
                case AnnotationValue.OfString text -> found.accept(text.stringValue());
                case AnnotationValue.OfEnum constant ->
                    found.accept(constant.constantName().stringValue());
                default -> {}
              }
            })
        .findFirst();
  }

  /** The strings of a member that is an array of them. */
  private static List<String> texts(Annotation annotation, String member) {
    return annotation.elements().stream()
        .filter(element -> element.name().equalsString(member))
        .map(AnnotationElement::value)
        .flatMap(
            value ->
                value instanceof AnnotationValue.OfArray array
                    ? array.values().stream()
                    : Stream.of(value))
        .map(value -> ((AnnotationValue.OfString) value).stringValue())
        .toList();
  }

  private static Norm norm(Optional<Annotation> bound, String member) {
    return bound
        .flatMap(found -> value(found, member))
        .map(name -> Norm.valueOf((String) name))
        .orElse(Norm.L2);
  }

  private static String source(ClassModel model, String binary) {
    return model
        .findAttribute(Attributes.sourceFile())
        .map(attribute -> attribute.sourceFile().stringValue())
        .orElse(binary + ".class");
  }
}
