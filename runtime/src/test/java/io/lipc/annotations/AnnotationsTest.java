package io.lipc.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.annotations.activation.Relu;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotationsTest {

  static List<Class<?>> all() throws IOException, URISyntaxException {
    return Stream.concat(beside(CertifiedNetwork.class).stream(), activations().stream()).toList();
  }

  static List<Class<?>> activations() throws IOException, URISyntaxException {
    return beside(Relu.class);
  }

  /** All annotations of the package of {@code one}. */
  private static List<Class<?>> beside(Class<?> one) throws IOException, URISyntaxException {
    Path folder = Path.of(one.getResource(one.getSimpleName() + ".class").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      List<Class<?>> found =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
              .<Class<?>>map(name -> named(one.getPackageName() + "." + name.replace(".class", "")))
              .filter(Class::isAnnotation)
              .toList();
      assertThat(found).contains(one).hasSizeGreaterThan(20);
      return found;
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void annotationsAreKeptInClassFilesOnly(Class<? extends Annotation> annotation) {
    // Kept, so that an interface of another module can be recognised; not visible at run time.
    assertThat(annotation.getAnnotation(Retention.class).value()).isEqualTo(RetentionPolicy.CLASS);
  }

  @ParameterizedTest
  @MethodSource("all")
  void anAnnotationIsOfTypesOrOfMethods(Class<? extends Annotation> annotation) {
    ElementType[] targets = annotation.getAnnotation(Target.class).value();
    if (List.of(On.class, Trend.class, Slope.class).contains(annotation)) {
      // They stand within other annotations, and nowhere else.
      assertThat(targets).isEmpty();
    } else {
      assertThat(targets).hasSize(1).containsAnyOf(ElementType.TYPE, ElementType.METHOD);
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void activationsAreOfMethods(Class<? extends Annotation> annotation) {
    assertThat(annotation.getAnnotation(Target.class).value()).containsExactly(ElementType.METHOD);
  }
}
