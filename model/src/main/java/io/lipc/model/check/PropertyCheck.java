package io.lipc.model.check;

import io.lipc.model.Declaration;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.Signature;
import io.lipc.model.diagnostic.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Checks the conditions of each property on the network that declares it, once its shapes are
 * known.
 */
final class PropertyCheck {

  private PropertyCheck() {}

  /**
   * The faults of the properties that are asked for.
   *
   * @param output the shape of the output, where it is known
   * @param callees the networks that are called, as far as they have no faults
   */
  static List<Finding> ofOutput(
      Declaration declaration, Optional<Shape> output, List<Signature> callees) {
    return declaration.properties().stream()
        .flatMap(
            property ->
                switch (property) {
                  // Which numbers and norms can be true is known before any shape.
                  case Property.Lipschitz _ -> Optional.<Finding>empty().stream();
                  case Property.Scaled scaled ->
                      ScaledCheck.check(declaration, scaled, callees).stream();
                  case Property.Local local ->
                      LocalCheck.check(declaration, local, callees).stream();
                  case Property.Monotone monotone ->
                      DerivativeCheck.check(declaration, monotone).stream();
                  case Property.Slopes slopes ->
                      DerivativeCheck.check(declaration, slopes).stream();
                  case Property.Query query ->
                      QueryCheck.check(declaration, query, callees).stream();
                  case Property.Range range ->
                      RangeCheck.check(declaration, range, callees).stream();
                  case Property.Pairs _ -> PairsCheck.check(declaration, output, callees).stream();
                })
        .toList();
  }
}
