package io.lipc.unroller;

import static io.lipc.unroller.Code.block;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class in the package of a module, which alone sees it: of static methods, unless it implements
 * something.
 *
 * @param implemented the interface, or nothing
 * @param javadoc what it says of itself, without the marks of a comment
 * @param imports qualified names, in order
 * @param constants its fields; may be empty
 */
record UnrolledClass(
    String name,
    String implemented,
    String javadoc,
    List<String> imports,
    String constants,
    List<String> methods) {

  private static final String HEADER =
      """
      // Written by io.lipc.unroller when lipc is built, because what C2 compiles well is long and
      // straight. Do not change it here: the module `unroller` says it once.
      """;

  UnrolledClass(
      String name, String javadoc, List<String> imports, String constants, List<String> methods) {
    this(name, "", javadoc, imports, constants, methods);
  }

  /** Where it lies below a folder of sources. */
  String path(String packageName) {
    return packageName.replace('.', '/') + "/" + name + ".java";
  }

  String source(String packageName) {
    String lines =
        imports.stream().map(type -> "import " + type + ";\n").collect(Collectors.joining());
    String constructor = "private " + name + "() {}\n";
    String supertype = implemented.isEmpty() ? "" : " implements " + implemented;
    String members =
        Stream.concat(Stream.of(constants, constructor), methods.stream())
            .filter(member -> !member.isEmpty())
            .collect(Collectors.joining("\n", "\n", ""));
    return HEADER
        + "package "
        + packageName
        + ";\n\n"
        + (lines.isEmpty() ? "" : lines + "\n")
        + Code.javadoc(javadoc)
        + withoutTrailingBlanks(block("final class " + name + supertype, members));
  }

  /** An empty line is empty, even where it was indented. */
  private static String withoutTrailingBlanks(String text) {
    return text.replaceAll("(?m) +$", "");
  }
}
