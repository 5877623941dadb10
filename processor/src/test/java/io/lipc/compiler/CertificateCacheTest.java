package io.lipc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.proof.CertificateCache;
import io.lipc.compiler.proof.ProofPhase;
import io.lipc.compiler.proof.Search;
import io.lipc.compiler.proof.Timing;
import io.lipc.compiler.reading.Batch;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.compiler.reading.Request;
import io.lipc.compiler.report.ProofLine;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.Declaration;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache saves the search; it is believed no more than anybody else. */
final class CertificateCacheTest {

  @TempDir private Path folder;

  private final AtomicInteger searches = new AtomicInteger();
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

  private String settings = "";

  private final Search counting =
      new Search() {
        @Override
        public String settings() {
          return settings;
        }

        @Override
        public Certification.OfBound certify(
            Network network, Weights weights, Map<String, Subject> callees) {
          searches.incrementAndGet();
          return Search.all(new Timing.Usual()).certify(network, weights, callees);
        }
      };

  private Compilation compile(String name, double bound, double weight) {
    return compile(name, new Property.Lipschitz(bound, Norm.L2, Norm.L2), weight);
  }

  private Compilation compile(String name, Property.Lipschitz spec, double weight) {
    return compile(
        name,
        List.of(spec),
        List.of(
            Step.named("x", new Operation.Input(List.of(2), Optional.empty()), List.of()),
            Step.named("y", new Operation.Dense(2, false, Optional.empty()), List.of("x"))),
        weight);
  }

  /** {@code relu(3 x_0, x_1)}: on the box both are off, and the bound there is 0. */
  private Examination.Proved onBox(double upper) {
    Region.Part part = new Region.Part("x", OptionalInt.empty(), -2, upper);
    Compilation compilation =
        compile(
            "demo.Net",
            List.of(
                new Property.Lipschitz(4, Norm.L2, Norm.L2),
                new Property.Local(
                    new Property.Lipschitz(1, Norm.L2, Norm.L2), new Region.Parts(List.of(part)))),
            List.of(
                Step.named("x", new Operation.Input(List.of(2), Optional.empty()), List.of()),
                Step.named("y", new Operation.Dense(2, false, Optional.empty()), List.of("x")),
                Step.named(
                    "z", new Operation.Activate(Activation.of(PointwiseKind.RELU)), List.of("y"))),
            3);
    return ((Compilation.Compiled) compilation).proof();
  }

  private Compilation compile(
      String name, List<Property> properties, List<Step> steps, double weight) {
    Declaration declaration =
        new Declaration(
            name,
            "",
            properties,
            new WeightsSource.Given("net.safetensors"),
            ElementType.F32,
            steps,
            Optional.of(steps.getLast().name()),
            Optional.empty());
    Batch batch = new Batch(List.of(new Request(declaration, name)), Set.of());
    ProofPhase proofs =
        new ProofPhase(
            counting,
            (network, json) -> "nowhere",
            CertificateCache.in(folder.resolve("cache"), complaints::add));
    return Compiler.compile(batch, files(weight), Library.empty(), proofs, Set.of()).getFirst();
  }

