package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files that are mutated: those of this repository, and some made by our own writers. */
final class Samples {

  /** A longer file is no better sample, only a slower one. */
  private static final long MAX_BYTES = 20_000;

  private Samples() {}

  static Path root() {
    return Path.of(System.getProperty("lipc.root"));
  }

  /** The paths of the files of the repository that {@code wanted} names, in their order. */
  static List<Path> files(Predicate<String> wanted) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean output = folder.endsWith("target") || folder.endsWith(".git");
            return output ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.size() <= MAX_BYTES && wanted.test(root().relativize(file).toString())) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    assertThat(files).isNotEmpty();
    return files;
  }

  static List<byte[]> contents(List<Path> files) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
    }
    return contents;
  }

  /** Tensors from a text of lines such as {@code F32 h.weight [2, 2] 1 0 0 1}. */
  static Weights tensors(Path file) throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("[\\[\\]]");
      String[] head = parts[0].strip().split(" ");
      ElementType type = ElementType.valueOf(head[0]);
      List<Integer> shape = Stream.of(parts[1].split(", *")).map(Integer::valueOf).toList();
      double[] values =
          Stream.of(parts[2].strip().split(" +"))
              .mapToDouble(number -> type.round(Double.parseDouble(number)))
              .toArray();
      try {
        tensors.add(Tensor.of(head[1], type, shape, values));
      } catch (FormatException e) {
        throw new AssertionError(line, e);
      }
    }
    return Weights.of(tensors);
  }

  /** A tensor of small numbers, the same each time. */
  static Tensor tensor(String name, ElementType type, List<Integer> shape) {
    Random random = new Random(name.hashCode());
    int size = shape.stream().reduce(1, Math::multiplyExact);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          (float) (random.nextGaussian() / Math.sqrt(shape.isEmpty() ? 1 : shape.getLast()));
    }
    try {
      return Tensor.of(name, type, shape, values);
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
  }

  /** Weights of both formats, with none, one and three extents. */
  static byte[] weights() {
    return Safetensors.write(
        Weights.of(
            List.of(
                tensor("h.weight", ElementType.F32, List.of(2, 3)),
                tensor("h.bias", ElementType.F64, List.of(2)),
                tensor("s", ElementType.F64, List.of()),
                tensor("t", ElementType.F32, List.of(2, 1, 2)))));
  }
}
