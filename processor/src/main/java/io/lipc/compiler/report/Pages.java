package io.lipc.compiler.report;

import io.lipc.model.diagnostic.DiagnosticId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The pages about diagnostics, which are part of this jar as well as of the documentation. */
public final class Pages {

  private Pages() {}

  /** The page of one kind of diagnostic, in Markdown; empty if this build has none. */
  public static Optional<String> of(DiagnosticId id) {
    try (InputStream page = Pages.class.getResourceAsStream("/docs/errors/" + id.word() + ".md")) {
      return page == null
          ? Optional.empty()
          : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sentence in bold that every page begins with; the id where there is no page. */
  public static String title(DiagnosticId id) {
    return of(id).flatMap(page -> between(page)).orElse(id.word());
  }

  private static Optional<String> between(String page) {
    int from = page.indexOf("**");
    int to = page.indexOf("**", from + 2);
    return from >= 0 && to > from ? Optional.of(page.substring(from + 2, to)) : Optional.empty();
  }
}
