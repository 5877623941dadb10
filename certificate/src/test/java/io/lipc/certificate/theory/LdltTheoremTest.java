package io.lipc.certificate.theory;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Unit;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each hypothesis, violated alone; and the unit that is named as the one at fault. */
final class LdltTheoremTest {

  private NetworkUnderTest net = new NetworkUnderTest();

  @BeforeEach
  void restart() {
    net = new NetworkUnderTest();
    net.construction = true;
    net.declared = 1;
    net.input(2);
  }

  /** A dense unit with two tensors of its own. */
  private int dense(int operand) {
    String name = "layer" + net.units.size();
    return net.add(Unit.dense(operand, 2, 2, name, Optional.of(name + ".bias")));
  }

  private int hidden(int operand, String activation, double... constants) {
    return net.activation(dense(operand), activation, constants);
  }

  private Optional<String> violation() {
    return LdltTheorem.violation(net.subject());
  }

  private void assertGiven() {
    assertThat(violation()).isEmpty();
  }

  private void assertFault(int unit) {
    assertThat(violation()).hasValue("unit " + unit + " is not of the construction");
  }

  /** Units 1 and 2, 3 and 4, 5. */
  private void chain(String first, String second) {
    dense(hidden(hidden(0, first), second));
  }

  @Test
  void chains() {
    dense(0);
    assertGiven();
    restart();
    chain("relu", "abs");
    assertGiven();
  }

  @Test
  void chainsHaveAnyBoundedSlopes() {
    for (double slope : new double[] {-300, 300}) {
      restart();
      dense(hidden(0, "leaky_relu", slope));
      assertGiven();
    }
  }

  @Test
  void theSkipHasTensorsOfItsOwn() {
    int skip = net.add(Unit.dense(0, 2, 2, "w", Optional.of("w")));
    net.sum(skip, dense(hidden(0, "relu")));
    assertFault(skip);
  }

  @Test
  void weightsAreFree() {
    chain("relu", "relu");
    net.tensor("somewhere", List.of(1), new double[] {1});
    assertThat(violation())
        .hasValue("the theorem is about free parameters, and weights or callees are given");
  }

  @Test
  void boundsArePositive() {
    for (double bound : new double[] {0, -0.0, -1, Double.NaN}) {
      restart();
      dense(0);
      net.bound = bound;
      net.declared = bound;
      assertThat(violation()).isPresent();
    }
  }

  @Test
  void normsAreEuclidean() {
    for (Norms norms :
        List.of(
            new Norms(Norm.LINF, Norm.L2),
            new Norms(Norm.L2, Norm.LINF),
            new Norms(Norm.LINF, Norm.LINF))) {
      restart();
      dense(0);
      net.norms = norms;
      assertThat(violation()).hasValue("the theorem is about l2");
    }
  }

  @Test
  void boundsAreTheDeclaredOnes() {
    for (double declared : new double[] {Math.nextUp(1.0), Math.nextDown(1.0), 2}) {
      restart();
      dense(0);
      net.declared = declared;
      assertThat(violation())
          .hasValue("the weights are made for the declared, positive bound and keep no other");
    }
    net.declared = 1;
    assertGiven();
  }

  @Test
  void everyActivationHasAnIntervalOfSlopes() {
    for (String other : List.of("identity", "maxmin", "center")) {
      restart();
      chain(other, "relu");
      assertFault(2);
      restart();
      chain("relu", other);
      assertFault(4);
    }
  }

  @Test
  void anActivationStandsBetweenDenseUnits() {
    dense(dense(0));
    assertFault(1);
    restart();
    dense(net.scale(hidden(0, "relu"), 0.5));
    assertFault(3);
    restart();
    dense(net.activation(hidden(0, "relu"), "relu"));
    assertFault(2);
    restart();
    dense(net.activation(0, "relu"));
    assertFault(0);
    restart();
    hidden(0, "relu");
    assertFault(2);
    restart();
    assertFault(0);
  }

