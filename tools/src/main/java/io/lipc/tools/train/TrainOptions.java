package io.lipc.tools.train;

import io.lipc.tools.command.InputError;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.batch.TrainingDeviceException;
import io.lipc.training.run.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of training; those that are not given are left to the trainer. */
final class TrainOptions {

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "The most passes over the data. Default: 200.")
  private Optional<Integer> epochs = Optional.empty();

  @Option(names = "--batch", paramLabel = "N", description = "The rows of a step. Default: 32.")
  private Optional<Integer> batch = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "The learning rate of Adam. Default: 0.01.")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--loss-tau",
      paramLabel = "TAU",
      description =
          "Which loss, from 0 to 2: 1 is cross-entropy; up to 1.5, samples that are far on the wrong"
              + " side weigh less, for labels that may be wrong. Default: 1.")
  private Optional<Double> tau = Optional.empty();

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "The factor of the logits in the loss. Default: 4.")
  private Optional<Double> temperature = Optional.empty();

  @Option(
      names = "--offset",
      paramLabel = "EPS",
      description = "The l2 distance at which the loss asks for the right class. Default: 0.1.")
  private Optional<Double> offset = Optional.empty();

  @Option(
      names = "--tune",
      description =
          "Chooses temperature and offset, as far as they are not given, by trials on parts of the"
              + " training rows; takes as long as 12 trainings, side by side on all processors.")
  private boolean tune;

  @Option(
      names = "--eps",
      split = ",",
      paramLabel = "EPS",
      description =
          "The l2 distances at which certified accuracy, or a certified error, is reported. Default:"
              + " 0.1,0.25,0.5.")
  private List<Double> epsilons = new ArrayList<>();

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stops after this many epochs without a smaller held-out loss. Default: 50.")
  private Optional<Integer> patience = Optional.empty();

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description = "The share of the training rows that decides when to stop. Default: 0.2.")
  private Optional<Double> heldOut = Optional.empty();

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description =
          "Epochs between two checkpoints, from which the same command goes on. Default: 10.")
  private Optional<Integer> checkpointEvery = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "The device that computes steps: jvm, auto, or a device of TornadoVM by its index or a part of"
              + " its name, in floats; docs/training.md says what that takes. Default: jvm.")
  private String device = "jvm";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of everything random. Default: 1.")
  private long seed = 1;

  /** Created by picocli. */
  TrainOptions() {}

  long seed() {
    return seed;
  }

  /**
   * Whether temperature and offset are searched for, where they are not given.
   *
   * @throws InputError if both are given
   */
  boolean tune() throws InputError {
    if (tune && temperature.isPresent() && offset.isPresent()) {
      throw new InputError(
          "--tune has nothing to choose: --temperature and --offset are given; leave one of them"
              + " out, or both");
    }
    return tune;
  }

  Optional<Double> temperature() {
    return temperature;
  }

  Optional<Double> offset() {
    return offset;
  }

  /** The options that were given and are about the loss of classes. */
  List<String> ofClasses() {
    List<String> given = new ArrayList<>();
    tau.ifPresent(_ -> given.add("--loss-tau"));
    temperature.ifPresent(_ -> given.add("--temperature"));
    offset.ifPresent(_ -> given.add("--offset"));
    if (tune) {
      given.add("--tune");
    }
    return given;
  }

  /**
   * The options as the trainer takes them.
   *
   * @throws IllegalArgumentException naming the first that cannot be trained with
   * @throws TrainingDeviceException if the device cannot be had
   */
  TrainingOptions options(Path checkpoint) {
    return builder().checkpoint(checkpoint).device(device()).build();
  }

  /**
   * The device of the last training; trials of a search run on the JVM.
   *
   * @throws TrainingDeviceException if there is no such device
   */
  TrainingDevice device() {
    return TrainingDevice.parse(device);
  }

  /** The given options, without a checkpoint and a device. */
  TrainingOptions.Builder builder() {
    TrainingOptions.Builder options = TrainingOptions.builder().seed(seed);
    epochs.ifPresent(options::epochs);
    batch.ifPresent(options::batchSize);
    rate.ifPresent(options::learningRate);
    tau.ifPresent(options::tau);
    temperature.ifPresent(options::temperature);
    offset.ifPresent(options::offset);
    patience.ifPresent(options::patience);
    heldOut.ifPresent(options::heldOut);
    checkpointEvery.ifPresent(options::checkpointEvery);
    if (!epsilons.isEmpty()) {
      options.epsilons(epsilons.stream().sorted().toList());
    }
    return options;
  }
}
