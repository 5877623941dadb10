package io.lipc.processor;

import io.lipc.compiler.reading.DeclaredIn;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/**
 * The files that declare a network, by their digests: the source of the interface, and the text or
 * model that it names. A later build holds what there is then against them.
 */
final class DeclaringFiles {

  private DeclaringFiles() {}

  static DeclaredIn of(TypeElement type, Elements elements, FileFinder files) {
    return new DeclaredIn(source(type, elements), text(type, elements, files));
  }

  /** Empty where the compiler does not tell, as Eclipse's, or where it was given a class file. */
  private static Optional<Digest> source(TypeElement type, Elements elements) {
    try {
      JavaFileObject file = elements.getFileObjectOf(type);
      if (file == null || file.getKind() != JavaFileObject.Kind.SOURCE) {
        return Optional.empty();
      }
      try (InputStream content = file.openInputStream()) {
        return Optional.of(Digest.of(BoundedFile.read(content, BoundedFile.MAX_BYTES)));
      }
    } catch (UnsupportedOperationException | IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Digest> text(TypeElement type, Elements elements, FileFinder files) {
    Annotated annotation = TextFrontEnd.annotation(type, elements);
    return annotation.written("value").isPresent()
            && files.find(Names.packageName(type, elements), annotation.text("value"))
                instanceof FileFinder.Result.Found found
        ? Optional.of(Digest.of(found.content()))
        : Optional.empty();
  }
}
