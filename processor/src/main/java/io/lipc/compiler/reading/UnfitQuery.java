package io.lipc.compiler.reading;

import io.lipc.queries.NumberType;
import io.lipc.queries.QueryException;
import io.lipc.queries.QueryFault;

/** Why a query cannot be asked, of a network or at all. */
public final class UnfitQuery extends Exception {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final boolean isAboutFloats;

  private UnfitQuery(String kind, String what, boolean isAboutFloats) {
    super(what);
    this.kind = kind;
    this.isAboutFloats = isAboutFloats;
  }

  static UnfitQuery of(QueryFault fault, String what) {
    return new UnfitQuery(fault.word(), what, false);
  }

  static UnfitQuery of(QueryException fault) {
    return of(fault.fault(), String.valueOf(fault.getMessage()));
  }

  /** The box of the query is not within that of the network. */
  static UnfitQuery ofBox(String what) {
    return new UnfitQuery("query-box", what, false);
  }

  /** The query is about a computed network. */
  static UnfitQuery ofFloats(NumberType type) {
    return new UnfitQuery(
        QueryFault.TYPE.word(),
        "it is about the network as computed in " + type.word() + ", which is not supported",
        true);
  }

  /** Whether a query about real numbers would be read. */
  public boolean isAboutFloats() {
    return isAboutFloats;
  }

  /** The kind of the fault, such as {@code query-shape}. */
  public String kind() {
    return kind;
  }

  /** The fault in words. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
