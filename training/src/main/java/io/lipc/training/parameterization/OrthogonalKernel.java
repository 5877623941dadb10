package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * A kernel of a convolution of stride 1 whose symbol has orthonormal rows, or columns, at every
 * frequency (after Li et al., Preventing gradient attenuation in Lipschitz constrained
 * convolutional networks, 2019):
 *
 * <pre>
 * K(s, t) = H (P_1 + (I - P_1) s) (Q_1 + (I - Q_1) t) (P_2 + (I - P_2) s) ...
 * </pre>
 *
 * s and t are the shifts by one pixel down and to the right, P and Q orthogonal projections of c =
 * max(outputs, inputs) channels, one for each pixel by which the kernel is larger than 1. A factor
 * {@code P + (I - P) s} is unitary where {@code |s| = 1}: {@code P + (I - P) = I}, {@code P (I - P)
 * = 0}. H has orthonormal rows, and where there are fewer inputs than c, the columns of the others
 * are left out. So the convolution of an image without borders keeps distances or shortens them,
 * and one that is padded with any number of zeros is a part of that.
 *
 * <p>Projections are {@code U U'} with U of c / 2 columns, rounded down. A single channel has
 * projections by 0 and by 1 in turn: it is moved to and fro.
 *
 * @param weight the name of the tensor K, {@code [outputs, inputs, height, width]}
 * @param bias the name of the tensor b, {@code [outputs]}; absent if there is none
 * @param outputs positive
 * @param inputs positive
 * @param height positive
 * @param width positive
 */
public record OrthogonalKernel(
    String weight, Optional<String> bias, int outputs, int inputs, int height, int width)
    implements NonexpansiveLayer {

  public OrthogonalKernel {
    Widths.requireKernel(weight, outputs, inputs, height, width);
  }

  private int channels() {
    return Math.max(outputs, inputs);
  }

  private SemiOrthogonal first() {
    return new SemiOrthogonal(weight, outputs, channels());
  }

  /** The matrices of orthonormal rows or columns that it is made of. */
  List<SemiOrthogonal> parts() {
    List<SemiOrthogonal> parts = new ArrayList<>(List.of(first()));
    if (channels() > 1) {
      steps().forEach(step -> parts.add(step.basis(this)));
    }
    return parts;
  }

  @Override
  public void declare(Layout.Builder layout) {
    parts().forEach(part -> part.declare(layout));
  }

  @Override
  public void initialise(Start start) {
    parts().forEach(part -> part.initialise(start));
  }

  /**
   * One more row, or one more column, of the kernel.
   *
   * @param number from 0, along its axis
   */
  private record Step(boolean down, int number) {

    private SemiOrthogonal basis(OrthogonalKernel kernel) {
      String name = kernel.weight + (down ? ".down" : ".across") + number;
      return new SemiOrthogonal(name, kernel.channels(), kernel.channels() / 2);
    }

    private Variable projection(OrthogonalKernel kernel, Map<String, Variable> parameters) {
      return kernel.channels() == 1
          ? Variable.of(new double[][] {{number % 2}})
          : basis(kernel).of(parameters).gram();
    }
  }

  private List<Step> steps() {
    return IntStream.range(0, Math.max(height, width) - 1)
        .boxed()
        .flatMap(i -> List.of(new Step(true, i), new Step(false, i)).stream())
        .filter(step -> step.number < (step.down ? height : width) - 1)
        .toList();
  }

  @Override
  public Variable rows(Map<String, Variable> parameters) {
    List<List<Variable>> taps = List.of(List.of(first().of(parameters)));
    for (Step step : steps()) {
      Variable projection = step.projection(this, parameters);
      taps =
          step.down ? longer(taps, projection) : transposed(longer(transposed(taps), projection));
    }
    return Variable.interleaved(taps.stream().flatMap(List::stream).toList(), inputs);
  }

  /** The taps of {@code K (P + (I - P) s)}, row by row. */
  private static List<List<Variable>> longer(List<List<Variable>> rows, Variable projection) {
    List<List<Variable>> kept =
        rows.stream().map(row -> row.stream().map(tap -> tap.times(projection)).toList()).toList();
    List<List<Variable>> moved = combined(rows, kept, Variable::minus);
    List<List<Variable>> longer = new ArrayList<>(List.of(kept.getFirst()));
    for (int i = 1; i < rows.size(); i++) {
      longer.addAll(combined(kept.subList(i, i + 1), moved.subList(i - 1, i), Variable::plus));
    }
    longer.add(moved.getLast());
    return longer;
  }

  private static List<List<Variable>> combined(
      List<List<Variable>> a, List<List<Variable>> b, BinaryOperator<Variable> operator) {
    return IntStream.range(0, a.size())
        .mapToObj(
            i ->
                IntStream.range(0, a.get(i).size())
                    .mapToObj(j -> operator.apply(a.get(i).get(j), b.get(i).get(j)))
                    .toList())
        .toList();
  }

  private static List<List<Variable>> transposed(List<List<Variable>> rows) {
    return IntStream.range(0, rows.getFirst().size())
        .mapToObj(j -> rows.stream().map(row -> row.get(j)).toList())
        .toList();
  }

  @Override
  public long multiplications() {
    return (long) outputs * channels() * channels() * height * width;
  }
}
