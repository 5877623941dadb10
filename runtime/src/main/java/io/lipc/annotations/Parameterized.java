package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The layers get their weights from a construction that keeps the declared bound for every value of
 * its free parameters. The compiler checks the construction's hypotheses; trained weights come from
 * a {@link WeightsFile} beside it, or are verified when they are loaded.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Parameterized {
  /** The construction that makes the weights from free parameters and so keeps the bound. */
  Construction value();
}
