package io.lipc.certificate;

import io.lipc.formats.Digest;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A certificate together with everything that it is about.
 *
 * @param certificate the certificate
 * @param digest the digest of the text that it was read from or written to
 * @param weights at least the tensors that the certificate names, in its format
 * @param callees the networks that it calls, by qualified name
 */
public record Subject(
    Certificate certificate, Digest digest, Weights weights, Map<String, Subject> callees) {
  public Subject {
    callees = Map.copyOf(callees);
  }

  /**
   * The same with the other tensors of a file of weights, as they stand there: units of inputs may
   * be among them.
   */
  public Subject beside(Weights file) {
    Map<String, Tensor> all = new TreeMap<>(file.tensors());
    all.putAll(weights.tensors());
    return new Subject(certificate, digest, new Weights(all), callees);
  }

  /**
   * Whether all weights are known, those of the called networks included, so that the network can
   * be evaluated.
   */
  public boolean isEvaluable() {
    return isEvaluable(Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /** Networks may share callees: {@code seen} holds those that need no second look. */
  private boolean isEvaluable(Set<Subject> seen) {
    return !seen.add(this)
        || (certificate.units().stream()
                .allMatch(unit -> weights.tensors().keySet().containsAll(unit.tensors()))
            && callees.values().stream().allMatch(callee -> callee.isEvaluable(seen)));
  }
}
