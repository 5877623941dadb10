package io.lipc.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipc.tools.page.ReportPage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages in a browser, where Chromium is installed. */
final class BrowserTest {

  private static final List<String> NAMES =
      List.of(
          "chromium",
          "chromium-browser",
          "chromium-headless-shell",
          "google-chrome",
          "google-chrome-stable");

  @TempDir private Path folder;

  private static Optional<Path> browser() {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
        .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @BeforeEach
  void writePage() throws Exception {
    boolean installed = browser().isPresent();
    if (!installed) {
      System.out.println("BrowserTest is skipped: no Chromium is on the PATH");
    }
    assumeTrue(installed, "no Chromium is on the PATH");
    ReportPage page =
        new ReportPage("n.lip", "lipc 1", Optional.empty(), List.of(Example.report("demo.N")));
    Files.writeString(folder.resolve("page.html"), page.html());
  }

  private String browse(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(browser().orElseThrow().toString()));
    command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"));
    command.add("--user-data-dir=" + folder.resolve("profile"));
    command.addAll(List.of(options));
    command.add(folder.resolve("page.html").toUri().toString());
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as(Files.readString(folder.resolve("err.txt"))).isTrue();
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  @Test
  void a_browser_finds_every_part_and_has_nothing_to_complain_of() throws Exception {
    String dom = browse("--enable-logging=stderr", "--dump-dom");
    assertThat(dom).contains("<h2 id=\"n1\">demo.N</h2>");
    assertThat(dom.split("<svg ", -1)).hasSize(6);
    assertThat(dom.split("<tr>", -1)).hasSizeGreaterThan(20);
    assertThat(Files.readString(folder.resolve("err.txt")))
        .doesNotContain("CONSOLE", "Content Security Policy");
  }

  @Test
  void a_page_is_drawn_in_light_and_in_dark() throws Exception {
    BufferedImage light = picture("--blink-settings=preferredColorScheme=1");
    BufferedImage dark = picture("--blink-settings=preferredColorScheme=0");
    assertThat(brightness(light)).isGreaterThan(0.8);
    assertThat(brightness(dark)).isLessThan(0.3);
    for (BufferedImage image : List.of(light, dark)) {
      // Letters are smoothed and charts are coloured, a blank page has one colour.
      assertThat(colours(image)).isGreaterThan(100);
    }
  }

  private BufferedImage picture(String scheme) throws IOException, InterruptedException {
    Path file = folder.resolve("page.png");
    browse("--window-size=1000,2400", "--screenshot=" + file, scheme);
    return ImageIO.read(file.toFile());
  }

  private static double brightness(BufferedImage image) {
    long sum = 0;
    for (int colour : pixels(image)) {
      sum += (colour & 0xff) + (colour >> 8 & 0xff) + (colour >> 16 & 0xff);
    }
    return sum / (3.0 * 255 * image.getWidth() * image.getHeight());
  }

  private static long colours(BufferedImage image) {
    return Arrays.stream(pixels(image)).distinct().count();
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void a_page_prints_as_pdf() throws Exception {
    Path file = folder.resolve("page.pdf");
    browse("--no-pdf-header-footer", "--print-to-pdf=" + file);
    byte[] pdf = Files.readAllBytes(file);
    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(pdf).hasSizeGreaterThan(20_000);
  }
}
