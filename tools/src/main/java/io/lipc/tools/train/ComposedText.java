package io.lipc.tools.train;

import io.lipc.compiler.reading.FileFinder;
import io.lipc.compiler.reading.Phase;
import io.lipc.compiler.reading.WeightsPhase;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.StandardisingForm;
import io.lipc.model.WeightsSource;
import io.lipc.tools.command.InputError;
import io.lipc.training.GivenWeights;
import io.lipc.training.TrainableComposition;
import io.lipc.training.frozen.FreezingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Turns a network that calls others into the composition that trains them together. */
final class ComposedText {

  private final CheckedText text;
  private final Map<String, CheckedNetwork> reached = new LinkedHashMap<>();

  private ComposedText(CheckedText text) {
    this.text = text;
  }

  /** Whether a network calls one that declares a construction, directly or through others. */
  static boolean isTrainable(CheckedNetwork whole, CheckedText text) {
    return called(whole, text).stream().anyMatch(one -> isParameterized(one.network()));
  }

  private static boolean isParameterized(Network network) {
    return network.weights() instanceof WeightsSource.Parameterized;
  }

  /**
   * A network of which {@link #isTrainable} holds.
   *
   * @param files where given weights lie
   * @throws InputError if given weights cannot be used, or something cannot be trained
   */
  static TrainableComposition of(CheckedNetwork whole, CheckedText text, FileFinder files)
      throws InputError {
    List<CheckedNetwork> called = called(whole, text);
    Map<String, GivenWeights> given = new TreeMap<>();
    List<CheckedNetwork> all = new ArrayList<>(called);
    all.add(whole);
    for (CheckedNetwork one : all) {
      if (StandardisingForm.standardises(one.network())) {
        throw new InputError(TrainableComposition.statistics(one.network()));
      }
    }
    for (CheckedNetwork one : all) {
      if (one.network().weights() instanceof WeightsSource.Given) {
        given.put(one.network().name(), given(one, files));
      }
    }
    try {
      return TrainableComposition.of(whole, called, given);
    } catch (FreezingException | IllegalArgumentException e) {
      throw new InputError(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The warning that the bound may be larger than the declared one, as far as it follows from the
   * bounds of the called networks; empty if it is not, or does not follow.
   *
   * @throws FreezingException if weights have no proof even at the start
   */
  static Optional<String> warning(TrainableComposition composition) throws FreezingException {
    Network network = composition.network();
    double declared = network.lipschitz().bound();
    double certain = composition.boundBeforeTraining();
    return certain <= declared || certain == Double.POSITIVE_INFINITY
        ? Optional.empty()
        : Optional.of(
            "%s declares the bound %s, and no less than %s follows from the bounds of the networks that it calls: if no smaller one is proved of the trained weights, declare `certify lipschitz <= %s;`"
                .formatted(
                    network.name(),
                    Decimals.plain(declared),
                    Decimals.up(certain),
                    Decimals.up(certain)));
  }

  private static GivenWeights given(CheckedNetwork network, FileFinder files) throws InputError {
    return switch (WeightsPhase.read(network, files)) {
      case Phase.Done<WeightsPhase.Weighted>(WeightsPhase.Weighted read) ->
          new GivenWeights(read.weights(), read.carried());
      case Phase.Failed<WeightsPhase.Weighted>(var findings) ->
          throw new InputError(
              "%s has given weights, which stay as they are; %s"
                  .formatted(
                      network.network().name(),
                      findings.stream()
                          .map(finding -> finding.diagnostic().message())
                          .collect(Collectors.joining("\n"))));
    };
  }

  /** All networks that {@code whole} reaches by calls, each after those that it calls itself. */
  private static List<CheckedNetwork> called(CheckedNetwork whole, CheckedText text) {
    ComposedText composed = new ComposedText(text);
    composed.reach(whole.network());
    return List.copyOf(composed.reached.values());
  }

  /** A network that has no faults calls none that has. */
  private void reach(Network caller) {
    for (Layer layer : caller.layers()) {
      if (layer instanceof Layer.Call call && !reached.containsKey(call.network())) {
        CheckedNetwork callee = text.network(call.network()).orElseThrow();
        reach(callee.network());
        reached.put(call.network(), callee);
      }
    }
  }
}
