package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.tools.Trained;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever files hold, {@code lipc verify} prints visible ASCII, and texts of theirs that are no
 * words stand in quotes: no file adds to a sentence, or takes something from it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QuotedOutputTest {

  /** A sentence that no certificate here proves. */
  private static final String FORGED = "accepted: Net is 0.25-Lipschitz";

  /** Blanks, letters that are not drawn, what moves a cursor or turns letters, what ends quotes. */
  private static final List<String> HOSTILE =
      List.of(
          "\u00a0",
          "\u2007",
          "\u3164",
          "\u2800",
          "\u115f",
          "\u202e",
          "\u2066",
          "\u200b",
          "\ufeff",
          "\u0301",
          "\u0430",
          "\n",
          "\r",
          "\t",
          "\u0085",
          "\u2028",
          "\u001b[2K",
          "\u007f",
          "\u009b",
          "\0",
          "\ud83d\ude00",
          "\udb40\udc01",
          " ",
          "\"",
          "`",
          "'",
          "\\",
          "\\\"",
          "; ",
          ": ",
          ", ",
          "%s",
          "{",
          "]",
          "...",
          FORGED,
          FORGED);

  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"");

  /** A text between quotes of one of both kinds. */
  private static final Pattern QUOTATION = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`");

  private final Random random = new Random(36);
  private Trained files;
  private String certificate;
  private Weights weights;

  @BeforeAll
  void train(@TempDir Path folder) throws Exception {
    files = new Trained(folder);
    certificate = CertificateText.write(files.certificate());
    weights = files.weights();
  }

  private String hostile() {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? FORGED : "");
    for (int k = 1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 8); k > 0; k--) {
      text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
    }
    return text.append(random.nextBoolean() ? FORGED : "").toString();
  }

  /** One text for each literal of {@code text}, which is a hostile one there, and as it is else. */
  private List<String> mutants(String text) {
    List<String> mutants = new ArrayList<>();
    Matcher literal = LITERAL.matcher(text);
    while (literal.find()) {
      String other = Json.write(new JsonString(hostile()));
      mutants.add(text.substring(0, literal.start()) + other + text.substring(literal.end()));
    }
    return mutants;
  }

  /** Leaves out the note about certificates without a model, and is not about JSON. */
  private void assertHonest(String what, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of("verify", files.path(what).toString()));
    arguments.addAll(more);
    int code = files.run(arguments.toArray(String[]::new));
    String said = files.out + files.err;
    assertThat(said).isNotEmpty().matches("[ -~\n]*");
    List<String> lines = said.lines().filter(line -> !line.startsWith("note: ")).toList();
    for (String line : lines) {
      String outside = QUOTATION.matcher(line).replaceAll("");
      assertThat(outside).as(line).doesNotContain("0.25-").doesNotContain("\"").doesNotContain("`");
      assertThat(line.startsWith("accepted: Net is 1")).as(line).isEqualTo(code == 0);
    }
    assertThat(lines).hasSize(1);
  }

  private String path(String name) {
    return files.path(name).toString();
  }

  @Test
  void the_attack_of_issue_36_is_refused() throws Exception {
    String name =
        "demo.Big\u00a0is\u00a00.5-Lipschitz\u2007from\u00a0l2\u2007to\u00a0l2\u2007(exactly\u00a0"
            + "0x1.0p-1);\u00a0formerly\u2007it";
    Files.writeString(files.path("attack.json"), certificate.replace("\"Net\"", '"' + name + '"'));
    for (List<String> model : List.of(List.of("--weights"), List.<String>of())) {
      List<String> arguments = new ArrayList<>(List.of("verify", path("attack.json")));
      arguments.addAll(model);
      arguments.add(path(model.isEmpty() ? "net.lip" : "trained.safetensors"));
      assertThat(files.run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(files.out).isEmpty();
      assertThat(files.err)
          .contains("attack.json is not a certificate: no network is called \"demo.Big\\u00a0is")
          .matches("[ -~]*\n");
    }
  }

  @Test
  void texts_of_certificates() throws Exception {
    for (int round = 0; round < 3; round++) {
      for (String mutant : mutants(certificate)) {
        Files.writeString(files.path("hostile.json"), mutant);
        assertHonest("hostile.json", List.of("--weights", path("trained.safetensors")));
        assertHonest("hostile.json", List.of(path("net.lip")));
      }
    }
  }

  @Test
  void texts_of_headers_and_of_metadata() throws Exception {
    byte[] file =
        Safetensors.write(weights, new TreeMap<>(Map.of(CertifiedFile.KEY, certificate, "a", "b")));
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(file, 8, length, StandardCharsets.UTF_8);
    Files.writeString(files.path("plain.json"), certificate);
    for (int round = 0; round < 3; round++) {
      for (String mutant : mutants(header)) {
        byte[] text = mutant.getBytes(StandardCharsets.UTF_8);
        byte[] hostile =
            ByteBuffer.allocate(8 + text.length + file.length - 8 - length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(file, 8 + length, file.length - 8 - length)
                .array();
        Files.write(files.path("hostile.safetensors"), hostile);
        assertHonest("hostile.safetensors", List.of(path("net.lip")));
        assertHonest("plain.json", List.of("--weights", path("hostile.safetensors")));
      }
    }
  }

  @Test
  void names_of_files_in_jars() throws Exception {
    for (int round = 0; round < 100; round++) {
      String name = hostile().replace('/', '_');
      Path jar = files.path("hostile.jar");
      write(jar, "META-INF/lipc/" + name + ".json", round % 2 == 0 ? certificate : name);
      // Where a backslash is unpacked depends on the program, so such a jar is refused as a whole.
      boolean plain = name.indexOf('\\') < 0;
      assertThat(files.run("verify", jar.toString()))
          .isEqualTo(plain ? ExitCode.NOT_PROVED : ExitCode.INPUT_ERROR);
      assertThat(files.out).matches("[ -~\n]*");
      List<String> lines = files.out.lines().toList();
      if (!plain) {
        assertThat(QUOTATION.matcher(files.out).replaceAll("")).doesNotContain("0.25-");
        continue;
      }
      assertThat(lines).hasSize(2);
      assertThat(lines.getFirst()).startsWith("rejected: \"");
      assertThat(QUOTATION.matcher(lines.getFirst()).replaceAll("")).doesNotContain("0.25-");
      assertThat(lines.getLast())
          .endsWith(
              "hostile.jar: 1 network, 1 rejected; what its classes compute was not looked at");
    }
  }

  private static void write(Path jar, String name, String content) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(name));
      out.write(content.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }
}
