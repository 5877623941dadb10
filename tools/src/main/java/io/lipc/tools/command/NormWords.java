package io.lipc.tools.command;

import io.lipc.certificate.Norms;
import io.lipc.formats.Norm;
import io.lipc.model.Declaration;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The norms as options and reports write them; from {@code linf} to the constant. */
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
    return "from " + norms.input().word() + " to " + norms.output().word();
  }

  /** The norms of a declaration; l2 if it names none. */
  public static Norms of(Declaration declaration) {
    return declaration
        .lipschitz()
        .map(spec -> new Norms(spec.inputNorm(), spec.outputNorm()))
        .orElse(Norms.EUCLIDEAN);
  }
}
