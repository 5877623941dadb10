package io.lipc.onnx.graph;

import io.lipc.formats.Quoted;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Extents of an input that may be any number: a network's have to be known. */
final class FreeExtents {

  private FreeExtents() {}

  /** All extents, with a batch of any size taken as one of 1; no other one may be free. */
  static List<Integer> fixed(String input, List<OptionalLong> stated) throws OnnxException {
    String name = "input " + OnnxException.quote(input);
    String free =
        IntStream.range(1, stated.size())
            .filter(d -> stated.get(d).isEmpty())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    if (!free.isEmpty()) {
      throw new OnnxException(
          "extent%s %s of %s may be any number, and a network has inputs of one size: only the first"
                  .formatted(free.contains(",") ? "s" : "", free, name)
              + " extent, the batch, may be free"
              + help(input, stated));
    }
    return valid(name, stated.stream().map(extent -> extent.orElse(1)).toList());
  }

  /** The extents that are given, if they are those of the file wherever it says them. */
  static List<Integer> filled(String name, Optional<List<OptionalLong>> stated, List<Integer> given)
      throws OnnxException {
    List<Long> extents = given.stream().map(Integer::longValue).toList();
    if (stated.isPresent() && !agree(stated.get(), extents)) {
      throw new OnnxException(
          "%s has the shape %s in the file, and %s is given"
              .formatted(name, Statement.words(stated.get()), Shapes.words(given)));
    }
    return valid(name, extents);
  }

  private static boolean agree(List<OptionalLong> stated, List<Long> given) {
    return stated.size() == given.size()
        && IntStream.range(0, given.size())
            .allMatch(d -> stated.get(d).orElse(given.get(d)) == (long) given.get(d));
  }

  private static List<Integer> valid(String name, List<Long> extents) throws OnnxException {
    if (!Shapes.isValid(extents) || extents.contains(0L)) {
      throw new OnnxException(name + " has the shape " + Shapes.words(extents));
    }
    return extents.stream().map(Long::intValue).toList();
  }

  /** The advice for an input without a shape. */
  static String help(String input) {
    return help(input, List.of());
  }

  private static String help(String input, List<OptionalLong> stated) {
    List<String> extents = new ArrayList<>();
    for (OptionalLong extent : stated) {
      boolean batch = extents.isEmpty();
      extents.add(extent.isPresent() ? extent.getAsLong() + "" : batch ? "1" : "N");
    }
    String words = extents.isEmpty() ? "1,N" : String.join(",", extents);
    String option = Quoted.of(input) + "=" + words;
    return "; say which numbers by --shape %s or @CertifiedNetwork(shape = \"%s\")"
        .formatted(option, option.replace("\"", ""));
  }
}
