package io.lipc.benchmarks.uci;

import io.lipc.training.parameterization.Construction;
import io.lipc.training.parameterization.FreeParameter;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import java.util.random.RandomGenerator;

/**
 * A construction of {@link NetworkText#sll} from the start of the code that accompanies Araujo et
 * al. (2023): matrices of normal numbers of variance {@code 2 / (inputs + outputs)}, biases uniform
 * within {@code 1 / sqrt(inputs)}, and log q normal. The last layer begins as it does here.
 */
record NormalStart(Construction construction) implements Parameterization {

  @Override
  public int size() {
    return construction.size();
  }

  @Override
  public double[] initial(RandomGenerator random) {
    double[] parameters = construction.initial(random);
    int inputs = 1;
    for (FreeParameter parameter : construction.freeParameters()) {
      if (!parameter.name().startsWith("h")) {
        continue;
      }
      if (parameter.name().endsWith(".weight")) {
        inputs = parameter.columns();
      }
      for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
        parameters[i] = number(parameter, inputs, random);
      }
    }
    return parameters;
  }

  private static double number(FreeParameter parameter, int inputs, RandomGenerator random) {
    if (parameter.name().endsWith(".bias")) {
      return random.nextDouble(-1, 1) / Math.sqrt(inputs);
    }
    boolean isMatrix = parameter.name().endsWith(".weight");
    double deviation = isMatrix ? Math.sqrt(2.0 / (parameter.rows() + parameter.columns())) : 1;
    return deviation * random.nextGaussian();
  }

  @Override
  public Materialized materialize(double[] parameters) {
    return construction.materialize(parameters);
  }
}
