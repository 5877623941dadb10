package io.lipc.training.run;

/**
 * Loss and errors of a network that predicts numbers.
 *
 * @param loss the mean of the training loss
 * @param rmse the root of the mean squared error, over samples and outputs, in units of the targets
 * @param meanError the mean of the absolute errors
 * @param r2 the share of the targets' variance, about their means on these samples, that is
 *     explained: {@code 1 - sum of squared errors / sum of squared deviations}, at most 1; NaN
 *     where the targets of these samples do not differ
 */
public record RegressionEvaluation(double loss, double rmse, double meanError, double r2)
    implements Score {}
