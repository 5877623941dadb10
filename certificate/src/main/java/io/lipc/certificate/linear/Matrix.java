package io.lipc.certificate.linear;

import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A dense matrix with an optional bias, {@code W x + b}, whose numbers are tensors of the weights.
 *
 * @param inputs the number of elements of x
 * @param outputs the number of elements that it gives
 * @param weight the name of W, a tensor {@code [outputs, inputs]}
 * @param bias the name of b, a tensor {@code [outputs]}
 */
public record Matrix(int inputs, int outputs, String weight, Optional<String> bias)
    implements Weighted {

  @Override
  public String word() {
    return "dense";
  }

  @Override
  public OptionalInt outputs(List<Integer> sizes) {
    return sizes.equals(List.of(inputs)) ? OptionalInt.of(outputs) : OptionalInt.empty();
  }

  @Override
  public IntFunction<Row> rows(List<Integer> sizes, Weights weights) {
    Tensor tensor = weights.tensor(weight).orElseThrow();
    int[] all = IntStream.range(0, inputs).toArray();
    return i -> {
      double[] row = new double[inputs];
      tensor.copy(i * inputs, row);
      return new Row(all, row);
    };
  }

  @Override
  public IntToDoubleFunction shift(Weights weights) {
    Optional<Tensor> tensor = bias.map(name -> weights.tensor(name).orElseThrow());
    return i -> tensor.map(b -> b.get(i)).orElse(0.0);
  }

  @Override
  public List<TensorShape> tensors() {
    return Stream.concat(
            Stream.of(new TensorShape(weight, List.of(outputs, inputs))),
            bias.stream().map(name -> new TensorShape(name, List.of(outputs))))
        .toList();
  }

  @Override
  public Matrix renamed(UnaryOperator<String> name) {
    return new Matrix(inputs, outputs, name.apply(weight), bias.map(name));
  }
}
