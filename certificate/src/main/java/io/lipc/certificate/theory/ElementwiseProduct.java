package io.lipc.certificate.theory;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.Magnitudes;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Windows;
import io.lipc.certificate.positivity.Work;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Bounds from linf that need no matrix: {@code |dx_k| <= t} for all k, t the linf norm of dx, gives
 * each element of each signal a factor c with {@code |ds_i| <= c_i t}.
 *
 * <p>By induction over the units: {@code |sum_j W_ij ds_j| <= sum_j |W_ij| c_j t}; an activation
 * moves elements as {@link Magnitudes} says; {@code |max(u, v) - max(u', v')| <= max(|u - u'|, |v -
 * v'|)}, and so for min. A callee of bound L moves each output by at most L times the norm of what
 * it reads: the largest c_j t for linf, {@code sqrt(sum_j c_j^2) t} for l2. At the end the largest
 * c_i bounds the network from linf to linf, and {@code sqrt(sum_i c_i^2)} from linf to l2.
 *
 * <p>All numbers are doubles that are not negative, and each operation is rounded up, so no number
 * is below the real one; an exact result stays exact. A number that is not finite proves nothing.
 */
public final class ElementwiseProduct {

  /** The error of a product of this size, or of a root's square, is a double. */
  private static final double SMALL = 0x1p-900;

  private final Subject subject;
  private final Work work;
  private final List<double[]> factors = new ArrayList<>();

  private ElementwiseProduct(Subject subject, Work work) {
    this.subject = subject;
    this.work = work;
  }

  /** Whether a proof asks for the elementwise product instead of a matrix inequality. */
  public static boolean isInvoked(Proof proof) {
    return proof.witness() instanceof PositivityWitness.ElementwiseProduct;
  }

  /**
   * The least bound that follows for the norms of the certificate.
   *
   * @param subject well formed: units in order, of fitting sizes, all tensors at hand
   * @param work what may be spent
   * @return rounded up; empty if the input norm is not linf
   */
  public static OptionalDouble bound(Subject subject, Work work) {
    if (!subject.certificate().inequality().fromLargest()) {
      return OptionalDouble.empty();
    }
    ElementwiseProduct product = new ElementwiseProduct(subject, work);
    for (Unit unit : subject.certificate().units()) {
      product.factors.add(product.factors(unit));
    }
    double bound =
        norm(subject.certificate().inequality().norms().output(), product.factors.getLast());
    return Double.isFinite(bound) ? OptionalDouble.of(bound) : OptionalDouble.empty();
  }

  private double[] factors(Unit unit) {
    List<double[]> operands = unit.operands().stream().map(factors::get).toList();
    double[] x =
        operands.size() == 1
            ? operands.getFirst()
            : operands.stream().flatMapToDouble(Arrays::stream).toArray();
    work.spend(x.length);
    return switch (unit) {
      case Unit.Input input -> each(input.size(), _ -> 1);
      case Unit.Linear linear -> {
        List<Integer> sizes = operands.stream().map(operand -> operand.length).toList();
        work.spend((long) linear.map().taps() * linear.size());
        IntFunction<LinearMap.Row> rows = linear.map().rows(sizes, subject.weights());
        yield each(linear.size(), i -> products(rows.apply(i), x));
      }
      case Unit.Activation activation -> activation(activation, x);
      case Unit.MaxPool pool -> {
        Windows windows = pool.windows();
        work.spend((long) pool.size() * pool.window().area());
        yield each(pool.size(), i -> largest(windows.places(i), x));
      }
      case Unit.Call call -> {
        var callee = Objects.requireNonNull(subject.callees().get(call.network())).certificate();
        double moved =
            product(callee.lipschitz().bound(), norm(callee.lipschitz().norms().input(), x));
        yield each(call.size(), _ -> moved);
      }
    };
  }

  private double[] activation(Unit.Activation activation, double[] x) {
    Group group = Group.of(activation.function(), x.length);
    ChannelGroups groups = activation.groups(group.size());
    return groups.vector(byGroups(group.magnitudes(), group.size(), groups.of(x)));
  }

  private static double[] byGroups(Magnitudes magnitudes, int size, double[] x) {
    return switch (magnitudes) {
      case Magnitudes.Own(double gain) -> each(x.length, i -> product(gain, x[i]));
      case Magnitudes.Largest(double gain) -> {
        double[] most = each(x.length / size, k -> largest(x, k * size, size));
        yield each(x.length, i -> product(gain, most[i / size]));
      }
      case Magnitudes.Reflected(List<Double> v) ->
          each(
              x.length,
              i -> {
                int from = i - i % size;
                double turned = sum(size, k -> product(v.get(k), x[from + k]));
                return sum(x[i], product(2 * v.get(i % size), turned));
              });
    };
  }

  private double products(LinearMap.Row row, double[] x) {
    work.spend(row.places().length);
    return sum(row.places().length, k -> product(row.factors()[k], x[row.places()[k]]));
  }

  private static double largest(double[] x, int from, int size) {
    return Arrays.stream(x, from, from + size).max().orElse(Double.NaN);
  }

  private static double largest(int[] places, double[] x) {
    return Arrays.stream(places).mapToDouble(k -> x[k]).max().orElse(Double.NaN);
  }

  private static double norm(Norm norm, double[] x) {
    return switch (norm) {
      case LINF -> DoubleStream.of(x).max().orElse(0);
      case L2 -> root(sum(x.length, i -> product(x[i], x[i])));
    };
  }

  private static double[] each(int size, IntToDoubleFunction factor) {
    return IntStream.range(0, size).mapToDouble(factor).toArray();
  }

  private static double sum(int size, IntToDoubleFunction term) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum = sum(sum, term.applyAsDouble(i));
    }
    return sum;
  }

  /** Rounded up: what is left of the sum (Knuth's TwoSum) is exact. */
  private static double sum(double a, double b) {
    double sum = a + b;
    double fromB = sum - a;
    double left = (a - (sum - fromB)) + (b - fromB);
    return left > 0 ? Math.nextUp(sum) : sum;
  }

  /** {@code |a| b}, rounded up: what is left of a product that is not small is exact. */
  private static double product(double a, double b) {
    double product = Math.abs(a) * b;
    boolean exact = product >= SMALL && Math.fma(Math.abs(a), b, -product) <= 0;
    return exact || a == 0 || b == 0 || a == 1 ? product : Math.nextUp(product);
  }

  private static double root(double square) {
    double root = Math.sqrt(square);
    boolean exact = square == 0 || (square >= SMALL && Math.fma(root, root, -square) >= 0);
    return exact ? root : Math.nextUp(root);
  }
}
