package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.annotations.CertifiedNetwork;
import io.lipc.annotations.Parameterized;
import io.lipc.annotations.Precision;
import io.lipc.annotations.WeightsFile;
import io.lipc.model.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each property can be asked for by an annotation, and each annotation of a type is read. */
final class PropertyAnnotationsTest {

  private static Stream<Class<?>> cases(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses()).flatMap(PropertyAnnotationsTest::cases)
        : Stream.of(family);
  }

  @Test
  void eachPropertyHasItsAnnotation() {
    assertThat(PropertyAnnotations.NAMES)
        .doesNotHaveDuplicates()
        .hasSize((int) cases(Property.class).count());
  }

  @Test
  void theyAreTheAnnotationsOfTypesThatAskForAProof() throws IOException {
    Path sources =
        Path.of(System.getProperty("lipc.root"), "runtime/src/main/java/io/lipc/annotations");
    Set<String> declared = new HashSet<>();
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file).contains("@Target(ElementType.TYPE)")) {
          declared.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    Set<String> others =
        Stream.of(CertifiedNetwork.class, Parameterized.class, Precision.class, WeightsFile.class)
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    assertThat(declared).containsAll(others);
    declared.removeAll(others);
    assertThat(declared).containsExactlyInAnyOrderElementsOf(PropertyAnnotations.NAMES);
  }
}
