package io.lipc.tools.local;

import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.compiler.reading.NetworkReader;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.ModelNetworks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Networks with the first bounds for all inputs that are proved of them: a local claim stands
 * beside one.
 */
public final class Proved {

  /** So much of the time may a bound for all inputs take; nearly always it takes little. */
  public static final double SHARE = 0.7;

  private static final Property.Lipschitz ANY =
      new Property.Lipschitz(Double.MAX_VALUE, Norm.L2, Norm.L2);

  private final ModelNetworks networks;
  private final Deadline deadline;
  private final Map<String, Subject> known = new HashMap<>();

  /** The networks of a model, proved by this deadline. */
  public Proved(ModelNetworks networks, Deadline deadline) {
    this.networks = networks;
    this.deadline = deadline;
  }

  /**
   * A network of the model with its proof, and those of the networks that it calls.
   *
   * @throws InputError if there is none, it has faults, or no bound for all inputs is found
   */
  Subject of(String name) throws InputError {
    Subject found = known.get(name);
    if (found == null) {
      found = proved(networks.weighted(name));
      known.put(name, found);
    }
    return found;
  }

  private Subject proved(NetworkReader.Weighted weighted) throws InputError {
    Network network = weighted.checked().network();
    if (network.hasFreeWeights()) {
      throw new InputError(
          network.name() + " has free parameters: what holds on a box depends on their values");
    }
    if (Certifier.certify(asked(network), weighted.weights(), callees(network), options())
        instanceof Certification.Certified certified) {
      return certified.subject();
    }
    throw unproved(network.name());
  }

  /**
   * The networks that one calls, each with its proof.
   *
   * @throws InputError as {@link #of}
   */
  public Map<String, Subject> callees(Network network) throws InputError {
    Map<String, Subject> callees = new HashMap<>();
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.Call call) {
        callees.put(call.network(), of(call.network()));
      }
    }
    return callees;
  }

  /** The error where there is no bound for all inputs. */
  static InputError unproved(String what) {
    return new InputError(
        "no bound for all inputs of %s was found in time, and a claim about a box stands beside one; `lipc certify` says more"
            .formatted(what));
  }

  /** The norms are those of the declaration, as callers need them, and any bound will do. */
  private static Network asked(Network network) {
    Property.Lipschitz own = network.global().orElse(ANY);
    return network.with(
        new Property.Lipschitz(Double.MAX_VALUE, own.inputNorm(), own.outputNorm()));
  }

  private Options options() {
    return new Options(
        Method.AUTO,
        OptionalDouble.of(Double.MAX_VALUE),
        List.of(),
        1,
        Options.Effort.PROOF,
        deadline.left(),
        deadline);
  }
}
