package io.lipc.processor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The names of networks, given the interfaces that declare them. */
final class Names {

  private Names() {}

  /**
   * The qualified name of the network that {@code type} declares: its package and its simple name;
   * a nested interface is called {@code Outer_Inner}, since what is generated is a top-level class.
   */
  static String network(TypeElement type, Elements elements) {
    List<String> simple = new ArrayList<>();
    for (Element e = type;
        e instanceof TypeElement;
        e = Objects.requireNonNull(e.getEnclosingElement())) {
      simple.add(e.getSimpleName().toString());
    }
    Collections.reverse(simple);
    String packageName = packageName(type, elements);
    String name = String.join("_", simple);
    return packageName.isEmpty() ? name : packageName + "." + name;
  }

  static String packageName(TypeElement type, Elements elements) {
    return elements.getPackageOf(type).getQualifiedName().toString();
  }

  static String simpleName(String network) {
    return network.substring(network.lastIndexOf('.') + 1);
  }

  /** The doc comment without its margin; empty where there is none. */
  static String documentation(TypeElement type, Elements elements) {
    String comment = elements.getDocComment(type);
    return comment == null
        ? ""
        : comment.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
  }
}
