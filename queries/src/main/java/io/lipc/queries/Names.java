package io.lipc.queries;

/** The declared names of a query. */
interface Names {

  /** Whether a variable or a network has this name. */
  boolean isDeclared(String name);

  /** How texts name an element of a declared tensor. */
  String nameOf(Element element);
}
