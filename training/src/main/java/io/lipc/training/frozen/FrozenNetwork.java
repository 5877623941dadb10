package io.lipc.training.frozen;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Subject;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.runtime.ClassLabels;
import io.lipc.training.table.Standardisation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rounded weights with their proof.
 *
 * @param subject the weights, and a certificate that the checker has accepted
 * @param claims what it claims beside its bound
 * @param labels what the outputs are called, if that is known
 * @param others tensors of other networks, which are in the same file; the certificates do not name
 *     them
 */
public record FrozenNetwork(
    Subject subject, List<Subject> claims, Optional<ClassLabels> labels, Weights others)
    implements Frozen {

  public FrozenNetwork {
    claims = List.copyOf(claims);
  }

  /** Weights of a network whose outputs have no names, and which claims its bound alone. */
  public FrozenNetwork(Subject subject) {
    this(subject, List.of());
  }

  /** Weights of a network whose outputs have no names. */
  public FrozenNetwork(Subject subject, List<Subject> claims) {
    this(subject, claims, Optional.empty(), Weights.of(List.of()));
  }

  /** The same with names of the outputs. */
  public FrozenNetwork with(ClassLabels names) {
    return new FrozenNetwork(subject, claims, Optional.of(names), others);
  }

  /** The same in one file with the statistics of the network that reads a table's units for it. */
  @Override
  public FrozenNetwork with(String raw, Standardisation statistics) {
    return new FrozenNetwork(subject, claims, labels, statistics.tensors());
  }

  /** The qualified name of the network. */
  public String name() {
    return subject.certificate().network();
  }

  @Override
  public List<FrozenNetwork> trained() {
    return List.of(this);
  }

  @Override
  public SortedMap<String, byte[]> files() {
    return new TreeMap<>(Map.of(name(), file()));
  }

  /** A safetensors file that carries its certificates and, if there are any, its labels. */
  public byte[] file() {
    Map<String, String> metadata = new TreeMap<>();
    Stream.concat(Stream.of(subject), claims.stream())
        .map(Subject::certificate)
        .forEach(
            certificate ->
                metadata.put(
                    CertifiedFile.key(certificate.claim().kind()),
                    CertificateText.write(certificate)));
    labels.ifPresent(known -> metadata.put(ClassLabels.KEY, known.text()));
    Map<String, Tensor> tensors = new TreeMap<>(subject.weights().tensors());
    tensors.putAll(others.tensors());
    return Safetensors.write(new Weights(tensors), new TreeMap<>(metadata));
  }

  /**
   * Writes {@link #file()}, whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, file());
  }
}
