package io.lipc.compiler.report;

import io.lipc.model.diagnostic.DiagnosticId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The address of the published documentation, as the build puts it into {@code site/target/site}.
 *
 * @param folder an absolute address that ends with a slash, without query and fragment
 */
public record HelpBase(URI folder) {

  /** The end of a message about an address that is not one of a folder. */
  public static final String EXPECTED =
      "is not the absolute address of a folder, such as https://example.org/lipc/";

  /** Reads an address; empty if it is not an absolute one of a folder. */
  public static Optional<HelpBase> parse(String text) {
    try {
      URI folder = new URI(text.endsWith("/") ? text : text + "/");
      boolean isPlace = folder.getHost() != null || "file".equals(folder.getScheme());
      boolean isFolder = folder.getRawQuery() == null && folder.getRawFragment() == null;
      return folder.isAbsolute() && !folder.isOpaque() && isPlace && isFolder
          ? Optional.of(new HelpBase(folder))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The address of the page about one kind of diagnostic. */
  URI page(DiagnosticId id) {
    return folder.resolve("docs/errors/" + id.word() + ".html");
  }
}
