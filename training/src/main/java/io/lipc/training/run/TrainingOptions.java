package io.lipc.training.run;

import io.lipc.training.batch.TrainingDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The options of a training run.
 *
 * @param epochs the most passes over the training part
 * @param batchSize samples per gradient
 * @param learningRate of Adam, in the first epoch
 * @param schedule of the learning rate
 * @param tau of the comp-sum loss: 1 is cross-entropy
 * @param temperature what logits are multiplied by in the loss
 * @param offset the l2 distance at which the loss asks for the true class
 * @param epsilons l2 distances at which certified accuracy is reported, increasing
 * @param patience training stops when so many epochs in a row brought no smaller held-out loss
 * @param heldOut the share of samples that is held out, within (0, 1)
 * @param seed of the split, of the initial parameters and of the shuffles
 * @param checkpoint where to save, and to go on from if it exists; nowhere if absent
 * @param checkpointEvery epochs between two checkpoints; the last epoch is always saved
 * @param device where batches are run
 */
public record TrainingOptions(
    int epochs,
    int batchSize,
    double learningRate,
    Schedule schedule,
    double tau,
    double temperature,
    double offset,
    List<Double> epsilons,
    int patience,
    double heldOut,
    long seed,
    Optional<Path> checkpoint,
    int checkpointEvery,
    TrainingDevice device) {

  /**
   * Options that can be trained with.
   *
   * @throws IllegalArgumentException naming the first one that cannot
   */
  public TrainingOptions {
    epsilons = List.copyOf(epsilons);
    require(epochs >= 1, "epochs", epochs, "at least 1");
    require(batchSize >= 1, "batchSize", batchSize, "at least 1");
    require(isPositive(learningRate), "learningRate", learningRate, "positive and finite");
    require(tau >= 0 && tau <= 2, "tau", tau, "between 0 and 2");
    require(isPositive(temperature), "temperature", temperature, "positive and finite");
    require(offset == 0 || isPositive(offset), "offset", offset, "finite and not negative");
    for (int i = 0; i < epsilons.size(); i++) {
      double epsilon = epsilons.get(i);
      boolean increases = i == 0 || epsilon > epsilons.get(i - 1);
      require(isPositive(epsilon) && increases, "epsilons", epsilons, "positive and increasing");
    }
    require(patience >= 1, "patience", patience, "at least 1");
    require(heldOut > 0 && heldOut < 1, "heldOut", heldOut, "between 0 and 1");
    require(checkpointEvery >= 1, "checkpointEvery", checkpointEvery, "at least 1");
  }

  private static boolean isPositive(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  private static void require(boolean condition, String option, Object value, String wanted) {
    if (!condition) {
      throw new IllegalArgumentException("%s is %s, not %s".formatted(option, value, wanted));
    }
  }

  /** The default options; {@link Builder} lists them. */
  public static TrainingOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The options that decide the result: all but where and how often it is saved. */
  String essence() {
    return new TrainingOptions(
            epochs,
            batchSize,
            learningRate,
            schedule,
            tau,
            temperature,
            offset,
            epsilons,
            patience,
            heldOut,
            seed,
            Optional.empty(),
            1,
            device)
        .toString();
  }

  /** Sets options one by one; an option that is not set keeps its default. */
  public static final class Builder {
    private int epochs = 200;
    private int batchSize = 32;
    private double learningRate = 0.01;
    private Schedule schedule = Schedule.COSINE;
    private double tau = 1;
    private double temperature = 4;
    private double offset = 0.1;
    private List<Double> epsilons = List.of(0.1, 0.25, 0.5);
    private int patience = 50;
    private double heldOut = 0.2;
    private long seed = 1;
    private Optional<Path> checkpoint = Optional.empty();
    private int checkpointEvery = 10;
    private TrainingDevice device = TrainingDevice.JVM;

    private Builder() {}

    /** The most passes over the training part, at least 1; by default 200. */
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /** Samples per gradient, at least 1; by default 32. */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /** Adam's learning rate in the first epoch, positive and finite; by default 0.01. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** The schedule of the learning rate over the epochs; by default along a cosine. */
    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    /**
     * Which comp-sum loss, between 0 and 2; by default 1, cross-entropy. Values up to 1.5 are for
     * labels that may be wrong: samples that are far on the wrong side weigh less.
     */
    public Builder tau(double value) {
      tau = value;
      return this;
    }

    /** The factor of the logits in the loss, positive and finite; by default 4. */
    public Builder temperature(double value) {
      temperature = value;
      return this;
    }

    /**
     * The distance in l2, in units of the input, up to which the loss asks for the true class; not
     * negative, by default 0.1.
     */
    public Builder offset(double value) {
      offset = value;
      return this;
    }

    /**
     * The distances in l2 at which certified accuracy is reported, positive and increasing; by
     * default 0.1, 0.25 and 0.5.
     */
    public Builder epsilons(List<Double> value) {
      epsilons = value;
      return this;
    }

    /**
     * Training stops after so many epochs in a row without a smaller held-out loss; at least 1, by
     * default 50.
     */
    public Builder patience(int value) {
      patience = value;
      return this;
    }

    /** The share of samples that is held out, between 0 and 1; by default 0.2. */
    public Builder heldOut(double value) {
      heldOut = value;
      return this;
    }

    /**
     * The seed of the split into parts, of the initial parameters and of the shuffles; by default
     * 1.
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * A file that checkpoints are saved to, and where training goes on from if it exists; by
     * default there is none.
     */
    public Builder checkpoint(Path value) {
      checkpoint = Optional.of(value);
      return this;
    }

    /** Epochs between two checkpoints, at least 1; by default 10. The last is always saved. */
    public Builder checkpointEvery(int value) {
      checkpointEvery = value;
      return this;
    }

    /** The device that runs batches; by default the JVM, in double. */
    public Builder device(TrainingDevice value) {
      device = value;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException naming the first one that cannot be trained with
     */
    public TrainingOptions build() {
      return new TrainingOptions(
          epochs,
          batchSize,
          learningRate,
          schedule,
          tau,
          temperature,
          offset,
          epsilons,
          patience,
          heldOut,
          seed,
          checkpoint,
          checkpointEvery,
          device);
    }
  }
}
