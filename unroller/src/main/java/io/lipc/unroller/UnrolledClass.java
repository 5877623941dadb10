package io.lipc.unroller;

import static io.lipc.unroller.Code.block;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class of a module, which alone sees it.
 *
 * @param head its declaration, which ends with its name and what it implements
 * @param javadoc what it says of itself, without the marks of a comment
 * @param imports qualified names, in order
 * @param fields its constants or fields; may be empty
 * @param constructor its constructor
 */
record UnrolledClass(
    String name,
    String head,
    String javadoc,
    List<String> imports,
    String fields,
    String constructor,
    List<String> methods) {

  private static final String HEADER =
      """
      // Written by io.lipc.unroller when lipc is built, because what C2 compiles well is long and
      // straight, and because floats and doubles are the same text. Do not change it here: the module
      // `unroller` says it once.
      """;

  /** A class in the package of what calls it, without instances unless it implements something. */
  UnrolledClass(
      String name,
      String implemented,
      String javadoc,
      List<String> imports,
      String constants,
      List<String> methods) {
    this(
        name,
        "final class " + name + (implemented.isEmpty() ? "" : " implements " + implemented),
        javadoc,
        imports,
        constants,
        "private " + name + "() {}\n",
        methods);
  }

  UnrolledClass(
      String name, String javadoc, List<String> imports, String constants, List<String> methods) {
    this(name, "", javadoc, imports, constants, methods);
  }

  /** The path of the class below a folder of sources. */
  String path(String packageName) {
    return packageName.replace('.', '/') + "/" + name + ".java";
  }

  String source(String packageName) {
    String lines =
        imports.stream().map(type -> "import " + type + ";\n").collect(Collectors.joining());
    String members =
        Stream.concat(Stream.of(fields, constructor), methods.stream())
            .filter(member -> !member.isEmpty())
            .collect(Collectors.joining("\n", "\n", ""));
    return HEADER
        + "package "
        + packageName
        + ";\n\n"
        + (lines.isEmpty() ? "" : lines + "\n")
        + Code.javadoc(javadoc)
        + withoutTrailingBlanks(block(head, members));
  }

  /** An empty line is empty, even where it was indented. */
  private static String withoutTrailingBlanks(String text) {
    return text.replaceAll("(?m) +$", "");
  }
}
