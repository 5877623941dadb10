package io.lipc.tools.command;

import io.lipc.certificate.Norms;
import io.lipc.model.Declaration;
import io.lipc.model.Norm;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The norms as options and reports write them; from {@code linf} to the constant. The equality of
 * the two types of norms stands here, too: verifying loads no class of the search, which has a
 * table of its own.
 */
public final class NormWords implements ITypeConverter<Norm>, Iterable<String> {

  /** Created by picocli. */
  NormWords() {}

  @Override
  public Norm convert(String word) {
    return Arrays.stream(Norm.values())
        .filter(norm -> norm.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("there is no norm `" + word + "`, only l2 and linf"));
  }

  /** All of them, for completion. */
  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Norm.values()).map(Norm::word).iterator();
  }

  /** The norms as in {@code from linf to l2}. */
  public static String sentence(Norms norms) {
    return "from " + word(norms.input()) + " to " + word(norms.output());
  }

  /** The same norms, as certificates name them. */
  public static Norms of(Norm from, Norm to) {
    return new Norms(of(from), of(to));
  }

  /** The norms of a declaration; l2 if it names none. */
  public static Norms of(Declaration declaration) {
    return declaration
        .lipschitz()
        .map(spec -> of(spec.inputNorm(), spec.outputNorm()))
        .orElse(Norms.EUCLIDEAN);
  }

  private static io.lipc.certificate.Norm of(Norm norm) {
    return switch (norm) {
      case L2 -> io.lipc.certificate.Norm.L2;
      case LINF -> io.lipc.certificate.Norm.LINF;
    };
  }

  /** The norm as options write it: {@code linf}. */
  public static String word(io.lipc.certificate.Norm norm) {
    return switch (norm) {
      case L2 -> Norm.L2.word();
      case LINF -> Norm.LINF.word();
    };
  }
}
