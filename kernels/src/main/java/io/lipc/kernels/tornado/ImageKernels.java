package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.kernels.graph.PoolKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes for devices what moves over images channel by channel: a channel of a row is {@code
 * pixels} neighbours, row by row, and so channels of all rows are counted as one.
 */
final class ImageKernels {

  private ImageKernels() {}

  /** Zeros around each channel: so convolutions need no conditions in their loops. */
  static DeviceCode pad(DeviceTask.Pad pad, DeviceScalar scalar) {
    Grid image = pad.image();
    Grid padded = DeviceTask.Pad.padded(image, pad.window());
    CodeBlock body =
        CodeBlock.builder()
            .addStatement("int p = item / paddedWidth % paddedHeight - above")
            .addStatement("int q = item % paddedWidth - left")
            .addStatement("int channel = item / paddedWidth / paddedHeight")
            .beginControlFlow("if (p >= 0 && p < height && q >= 0 && q < width)")
            .addStatement("y.set(item, x.get((channel * height + p) * width + q))")
            .nextControlFlow("else")
            .addStatement("y.set(item, $L)", scalar.zero())
            .endControlFlow()
            .build();
    MethodSpec method =
        DeviceKernels.kernel(
            "pad",
            "{@code y} is {@code x} with zeros around each channel.",
            List.of("x", "y"),
            List.of(
                "int height",
                "int width",
                "int above",
                "int left",
                "int paddedHeight",
                "int paddedWidth"),
            body,
            scalar);
    return new DeviceCode(
        method,
        List.of(),
        numbers(
            image.height(),
            image.width(),
            pad.window().vertical().before(),
            pad.window().horizontal().before(),
            padded.height(),
            padded.width()),
        padded.elements());
  }

  /** One pixel of one channel per work item. */
  static DeviceCode pool(PoolKernel pool, DeviceScalar scalar) {
    boolean isMean = pool.factor().isPresent();
    List<String> numbers =
        new ArrayList<>(
            List.of(
                "int plane",
                "int width",
                "int pixels",
                "int columns",
                "int taps",
                "int kernelWidth",
                "int down",
                "int right"));
    List<CodeBlock> sizes = new ArrayList<>(sizes(pool));
    pool.factor()
        .ifPresent(
            factor -> {
              numbers.addFirst(scalar.parameter("factor"));
              sizes.addFirst(CodeBlock.of("$L", scalar.literal(factor)));
            });
    MethodSpec method =
        DeviceKernels.kernel(
            isMean ? "averagePool" : "maxPool",
            isMean
                ? "{@code y} is the mean of each window of {@code x}, one per work item."
                : "{@code y} is the largest element of each window of {@code x}, one per work"
                    + " item.",
            List.of("x", "y"),
            numbers,
            body(isMean, scalar),
            scalar);
    return new DeviceCode(method, List.of(), sizes, pool.target().size());
  }

  private static List<CodeBlock> sizes(PoolKernel pool) {
    Axis vertical = pool.window().vertical();
    Axis horizontal = pool.window().horizontal();
    return numbers(
        pool.input().pixels(),
        pool.input().width(),
        pool.output().pixels(),
        pool.output().width(),
        pool.window().area(),
        horizontal.kernel(),
        vertical.stride(),
        horizontal.stride());
  }

  private static CodeBlock body(boolean isMean, DeviceScalar scalar) {
    CodeBlock.Builder body =
        CodeBlock.builder()
            .addStatement("int pixel = item % pixels")
            .addStatement(
                "int from = item / pixels * plane$W+ pixel / columns * down * width$W"
                    + "+ pixel % columns * right")
            .addStatement("$T t = $L", scalar.type(), isMean ? scalar.zero() : "x.get(from)")
            .beginControlFlow("for (int k = 0; k < taps; k++)")
            .addStatement(
                "$T other = x.get(from + k / kernelWidth * width$W+ k % kernelWidth)",
                scalar.type());
    return (isMean
            ? body.addStatement("t += factor * other")
            : body.addStatement("t = $L", GroupKernels.larger("t", "other")))
        .endControlFlow()
        .addStatement("y.set(item, t)")
        .build();
  }

  private static List<CodeBlock> numbers(int... numbers) {
    return IntStream.of(numbers).mapToObj(DeviceKernels::number).toList();
  }
}
