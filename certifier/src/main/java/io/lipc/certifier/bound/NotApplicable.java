package io.lipc.certifier.bound;

import io.lipc.certificate.Subject;
import java.util.Optional;

/**
 * A method that was asked for and says nothing about this problem.
 *
 * @param reason a lower-case clause
 */
public record NotApplicable(String reason) implements BoundMethod {

  @Override
  public Search best() {
    return new Search.Failed(reason);
  }

  @Override
  public Optional<Subject> at(double bound) {
    return Optional.empty();
  }
}
