package io.lipc.compiler.reading;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.compiler.foreign.ForeignFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Late;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.StandardisingForm;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ProofDiagnostics;
import io.lipc.model.diagnostic.TrainingDiagnostics;
import io.lipc.model.diagnostic.WeightsDiagnostics;
import io.lipc.model.diagnostic.WeightsDiagnostics.Misfit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the declared weights: exactly the tensors that the network names, of the right shapes, each
 * element rounded once to the network's precision.
 */
public final class WeightsPhase {

  private final CheckedNetwork checked;
  private final String file;

  /** The path of the weights' file, as {@code lipc train} takes it. */
  private final String place;

  private final List<Finding> findings = new ArrayList<>();

  /** The tensors that the file lacks, or has in other shapes. */
  private final List<Misfit> misfits = new ArrayList<>();

  private WeightsPhase(CheckedNetwork checked, String file, String place) {
    this.checked = checked;
    this.file = file;
    this.place = place;
  }

  /**
   * A network with its weights.
   *
   * @param weights the tensors that its layers name, in its format, and the units of its inputs
   * @param resource where the file will be in the jar, if it will
   * @param sizes how many numbers each tensor of the file has, those included that it does not name
   * @param carried the certificate that the file carries, if it does; not checked yet
   * @param further the certificates of other claims that it carries, likewise
   */
  public record Weighted(
      CheckedNetwork checked,
      Weights weights,
      Optional<String> resource,
      Map<String, Integer> sizes,
      Optional<Certificate> carried,
      Map<ClaimKind, Certificate> further) {
    public Weighted {
      further = Map.copyOf(further);
      sizes = Map.copyOf(sizes);
    }
  }

  /** Reads the files that a network names, or the reasons why they cannot be used. */
  public static Phase<Weighted> read(CheckedNetwork checked, FileFinder files) {
    return QueryPhase.read(checked, files).then(asked -> weights(asked, files));
  }

  private static Phase<Weighted> weights(CheckedNetwork checked, FileFinder files) {
    Network network = checked.network();
    Optional<String> declared = network.weightsFile();
    if (declared.isEmpty()) {
      return Phase.done(
          new Weighted(
              checked,
              Weights.of(List.of()),
              Optional.empty(),
              Map.of(),
              Optional.empty(),
              Map.of()));
    }
    String name = declared.get();
    return switch (files.find(network.packageName(), name)) {
      case FileFinder.Result.NotFound missing ->
          Phase.failed(
              new Finding(new Place.OfWeights(), missing(network, name, files, missing.reason())));
      case FileFinder.Result.Found found ->
          new WeightsPhase(checked, name, files.place(network.packageName(), name))
              .parse(found, files.deadline());
    };
  }

  private static Diagnostic missing(Network network, String name, FileFinder files, String reason) {
    return network.weights() instanceof WeightsSource.Parameterized
            && FileFinder.refuse(name).isEmpty()
        ? TrainingDiagnostics.weightsNotTrained(
            network.simpleName(),
            name,
            files.roots(),
            reason,
            files.place(network.packageName(), name))
        : WeightsDiagnostics.weightsNotFound(
            name,
            files.roots(),
            reason,
            FileFinder.refuse(name).isPresent()
                ? Optional.empty()
                : Optional.of(files.place(network.packageName(), name)),
            files.near(network.packageName(), name));
  }

  /** A finding if the file has no tensors of the layer that standardises. */
  private Optional<Finding> withoutStatistics(Weights all) {
    Network network = checked.network();
    return StandardisingForm.of(network)
        .map(form -> form.layer().tensors())
        .filter(tensors -> tensors.stream().noneMatch(one -> all.tensor(one.name()).isPresent()))
        .map(
            tensors ->
                new Finding(
                    new Place.OfWeights(),
                    TrainingDiagnostics.statisticsMissing(
                        file,
                        checked.nameOf(1),
                        tensors.stream().map(LinearMap.TensorShape::name).toList(),
                        tensors.getFirst().shape(),
                        network.simpleName(),
                        place)));
  }

  private Phase<Weighted> parse(FileFinder.Result.Found found, Deadline deadline) {
    try {
      Safetensors.Contents contents = Safetensors.contents(found.content(), deadline::check);
      Weights all = contents.weights();
      Optional<Finding> unfitted = withoutStatistics(all);
      if (unfitted.isPresent()) {
        return Phase.failed(List.of(unfitted.get()));
      }
      List<Tensor> named = new ArrayList<>();
      List<Layer> layers = checked.network().layers();
      for (int i = 0; i < layers.size(); i++) {
        for (LinearMap.TensorShape tensor : layers.get(i).tensors()) {
          take(all, tensor.name(), tensor.shape(), checked.nameOf(i), named);
        }
      }
      sayMisfits(all);
      takeUnits(all, named);
      if (findings.isEmpty()) {
        checkFinite(Weights.of(named));
      }
      return findings.isEmpty()
          ? Phase.done(
              new Weighted(
                  checked,
                  Weights.of(named),
                  found.resource(),
                  sizes(all),
                  CertifiedFile.certificate(contents),
                  CertifiedFile.further(contents)))
          : Phase.failed(findings);
    } catch (Late late) {
      return Phase.failed(new Finding(new Place.OfWeights(), ProofDiagnostics.weightsLate(file)));
    } catch (FormatException e) {
      Diagnostic fault =
          ForeignFile.of(found.content())
              .filter(kind -> kind != ForeignFile.SAFETENSORS)
              .map(kind -> ProofDiagnostics.weightsForeign(file, kind.what(), kind.asWeights(file)))
              .orElseGet(() -> broken(e));
      return Phase.failed(new Finding(new Place.OfWeights(), fault));
    }
  }