  @Test
  void everyUnitIsUsed() {
    dense(0);
    dense(0);
    assertThat(violation()).hasValue("unit 1 is outside of the construction");
    restart();
    int last = dense(hidden(0, "relu"));
    hidden(last, "relu");
    net.units.removeLast();
    dense(net.activation(1, "relu"));
    assertThat(violation()).isPresent();
  }

  @Test
  void tensorsAreUsedOnce() {
    int first = net.add(Unit.dense(0, 2, 2, "w", Optional.of("b")));
    int relu = net.activation(first, "relu");
    net.add(Unit.dense(relu, 2, 2, "v", Optional.of("c")));
    assertGiven();
    for (Unit last :
        List.of(
            Unit.dense(relu, 2, 2, "w", Optional.of("c")),
            Unit.dense(relu, 2, 2, "v", Optional.of("b")),
            Unit.dense(relu, 2, 2, "v", Optional.of("w")),
            Unit.dense(relu, 2, 2, "b", Optional.empty()))) {
      net.units.set(3, last);
      assertFault(1);
    }
    net.units.set(3, Unit.dense(relu, 2, 2, "v", Optional.of("v")));
    assertFault(3);
  }

  /** Units 1; 2 and 3, 4; 5: both orders of the sum. */
  @Test
  void residuals() {
    for (boolean skipFirst : new boolean[] {true, false}) {
      restart();
      int skip = dense(0);
      int last = dense(hidden(0, "tanh"));
      net.sum(skipFirst ? skip : last, skipFirst ? last : skip);
      assertGiven();
    }
  }

  @Test
  void residualsHaveSlopesFromZeroToOne() {
    for (double slope : new double[] {-0.5, 1.5}) {
      restart();
      int skip = dense(0);
      net.sum(skip, dense(hidden(0, "leaky_relu", slope)));
      assertFault(3);
    }
    for (double slope : new double[] {0, 0.5}) {
      restart();
      int skip = dense(0);
      net.sum(skip, dense(hidden(0, "leaky_relu", slope)));
      assertGiven();
    }
    restart();
    int skip = dense(0);
    net.sum(skip, dense(hidden(hidden(0, "abs"), "relu")));
    assertFault(3);
  }

  @Test
  void residualsHaveOneSkipAndOneChain() {
    net.sum(dense(0), dense(0));
    assertFault(1);
    restart();
    net.sum(dense(hidden(0, "relu")), dense(hidden(0, "relu")));
    assertFault(6);
    restart();
    net.sum(0, dense(hidden(0, "relu")));
    assertFault(3);
    restart();
    int skip = dense(0);
    net.sum(skip, skip);
    assertFault(1);
    restart();
    int one = dense(0);
    net.sum(one, dense(hidden(0, "relu")), dense(hidden(0, "relu")));
    assertFault(8);
  }

  @Test
  void residualsAreSumsOfTwo() {
    int skip = dense(0);
    int last = dense(hidden(0, "relu"));
    net.concat(skip, last);
    assertFault(net.units.size() - 1);
    net.units.removeLast();
    net.sum(skip, last, last);
    assertFault(net.units.size() - 1);
    net.units.removeLast();
    net.sum(skip, last);
    assertGiven();
  }

  @Test
  void theChainOfAResidualDoesNotBeginWithItsSkip() {
    int skip = dense(0);
    net.sum(skip, dense(net.activation(skip, "relu")));
    assertThat(violation()).isPresent();
    restart();
    int own = net.add(Unit.dense(0, 2, 2, "w", Optional.empty()));
    int inner = net.add(Unit.dense(0, 2, 2, "w", Optional.empty()));
    net.sum(own, dense(net.activation(inner, "relu")));
    assertFault(2);
  }

  @Test
  void everyUnitOfAResidualIsUsed() {
    int skip = dense(0);
    dense(0);
    net.sum(skip, dense(hidden(0, "relu")));
    assertThat(violation()).hasValue("unit 2 is outside of the construction");
  }
}
