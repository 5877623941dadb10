package io.lipc.kernels.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.Subject;
import io.lipc.formats.ElementType;
import io.lipc.kernels.Approximations;
import io.lipc.kernels.Examples;
import io.lipc.kernels.Generated;
import io.lipc.kernels.NetworkBuilder;
import io.lipc.kernels.Subjects;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JavaEmitterTest {

  private static final CheckedNetwork POLICY = Examples.policy(ElementType.F32);
  private static final CheckedNetwork GUARDED = Examples.guarded(ElementType.F32);

  @Test
  void theResidualNetworkIsWrittenAsByHand() throws IOException {
    expect("PolicyNetwork.java", Generated.emit(POLICY, List.of()));
  }

  @Test
  void aCallIsWrittenAsByHand() throws IOException {
    expect("GuardedNetwork.java", Generated.emit(GUARDED, List.of(POLICY)));
  }

  @Test
  void aNetworkOfImagesIsWrittenAsByHand() throws IOException {
    expect("ShirtsNetwork.java", Generated.emit(Examples.shirts(ElementType.F32), List.of()));
  }

  @Test
  void everyActivationIsWrittenAsByHand() throws IOException {
    expect(
        "ActivationsNetwork.java",
        Generated.emit(Examples.activations(ElementType.F32), List.of()));
  }

  @Test
  void theSameArgumentsGiveTheSameText() {
    assertThat(Generated.emit(Examples.policy(ElementType.F64), List.of()).toString())
        .isEqualTo(Generated.emit(Examples.policy(ElementType.F64), List.of()).toString());
  }

  @Test
  void importsAreOfTheRuntimeTheCertificateAndTheJdk() {
    assertThat(Generated.emit(GUARDED, List.of(POLICY)).toString().lines())
        .filteredOn(line -> line.startsWith("import "))
        .isNotEmpty()
        .allMatch(line -> line.matches("import (io\\.lipc\\.(runtime|certificate)|java)\\..*"));
  }

  @Test
  void layersMayBeCalledAnything() {
    NetworkBuilder net = new NetworkBuilder("demo.Names", ElementType.F32);
    int layer = net.input("input", 4);
    for (String name :
        List.of(
            "class",
            "class_",
            "output",
            "buffers",
            "apply",
            "contains",
            "certifiedRadius",
            "load",
            "weight",
            "bias",
            "j",
            "a#1",
            "a_1",
            "a-1",
            "return",
            "toString",
            "subject",
            "parameters",
            "_",
            "7up",
            "Kernels",
            "Math",
            "names",
            "NamesNetwork",
            "Buffers",
            "workspace",
            "h.weight",
            "größe")) {
      layer = net.activate(name + "+", net.dense(name, layer, 4, true), PointwiseKind.RELU);
      layer = net.activate(name + "!", layer, PointwiseKind.TANH);
    }
    assertAgrees(net.build(1, ""));
  }

  @Test
  void documentationCannotEscapeItsComment() {
    NetworkBuilder net = new NetworkBuilder("demo.Doc", ElementType.F32);
    net.activate("y", net.input("x", 2), PointwiseKind.ABS);
    String text = "Ends */ here, \\u002a/ there, \\users, $T $L, <b>, {@link Nowhere}.\n\n@param x";
    // The tag without the annotation is a warning of javac, which is an error here.
    assertAgrees(net.build(1, text + "\n@deprecated\n  @deprecated\n * @deprecated\n@"));
  }

  @Test
  void aNetworkInTheUnnamedPackageHasNoPackage() {
    NetworkBuilder net = new NetworkBuilder("Plain", ElementType.F64);
    net.scale("y", net.input("x", 2), -0.1);
    assertAgrees(net.build(1, ""));
  }

  @Test
  void theIdentityNetworkCopies() {
    NetworkBuilder net = new NetworkBuilder("demo.Identity", ElementType.F64);
    net.activate("y", net.input("x", 3), LinearKind.IDENTITY);
    assertAgrees(net.build(1, ""));
  }

  @Test
  void aNetworkMayBeNamedLikeATypeThatItsCodeUses() {
    for (String name : List.of("demo.Float", "demo.Math", "demo.Workspace", "demo.Kernels")) {
      NetworkBuilder net = new NetworkBuilder(name, ElementType.F32);
      net.activate("y", net.dense("h", net.input("x", 3), 3, false), PointwiseKind.TANH);
      assertAgrees(net.build(1, ""));
    }
  }

  /** A golden of its own would be most of another one: these lines are what differs. */
  @Test
  void pairsAreLoadedWithTheClass() {
    CheckedNetwork paired = paired(POLICY);
    String source = Generated.emit(paired, List.of()).toString();
    assertThat(source)
        .contains(".claiming(\n          \"META-INF/lipc/demo.control.Policy-pairs.json\",");
    EmissionContext trained =
        new EmissionContext(
            "META-INF/lipc/x.json",
            "0",
            Optional.of(1.0),
            List.of(new EmissionContext.FurtherClaim.OfWeights("pairs")),
            Optional.empty(),
            Map.of());
    assertThat(JavaEmitter.emit(paired, Lowering.lower(paired), trained).toString())
        .contains(".claimingOfWeights(\"pairs\");");
    assertThat(Generated.emit(POLICY, List.of()).toString()).doesNotContainIgnoringCase("pair");
  }

  private static CheckedNetwork paired(CheckedNetwork checked) {
    Network network = checked.network();
    return new CheckedNetwork(
        new Network(
            network.name(),
            List.of(network.lipschitz(), new Property.Pairs()),
            network.weights(),
            network.precision(),
            network.layers()),
        checked.stepNames(),
        checked.documentation());
  }

  @Test
  void aCalleeThatCannotLoadItselfIsAParameter() {
    EmissionContext loading = Generated.context(GUARDED, List.of(POLICY));
    EmissionContext context =
        new EmissionContext(
            loading.certificateResource(),
            loading.certificateDigest(),
            Optional.of(1.0),
            List.of(),
            Optional.empty(),
            Map.of(
                "demo.control.Policy",
                new EmissionContext.Callee("demo.control.PolicyNetwork", false)));
    assertThat(context.loadsItself(GUARDED.network())).isFalse();
    assertThat(loading.loadsItself(GUARDED.network())).isTrue();
    assertThat(JavaEmitter.emit(GUARDED, Lowering.lower(GUARDED), context).toString())
        .contains("public static GuardedNetwork load(PolicyNetwork policy) {")
        .doesNotContain("GuardedNetwork load()");
  }

  @Test
  void weightsThatAreNoResourceComeFromAPathOnly() {
    EmissionContext context =
        new EmissionContext(
            "META-INF/lipc/x.json", "0", Optional.of(1.0), List.of(), Optional.empty(), Map.of());
    assertThat(context.loadsItself(POLICY.network())).isFalse();
    assertThat(JavaEmitter.emit(POLICY, Lowering.lower(POLICY), context).toString())
        .contains("PolicyNetwork load(Path weights)")
        .doesNotContain("PolicyNetwork load()");
  }

  @Test
  void anUnknownCalleeIsAnInternalFault() {
    assertThatThrownBy(() -> Generated.emit(GUARDED, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("demo.control.Policy");
  }

  private static void assertAgrees(CheckedNetwork network) {
    SplittableRandom random = new SplittableRandom(7);
    Subject subject = Subjects.random(network.network(), random, Map.of());
    int inputs = network.network().input().shape().size();
    double[] x = random.doubles(inputs, -2, 2).map(network.network().precision()::round).toArray();
    assertThat(Generated.apply(Generated.instance(network, subject), x))
        .containsExactly(
            Generated.interpreter(network, subject, Map.of()).apply(x),
            within(Approximations.tolerance(subject, 2)));
  }

  private static void expect(String golden, JavaFile file) throws IOException {
    Path path =
        Path.of(System.getProperty("lipc.root"), "kernels/src/test/resources/expected", golden);
    if (Boolean.getBoolean("updateGoldens")) {
      Files.writeString(path, file.toString());
      throw new AssertionError("golden file rewritten: read it, then run without updateGoldens");
    }
    assertThat(file.toString()).isEqualTo(Files.readString(path));
  }
}
