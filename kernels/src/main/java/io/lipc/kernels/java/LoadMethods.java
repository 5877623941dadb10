package io.lipc.kernels.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import io.lipc.model.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * The static factories of a generated class: {@code load()} where nothing has to be given, {@code
 * load(Path)} where weights are read. A callee that cannot load itself is a further parameter.
 */
final class LoadMethods {

  private final ClassNames names;

  LoadMethods(ClassNames names) {
    this.names = names;
  }

  List<MethodSpec> methods(Network network, Optional<String> resource) {
    boolean hasWeights = network.weightsFile().isPresent() || network.hasFreeWeights();
    List<MethodSpec> methods = new ArrayList<>();
    if (!hasWeights) {
      methods.add(
          method(
              "Loads the network; it has no weights of its own.",
              List.of(),
              CodeBlock.of("withoutWeights($L)", names.calleeVariables(""))));
    }
    if (hasWeights && resource.isPresent()) {
      methods.add(
          method(
              "Loads the network with the weights that ship with this class.",
              List.of(),
              CodeBlock.of(
                  "fromResource($Z$S, $T.class.getResourceAsStream($S)$L)",
                  resource.get(),
                  names.generated(),
                  "/" + resource.get(),
                  names.calleeVariables(", "))));
    }
    if (hasWeights) {
      methods.add(
          method(
              "Loads the network with weights from a file.\n\n@param weights " + file(network),
              List.of(ParameterSpec.builder(Path.class, "weights").build()),
              CodeBlock.of("fromFile(weights$L)", names.calleeVariables(", "))));
    }
    return methods;
  }

  private static String file(Network network) {
    return network.hasFreeWeights()
        ? "trained weights that carry their certificate, as lipc train writes them"
        : "a safetensors file that holds the certified tensors";
  }

  private MethodSpec method(String summary, List<ParameterSpec> parameters, CodeBlock source) {
    ClassName type = names.generated();
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("load")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(type)
            .addParameters(parameters)
            .addJavadoc(
                "$L$L@throws $T if anything is missing or differs from what was certified",
                summary,
                parameters.isEmpty() ? "\n\n" : "\n",
                RuntimeTypes.LOAD_EXCEPTION);
    for (ClassNames.CalleeName callee : names.callees()) {
      if (callee.loadsItself()) {
        method.addStatement("$T $L = $T.load()", callee.type(), callee.variable(), callee.type());
      } else {
        method.addParameter(callee.type(), callee.variable());
      }
    }
    return method
        .addStatement("$T parameters = LOADER.$L", RuntimeTypes.PARAMETERS, source)
        .addStatement(
            "return LOADER.checked(new $T(parameters$L))", type, names.calleeVariables(", "))
        .build();
  }
}