  private static FileFinder files(double weight) {
    return new FileFinder() {
      @Override
      public Result find(String packageName, String name) {
        try {
          Tensor tensor =
              Tensor.of("y.weight", ElementType.F32, List.of(2, 2), new double[] {weight, 0, 0, 1});
          return new Result.Found(
              Safetensors.write(Weights.of(List.of(tensor))), Optional.of(name));
        } catch (FormatException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public List<String> roots() {
        return List.of("memory");
      }
    };
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.toList();
    }
  }

  private static String certificate(Compilation compilation) {
    return ((Compilation.Compiled) compilation).proof().certificate();
  }

  @Test
  void theSecondBuildSearchesNoMore() throws IOException {
    String first = certificate(compile("demo.Net", 4, 3));
    assertThat(certificate(compile("demo.Net", 4, 3))).isEqualTo(first);
    assertThat(searches).hasValue(1);
    assertThat(kept()).hasSize(1);
    assertThat(complaints).isEmpty();
  }

  @Test
  void anotherNameIsTheSameQuestion() {
    String first = certificate(compile("demo.Net", 4, 3));
    assertThat(certificate(compile("demo.Other", 4, 3)))
        .isEqualTo(first.replace("demo.Net", "demo.Other"));
    assertThat(searches).hasValue(1);
  }

  @Test
  void otherWeightsAndOtherBoundsAreOtherQuestions() {
    certificate(compile("demo.Net", 4, 3));
    certificate(compile("demo.Net", 4, 3.5));
    certificate(compile("demo.Net", 5, 3));
    assertThat(searches).hasValue(3);
  }

  @Test
  void whatIsRefusedIsSearchedForAgain() {
    assertThat(compile("demo.Net", 2, 3)).isInstanceOf(Compilation.Refused.class);
    assertThat(compile("demo.Net", 2, 3)).isInstanceOf(Compilation.Refused.class);
    assertThat(searches).hasValue(2);
  }

  @Test
  void anAlteredCertificateIsNotBelieved() throws IOException {
    String honest = certificate(compile("demo.Net", 4, 3));
    Path file = kept().getFirst();
    String altered = honest.replaceFirst("\"bound\": \"[^\"]*\"", "\"bound\": \"0x1.0p0\"");
    assertThat(altered).isNotEqualTo(honest);
    Files.writeString(file, altered);
    assertThat(certificate(compile("demo.Net", 4, 3))).isEqualTo(honest);
    assertThat(searches).hasValue(2);
    assertThat(Files.readString(file)).isEqualTo(honest);
  }

  @Test
  void theCertificateOfAnotherNetworkIsNotUsed() throws IOException {
    certificate(compile("demo.Net", 4, 1));
    Path easy = kept().getFirst();
    assertThat(compile("demo.Net", 4, 3)).isInstanceOf(Compilation.Compiled.class);
    for (Path file : kept()) {
      Files.copy(easy, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    String proved = certificate(compile("demo.Net", 4, 3));
    assertThat(proved).doesNotContain("\"bound\": \"0x1.0p0\"");
    assertThat(searches).hasValue(3);
  }

  /** The root of 3^2 + 1 is more than 3.1: from linf to l2 that bound is false. */
  @Test
  void theCertificateBetweenOtherNormsIsNotUsed() throws IOException {
    certificate(compile("demo.Net", 3.1, 3));
    Path fromL2 = kept().getFirst();
    Property.Lipschitz fromLinf = new Property.Lipschitz(3.1, Norm.LINF, Norm.L2);
    assertThat(compile("demo.Net", fromLinf, 3)).isInstanceOf(Compilation.Refused.class);

    certificate(compile("demo.Net", new Property.Lipschitz(4, Norm.LINF, Norm.L2), 3));
    assertThat(kept()).hasSize(2);
    for (Path file : kept()) {
      Files.copy(fromL2, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    searches.set(0);
    assertThat(certificate(compile("demo.Net", new Property.Lipschitz(4, Norm.LINF, Norm.L2), 3)))
        .contains("\"input norm\": \"linf\"");
    assertThat(searches).hasValue(1);
  }

  /** A bound on a box would be false for all inputs, and on another box. */
  @Test
  void aLocalCertificateAnswersForNothingElse() throws Exception {
    Examination.Proved first = onBox(-1);
    String local = first.claims().getFirst().certificate();
    assertThat(CertificateText.read(first.certificate()).lipschitz().bound()).isBetween(3.0, 3.1);
    assertThat(CertificateText.read(local).inequality().bound()).isZero();
    assertThat(kept()).hasSize(2);
    for (String forged : List.of(local, local.replace("/local", ""), first.certificate())) {
      for (Path file : kept()) {
        Files.writeString(file, forged);
      }
      Examination.Proved again = onBox(-1);
      assertThat(again.certificate()).isEqualTo(first.certificate());
      assertThat(again.claims().getFirst().certificate()).isEqualTo(local);
    }
    onBox(-0.5);
    assertThat(kept()).hasSize(3);
    for (Path file : kept()) {
      Files.writeString(file, local);
    }
    Claim.Local wider =
        (Claim.Local) onBox(-0.5).claims().getFirst().subject().certificate().claim();
    assertThat(wider.box().upper()).containsExactly(-0.5, -0.5);
  }

  @Test
  void garbageIsComplainedOf() throws IOException {
    String honest = certificate(compile("demo.Net", 4, 3));
    Files.writeString(kept().getFirst(), "{");
    assertThat(certificate(compile("demo.Net", 4, 3))).isEqualTo(honest);
    assertThat(complaints).hasSize(1);
    assertThat(complaints.getFirst()).contains("is not used");
  }

  /** The search would find 3; the folder has a proof of 60, which is as true. */
  @Test
  void aLooserCertificateOfTheFolderIsShippedAndNamed() throws Exception {
    String found = certificate(compile("demo.Net", 100, 3));
    Path file = kept().getFirst();
    Files.writeString(
        file, CertificateText.write(CertificateText.read(Files.readString(file)).claiming(60)));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-02-03T23:00:00Z")));
    Compilation again = compile("demo.Net", 100, 3);
    assertThat(searches).hasValue(1);
    assertThat(CertificateText.read(certificate(again)).lipschitz().bound()).isEqualTo(60);
    assertThat(ProofLine.of(((Compilation.Compiled) again).proof()))
        .contains("Lipschitz bound 60 ", ", from the cache of 2026-02-03");
    Files.delete(file);
    Compilation anew = compile("demo.Net", 100, 3);
    assertThat(certificate(anew)).isEqualTo(found);
    assertThat(ProofLine.of(((Compilation.Compiled) anew).proof())).doesNotContain("cache");
  }

  @Test
  void whatAnotherSearchFoundIsAnotherAnswer() throws Exception {
    certificate(compile("demo.Net", 4, 3));
    settings = "by others";
    certificate(compile("demo.Net", 4, 3));
    assertThat(searches).hasValue(2);
    assertThat(kept()).hasSize(2);
    assertThat(Search.all(new Timing.Each(Duration.ofSeconds(5))).settings())
        .isNotEqualTo(Search.all(new Timing.Each(Duration.ofSeconds(6))).settings())
        .isEqualTo(Search.all(new Timing.Each(Duration.ofSeconds(5))).settings());
  }

  /** Whatever lies in the folder in the place of the certificate is passed over, and said. */
  private void assertPassedOver(String reason) throws IOException {
    complaints.clear();
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> assertThat(compile("demo.Net", 4, 3)).isInstanceOf(Compilation.Compiled.class));
    assertThat(complaints).first().asString().contains("is not used: " + reason);
  }

  @Test
  void whatNeverEndsIsNotRead() throws Exception {
    String honest = certificate(compile("demo.Net", 4, 3));
    Path file = kept().getFirst();
    Files.delete(file);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertPassedOver("it has 1099511627776 bytes");
    assumeTrue(File.separatorChar == '/', "no devices and no mkfifo here");
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("/dev/zero"));
    assertPassedOver("it is not a regular file");
    assertThat(file).as("what the search found is kept in its place").isRegularFile();
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    assertPassedOver("it is not a regular file");
    Files.delete(file);
    Files.createDirectory(file);
    assertPassedOver("it is not a regular file");
    Files.delete(file);
    // A link to a certificate is one: some build systems make folders of links.
    Path elsewhere = Files.writeString(folder.resolve("elsewhere.json"), honest);
    Files.createSymbolicLink(file, elsewhere);
    searches.set(0);
    assertThat(certificate(compile("demo.Net", 4, 3))).isEqualTo(honest);
    assertThat(searches).hasValue(0);
  }

  @Test
  void aFolderThatCannotBeMadeIsComplainedOf() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file");
    assertThat(compile("demo.Net", 4, 3)).isInstanceOf(Compilation.Compiled.class);
    assertThat(complaints).singleElement().asString().contains("cannot be made");
  }

  @Test
  void concurrentBuildsShareAFolder() {
    List<String> certificates =
        IntStream.range(0, 32)
            .parallel()
            .mapToObj(i -> certificate(compile("demo.Net", 4, 3 + i % 4 / 4.0)))
            .distinct()
            .toList();
    assertThat(certificates).hasSize(4);
    assertThat(complaints).isEmpty();
    try {
      assertThat(kept()).hasSize(4);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
