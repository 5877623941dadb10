package io.lipc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certifier.Certification;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.proof.CertificateCache;
import io.lipc.compiler.proof.Counterexamples;
import io.lipc.compiler.proof.ProofPhase;
import io.lipc.compiler.proof.Search;
import io.lipc.compiler.proof.Timing;
import io.lipc.compiler.reading.Batch;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.compiler.reading.Request;
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
import io.lipc.model.Step;
import io.lipc.model.UpperBound;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.DiagnosticId;
import io.lipc.model.diagnostic.Finding;
import io.lipc.processor.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The claims of the search count for nothing: the compiler believes its checker alone. */
final class LyingSearchTest {

  private static final Declaration DECLARATION =
      new Declaration(
          "demo.Liar",
          "",
          List.of(new Property.Lipschitz(4, Norm.L2, Norm.L2)),
          new WeightsSource.Given("liar.safetensors"),
          ElementType.F32,
          List.of(
              Step.named("x", new Operation.Input(List.of(2), Optional.empty()), List.of()),
              Step.named("y", new Operation.Dense(2, false, Optional.empty()), List.of("x"))),
          Optional.of("y"),
          Optional.empty());

  private static Compilation compile(Search search) throws FormatException {
    return compile(DECLARATION, search);
  }

  private static Compilation compile(Declaration declaration, Search search)
      throws FormatException {
    Tensor weight =
        Tensor.of("y.weight", ElementType.F32, List.of(2, 2), new double[] {3, 0, 0, 1});
    byte[] file = Safetensors.write(Weights.of(List.of(weight)));
    FileFinder files =
        new FileFinder() {
          @Override
          public Result find(String packageName, String name) {
            return new Result.Found(file, Optional.of(name));
          }

          @Override
          public List<String> roots() {
            return List.of("memory");
          }
        };
    Counterexamples none = (network, json) -> "nowhere";
    Batch batch = new Batch(List.of(new Request(declaration, "demo.Liar")), Set.of());
    ProofPhase proofs = new ProofPhase(search, none, CertificateCache.none());
    return Compiler.compile(batch, files, Library.empty(), proofs, Set.of()).getFirst();
  }

  /** An honest search whose certificate is then changed. */
  private static Search tampering(UnaryOperator<Certificate> tamper) {
    return new Search() {
      @Override
      public Certification.OfBound certify(
          Network network, Weights weights, Map<String, Subject> callees) {
        Certification.Certified honest =
            (Certification.Certified)
                Search.all(new Timing.Usual()).certify(network, weights, callees);
        Subject subject = honest.subject();
        Certificate changed = tamper.apply(subject.certificate());
        return new Certification.Certified(
            new Subject(changed, subject.digest(), weights, callees),
            new UpperBound(changed.lipschitz().bound()),
            honest.evidence());
      }
    };
  }

  @Test
  void an_honest_search_is_believed_after_the_check() throws FormatException {
    assertThat(compile(Search.all(new Timing.Usual()))).isInstanceOf(Compilation.Compiled.class);
  }

  @Test
  void a_bound_that_the_proof_does_not_carry_is_never_emitted() throws Exception {
    Compilation compilation = compile(tampering(c -> c.claiming(1)));
    assertThat(compilation).isInstanceOf(Compilation.Refused.class);
    Finding finding = ((Compilation.Refused) compilation).examination().findings().getFirst();
    assertThat(finding.diagnostic().id()).isEqualTo(DiagnosticId.INTERNAL_FAULT);
    String message = finding.diagnostic().message().replaceAll("thrown at .*", "thrown at (place)");
    Golden.compare(Path.of("src/test/resources/bad/internal-fault/expected"), message + "\n");
  }

  @Test
  void a_proof_about_another_network_is_never_emitted() throws FormatException {
    Compilation compilation =
        compile(tampering(c -> c.declaring("demo.Other", c.lipschitz().declared())));
    assertThat(compilation).isInstanceOf(Compilation.Refused.class);
  }

  private static Declaration withPairs() {
    return new Declaration(
        DECLARATION.name(),
        DECLARATION.documentation(),
        List.of(new Property.Lipschitz(4, Norm.L2, Norm.L2), new Property.Pairs()),
        DECLARATION.weights(),
        DECLARATION.precision(),
        DECLARATION.steps(),
        DECLARATION.output(),
        DECLARATION.result());
  }

  /** An honest search for the bound, and what another finds of the pairs. */
  private static Search pairing(Function<Subject, Optional<Subject>> pairs) {
    return new Search() {
      @Override
      public Certification.OfBound certify(
          Network network, Weights weights, Map<String, Subject> callees) {
        return Search.all(new Timing.Usual()).certify(network, weights, callees);
      }

      @Override
      public Optional<Subject> further(Property.Further property, Subject network) {
        return pairs.apply(network);
      }
    };
  }

  @Test
  void pairs_are_proved_where_they_are_asked_for() throws FormatException {
    Compilation.Compiled with =
        (Compilation.Compiled) compile(withPairs(), Search.all(new Timing.Usual()));
    // The rows are (3, 0) and (0, 1).
    assertThat(with.proof().pairs().orElseThrow().bounds().of(0, 1)).isBetween(3.1622, 3.1624);
    assertThat(with.source())
        .contains("claiming(", with.proof().pairs().get().bounds().subject().digest().hex());
    Compilation.Compiled without = (Compilation.Compiled) compile(pairing(_ -> Optional.empty()));
    assertThat(without.proof().pairs()).isEmpty();
    assertThat(without.source()).doesNotContain("pair");
  }

  @Test
  void pairs_that_the_checker_rejects_are_never_emitted() throws Exception {
    Search lying =
        pairing(
            network -> {
              Certificate honest =
                  Search.all(new Timing.Usual())
                      .further(new Property.Pairs(), network)
                      .orElseThrow()
                      .certificate();
              List<Unit> units = PairUnits.of(network.certificate().units(), List.of(0.5));
              return Optional.of(PairBounds.claimed(network, honest.of(units)).subject());
            });
    assertRefused(compile(withPairs(), lying));
    assertRefused(compile(withPairs(), pairing(_ -> Optional.empty())));
  }

  private static void assertRefused(Compilation compilation) throws Exception {
    assertThat(compilation).isInstanceOf(Compilation.Refused.class);
    Finding finding = ((Compilation.Refused) compilation).examination().findings().getFirst();
    Golden.compare(
        Path.of("src/test/resources/bad/pairs-not-certified/expected"),
        finding.diagnostic().message() + "\n");
  }

  @Test
  void a_search_that_throws_is_one_message() throws FormatException {
    Search failing =
        (network, weights, callees) -> {
          throw new IllegalStateException("out of luck");
        };
    Compilation.Refused refused = (Compilation.Refused) compile(failing);
    assertThat(refused.examination().findings()).hasSize(1);
    assertThat(refused.examination().findings().getFirst().diagnostic().message())
        .startsWith("[internal-fault] lipc itself failed in phase `examine`")
        .contains("out of luck", "please report it");
  }
}
