package io.lipc.training.run;

/**
 * Losses and figures of one epoch.
 *
 * @param epoch counted from 1
 * @param epochs the most that there will be
 * @param trainingLoss the mean over the epoch's batches, each with the parameters of its time
 * @param heldOut of the parameters after the epoch: an {@link Evaluation} of a classifier, a {@link
 *     RegressionEvaluation} else
 * @param isBest whether its held-out loss is the smallest so far
 */
public record EpochReport(
    int epoch, int epochs, double trainingLoss, Score heldOut, boolean isBest) {}
