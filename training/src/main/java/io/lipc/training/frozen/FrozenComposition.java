package io.lipc.training.frozen;

import io.lipc.certificate.Subject;
import io.lipc.formats.Safetensors;
import io.lipc.runtime.ClassLabels;
import io.lipc.training.table.Standardisation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network that calls others, which were trained together.
 *
 * @param subject the network with a certificate of the declared bound, or of the least one that was
 *     proved; its callees have the rounded weights
 * @param claims what it claims beside its bound
 * @param trained the networks that it calls and whose weights were trained, callees first
 * @param labels what its outputs are called, if that is known
 * @param statistics the file of the network that reads a table's units, by the name of that network
 */
public record FrozenComposition(
    Subject subject,
    List<Subject> claims,
    List<FrozenNetwork> trained,
    Optional<ClassLabels> labels,
    SortedMap<String, byte[]> statistics)
    implements Frozen {

  public FrozenComposition {
    claims = List.copyOf(claims);
    trained = List.copyOf(trained);
    statistics = Collections.unmodifiableSortedMap(new TreeMap<>(statistics));
  }

  /** A network whose outputs have no names. */
  public FrozenComposition(Subject subject, List<Subject> claims, List<FrozenNetwork> trained) {
    this(subject, claims, trained, Optional.empty(), new TreeMap<>());
  }

  /**
   * The same with names of the outputs, in the file of the network that gives them.
   *
   * @param last the trained network whose outputs are those of this one; empty where none is
   */
  public FrozenComposition with(ClassLabels names, Optional<String> last) {
    List<FrozenNetwork> named = new ArrayList<>();
    for (FrozenNetwork one : trained) {
      named.add(last.equals(Optional.of(one.name())) ? one.with(names) : one);
    }
    return new FrozenComposition(subject, claims, named, Optional.of(names), statistics);
  }

  /** Whether names of the outputs are in a file: they are known, and a trained network has them. */
  public boolean keepsLabels() {
    return labels.isPresent()
        && (!statistics.isEmpty() || trained.stream().anyMatch(one -> one.labels().isPresent()));
  }

  /** Statistics go into a file of their own, with the names of the outputs. */
  @Override
  public FrozenComposition with(String raw, Standardisation fitted) {
    SortedMap<String, String> metadata = new TreeMap<>();
    labels.ifPresent(names -> metadata.put(ClassLabels.KEY, names.text()));
    SortedMap<String, byte[]> file = new TreeMap<>();
    file.put(raw, Safetensors.write(fitted.tensors(), metadata));
    return new FrozenComposition(subject, claims, trained, labels, file);
  }

  @Override
  public SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>(statistics);
    trained.forEach(one -> files.put(one.name(), one.file()));
    return files;
  }
}
