package io.lipc.kernels.java;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.ClassName;
import io.lipc.runtime.Activations;
import io.lipc.runtime.Arguments;
import io.lipc.runtime.CertifiedDoubleNetwork;
import io.lipc.runtime.CertifiedFloatNetwork;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.DoubleDense;
import io.lipc.runtime.FloatBatches;
import io.lipc.runtime.FloatDense;
import io.lipc.runtime.NetworkLoadException;
import io.lipc.runtime.NetworkLoader;
import io.lipc.runtime.Transposed;
import io.lipc.runtime.Workspace;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuntimeTypesTest {

  @Test
  void theNamesAreThoseOfTheClasses() {
    assertThat(RuntimeTypes.ACTIVATIONS).isEqualTo(ClassName.get(Activations.class));
    Map<ClassName, Class<?>> types =
        Map.of(
            RuntimeTypes.ARGUMENTS,
            Arguments.class,
            RuntimeTypes.FLOAT_BATCHES,
            FloatBatches.class,
            RuntimeTypes.LOADER,
            NetworkLoader.class,
            RuntimeTypes.LOAD_EXCEPTION,
            NetworkLoadException.class,
            RuntimeTypes.PARAMETERS,
            CertifiedParameters.class,
            RuntimeTypes.WORKSPACE,
            Workspace.class,
            Scalar.FLOAT.superclass(),
            CertifiedFloatNetwork.class,
            Scalar.DOUBLE.superclass(),
            CertifiedDoubleNetwork.class);
    assertThat(types).allSatisfy((name, type) -> assertThat(name).isEqualTo(ClassName.get(type)));
    assertThat(RuntimeTypes.TRANSPOSED).isEqualTo(ClassName.get(Transposed.class));
    assertThat(Scalar.FLOAT.denseLayer()).isEqualTo(ClassName.get(FloatDense.class));
    assertThat(Scalar.DOUBLE.denseLayer()).isEqualTo(ClassName.get(DoubleDense.class));
  }
}
