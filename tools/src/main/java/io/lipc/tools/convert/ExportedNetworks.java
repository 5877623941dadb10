package io.lipc.tools.convert;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Digest;
import io.lipc.formats.Norm;
import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.WeightsSource;
import io.lipc.onnx.writing.OnnxNetwork;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns a proof into the exported network. A certificate says completely what is computed, so that
 * the network is built from it: what the file holds is what was proved.
 */
final class ExportedNetworks {

  private ExportedNetworks() {}

  /** The network that a certificate is about. */
  static OnnxNetwork of(Subject subject) {
    Certificate certificate = subject.certificate();
    List<Layer> layers = certificate.units().stream().map(UnitLists::layer).toList();
    Network network =
        new Network(
            certificate.network(),
            new Property.Lipschitz(certificate.lipschitz().declared(), Norm.L2, Norm.L2),
            new WeightsSource.None(),
            certificate.type(),
            layers);
    Map<String, OnnxNetwork> callees = new HashMap<>();
    subject.callees().forEach((name, callee) -> callees.put(name, of(callee)));
    return new OnnxNetwork(network, subject.weights(), callees);
  }

  /** The metadata of the file. */
  static SortedMap<String, String> metadata(Subject subject) {
    Certificate certificate = subject.certificate();
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("lipc.network", certificate.network());
    metadata.put("lipc.bound", Decimals.plain(certificate.lipschitz().bound()));
    metadata.put("lipc.norms", certificate.lipschitz().norms().toString());
    metadata.put("lipc.method", certificate.method());
    metadata.put("lipc.certificate.sha256", subject.digest().hex());
    metadata.put("lipc.weights.sha256", weights(certificate).hex());
    return metadata;
  }

  /**
   * The digest of one line for each tensor, in the order of names: its name, a blank, its digest.
   */
  private static Digest weights(Certificate certificate) {
    SortedMap<String, String> digests = new TreeMap<>();
    for (TensorRecord tensor : certificate.tensors()) {
      digests.put(tensor.name(), tensor.digest().hex());
    }
    String lines =
        digests.entrySet().stream()
            .map(tensor -> tensor.getKey() + " " + tensor.getValue() + "\n")
            .collect(Collectors.joining());
    return Digest.of(lines.getBytes(StandardCharsets.UTF_8));
  }
}
