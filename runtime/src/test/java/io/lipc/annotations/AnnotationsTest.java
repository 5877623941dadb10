package io.lipc.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotationsTest {

  static List<Class<? extends Annotation>> ofNetworks() {
    return List.of(
        CertifiedNetwork.class,
        Lipschitz.class,
        Pairs.class,
        Parameterized.class,
        Precision.class,
        WeightsFile.class);
  }

  static List<Class<? extends Annotation>> ofLayers() {
    return List.of(
        Abs.class,
        Add.class,
        Call.class,
        Celu.class,
        Concat.class,
        Dense.class,
        Elu.class,
        Exp.class,
        Gelu.class,
        GeluTanh.class,
        HardShrink.class,
        HardSigmoid.class,
        HardSwish.class,
        HardTanh.class,
        Heaviside.class,
        Identity.class,
        Input.class,
        LeakyRelu.class,
        MaxMin.class,
        Mish.class,
        Output.class,
        Relu.class,
        Relu6.class,
        Scale.class,
        Selu.class,
        Sigmoid.class,
        Silu.class,
        Sin.class,
        Softplus.class,
        Softsign.class,
        Square.class,
        Tanh.class,
        Tensor.class,
        Threshold.class);
  }

  static Stream<Class<? extends Annotation>> all() {
    return Stream.concat(ofNetworks().stream(), ofLayers().stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void annotationsAreKeptInClassFilesOnly(Class<? extends Annotation> annotation) {
    // Kept, so that an interface of another module can be recognised; not visible at run time.
    assertThat(annotation.getAnnotation(Retention.class).value()).isEqualTo(RetentionPolicy.CLASS);
  }

  @ParameterizedTest
  @MethodSource("ofNetworks")
  void networksAreTypes(Class<? extends Annotation> annotation) {
    assertThat(annotation.getAnnotation(Target.class).value()).containsExactly(ElementType.TYPE);
  }

  @ParameterizedTest
  @MethodSource("ofLayers")
  void layersAreMethods(Class<? extends Annotation> annotation) {
    assertThat(annotation.getAnnotation(Target.class).value()).containsExactly(ElementType.METHOD);
  }
}
