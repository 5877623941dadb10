package io.lipc.model;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.formats.ElementType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * An operation without a kink that is written as a word and at most one argument, {@code
 * scale(0.5)} or {@code @Scale(0.5)}. Both front ends read all of them from {@link #ALL}; a new one
 * is a line there.
 */
public sealed interface LinearOperation {

  /** All of them. */
  List<LinearOperation> ALL =
      List.of(
          new Bare("concat", new Concatenation()),
          new OfNumber("scale", "factor", Scaling::new),
          new OfWholes("permute", "indices", Selection::new));

  /** The operation's word in the language; its annotation is spelt alike. */
  String word();

  /** The name of its argument; empty if it has none. */
  Optional<String> argument();

  /** The operation of a word; empty where there is none. */
  static Optional<LinearOperation> named(String word) {
    return ALL.stream().filter(operation -> operation.word().equals(word)).findFirst();
  }

  /** The word of the language for a map: certificates have fewer words. */
  static String wordOf(LinearMap map) {
    return switch (map) {
      case Selection _ -> "permute";
      case Identity _ -> "reshape";
      case Convolution _ -> "conv2d";
      case AveragePool _ -> "avg_pool";
      default -> map.word();
    };
  }

  /** A map in a message: {@code a sum}, or {@code operation `concat`}. */
  static String phraseOf(LinearMap map) {
    return switch (map) {
      case Sum _ -> "a sum";
      case Diagonal _ -> "a normalisation";
      default -> "operation `" + wordOf(map) + "`";
    };
  }

  /** Whether a text writes the map as {@code a + b}, and not by a word. */
  static boolean isSum(LinearMap map) {
    return map instanceof Sum;
  }

  /** The real number behind the map's word, {@code scale(0.5)}; empty where there is none. */
  static OptionalDouble numberOf(LinearMap map) {
    return map instanceof Scaling(double factor)
        ? OptionalDouble.of(factor)
        : OptionalDouble.empty();
  }

  /** The whole numbers behind the map's word, {@code permute([1, 0])}; empty if it has no list. */
  static Optional<List<Integer>> wholesOf(LinearMap map) {
    return map instanceof Selection(List<Integer> indices)
        ? Optional.of(indices)
        : Optional.empty();
  }

  /** The same map, with the number behind its word as a network of this format has it. */
  static LinearMap rounded(LinearMap map, ElementType precision) {
    return map instanceof Scaling(double factor) ? new Scaling(precision.round(factor)) : map;
  }

  /** One that is the same wherever it stands. */
  record Bare(String word, LinearMap map) implements LinearOperation {
    @Override
    public Optional<String> argument() {
      return Optional.empty();
    }
  }

  /**
   * One of a real number, as written: possibly not finite.
   *
   * @param name what the number is called
   * @param map from the number to what it does
   */
  record OfNumber(String word, String name, DoubleFunction<LinearMap> map)
      implements LinearOperation {
    @Override
    public Optional<String> argument() {
      return Optional.of(name);
    }
  }

  /**
   * One of a list of whole numbers, as written: {@code word([2, 0, 1])}.
   *
   * @param name what the list is called
   * @param map from the list to what it does
   */
  record OfWholes(String word, String name, Function<List<Integer>, LinearMap> map)
      implements LinearOperation {
    @Override
    public Optional<String> argument() {
      return Optional.of(name);
    }
  }
}