  private Diagnostic broken(FormatException fault) {
    return ProofDiagnostics.weightsInvalid(
        file, fault.getMessage(), "a safetensors file of finite F32 or F64 tensors");
  }

  /**
   * Checks that constants which layers make of finite tensors are finite: scales of statistics need
   * not be.
   */
  private void checkFinite(Weights named) {
    List<Layer> layers = checked.network().layers();
    for (int i = 0; i < layers.size(); i++) {
      Optional<LinearMap> map = layers.get(i).linear();
      if (map.isPresent() && !map.get().isFinite(named)) {
        findings.add(
            new Finding(
                new Place.OfWeights(),
                ProofDiagnostics.weightsInvalid(
                    file,
                    "layer "
                        + Quoted.code(checked.nameOf(i))
                        + " has a scale or shift that is not finite",
                    "variances that are positive, with `epsilon` added")));
      }
    }
  }

  private static Map<String, Integer> sizes(Weights all) {
    Map<String, Integer> sizes = new TreeMap<>();
    all.tensors().forEach((name, tensor) -> sizes.put(name, tensor.size()));
    return sizes;
  }

  private void take(Weights all, String name, List<Integer> shape, String layer, List<Tensor> named)
      throws FormatException {
    Optional<Tensor> tensor = all.tensor(name);
    if (tensor.isPresent() && tensor.get().shape().equals(shape)) {
      named.add(tensor.get().rounded(checked.network().precision()));
      return;
    }
    misfits.add(new Misfit(name, layer, shape, tensor.map(Tensor::shape)));
  }

  /** Takes the tensor that a scaled bound names, as it is stored: rounded units are others. */
  private void takeUnits(Weights all, List<Tensor> named) {
    for (Property.Further property : checked.network().further()) {
      if (property instanceof Property.Scaled(_, Property.Scale.OfTensor(String name))) {
        Optional<Tensor> tensor = all.tensor(name);
        UnitsTensor.fault(tensor, name, file, checked.network(), all.tensors().keySet())
            .map(fault -> new Finding(new Place.OfClaim(property.word()), fault))
            .ifPresentOrElse(
                findings::add, () -> tensor.filter(_ -> isSpare(name)).ifPresent(named::add));
      }
    }
  }

  private boolean isSpare(String name) {
    return named().stream().noneMatch(tensor -> tensor.name().equals(name));
  }

  /** Tensors that are wrong for one reason are one fault. */
  private void sayMisfits(Weights all) {
    List<Misfit> missing = misfits.stream().filter(one -> one.found().isEmpty()).toList();
    List<Misfit> transposed = misfits.stream().filter(Misfit::isTransposed).toList();
    List<Misfit> others =
        misfits.stream().filter(one -> one.found().isPresent() && !one.isTransposed()).toList();
    if (!missing.isEmpty()) {
      Map<String, List<Integer>> spare = spare(all);
      say(
          TensorNames.meant(named(), missing, spare)
              .map(meant -> WeightsDiagnostics.tensorsRenamed(file, missing, meant))
              .orElseGet(
                  () ->
                      WeightsDiagnostics.tensorsMissing(
                          file, missing, all.tensors().keySet(), spare.keySet())));
    }
    if (!transposed.isEmpty()) {
      say(WeightsDiagnostics.tensorsTransposed(file, transposed));
    }
    if (!others.isEmpty()) {
      say(WeightsDiagnostics.tensorsOfOtherShapes(file, others));
    }
  }

  private void say(Diagnostic fault) {
    findings.add(new Finding(new Place.OfWeights(), fault));
  }

  private List<LinearMap.TensorShape> named() {
    return checked.network().layers().stream().flatMap(layer -> layer.tensors().stream()).toList();
  }

  /** The tensors that the network does not name. */
  private Map<String, List<Integer>> spare(Weights all) {
    Map<String, List<Integer>> spare = new TreeMap<>();
    all.tensors().forEach((name, tensor) -> spare.put(name, tensor.shape()));
    named().forEach(tensor -> spare.remove(tensor.name()));
    return spare;
  }
}
