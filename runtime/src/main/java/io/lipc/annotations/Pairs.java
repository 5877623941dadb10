package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a bound of the difference of each two outputs, beside the bound that {@link Lipschitz}
 * declares: for all i and j a number {@code L_ij} with {@code |(f_i - f_j)(x) - (f_i - f_j)(x')| <=
 * L_ij |x - x'|_from} for all inputs. The declaration states no numbers: the compiler finds and
 * proves one for each pair.
 *
 * <p>They make certified radii larger: the margin of the winning class over another one is divided
 * by the bound of that pair. Without them every margin is divided by {@code sqrt(2)} times the
 * bound of the network, or by twice that bound where it is one to linf. A network that asks for
 * pairs has from 2 to 64 outputs, each of them a class, and all weights of the networks that it
 * calls are known when it is compiled.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Pairs {

  /**
   * Whether certified radii shall look at the signs of what relu, leaky_relu, abs, maxmin and their
   * like read at the input. They are larger then, never smaller, and take milliseconds. The bounds
   * of pairs are the same; their certificate has a second proof of each pair, for which the
   * compiler searches as long again. Where a network has no such radii, the certificate is that of
   * plain pairs, {@code hasRadiiBySigns()} is false, and radii are those of the bounds.
   */
  boolean signs() default false;
}
