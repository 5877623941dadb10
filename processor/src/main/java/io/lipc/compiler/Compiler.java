package io.lipc.compiler;

import io.lipc.compiler.emission.Backend;
import io.lipc.compiler.emission.Emission;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.library.NetworkScope;
import io.lipc.compiler.proof.CertificateCache;
import io.lipc.compiler.proof.Counterexamples;
import io.lipc.compiler.proof.ProofPhase;
import io.lipc.compiler.proof.Search;
import io.lipc.compiler.reading.Batch;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.compiler.reading.Phase;
import io.lipc.compiler.reading.Request;
import io.lipc.compiler.reading.WeightsPhase;
import io.lipc.compiler.warning.Consequences;
import io.lipc.compiler.warning.Oddities;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ProofDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The driver: the list of phases that every network passes, callees first.
 *
 * <pre>
 * check -> read weights -> certify -> check the certificate -> lower -> emit
 * </pre>
 *
 * <p>Each phase takes a value and gives a value or findings; findings end the run of that network
 * and of those that call it. No class is emitted whose certificate the checker has not accepted.
 */
public final class Compiler {

  private final NetworkScope scope;
  private final FileFinder files;
  private final ProofPhase proofs;
  private final Oddities oddities;

  private Compiler(NetworkScope scope, FileFinder files, ProofPhase proofs) {
    this.scope = scope;
    this.files = files;
    this.proofs = proofs;
    this.oddities = new Oddities(scope, proofs.search());
  }

  /**
   * Proves or refuses every declaration and generates code; results are sorted by name.
   *
   * @param backends what to generate besides the class for the JVM
   */
  public static List<Compilation> compile(
      Batch batch,
      FileFinder files,
      Library library,
      Search search,
      Counterexamples pairs,
      CertificateCache cache,
      Set<Backend> backends) {
    ProofPhase proofs = new ProofPhase(search, pairs, cache);
    return compile(batch, files, library, proofs, backends);
  }

  static List<Compilation> compile(
      Batch batch, FileFinder files, Library library, ProofPhase proofs, Set<Backend> backends) {
    NetworkScope scope = NetworkScope.of(batch, library);
    Compiler compiler = new Compiler(scope, files, proofs);
    return scope.visit(compiler::examine).stream()
        .map(examination -> compiler.generate(examination, backends))
        .toList();
  }

  /** Proves or refuses every declaration and generates nothing; results are sorted by name. */
  public static List<Examination> examine(
      Batch batch, FileFinder files, Library library, Search search, Counterexamples pairs) {
    NetworkScope scope = NetworkScope.of(batch, library);
    Compiler compiler =
        new Compiler(scope, files, new ProofPhase(search, pairs, CertificateCache.none()));
    return scope.visit(compiler::examine);
  }

  private Examination examine(Request request) {
    String network = request.declaration().name();
    try {
      DeclarationChecker.Outcome outcome =
          DeclarationChecker.check(request.declaration(), scope.of(request.declaration()));
      Phase<WeightsPhase.Weighted> weighted =
          Phase.of(outcome.network(), outcome.findings())
              .then(checked -> WeightsPhase.read(checked, files));
      return switch (weighted) {
        case Phase.Failed<WeightsPhase.Weighted> failed ->
            Examination.Refused.because(network, failed.findings());
        case Phase.Done<WeightsPhase.Weighted> done ->
            switch (proofs.prove(request, done.value(), scope)) {
              case Examination.Refused refused -> refused;
              case Examination.Proved proved -> {
                List<Finding> warnings = new ArrayList<>(outcome.warnings());
                warnings.addAll(oddities.of(request.declaration(), done.value(), proved));
                yield proved.with(warnings);
              }
            };
      };
    } catch (RuntimeException | StackOverflowError e) {
      // A fault of ours is a message like any other, about this network alone.
      return Examination.Refused.because(network, fault("examine", e));
    }
  }

  private Compilation generate(Examination examination, Set<Backend> backends) {
    return switch (examination) {
      case Examination.Refused refused -> new Compilation.Refused(refused);
      case Examination.Proved proved -> {
        try {
          KernelGraph kernels = Lowering.lower(proved.checked());
          yield new Compilation.Compiled(
              proved,
              Consequences.of(proved.checked().network()),
              Emission.emit(proved, kernels, scope),
              Emission.emitOthers(backends, proved, kernels));
        } catch (RuntimeException | StackOverflowError e) {
          yield new Compilation.Refused(
              new Examination.Refused(
                  proved.network(), fault("emit", e), Optional.of(proved.certification())));
        }
      }
    };
  }

  private static List<Finding> fault(String phase, Throwable thrown) {
    return List.of(
        new Finding(new Place.OfNetwork(), ProofDiagnostics.internalFault(phase, thrown)));
  }
}
