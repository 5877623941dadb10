package io.lipc.certificate;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Random activations of all kinds: tests that attack what is known of activations draw them here. A
 * kind that somebody adds does not compile until its constants are drawn, too.
 */
public final class RandomActivations {

  private RandomActivations() {}

  /** A function of single elements, with constants of F32. */
  public static OfElements ofElements(RandomGenerator random) {
    ElementKind[] kinds = ElementKind.values();
    return ofElements(kinds[random.nextInt(kinds.length)], random);
  }

  /** The same; every second one has a kink, where slopes change at once. */
  public static OfElements oftenKinked(RandomGenerator random) {
    ElementKind[] kinks = {ElementKind.RELU, ElementKind.ABS, ElementKind.LEAKY_RELU};
    return random.nextBoolean()
        ? ofElements(random)
        : ofElements(kinks[random.nextInt(kinks.length)], random);
  }

  /** The function of that kind, with random constants of F32. */
  public static OfElements ofElements(ElementKind kind, RandomGenerator random) {
    List<Double> constants =
        switch (kind) {
          case RELU, RELU6, HARD_TANH, ABS, TANH, SIGMOID, SOFTPLUS, SELU -> List.of();
          case SOFTSIGN, HARD_SIGMOID, HARD_SWISH, SILU, MISH, SIN, GELU, GELU_TANH -> List.of();
          case LEAKY_RELU -> List.of(random.nextInt(-24, 25) / 16.0);
          case ELU, CELU -> List.of(random.nextInt(1, 33) / 16.0);
        };
    return new OfElements(kind, constants);
  }

  /**
   * A function of groups, with random constants of F32; none that asks for a box.
   *
   * @param group the size of the groups, where that is a constant of the function
   */
  public static OfGroups ofGroups(int group, RandomGenerator random) {
    GroupKind[] kinds =
        Stream.of(GroupKind.values())
            .filter(kind -> kind != GroupKind.L2_NORMALIZE)
            .toArray(GroupKind[]::new);
    return ofGroups(kinds[random.nextInt(kinds.length)], group, random);
  }

  /** The function of that kind; see above. */
  public static OfGroups ofGroups(GroupKind kind, int group, RandomGenerator random) {
    List<Double> constants =
        switch (kind) {
          case MAXMIN -> List.of();
          case GROUP_SORT -> List.of((double) group);
          case HOUSEHOLDER -> List.of(eighths(random), eighths(random));
          case SOFTMAX -> List.of(random.nextInt(4, 33) / 16.0);
          case L2_NORMALIZE -> List.of(Math.scalb(1.0, random.nextInt(-9, 3)));
          case LAYER_NORM ->
              List.of(Math.scalb(1.0, random.nextInt(-9, 3)), random.nextBoolean() ? 0.0 : group);
        };
    return new OfGroups(kind, constants);
  }

  private static double eighths(RandomGenerator random) {
    return random.nextInt(-12, 13) / 8.0;
  }

  /** Adds a unit of the function to the network. */
  public static int add(NetworkUnderTest net, int operand, ActivationFunction function, int size) {
    return net.add(new Unit.Activation(operand, function, size, 1));
  }
}
