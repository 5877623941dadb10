package io.lipc.benchmarks.uci;

import io.lipc.training.TrainableNetwork;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;

/** A network that can be trained, and what proves its bound afterwards. */
sealed interface Model {

  /** The network of a contender. */
  static Model of(Contender contender, Shape shape) {
    return switch (contender) {
      case PLAIN -> new Plain(TrainableNetwork.of(NetworkText.chain(shape, "ldlt")));
      case SLL -> new Constructed(TrainableNetwork.of(NetworkText.sll(shape, shape.padded())));
      case SLL_UNPADDED ->
          new Constructed(TrainableNetwork.of(NetworkText.sll(shape, shape.features())));
      case SLL_NORMAL -> new Restarted(TrainableNetwork.of(NetworkText.sll(shape, shape.padded())));
      case AOL -> new Constructed(TrainableNetwork.of(NetworkText.chain(shape, "aol")));
      case ORTHOGONAL ->
          new Constructed(TrainableNetwork.of(NetworkText.chain(shape, "orthogonal")));
      case SANDWICH -> new Constructed(TrainableNetwork.of(NetworkText.chain(shape, "sandwich")));
      case LDLT_L -> new Constructed(TrainableNetwork.of(NetworkText.chain(shape, "ldlt")));
      case LDLT_R ->
          new Constructed(
              TrainableNetwork.of(
                  NetworkText.residual(shape), bound -> ResidualBlocks.construction(shape, bound)));
    };
  }

  /** The network with its layers. */
  TrainableNetwork network();

  /** The map from free parameters to weights. */
  Parameterization parameterization();

  /** The bound that the loss counts with. */
  double bound();

  /**
   * Weights as they are stored, with a bound that was proved of them.
   *
   * @throws ProofException if there is no proof
   */
  FrozenNetwork freeze(Materialized weights) throws ProofException;

  /** The number of free parameters. */
  default int parameters() {
    return parameterization().size();
  }

  default int inputs() {
    return network().network().layers().getFirst().shape().size();
  }

  /** A network whose weights keep its bound. */
  record Constructed(TrainableNetwork network) implements Model {

    @Override
    public Parameterization parameterization() {
      return network.construction();
    }

    @Override
    public double bound() {
      return network.construction().bound();
    }

    @Override
    public FrozenNetwork freeze(Materialized weights) throws ProofException {
      try {
        return network.freeze(weights);
      } catch (FreezingException e) {
        throw new ProofException(String.valueOf(e.getMessage()));
      }
    }
  }

  /** The same from another start. */
  record Restarted(TrainableNetwork network) implements Model {

    @Override
    public Parameterization parameterization() {
      return new NormalStart(network.construction());
    }

    @Override
    public double bound() {
      return network.construction().bound();
    }

    @Override
    public FrozenNetwork freeze(Materialized weights) throws ProofException {
      return new Constructed(network).freeze(weights);
    }
  }

  /** A network whose weights are its parameters; its bound is searched for when it is frozen. */
  record Plain(TrainableNetwork network) implements Model {

    @Override
    public Parameterization parameterization() {
      return new PlainWeights(network.network());
    }

    @Override
    public double bound() {
      return 1;
    }

    @Override
    public FrozenNetwork freeze(Materialized weights) throws ProofException {
      return PlainProof.prove(network.network(), weights);
    }
  }
}
