package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a proof that no input satisfies a query, beside the bound that {@link Lipschitz}
 * declares. The query is a VNN-LIB file, version 1.0, 2.0 or 2.1: a formula about the inputs and
 * outputs, which says what must not happen. It has a lower and an upper bound of every input. It is
 * about the exact real function that the weights define, and so its type is {@code real}.
 *
 * <p>The compiler cuts the box of the query into parts until each is proved. If an input satisfies
 * the query, the build fails with this input; if no proof is found, with the part of which least is
 * known.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Query {
  /**
   * The file, in the resources or beside the interface, such as {@code "safe.vnnlib"}; with the
   * ending {@code .gz} it is unpacked.
   */
  String value();
}
