package io.lipc.training.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Loss, accuracy and certified accuracy of a classifier on a data set.
 *
 * @param loss the mean of the training loss
 * @param accuracy the share of samples whose class has the one largest logit
 * @param certified by l2 distance eps, the share of samples whose margin divided by {@code sqrt(2)
 *     L} exceeds eps: of the construction's bound L and without rounding errors, so a measure of
 *     progress; what a stored network guarantees, its certified radius says
 */
public record Evaluation(double loss, double accuracy, SortedMap<Double, Double> certified)
    implements Score {

  public Evaluation {
    certified = Collections.unmodifiableSortedMap(new TreeMap<>(certified));
  }
}
