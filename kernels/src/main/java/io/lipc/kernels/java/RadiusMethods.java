package io.lipc.kernels.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.model.Network;
import io.lipc.model.Norm;
import java.util.Arrays;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The methods of a generated class that give radii.
 *
 * @param computed where the logits are in a workspace once they are computed
 */
record RadiusMethods(Network network, Scalar scalar, KernelGraph graph, String computed) {

  /**
   * All of them; of a network without a declared box, one that says why there is none.
   *
   * @param ownWorkspace what names the buffers of the workspace that a method was given
   */
  List<MethodSpec> all(CodeBlock ownWorkspace) {
    return network.input().box().isPresent()
        ? List.of(
            certifiedRadius(), certifiedRadiusInWorkspace(ownWorkspace), certifiedRadiusOfLogits())
        : List.of(noCertifiedRadius());
  }

  private MethodSpec certifiedRadius() {
    return JavaEmitter.overriding("certifiedRadius")
        .returns(TypeName.DOUBLE)
        .addParameter(scalar.vector(), "input")
        .addParameter(scalar.vector(), "logits")
        .addJavadoc(
            """
            How far, in $L, an input may move within the declared box before the decision changes: the
            class of the largest logit, or the sign of a single one. Rounding errors of both
            evaluations are accounted for. The network is evaluated once more, because only logits of its
            own have a radius.

            @param logits what the network gave for that input
            @return the radius, rounded down; 0 outside of the box, for logits that differ in a bit, and
                where nothing can be said
            """,
            network.spec().inputNorm().word())
        .addStatement("return certifiedRadius(workspaces.get(), input, logits)")
        .build();
  }

  /** The runtime's own method gives 0 as well; this one says why, and what to do about it. */
  private MethodSpec noCertifiedRadius() {
    return JavaEmitter.overriding("certifiedRadius")
        .returns(TypeName.DOUBLE)
        .addParameter(scalar.vector(), "input")
        .addParameter(scalar.vector(), "logits")
        .addJavadoc(
            """
            Always 0, because no box of inputs is declared: rounding errors grow with the inputs, and
            without a box nothing bounds them. The Lipschitz bound holds for all inputs nevertheless. For
            radii declare where the inputs lie, by {@code in [-1, 1]} behind the input of a text, or by
            {@code min = -1, max = 1} in {@code @Input}.

            @param logits what the network gave for that input
            @return 0
            """)
        .addStatement(
            "$T.checkLogits(input.length, $L, logits.length, $L)",
            RuntimeTypes.ARGUMENTS,
            graph.input().size(),
            graph.output().size())
        .addStatement("return 0")
        .build();
  }

  /** The logits are computed into the room that they have in the workspace anyway. */
  private MethodSpec certifiedRadiusInWorkspace(CodeBlock ownWorkspace) {
    return JavaEmitter.overriding("certifiedRadius")
        .returns(TypeName.DOUBLE)
        .addParameter(RuntimeTypes.WORKSPACE, "workspace")
        .addParameter(scalar.vector(), "input")
        .addParameter(scalar.vector(), "logits")
        .addStatement(
            "$T.checkLogits(input.length, $L, logits.length, $L)",
            RuntimeTypes.ARGUMENTS,
            graph.input().size(),
            graph.output().size())
        .addCode(ownWorkspace)
        .beginControlFlow("if (!contains(input))")
        .addStatement("return 0")
        .endControlFlow()
        .addStatement("apply(buffers, input, $L)", computed)
        .addStatement(
            "return $T.equals($L, logits)$W? $L : 0", Arrays.class, computed, radiusOfLogits())
        .build();
  }

  private MethodSpec certifiedRadiusOfLogits() {
    return MethodSpec.methodBuilder("certifiedRadius")
        .addAnnotation(Deprecated.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(TypeName.DOUBLE)
        .addParameter(scalar.vector(), "logits")
        .addJavadoc(
            """
            Assumes that this network gave the logits for an input inside of its declared box, and
            checks nothing: otherwise the result is not a radius. For such an input, it is that of
            {@link #certifiedRadius($1L[], $1L[])}.

            @param logits what the network gave for that input
            @return the radius, rounded down; 0 where nothing can be said
            @deprecated {@link #certifiedRadius($1L[], $1L[])} checks what is assumed here
            """,
            scalar.word())
        .addStatement("return $L", radiusOfLogits())
        .build();
  }

  private CodeBlock radiusOfLogits() {
    if (network.spec().pairs()) {
      return CodeBlock.of("$T.of(logits, pairBounds, maxError)", RuntimeTypes.CERTIFIED_RADIUS);
    }
    return CodeBlock.of(
        "$T.$L(logits, lipschitzBound(), maxError)",
        RuntimeTypes.CERTIFIED_RADIUS,
        network.spec().outputNorm() == Norm.LINF ? "ofLinf" : "of");
  }
}
