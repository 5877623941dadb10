package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a Lipschitz bound whose differences of inputs are measured in a scale of their own,
 * beside the bound that {@link Lipschitz} declares. Inputs in kilometres and in years have no
 * common unit; in multiples of their deviations they have.
 *
 * <p>With {@link #per} the layer z of that name measures: {@code |f(x) - f(x')|_to <= value |z(x) -
 * z(x')|_from} for all inputs. It scales each element, as {@code @BatchNorm} does, and no other
 * layer reads the input. With {@link #units} each element has a unit: {@code |f(x) - f(x')|_to <=
 * value |D^-1 (x - x')|_from}, D the diagonal matrix of these numbers. With {@link #tensor} the
 * units are the numbers of that tensor in the file of weights.
 *
 * <p>Certified radii of the generated class are then distances in this scale.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface ScaledLipschitz {
  /** The bound, positive and finite; exactly this double is proved or refused. */
  double value();

  /** The name of the layer that scales the input; it stands alone, without units. */
  String per() default "";

  /**
   * The unit of each element of the input, from 2^-100 to 2^100, all inputs one after the other;
   * they stand alone, without {@link #per}.
   */
  double[] units() default {};

  /**
   * The name of the tensor in the network's file of weights that holds the unit of each element of
   * the input, exactly as it is stored; it stands alone, without {@link #per} and {@link #units}.
   */
  String tensor() default "";

  /** The norm in which scaled differences of inputs are measured, by default l2. */
  Norm from() default Norm.L2;

  /** The norm in which differences of outputs are measured, by default l2. */
  Norm to() default Norm.L2;
}
