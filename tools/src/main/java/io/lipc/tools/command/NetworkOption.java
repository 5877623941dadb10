package io.lipc.tools.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of every command about one network of a model: which one. */
public final class NetworkOption {

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Which network of a text. Default: the last one.")
  private Optional<String> network = Optional.empty();

  /** The name that was given; empty for the last network. */
  public Optional<String> name() {
    return network;
  }

  /** The error of a model that has no such network. */
  public InputError missingIn(Path model) {
    return new InputError(
        model + " declares no network" + network.map(name -> " " + name).orElse(""));
  }
}
