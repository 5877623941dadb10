package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.kernels.java.EmissionContext;
import io.lipc.kernels.java.JavaEmitter;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.NetworkLoadException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated classes load what was certified, and nothing else. */
class LoadingTest {

  private static final String WEIGHTS = "demo/small.safetensors";
  private static final CertifiedExample SMALL = CertifiedExample.policy(ElementType.F32);
  private static final CertifiedExample HALVED = CertifiedExample.guarded(SMALL);

  private static Map<String, byte[]> classFiles;
  private final Map<String, byte[]> resources = new TreeMap<>();

  LoadingTest() {
    resources.put(SMALL.resource(), SMALL.bytes());
    resources.put(HALVED.resource(), HALVED.bytes());
    resources.put(WEIGHTS, Safetensors.write(SMALL.subject().weights()));
  }

  @BeforeAll
  static void compile() {
    CheckedNetwork halved = HALVED.network();
    classFiles =
        InMemoryCompiler.classFiles(
            List.of(
                emit(SMALL.network(), SMALL),
                JavaEmitter.emit(halved, Lowering.lower(halved), HALVED.context(callee()))));
  }

  @Test
  void aLoadedNetworkComputesAndVerifies() throws Exception {
    FloatNetwork small = (FloatNetwork) load("demo.SmallNetwork");
    float[] y = new float[2];
    small.apply(new float[] {1, -1}, y);
    assertThat(y).containsExactly(0, 0.75f);
    assertThat(small.lipschitzBound()).isEqualTo(1.5);
    assertThat(small.subject().digest()).isEqualTo(SMALL.subject().digest());
    assertThat(small.verify()).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void kernelsThatAreNotThereAreNamed() {
    System.setProperty("lipc.kernels", "gpu");
    try {
      assertThatThrownBy(() -> load("demo.SmallNetwork"))
          .isInstanceOf(NetworkLoadException.class)
          .hasMessage(
              "cannot load network demo.Small: -Dlipc.kernels=gpu is not auto, scalar or vector;"
                  + " leave the property out, or start Java with --add-modules"
                  + " jdk.incubator.vector");
    } finally {
      System.clearProperty("lipc.kernels");
    }
  }

  @Test
  void aCallerLoadsItsCallee() throws Exception {
    FloatNetwork halved = (FloatNetwork) load("demo.HalvedNetwork");
    float[] y = new float[2];
    halved.apply(new float[] {1, -1}, y);
    assertThat(y).containsExactly(0, 0.375f);
    assertThat(halved.verify()).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void doublePrecisionLoadsToo() throws Exception {
    CertifiedExample small = CertifiedExample.policy(ElementType.F64);
    resources.put(small.resource(), small.bytes());
    resources.put(WEIGHTS, Safetensors.write(small.subject().weights()));
    DoubleNetwork network =
        (DoubleNetwork) load(classes(emit(small.network(), small)), "demo.SmallNetwork");
    double[] y = new double[2];
    network.apply(new double[] {1, -1}, y);
    assertThat(y).containsExactly(0, 0.75);
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void weightsCanComeFromAFile(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("any.safetensors"), resources.remove(WEIGHTS));
    assertThat(load(classes(), "demo.SmallNetwork", file).inputSize()).isEqualTo(2);
  }

  @Test
  void weightsThatRoundToTheCertifiedOnesAreTheCertifiedOnes() throws Exception {
    double[] nearHalf = {0.5 + 0x1p-40, 0, 0, 0.5};
    replaceTensor("h.weight", ElementType.F64, List.of(2, 2), nearHalf);
    assertThat(load("demo.SmallNetwork").verify()).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void otherTensorsInTheFileAreLeftAlone() throws Exception {
    replaceTensor("unused", ElementType.F64, List.of(1), 1e300);
    assertThat(load("demo.SmallNetwork").inputSize()).isEqualTo(2);
  }

  @Test
  void theRadiusIsTheLeadLessRoundingErrorsOverTheBound() throws Exception {
    FloatNetwork small = (FloatNetwork) load("demo.SmallNetwork");
    double radius = small.certifiedRadius(new float[] {1, -1}, new float[] {0, 0.75f});
    assertThat(radius).isBetween(0.3535, 0.75 / (Math.sqrt(2) * 1.5));
  }

  @Test
  void aMissingCertificateIsRefused() {
    resources.remove(SMALL.resource());
    assertRefused(
        () -> load("demo.SmallNetwork"),
        "cannot load network demo.Small: the certificate resource"
            + " META-INF/lipc/demo.Small.json is missing; compile the network again");
  }

  @Test
  void anAlteredCertificateIsRefused() {
    byte[] altered = SMALL.bytes();
    altered[altered.length - 1] ^= 1;
    resources.put(SMALL.resource(), altered);
    assertRefused(
        () -> load("demo.SmallNetwork"),
        "META-INF/lipc/demo.Small.json is not the certificate that this class was compiled with");
  }

  @Test
  void missingWeightsAreRefused() {
    resources.remove(WEIGHTS);
    assertRefused(
        () -> load("demo.SmallNetwork"), "the weights resource " + WEIGHTS + " is missing");
  }

  @Test
  void aMissingFileIsRefused(@TempDir Path folder) {
    Path file = folder.resolve("none.safetensors");
    assertRefused(() -> load(classes(), "demo.SmallNetwork", file), file + " cannot be read");
  }

  @Test
  void aFileThatIsNoSafetensorsIsRefused() {
    resources.put(WEIGHTS, new byte[] {1, 2, 3});
    assertRefused(() -> load("demo.SmallNetwork"), "weights " + WEIGHTS + ": ");
  }

  @Test
  void aMissingTensorIsRefused() {
    resources.put(WEIGHTS, Safetensors.write(Weights.of(List.of())));
    assertRefused(() -> load("demo.SmallNetwork"), "tensor `h.bias` is missing");
  }

  @Test
  void aTensorOfAnotherShapeIsRefused() {
    replaceTensor("h.bias", ElementType.F32, List.of(1, 2), 0.25, 0.125);
    assertRefused(
        () -> load("demo.SmallNetwork"),
        "tensor `h.bias` has shape [1, 2], but [2] was certified; use the weights");
  }

  @Test
  void aTensorThatDiffersInOneBitIsRefused() {
    replaceTensor("h.bias", ElementType.F32, List.of(2), 0.25, Math.nextUp(0.125f));
    assertRefused(
        () -> load("demo.SmallNetwork"), "tensor `h.bias` is not the one that was certified");
    assertRefused(
        () -> load("demo.SmallNetwork"),
        "or compile it again with these: `mvn clean package` does, and with the goal `lipc:certify`"
            + " in the pom every build");
  }

  @Test
  void aTensorThatOverflowsThePrecisionIsRefused() {
    replaceTensor("h.bias", ElementType.F64, List.of(2), 1e300, 0);
    assertRefused(() -> load("demo.SmallNetwork"), "overflows F32");
  }

  @Test
  void aCalleeWithAnotherCertificateIsRefused() {
    CertifiedExample other = CertifiedExample.policy(ElementType.F64);
    CertifiedExample foreign = CertifiedExample.guarded(other);
    resources.put(foreign.resource(), foreign.bytes());
    JavaFile caller =
        JavaEmitter.emit(
            HALVED.network(), Lowering.lower(HALVED.network()), foreign.context(callee()));
    assertRefused(
        () -> load(classes(emit(SMALL.network(), SMALL), caller), "demo.HalvedNetwork"),
        "demo.Small is not the network that was certified as its callee");
  }

  @Test
  void codeThatComputesSomethingElseIsRefused() {
    NetworkBuilder net = new NetworkBuilder("demo.Small", ElementType.F32);
    int h = net.dense("h#0", net.input("x", 2, -1, 1), 2, true);
    net.dense("y", net.activate("h", h, PointwiseKind.ABS), 2, false);
    assertRefused(
        () -> load(classes(emit(net.build(2, ""), SMALL)), "demo.SmallNetwork"),
        "the code disagrees with its certificate: output ");
  }

  private static JavaFile emit(CheckedNetwork network, CertifiedExample certified) {
    return JavaEmitter.emit(network, Lowering.lower(network), certified.context(Map.of()));
  }

  private static Map<String, EmissionContext.Callee> callee() {
    return Map.of("demo.Small", new EmissionContext.Callee("demo.SmallNetwork", true));
  }

  private ClassLoader classes() {
    return InMemoryCompiler.loader(classFiles, resources);
  }

  private ClassLoader classes(JavaFile... files) {
    return InMemoryCompiler.loader(InMemoryCompiler.classFiles(List.of(files)), resources);
  }

  private LipschitzNetwork load(String name) throws Exception {
    return load(classes(), name);
  }

  private static LipschitzNetwork load(ClassLoader classes, String name, Path... weights)
      throws Exception {
    try {
      Class<?> type = classes.loadClass(name);
      return (LipschitzNetwork)
          (weights.length == 0
              ? type.getMethod("load").invoke(null)
              : type.getMethod("load", Path.class).invoke(null, weights[0]));
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private void replaceTensor(String name, ElementType type, List<Integer> shape, double... values) {
    try {
      Map<String, Tensor> tensors =
          new TreeMap<>(Safetensors.read(resources.get(WEIGHTS)).tensors());
      tensors.put(name, Tensor.of(name, type, shape, values));
      resources.put(WEIGHTS, Safetensors.write(new Weights(tensors)));
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertRefused(ThrowingCallable loading, String message) {
    assertThatThrownBy(loading)
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageStartingWith("cannot load network demo.")
        .hasMessageContaining(message);
  }
}
