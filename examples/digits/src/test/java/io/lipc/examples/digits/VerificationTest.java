package io.lipc.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.runtime.DistanceDecision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about decisions by distance shows this code, and what the example prints. */
final class VerificationTest {

  private static final Path PAGE = Path.of("../../docs/distances.md");
  private static final Path SOURCE =
      Path.of("src/test/java/io/lipc/examples/digits/VerificationTest.java");

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  @Test
  void the_page_shows_what_the_example_prints() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Verification.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"))
        .isEqualTo(blocks("").getLast());
  }

  @Test
  void the_lines_of_the_page_compile_and_decide() throws IOException {
    DigitsLdltNetwork network = DigitsLdltNetwork.load();
    List<Images.Image> images = Images.heldOut();
    float[] enrolled = Verification.firstOf(images, 3).pixels();
    float[] image = Verification.firstOf(images.subList(30, images.size()), 3).pixels();
    // As on the page.
    DistanceDecision<float[]> near = DistanceDecision.ofInput(network, enrolled, 1.2);
    DistanceDecision.Decision decision = near.decide(image);
    assertThat(decision.within()).isEqualTo(decision.distance() <= 1.2);
    assertThat(decision.radius())
        .isGreaterThan(0)
        .isLessThan(Math.abs(1.2 - decision.distance()) / network.lipschitzBound());
    String source = Files.readString(SOURCE);
    assertThat(blocks("java").getFirst().lines().map(line -> line.replaceFirst(" *//.*", "")))
        .hasSize(5)
        .allSatisfy(line -> assertThat(source).contains(line.replaceFirst(";$", "")));
  }
}
