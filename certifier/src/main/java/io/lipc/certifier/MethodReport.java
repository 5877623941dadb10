package io.lipc.certifier;

import io.lipc.model.UpperBound;
import java.util.Optional;

/**
 * What became of one method.
 *
 * @param upper the bound that it proved
 * @param seconds wall-clock time, the checker's included
 * @param failure why it proved nothing, a lower-case clause; present iff {@code upper} is not
 */
public record MethodReport(
    Method method, Optional<UpperBound> upper, double seconds, Optional<String> failure) {}
