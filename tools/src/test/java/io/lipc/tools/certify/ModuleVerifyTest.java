package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.tools.CommandRun;
import io.lipc.tools.CompiledGate;
import io.lipc.tools.command.ExitCode;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lipc verify} of what somebody else has compiled. */
final class ModuleVerifyTest extends CommandRun {

  private static final String WEIGHTS = "demo/gate.safetensors";
  private static final String FREE =
      "accepted: demo.Free is 1-Lipschitz from l2 to l2 (exactly 0x1.0p0), for every value of its"
          + " free parameters\n";

  private static final String CLASSES = "; what its classes compute was not looked at\n";

  @TempDir private Path folder;
  private CompiledGate module;

  @BeforeEach
  void compile() throws Exception {
    module = new CompiledGate(folder);
  }

  private int verify(Path what, String... more) {
    return run(
        Stream.concat(Stream.of("verify", what.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void every_network_of_a_jar_or_a_folder_is_checked() throws Exception {
    Path jar = module.jar("app.jar", name -> !name.endsWith(".class"));
    for (Path what : List.of(jar, module.classes())) {
      assertThat(verify(what)).as(out + err).isEqualTo(ExitCode.PROVED);
      assertThat(out)
          .startsWith(FREE + "accepted: demo.Gate is ")
          .contains("\naccepted: demo.Halved is ")
          .endsWith("\n" + what + ": 3 networks, 3 accepted" + CLASSES)
          .hasLineCount(4);
    }
  }

  @Test
  void what_a_jar_is_called_does_not_matter() throws Exception {
    Path jar = module.jar("app.bin", _ -> true);
    assertThat(verify(jar)).as(out + err).isEqualTo(ExitCode.PROVED);
  }

  @Test
  void other_weights_are_rejected_with_whatever_calls_them() throws Exception {
    module.writeWeights(0.5);
    assertThat(verify(module.jar("app.jar", _ -> true))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("\nrejected: demo.Gate: foreign digest: h.weight\n")
        .contains("\nrejected: demo.Halved: callee not accepted: demo.Gate is ")
        .endsWith("app.jar: 3 networks, 1 accepted, 2 rejected" + CLASSES);
  }

  @Test
  void weights_that_are_not_in_the_jar_are_asked_for_and_may_be_given() throws Exception {
    Path jar = module.jar("app.jar", name -> !name.equals(WEIGHTS));
    assertThat(verify(jar)).isEqualTo(ExitCode.NOT_PROVED);
    String missing =
        "the weights of demo.Gate, demo/gate.safetensors, are not in the module; give them with"
            + " --weights\n";
    assertThat(out)
        .startsWith(FREE)
        .contains("not decided: demo.Gate: " + missing, "not decided: demo.Halved: " + missing)
        .endsWith("app.jar: 3 networks, 1 accepted, 2 not decided" + CLASSES);
    Path given = folder.resolve("renamed.safetensors");
    Files.copy(module.classes().resolve(WEIGHTS), given);
    module.writeWeights(0.5);
    Path other = module.classes().resolve(WEIGHTS);
    assertThat(verify(jar, "--weights", given.toString())).as(out + err).isZero();
    assertThat(verify(jar, "--weights", other.toString(), "--weights", given.toString()))
        .as("digests say which is whose, and nothing is said about the other")
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--weights " + other + " was not read");
    assertThat(verify(jar, "--weights", other.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("rejected: demo.Gate: foreign digest: h.weight\n");
  }

  @Test
  void called_networks_may_be_in_another_jar() throws Exception {
    Path gate = module.jar("gate.jar", name -> name.contains("demo.Gate") || name.equals(WEIGHTS));
    Path rest = module.jar("rest.jar", name -> name.contains("demo.Halved"));
    assertThat(verify(rest)).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith(
            "rejected: demo.Halved: it calls demo.Gate: there is no META-INF/lipc/demo.Gate.json in"
                + " the module or its class path\n");
    assertThat(verify(rest, "--class-path", gate.toString())).as(out + err).isZero();
    assertThat(out).contains("rest.jar: 1 network, 1 accepted");
  }

  @Test
  void what_is_asked_for_is_asked_of_every_network() {
    assertThat(verify(module.classes(), "--at-most", "1")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith(FREE)
        .contains("\nnot as asked: demo.Gate is ", "; you asked for a bound of at most 1.0\n");
  }

  @Test
  void json_has_an_object_for_each_network() throws Exception {
    Path jar = module.jar("app.jar", name -> !name.equals(WEIGHTS));
    assertThat(verify(jar, "--json")).isEqualTo(ExitCode.NOT_PROVED);
    Map<String, JsonValue> json = ((JsonValue.JsonObject) Json.read(out)).members();
    assertThat(json).containsEntry("what", new JsonValue.JsonString(jar.toString()));
    List<JsonValue> networks = ((JsonValue.JsonArray) json.get("networks")).elements();
    assertThat(networks).hasSize(3);
    Map<String, JsonValue> gate = ((JsonValue.JsonObject) networks.get(1)).members();
    assertThat(gate)
        .containsEntry("network", new JsonValue.JsonString("demo.Gate"))
        .containsEntry("verdict", new JsonValue.JsonString("not decided"))
        .containsEntry("bound", new JsonValue.JsonNull());
  }

  @Test
  void what_holds_no_certificate_is_an_input_error() throws Exception {
    Path empty = module.jar("empty.jar", name -> name.equals(WEIGHTS));
    assertThat(verify(empty)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("empty.jar holds no certificates: there is no META-INF/lipc/NETWORK.json in it");
    assertThat(verify(folder.resolve("absent.jar"))).isEqualTo(ExitCode.INPUT_ERROR);
    Path broken = folder.resolve("broken.jar");
    Files.write(broken, new byte[] {'P', 'K', 3, 4, 0, 0});
    assertThat(verify(broken)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("broken.jar cannot be read: ").doesNotContain("\tat ");
    assertThat(verify(module.classes(), "net.lip")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("whose networks need no model");
  }

  @Test
  void a_certificate_with_weights_needs_no_model() {
    Path carried = module.classes().resolve("META-INF/lipc/demo.Gate.json");
    assertThat(verify(carried)).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .isEqualTo(
            "not decided: the weights of demo.Gate are not given; give the model as a second"
                + " argument, or its safetensors file with --weights\n");
    String weights = module.classes().resolve(WEIGHTS).toString();
    assertThat(verify(carried, "--weights", weights)).as(out + err).isZero();
    assertThat(out)
        .startsWith("accepted: demo.Gate is ")
        .endsWith("note: without a model, this is about the layers that the certificate lists\n");
  }

  private Path jarOf(String... entries) throws Exception {
    Path jar = folder.resolve("hostile.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String entry : entries) {
        out.putNextEntry(new JarEntry(entry));
        out.write(new byte[1 << 20]);
      }
    }
    return jar;
  }

  @Test
  void a_jar_of_two_files_with_one_name_is_refused() throws Exception {
    Path jar = jarOf("META-INF/lipc/a.json", "META-INF/lipc/b.json");
    String bytes = new String(Files.readAllBytes(jar), StandardCharsets.ISO_8859_1);
    Files.write(jar, bytes.replace("/b.json", "/a.json").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(verify(jar)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("hostile.jar has two files of the name META-INF/lipc/a.json");
  }

  /** An entry that is unpacked over a certificate that was looked at would not be looked at. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "META-INF/lipc/./demo.Gate.json",
        "META-INF//lipc/demo.Gate.json",
        "META-INF/lipc/a/../demo.Gate.json",
        "/META-INF/lipc/demo.Gate.json",
        "META-INF\\lipc\\demo.Gate.json",
        "..//"
      })
  void a_jar_that_programs_unpack_in_different_ways_is_refused(String name) throws Exception {
    assertThat(verify(jarOf("META-INF/lipc/demo.Gate.json", name))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("hostile.jar has an entry of the name ")
        .endsWith(
            ", and where that is unpacked depends on the program; pack it again with `jar`\n");
  }

  @Test
  void certificates_in_a_folder_below_are_not_passed_over() throws Exception {
    Path below = module.classes().resolve("META-INF/lipc/x/demo.Gate.json");
    Files.createDirectories(below.getParent());
    Files.copy(module.classes().resolve("META-INF/lipc/demo.Gate.json"), below);
    for (Path what : List.of(module.jar("app.jar", _ -> true), module.classes())) {
      assertThat(verify(what)).isEqualTo(ExitCode.NOT_PROVED);
      assertThat(out)
          .contains("rejected: x/demo.Gate: it is about demo.Gate\n")
          .contains(": 4 networks, 3 accepted, 1 rejected");
    }
  }

  /** A program that ignores the case of names would find a certificate that was not looked at. */
  @ParameterizedTest
  @ValueSource(strings = {"demo.Other.JSON", "x/demo.Other.Json", "demo.Gate.json.bak", "README"})
  void a_file_beside_certificates_that_is_not_looked_at_is_refused(String name) throws Exception {
    Path other = module.classes().resolve("META-INF/lipc").resolve(name);
    Files.createDirectories(other.getParent());
    Files.copy(module.classes().resolve("META-INF/lipc/demo.Gate.json"), other);
    for (Path what : List.of(module.jar("app.jar", _ -> true), module.classes())) {
      assertThat(verify(what)).as(out + err).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(err)
          .contains(
              " has a file META-INF/lipc/" + name + ", which is not looked at, because its name");
    }
  }

  @Test
  void weights_that_newer_machines_would_not_read_are_refused() throws Exception {
    Path versioned = module.classes().resolve("META-INF/versions/21").resolve(WEIGHTS);
    Files.createDirectories(versioned.getParent());
    Files.copy(module.classes().resolve(WEIGHTS), versioned);
    assertThat(verify(module.jar("app.jar", _ -> true))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains(
            "rejected: demo.Gate: newer virtual machines read META-INF/versions/21/demo/"
                + "gate.safetensors in place of demo/gate.safetensors\n");
  }

  /** A certificate that is true, under another name. */
  private void writeRenamed(String name) throws Exception {
    Path carried = module.classes().resolve("META-INF/lipc");
    String text = Files.readString(carried.resolve("demo.Free.json"));
    String renamed = text.replace("\"demo.Free\"", '"' + name + '"');
    assertThat(renamed).isNotEqualTo(text);
    Files.writeString(carried.resolve(name + ".json"), renamed);
  }

  @Test
  void a_name_is_no_part_of_the_sentence() throws Exception {
    writeRenamed("demo.Gate is 0.5-Lipschitz, and Free");
    assertThat(verify(module.classes())).as(out + err).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains(
            "rejected: \"demo.Gate is 0.5-Lipschitz, and Free\": no network is called \"demo.Gate")
        .doesNotContain("is 0.5-Lipschitz from");
  }

  @Test
  void a_network_may_be_called_like_the_origin_of_another() throws Exception {
    writeRenamed("demo.Else.origin");
    Path jar = module.jar("app.jar", _ -> true);
    for (Path what : List.of(jar, module.classes())) {
      assertThat(verify(what)).as(out + err).isEqualTo(ExitCode.PROVED);
      assertThat(out).contains("accepted: demo.Else.origin is 1-Lipschitz");
    }
    Path carried = module.classes().resolve("META-INF/lipc/demo.Gate-origin.json");
    Files.copy(carried, carried.resolveSibling("demo.Lone-origin.json"));
    assertThat(verify(module.classes())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("rejected: demo.Lone-origin: ");
  }

  @Test
  void certificates_in_two_places_of_a_jar_are_refused() throws Exception {
    Path inner = module.classes().resolve("BOOT-INF/classes/META-INF/lipc/demo.Gate.json");
    Files.createDirectories(inner.getParent());
    Files.writeString(inner, "{}");
    assertThat(verify(module.jar("app.jar", _ -> true))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains(
            "app.jar has certificates in META-INF/lipc/ and in BOOT-INF/classes/META-INF/lipc/");
  }

  @Test
  void a_folder_may_be_named_from_within() {
    Path here = Path.of("").toAbsolutePath().relativize(module.classes());
    assertThat(verify(here.resolve("../classes/."))).as(out + err).isEqualTo(ExitCode.PROVED);
  }
}
