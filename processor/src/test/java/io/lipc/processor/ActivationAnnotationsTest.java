package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.annotations.activation.Relu;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One spelling of each activation: the annotations are there, and have the constants' names. */
final class ActivationAnnotationsTest {

  private static Class<?> annotation(String name) throws ClassNotFoundException {
    return Class.forName(Relu.class.getPackageName() + "." + name);
  }

  @Test
  void eachKindHasItsAnnotation() throws ClassNotFoundException {
    for (ActivationKind kind : ActivationKind.values()) {
      Class<?> annotation = annotation(ActivationAnnotations.spelt(kind.word()));
      assertThat(annotation.isAnnotation()).as(kind.word()).isTrue();
      List<String> members =
          Arrays.stream(annotation.getDeclaredMethods()).map(Method::getName).toList();
      assertThat(members)
          .as(kind.word())
          .containsExactlyInAnyOrderElementsOf(ActivationAnnotations.members(kind));
      for (int i = 0; i < kind.parameters().size(); i++) {
        Parameter parameter = kind.parameters().get(i);
        Object usual =
            member(annotation, ActivationAnnotations.members(kind).get(i)).getDefaultValue();
        Optional<Double> number = Optional.ofNullable((Number) usual).map(Number::doubleValue);
        assertThat(number).as(kind.word()).isEqualTo(parameter.usual());
      }
    }
  }

  private static Method member(Class<?> annotation, String name) {
    return Arrays.stream(annotation.getDeclaredMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachAnnotationIsKnown() throws IOException {
    Path sources =
        Path.of(
            System.getProperty("lipc.root"),
            "runtime/src/main/java/io/lipc/annotations/activation");
    try (Stream<Path> files = Files.list(sources)) {
      Set<String> declared =
          files
              .filter(file -> read(file).contains("public @interface"))
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
      assertThat(declared).isEqualTo(ActivationAnnotations.names());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void examplesLieInTheirDomains() {
    for (ActivationKind kind : ActivationKind.values()) {
      assertThat(kind.parameters())
          .allMatch(parameter -> parameter.domain().contains(parameter.example()))
          .allMatch(parameter -> parameter.usual().stream().allMatch(parameter.domain()::contains));
    }
  }
}
