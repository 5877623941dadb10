package io.lipc.benchmarks.uci;

import java.io.Serializable;

/**
 * One network to train.
 *
 * @param set its name
 * @param fold from 1
 * @param depth hidden layers of LDLT-L
 * @param seed of the held-out rows, the start and the shuffles
 */
public record Run(Setting setting, int depth, int fold, String set, Contender contender, long seed)
    implements Serializable {

  @Override
  public String toString() {
    return "%s, fold %d, seed %d, %s, depth %d, setting %s"
        .formatted(set, fold, seed, contender.word(), depth, setting.word());
  }
}
