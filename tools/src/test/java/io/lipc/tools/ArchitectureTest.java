package io.lipc.tools;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md that lie within modules or between packages. */
final class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.lipc");

  /** Every package is a slice, the one above others too. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };

  /** Every class of a package that proves bounds is a slice, with the classes inside it. */
  private static final SliceAssignment CLASSES_THAT_PROVE =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return PROVING.contains(type.getPackageName())
              ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "classes of the trusted core";
        }
      };

  /** Left out: `linear`, a sealed family that its parent lists, and `frequency`. */
  private static final Set<String> PROVING =
      Stream.of("checker", "inequality", "positivity", "theory", "activation", "local", "verdict")
          .map("io.lipc.certificate."::concat)
          .collect(Collectors.toSet());

  @Test
  void no_classes_of_the_trusted_core_see_each_other_in_a_circle() {
    slices().assignedFrom(CLASSES_THAT_PROVE).should().beFreeOfCycles().check(CLASSES);
  }

  /** In compiled classes, as what Java has in newer versions (ADR 31). */
  private static final String NEWER = "io.lipc.formats.newer";

  @Test
  void no_packages_see_each_other_in_a_circle() {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void no_room_has_more_than_forty_files() throws IOException {
    Map<Path, Long> rooms = new TreeMap<>();
    for (Path module : modules()) {
      Path sources = module.resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> rooms.merge(sources.relativize(file.getParent()), 1L, Long::sum));
      }
    }
    assertThat(rooms).hasSizeGreaterThan(40);
    assertThat(rooms).allSatisfy((room, files) -> assertThat(files).isLessThanOrEqualTo(40));
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.walk(Path.of(System.getProperty("lipc.root")), 2)) {
      return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java"))).toList();
    }
  }

  @Test
  void the_model_uses_linear_maps_and_formats_and_what_is_at_the_bottom_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage("io.lipc.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.lipc.model..",
            "io.lipc.certificate.linear",
            "io.lipc.formats",
            "io.lipc.queries",
            NEWER,
            "java..",
            "org.jspecify..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("io.lipc.formats")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.lipc.formats", NEWER, "java..", "org.jspecify..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("io.lipc.linalg")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.lipc.linalg", "java..", "jdk.incubator.vector", "org.jspecify..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("io.lipc.device")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.lipc.device", "java..", "org.jspecify..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("io.lipc.charts")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.lipc.charts", "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void weights_and_gradients_are_made_without_the_certifier() {
    noClasses()
        .that()
        .resideInAnyPackage("io.lipc.training.parameterization", "io.lipc.training.autodiff")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.lipc.certifier..")
        .check(CLASSES);
  }

  /** From each room of training to the rooms that it may see. */
  private static final Map<String, Set<String>> TRAINING =
      Map.of(
          "table", Set.of(),
          "batch", Set.of("autodiff"),
          "autodiff", Set.of(),
          "parameterization", Set.of("autodiff"),
          "frozen", Set.of("table"),
          "run", Set.of("table", "batch", "frozen", "autodiff", "parameterization"));

  @Test
  void the_rooms_of_training_see_those_below_them() {
    TRAINING.forEach(
        (room, below) -> {
          String[] others =
              Stream.concat(Stream.of(""), TRAINING.keySet().stream().map(name -> "." + name))
                  .filter(name -> !name.equals("." + room))
                  .filter(name -> name.isEmpty() || !below.contains(name.substring(1)))
                  .map(name -> "io.lipc.training" + name)
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage("io.lipc.training." + room)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .check(CLASSES);
        });
  }

  /**
   * A room that nobody lists would be free to see everything. {@code tornado} is a module of its
   * own, which the enforcer watches.
   */
  @Test
  void all_rooms_of_training_are_listed() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.lipc.training."))
                .map(name -> name.substring("io.lipc.training.".length()))
                .filter(name -> !name.equals("tornado"))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(TRAINING.keySet());
  }

  @Test
  void the_certificate_sees_formats_and_queries_alone() {
    classes()
        .that()
        .resideInAPackage("io.lipc.certificate..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.lipc.certificate..",
            "io.lipc.formats",
            "io.lipc.queries",
            NEWER,
            "java..",
            "org.jspecify..")
        .check(CLASSES);
  }

  /** The checker trusts what reads queries. */
  @Test
  void queries_see_formats_alone() {
    classes()
        .that()
        .resideInAPackage("io.lipc.queries..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.lipc.queries", "io.lipc.formats", NEWER, "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void only_the_adapter_knows_annotation_processing() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.lipc.processor")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.annotation.processing")
        .check(CLASSES);
    // JavaPoet's own API names modifiers by javax.lang.model.
    noClasses()
        .that()
        .resideOutsideOfPackages("io.lipc.processor", "io.lipc.kernels..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.lang.model..")
        .check(CLASSES);
  }

  @Test
  void antlr_stays_in_the_grammar() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.lipc.dsl..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.antlr..")
        .check(CLASSES);
  }

  @Test
  void protobuf_stays_in_its_room_of_onnx_which_knows_no_proofs() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.lipc.onnx.protobuf")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.protobuf..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("io.lipc.onnx..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.lipc.onnx..",
            "io.lipc.model..",
            "io.lipc.certificate.linear",
            "io.lipc.formats",
            NEWER,
            "com.google.protobuf",
            "java..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void the_runtime_knows_no_compiler() {
    noClasses()
        .that()
        .resideInAnyPackage("io.lipc.runtime..", "io.lipc.annotations..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.lipc.model..",
            "io.lipc.certifier..",
            "io.lipc.kernels..",
            "io.lipc.compiler..",
            "io.lipc.processor",
            "io.lipc.dsl..")
        .check(CLASSES);
  }

  @Test
  void kernels_and_grammar_know_no_proofs() {
    noClasses()
        .that()
        .resideInAnyPackage("io.lipc.kernels..", "io.lipc.dsl..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.lipc.certificate",
            "io.lipc.certificate.checker",
            "io.lipc.certificate.positivity",
            "io.lipc.certificate.inequality",
            "io.lipc.certificate.activation",
            "io.lipc.certificate.theory",
            "io.lipc.certifier..")
        .check(CLASSES);
  }

  @Test
  void functions_and_linear_maps_know_no_proofs_and_proofs_of_bounds_know_no_functions() {
    classes()
        .that()
        .resideInAPackage("io.lipc.certificate.function")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.lipc.certificate.activation",
            "io.lipc.certificate.function",
            "io.lipc.certificate.linear",
            NEWER,
            "java..",
            "org.jspecify..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("io.lipc.certificate.linear")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.lipc.certificate.linear", "io.lipc.formats..", NEWER, "java..", "org.jspecify..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("io.lipc.certificate.activation")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.lipc.certificate.activation",
            "io.lipc.certificate.linear",
            "io.lipc.formats..",
            NEWER,
            "java..",
            "org.jspecify..")
        .check(CLASSES);
    // The checker asks enclosures about ranges; what proves bounds knows none.
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.lipc.certificate.positivity",
            "io.lipc.certificate.inequality",
            "io.lipc.certificate.activation",
            "io.lipc.certificate.theory")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.lipc.certificate.function", "io.lipc.certificate.enclosure")
        .check(CLASSES);
  }
}
