package io.lipc.tools.command;

import io.lipc.dsl.ParsedNetwork;
import io.lipc.formats.Norm;
import io.lipc.model.Declaration;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A question about one network of a model. An empty part is as declared.
 *
 * @param network which one; empty for the last
 * @param bound the bound to prove; where a format has no declarations, empty is the best one
 * @param from the norm of the inputs; where a format has no declarations, empty is l2
 * @param to the norm of the outputs; likewise
 * @param outputs the outputs that the bound is about; empty for all
 */
public record Question(
    Optional<String> network,
    OptionalDouble bound,
    Optional<Norm> from,
    Optional<Norm> to,
    List<Integer> outputs) {

  public Question {
    outputs = List.copyOf(outputs);
  }

  /** Whatever is declared. */
  public static Question asDeclared() {
    return of(Optional.empty());
  }

  /** Whatever the network declares; empty for the last. */
  public static Question of(Optional<String> network) {
    return new Question(
        network, OptionalDouble.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** The network that is meant; empty if a text declares none of the name. */
  public Optional<ParsedNetwork> of(List<ParsedNetwork> networks) {
    if (network.isEmpty()) {
      return networks.isEmpty() ? Optional.empty() : Optional.of(networks.getLast());
    }
    return networks.stream()
        .filter(one -> isCalled(one.declaration().name(), network.get()))
        .findFirst();
  }

  /** The declaration with the bound that is asked for; a missing one stays missing. */
  public Declaration asked(Declaration declaration) {
    Optional<Property.Lipschitz> declared = declaration.lipschitz();
    if (bound.isEmpty() && declared.isEmpty()) {
      return declaration;
    }
    return declaration.with(
        new Property.Lipschitz(
            bound.orElseGet(() -> declared.orElseThrow().bound()),
            from.or(() -> declared.map(Property.Lipschitz::inputNorm)).orElse(Norm.L2),
            to.or(() -> declared.map(Property.Lipschitz::outputNorm)).orElse(Norm.L2)));
  }

  /** The network with the bound that is asked for, where its format declares none. */
  public Network asked(Network network) {
    Property.Lipschitz own = network.lipschitz();
    return network.with(
        new Property.Lipschitz(
            bound.orElse(own.bound()), from.orElse(own.inputNorm()), to.orElse(own.outputNorm())));
  }

  /** Checks that nothing is asked about a bound that there is none of. */
  public void checkBound(Declaration declaration) throws InputError {
    boolean about = from.isPresent() || to.isPresent() || !outputs.isEmpty();
    boolean claims = !declaration.properties().isEmpty() && declaration.lipschitz().isEmpty();
    if (claims && about && bound.isEmpty()) {
      throw new InputError(
          "network %s declares no Lipschitz bound, whose norms or outputs could be chosen; --bound says which one to prove"
              .formatted(declaration.name()));
    }
  }

  /** Checks that no other network is meant than the only one of a model, {@code name}. */
  public void checkName(String name) throws InputError {
    if (network.isPresent() && !network.get().equals(name)) {
      throw new InputError(
          "the model holds one network, %s, and none that is called %s; --network is for texts, which may hold several"
              .formatted(name, network.get()));
    }
  }

  /** Checks that the outputs are different ones of a network with {@code size}. */
  public void checkOutputs(int size) throws InputError {
    Set<Integer> seen = new HashSet<>();
    for (int output : outputs) {
      if (output < 0 || output >= size) {
        throw new InputError("there is no output " + output + "; outputs are 0 to " + (size - 1));
      }
      if (!seen.add(output)) {
        throw new InputError("output " + output + " is asked for twice");
      }
    }
  }

  /**
   * The network and those that it calls, in the order of the text. Others stay out: a caller would
   * take a proof about some outputs, or for another bound, for one about the declaration.
   */
  public static List<ParsedNetwork> withCallees(
      ParsedNetwork network, List<ParsedNetwork> networks) {
    Set<ParsedNetwork> needed = new HashSet<>();
    Deque<ParsedNetwork> open = new ArrayDeque<>(List.of(network));
    while (!open.isEmpty()) {
      ParsedNetwork next = open.removeFirst();
      if (needed.add(next)) {
        networks.stream().filter(other -> calls(next, other)).forEach(open::add);
      }
    }
    return networks.stream().filter(needed::contains).toList();
  }

  private static boolean calls(ParsedNetwork caller, ParsedNetwork callee) {
    String name = callee.declaration().name();
    return caller.declaration().steps().stream()
        .anyMatch(
            step ->
                step.operation() instanceof Operation.Call call && isCalled(name, call.network()));
  }

  /** Networks of one text are of one package, so their simple names tell them apart. */
  private static boolean isCalled(String qualified, String written) {
    return qualified.equals(written) || qualified.endsWith("." + written);
  }
}
