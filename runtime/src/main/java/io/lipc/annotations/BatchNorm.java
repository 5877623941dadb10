package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Batch normalisation by the statistics that training left: {@code weight (x - running_mean) /
 * sqrt(running_var + epsilon) + bias} for each channel, the first extent of its operand. The four
 * tensors come from the {@link WeightsFile}, under the names that PyTorch gives them.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface BatchNorm {
  /** The number that is added to each variance; 1e-5, unless it is given. */
  double epsilon() default 1e-5;
}
