package io.lipc.queries;

/** The kinds of refusals of queries, each with the word that messages show. */
public enum QueryFault {
  /** The text has not the form of a query. */
  SYNTAX("query-syntax"),
  /** An operator that VNN-LIB does not have, or that stands in the wrong place. */
  OPERATOR("query-operator"),
  /** A product of two expressions that both depend on variables. */
  NONLINEAR("query-nonlinear"),
  /** A shape that is not one, or indices that do not fit it. */
  SHAPE("query-shape"),
  /** An element type that is not supported, or two types where one is needed. */
  TYPE("query-type"),
  /** A name that is not declared, is declared twice, or is not a name. */
  NAME("query-name"),
  /** An input without a lower or an upper bound. */
  UNBOUNDED("query-unbounded"),
  /** A number that is not one, or is out of range. */
  NUMBER("query-number"),
  /** A limit of the reader is exceeded. */
  TOO_LARGE("query-too-large"),
  /** A declaration of a network that does not agree with the network to which it refers. */
  NETWORK("query-network"),
  /** A version of VNN-LIB, or a part of a version, that is not supported. */
  VERSION("query-version");

  private final String word;

  QueryFault(String word) {
    this.word = word;
  }

  /** The word that messages show, such as {@code query-shape}. */
  public String word() {
    return word;
  }
}
