package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each thing that a loader compares: when it differs, that, and nothing else, is why it refuses.
 */
class NetworkLoaderTest {

  private static final String FILE = "demo.safetensors";

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static CertifiedParameters load(
      ShippedClasses classes, Shipped shipped, byte[] weights, LipschitzNetwork... callees) {
    return classes.loader(shipped).fromResource(FILE, stream(weights), callees);
  }

  private static void assertRefused(ThrowingCallable loading, String... parts) {
    assertThatThrownBy(loading)
        .isInstanceOf(NetworkLoadException.class)
        .message()
        .startsWith("cannot load network demo.")
        .contains(parts);
  }

  @Test
  void whatWasCertifiedIsLoaded(@TempDir Path folder) throws IOException {
    Shipped shipped = Shipped.halved();
    byte[] weights = Safetensors.write(shipped.weights());
    CertifiedParameters loaded = load(new ShippedClasses().with(shipped), shipped, weights);
    assertThat(loaded.subject().certificate()).isEqualTo(shipped.certificate());
    assertThat(loaded.subject().digest()).isEqualTo(shipped.textDigest());
    assertThat(loaded.doubleVector("w")).containsExactly(0.5, 0, 0, 0.5);
    Path file = Files.write(folder.resolve("w.safetensors"), weights);
    CertifiedParameters same = new ShippedClasses().with(shipped).loader(shipped).fromFile(file);
    assertThat(same.subject().certificate()).isEqualTo(shipped.certificate());
  }

  private static byte[] labelled(Shipped shipped, String labels) {
    return Safetensors.write(shipped.weights(), new TreeMap<>(Map.of(ClassLabels.KEY, labels)));
  }

  @Test
  void namesOfClassesComeWithTheWeights(@TempDir Path folder) throws IOException {
    Shipped shipped = Shipped.halved();
    byte[] weights = labelled(shipped, new ClassLabels(List.of("yes", "no")).text());
    assertThat(load(new ShippedClasses().with(shipped), shipped, weights).labels())
        .containsExactly("yes", "no");
    Path file = Files.write(folder.resolve("w.safetensors"), weights);
    NetworkLoader loader = new ShippedClasses().with(shipped).loader(shipped);
    CertifiedParameters loaded = loader.fromFile(file);
    assertThat(loaded.labels()).containsExactly("yes", "no");
    ShippedNetwork network = new ShippedNetwork(loaded.subject(), loaded.labels());
    assertThat(network.label(1)).isEqualTo("no");
    assertThatThrownBy(() -> network.label(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> network.label(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /**
   * A network does not take the names of classes of another one in its file, which has more
   * outputs.
   */
  @Test
  void namesOfOtherOutputsAreNoNames() {
    Shipped shipped = Shipped.halved();
    for (byte[] weights :
        List.of(Safetensors.write(shipped.weights()), labelled(shipped, "[\"a\", \"b\", \"c\"]"))) {
      CertifiedParameters loaded = load(new ShippedClasses().with(shipped), shipped, weights);
      assertThat(loaded.labels()).isEmpty();
      ShippedNetwork network = new ShippedNetwork(loaded.subject(), loaded.labels());
      assertThatThrownBy(() -> network.label(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the weights of demo.Network carry no names for its 2 outputs; `lipc train` writes"
                  + " them, as `lipc.labels` in the file's metadata");
    }
  }

  @Test
  void namesOfClassesThatAreNone() {
    Shipped shipped = Shipped.halved();
    assertRefused(
        () ->
            load(new ShippedClasses().with(shipped), shipped, labelled(shipped, "[\"a\", \"a\"]")),
        "demo.Network: the names of its classes: `lipc.labels` in the metadata has no labels, or one"
            + " of them twice; write a JSON array of different texts there, as `lipc train` does");
  }

  @Test
  void aCertificateThatDiffersInALetter() {
    Shipped shipped = Shipped.halved();
    String text = shipped.text().replace("by hand", "by hAnd");
    byte[] weights = Safetensors.write(shipped.weights());
    assertRefused(
        () -> load(new ShippedClasses().with(shipped.resource(), text), shipped, weights),
        "demo.Network: META-INF/lipc/demo.Network.json is not the certificate that this class was"
            + " compiled with; compile the network again, as `mvn clean package` does, and ship");
  }

  @Test
  void aCertificateThatIsNone() {
    Shipped shipped = Shipped.halved();
    String text = "{}";
    ShippedClasses classes = new ShippedClasses().with(shipped.resource(), text);
    Class<?> type = classes.network(shipped.subject()).getClass();
    String digest = Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    NetworkLoader loader = new NetworkLoader(type, "demo.Network", shipped.resource(), digest);
    assertRefused(loader::withoutWeights, "META-INF/lipc/demo.Network.json: ", "compile the");
  }

  @Test
  void aCertificateThatIsMissingOrUnreadable() {
    Shipped shipped = Shipped.halved();
    byte[] weights = Safetensors.write(shipped.weights());
    assertRefused(
        () -> load(new ShippedClasses(), shipped, weights),
        "the certificate resource META-INF/lipc/demo.Network.json is missing; compile the");
    ShippedClasses classes = new ShippedClasses().with(shipped.resource(), new Broken());
    assertRefused(
        () -> load(classes, shipped, weights),
        "META-INF/lipc/demo.Network.json cannot be read; see the cause");
  }

  /** A stream that breaks off, and knows whether it was closed. */
  private static final class Broken extends InputStream {
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public int read() throws IOException {
      throw new IOException("it broke off");
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @Test
  void weightsThatAreMissingOrUnreadable(@TempDir Path folder) {
    Shipped shipped = Shipped.halved();
    NetworkLoader loader = new ShippedClasses().with(shipped).loader(shipped);
    assertRefused(
        () -> loader.fromResource(FILE, null),
        "the weights resource demo.safetensors is missing; compile the network again");
    Broken broken = new Broken();
    assertRefused(
        () -> loader.fromResource(FILE, broken),
        "weights demo.safetensors cannot be read; see the cause");
    assertThat(broken.closed).isTrue();
    assertRefused(
        () -> loader.fromResource(FILE, stream(new byte[3])),
        "weights demo.safetensors: ",
        "use the weights that the network was compiled with");
    Path none = folder.resolve("none");
    assertRefused(
        () -> loader.fromFile(none), "weights " + none + " cannot be read; see the cause");
    Path short1 = folder.resolve("short");
    assertRefused(
        () -> loader.fromFile(Files.write(short1, new byte[3])),
        "weights " + short1 + ": ",
        "use the weights");
  }

  @Test
  void weightsThatAreNotTheCertifiedOnes() {
    Shipped shipped = Shipped.halved();
    ShippedClasses classes = new ShippedClasses().with(shipped);
    Shipped other = Shipped.halved();
    other.tensors.set(
        0, Shipped.tensor("w", ElementType.F64, List.of(2, 2), 0.5, 0, 0, Math.nextUp(0.5)));
    assertRefused(
        () -> load(classes, shipped, Safetensors.write(other.weights())),
        "tensor `w` is not the one that was certified",
        "use the weights that the network was compiled with");
  }

  /**
   * The certificate that was compiled with the class was checked then, and {@code verify} checks it
   * again.
   */
  @Test
  void aProofIsNotCheckedAgain() {
    Shipped shipped = Shipped.halved();
    shipped.bound = 0.25;
    CertifiedParameters loaded =
        load(new ShippedClasses().with(shipped), shipped, Safetensors.write(shipped.weights()));
    assertThat(loaded.subject().certificate()).isEqualTo(shipped.certificate());
    assertThat(new ShippedNetwork(loaded.subject()).verify()).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void freeParametersAreNotVerified() {
    Shipped promise = Shipped.promised();
    promise.tensors.clear();
    assertThat(new ShippedNetwork(promise.subject()).verify())
        .isEqualTo(
            new Verdict.Rejected(
                Verdict.Reason.MISSING_TENSOR, "the certificate is about free parameters"));
  }

  @Test
  void kernelsThatDoNotExist() {
    Shipped shipped = Shipped.halved();
    System.setProperty("lipc.kernels", "abacus");
    try {
      assertRefused(
          () ->
              load(
                  new ShippedClasses().with(shipped),
                  shipped,
                  Safetensors.write(shipped.weights())),
          "-Dlipc.kernels=abacus is not auto, scalar or vector; leave the property out");
    } finally {
      System.clearProperty("lipc.kernels");
    }
  }

  // Callees.

  private static final String FOREIGN =
      "demo.Network is not the network that was certified as its callee; compile both";

  private static CertifiedParameters loadCaller(Shipped caller, LipschitzNetwork... callees) {
    return new ShippedClasses().with(caller).loader(caller).withoutWeights(callees);
  }

  @Test
  void theCalleeThatWasCertified() {
    Shipped callee = Shipped.halved();
    Shipped caller = Shipped.calling("demo.Network", callee.textDigest());
    DoubleNetwork network = new ShippedClasses().network(callee.subject());
    Shipped unused = Shipped.halved();
    unused.network = "demo.Other";
    DoubleNetwork other = new ShippedClasses().network(unused.subject());
    CertifiedParameters loaded = loadCaller(caller, other, network);
    assertThat(loaded.subject().callees()).containsOnlyKeys("demo.Network");
    assertThat(loaded.subject().callees().get("demo.Network")).isSameAs(network.subject());
    assertThat(new ShippedNetwork(loaded.subject()).verify()).isEqualTo(new Verdict.Accepted());
  }

  /** Only where its outputs are those of the callee, element by element. */
  @Test
  void outputsThatAreHandedOnKeepTheirNames() {
    Shipped callee = Shipped.halved();
    List<String> names = List.of("no", "yes");
    DoubleNetwork named = new ShippedNetwork(callee.subject(), names);
    DoubleNetwork unnamed = new ShippedNetwork(callee.subject());
    Shipped caller = Shipped.calling("demo.Network", callee.textDigest());
    assertThat(loadCaller(caller, named).labels()).isEmpty();
    caller.units.removeLast();
    assertThat(loadCaller(caller, named).labels()).isEqualTo(names);
    assertThat(loadCaller(caller, unnamed).labels()).isEmpty();
    Shipped other = Shipped.halved();
    other.network = "demo.Other";
    DoubleNetwork unused = new ShippedNetwork(other.subject(), List.of("a", "b"));
    assertThat(loadCaller(caller, unused, named).labels()).isEqualTo(names);
    assertThat(loadCaller(caller, named, unused).labels()).isEqualTo(names);
    assertThat(loadCaller(caller, unused, unnamed).labels()).isEmpty();
    assertThat(loadCaller(caller, named, unnamed).labels()).isEmpty();
    assertThat(loadCaller(caller, unnamed, named).labels()).isEqualTo(names);
    // Through several networks, and without a trace in what is certified.
    CertifiedParameters loaded = loadCaller(caller, named);
    assertThat(loaded.subject()).isEqualTo(loadCaller(caller, unnamed).subject());
    Shipped outermost = Shipped.calling("demo.Caller", caller.textDigest());
    outermost.network = "demo.Outermost";
    outermost.units.removeLast();
    DoubleNetwork inner = new ShippedNetwork(loaded.subject(), loaded.labels());
    assertThat(loadCaller(outermost, inner, unnamed).labels()).isEqualTo(names);
  }

  /** The names in its own file come first; without them it hands on what it calls. */
  @Test
  void aNetworkWithWeightsHandsOnNamesAsWell() {
    Shipped callee = Shipped.halved();
    Shipped caller = Shipped.halved();
    caller.network = "demo.Caller";
    caller.units.add(new Unit.Call(1, "demo.Network", callee.textDigest(), 2, 2));
    DoubleNetwork named = new ShippedNetwork(callee.subject(), List.of("no", "yes"));
    TreeMap<String, String> metadata = new TreeMap<>();
    assertThat(withWeights(caller, metadata, named).labels()).containsExactly("no", "yes");
    metadata.put(ClassLabels.KEY, "[\"a\", \"b\"]");
    assertThat(withWeights(caller, metadata, named).labels()).containsExactly("a", "b");
  }

  private static CertifiedParameters withWeights(
      Shipped caller, TreeMap<String, String> metadata, LipschitzNetwork... callees) {
    byte[] file = Safetensors.write(caller.weights(), metadata);
    return new ShippedClasses()
        .with(caller)
        .loader(caller)
        .fromResource("demo.safetensors", new ByteArrayInputStream(file), callees);
  }

  /** The last of several calls gives the outputs, whatever the order of the names. */
  @Test
  void outputsOfACallBehindACall() {
    Shipped first = Shipped.halved();
    Shipped last = Shipped.halved();
    last.network = "demo.Outer";
    Shipped caller = Shipped.calling("demo.Network", first.textDigest());
    caller.units.set(2, new Unit.Call(1, "demo.Outer", last.textDigest(), 2, 2));
    DoubleNetwork inner = new ShippedNetwork(first.subject(), List.of("a", "b"));
    DoubleNetwork outer = new ShippedNetwork(last.subject(), List.of("no", "yes"));
    assertThat(loadCaller(caller, outer, inner).labels()).containsExactly("no", "yes");
    DoubleNetwork unnamed = new ShippedNetwork(last.subject());
    assertThat(loadCaller(caller, unnamed, inner).labels()).isEmpty();
  }

  /** Names that a class gives which lipc did not write. */
  @Test
  void namesOfACalleeThatAreNone() {
    Shipped callee = Shipped.halved();
    Shipped caller = Shipped.calling("demo.Network", callee.textDigest());
    DoubleNetwork doubled = new ShippedNetwork(callee.subject(), List.of("a", "a"));
    assertThat(loadCaller(caller, doubled).labels()).isEmpty();
    caller.units.removeLast();
    assertRefused(
        () -> loadCaller(caller, doubled),
        "demo.Caller: demo.Network, whose outputs it hands on: the labels of classes have to"
            + " differ: [a, a]; let its method `labels` give different texts, or none");
    for (List<String> others :
        List.of(List.of("a"), List.of("a", "b", "c"), List.of("a", "a", "a"))) {
      DoubleNetwork other = new ShippedNetwork(callee.subject(), others);
      assertThat(loadCaller(caller, other).labels()).isEmpty();
    }
  }

  /** Certified data is looked at first: names are no reason while there is another one. */
  @Test
  void namesOfAForeignCalleeAreNotAskedFor() {
    Shipped callee = Shipped.halved();
    Shipped caller = Shipped.calling("demo.Network", callee.textDigest());
    caller.units.removeLast();
    Subject empty =
        new Subject(callee.certificate(), callee.textDigest(), Weights.of(List.of()), Map.of());
    DoubleNetwork foreign = new ShippedNetwork(empty, List.of("a", "a"));
    assertRefused(() -> loadCaller(caller, foreign), "demo.Caller: " + FOREIGN);
    DoubleNetwork right = new ShippedNetwork(callee.subject(), List.of("no", "yes"));
    assertRefused(() -> loadCaller(caller, right, foreign), "demo.Caller: " + FOREIGN);
    assertThat(loadCaller(caller, foreign, right).labels()).containsExactly("no", "yes");
  }

  @Test
  void aCalleeThatIsNotThere() {
    Shipped callee = Shipped.halved();
    Shipped caller = Shipped.calling("demo.Network", callee.textDigest());
    assertRefused(() -> loadCaller(caller), "demo.Caller: " + FOREIGN);
    callee.network = "demo.Renamed";
    DoubleNetwork renamed = new ShippedClasses().with(callee).network(callee.subject());
    assertRefused(() -> loadCaller(caller, renamed), "demo.Caller: " + FOREIGN);
  }

  /** The digest of its certificate differs, and what its class promises is another certificate. */
  @Test
  void aCalleeWithAnotherCertificate() {
    Shipped callee = Shipped.halved();
    Shipped caller = Shipped.calling("demo.Network", callee.textDigest());
    callee.declared = 1.5;
    DoubleNetwork other = new ShippedClasses().with(callee).network(callee.subject());
    assertRefused(() -> loadCaller(caller, other), FOREIGN);
    DoubleNetwork without = new ShippedClasses().network(callee.subject());
    assertRefused(
        () -> loadCaller(caller, without),
        "the certificate resource META-INF/lipc/demo.Network.json is missing");
  }

  @Test
  void aCalleeWithoutItsWeights() {
    Shipped callee = Shipped.halved();
    Shipped caller = Shipped.calling("demo.Network", callee.textDigest());
    callee.tensors.clear();
    Shipped complete = Shipped.halved();
    DoubleNetwork empty =
        new ShippedClasses()
            .network(
                new Subject(
                    complete.certificate(), complete.textDigest(), callee.weights(), Map.of()));
    assertRefused(() -> loadCaller(caller, empty), FOREIGN);
  }

  /**
   * The certificate that was compiled with a class is a promise, and a loaded network an instance
   * of it.
   */
  @Test
  void aCalleeWhoseWeightsWereTrained() {
    Shipped promise = Shipped.promised();
    Shipped caller = Shipped.calling("demo.Network", promise.textDigest());
    caller.composed = true;
    caller.bound = 0.375;
    caller.declared = 0.375;
    Shipped trained = Shipped.halved();
    DoubleNetwork network = new ShippedClasses().with(promise).network(trained.subject());
    CertifiedParameters loaded = loadCaller(caller, network);
    // The proof is about the trained weights now, and it was checked.
    Certificate instance = loaded.subject().certificate();
    assertThat(instance.kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(((Unit.Call) instance.units().get(1)).certificate()).isEqualTo(trained.textDigest());
    assertThat(loaded.subject().digest()).isEqualTo(CertificateText.digest(instance));
    assertThat(new ShippedNetwork(loaded.subject()).verify()).isEqualTo(new Verdict.Accepted());
    // Of another promise it is none.
    promise.declared = 0.875;
    promise.bound = 0.875;
    DoubleNetwork foreign = new ShippedClasses().with(promise).network(trained.subject());
    assertRefused(() -> loadCaller(caller, foreign), FOREIGN);
    // And an instance that promises less is none either.
    Shipped worse = Shipped.halved();
    worse.bound = 1;
    DoubleNetwork broken = new ShippedClasses().with(Shipped.promised()).network(worse.subject());
    assertRefused(() -> loadCaller(caller, broken), FOREIGN);
  }

  /** The proof is about the trained weights, and the names come with these. */
  @Test
  void outputsOfATrainedCalleeKeepTheirNames() {
    Shipped promise = Shipped.promised();
    Shipped caller = Shipped.calling("demo.Network", promise.textDigest());
    caller.units.removeLast();
    caller.composed = true;
    caller.bound = 0.75;
    // S = (9/16 - l/4) |x|^2 + (l - 1) |w|^2, where 1/4 was 9/16 for the promise.
    caller.multipliers.set(0, new Proof.Multiplier(1, Proof.Constraint.GAIN, List.of(1.0)));
    Shipped trained = Shipped.halved();
    ShippedClasses classes = new ShippedClasses().with(promise);
    List<String> names = List.of("no", "yes");
    DoubleNetwork named = classes.network(trained.subject(), names);
    CertifiedParameters loaded = loadCaller(caller, named);
    assertThat(loaded.labels()).isEqualTo(names);
    assertThat(new ShippedNetwork(loaded.subject()).verify()).isEqualTo(new Verdict.Accepted());
    caller.bound = 0.25;
    DoubleNetwork doubled =
        new ShippedClasses().with(promise).network(trained.subject(), List.of("a", "a"));
    assertRefused(() -> loadCaller(caller, doubled), "its certificate is not accepted: Rejected");
  }

  @Test
  void aCallerWhoseProofFailsWithTheTrainedCallee() {
    Shipped promise = Shipped.promised();
    Shipped caller = Shipped.calling("demo.Network", promise.textDigest());
    caller.composed = true;
    // For the promised bound of 3/4 it would have to be 3/8; half of the trained one is 1/4.
    caller.bound = 0.125;
    DoubleNetwork network = new ShippedClasses().with(promise).network(Shipped.halved().subject());
    assertRefused(
        () -> loadCaller(caller, network),
        "its certificate is not accepted: Rejected[reason=NOT_POSITIVE_DEFINITE",
        "; compile the network again");
  }

  // Weights that bring their certificate.

  private static CertifiedParameters loadTrained(Shipped promise, Shipped trained) {
    byte[] file = CertifiedFile.write(trained.certificate(), trained.weights());
    return load(new ShippedClasses().with(promise), promise, file);
  }

  private static void assertDoesNotServe(Shipped trained, String why) {
    assertRefused(
        () -> loadTrained(Shipped.promised(), trained),
        "the certificate of the weights cannot be used: " + why + "; train the network with");
  }

  @Test
  void trainedWeightsKeepThePromise(@TempDir Path folder) throws IOException {
    Shipped promise = Shipped.promised();
    Shipped trained = Shipped.halved();
    trained.network = "somebody.Else";
    trained.declared = 17;
    CertifiedParameters loaded = loadTrained(promise, trained);
    Certificate certificate = loaded.subject().certificate();
    assertThat(certificate)
        .isEqualTo(trained.certificate().declaring("demo.Network", promise.declared));
    assertThat(loaded.subject().digest()).isEqualTo(CertificateText.digest(certificate));
    assertThat(new ShippedNetwork(loaded.subject()).verify()).isEqualTo(new Verdict.Accepted());
    Path file =
        Files.write(
            folder.resolve("w"), CertifiedFile.write(trained.certificate(), trained.weights()));
    assertThat(new ShippedClasses().with(promise).loader(promise).fromFile(file).subject())
        .isNotNull();
  }

  @Test
  void weightsWithoutACertificate() {
    Shipped promise = Shipped.promised();
    byte[] weights = Safetensors.write(promise.weights());
    assertRefused(
        () -> load(new ShippedClasses().with(promise), promise, weights),
        "the weights carry no certificate of their own; train the network with `lipc train`");
    assertRefused(
        () -> new ShippedClasses().with(promise).loader(promise).withoutWeights(),
        "its certificate is about free parameters, and no weights are certified; train");
  }

  @Test
  void trainedWeightsThatBreakThePromise() {
    Shipped larger = Shipped.halved();
    larger.bound = 0.875;
    assertDoesNotServe(larger, "its bound is 0.875, but 0.75 was promised");
    Shipped norms = Shipped.halved();
    norms.norms = new Norms(Norm.L2, Norm.LINF);
    assertDoesNotServe(norms, "it is about the norms l2 -> linf");
    Shipped floats = Shipped.halved();
    floats.type = ElementType.F32;
    floats.tensors.set(0, Shipped.tensor("w", ElementType.F32, List.of(2, 2), 0.5, 0, 0, 0.5));
    assertDoesNotServe(floats, "it is about F32, not F64");
    Shipped layers = Shipped.halved();
    layers.units.add(Unit.scale(1, 1, 2));
    assertDoesNotServe(layers, "it is about other layers");
    assertDoesNotServe(
        Shipped.promised(), "it is about free parameters, and says nothing about given weights");
  }

  /** A range of its outputs is no bound of a network, whatever was promised. */
  @Test
  void trainedWeightsThatClaimNoBound() {
    Shipped promise = Shipped.promised();
    Shipped trained = Shipped.halved();
    Certificate about = trained.certificate();
    Certificate range =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Range(-1, 1),
            "enclosure",
            about.units(),
            new Grounds.Enclosure(about.tensors()));
    byte[] file = CertifiedFile.write(range, trained.weights());
    assertRefused(
        () -> load(new ShippedClasses().with(promise), promise, file),
        "the certificate of the weights cannot be used: it is about range, not about a bound");
  }

  /** The promise is kept by what the certificate says, but it is false, or not proved. */
  @Test
  void trainedWeightsWhoseCertificateIsNotAccepted() {
    Shipped low = Shipped.halved();
    low.bound = 0.25;
    assertRefused(
        () -> loadTrained(Shipped.promised(), low),
        "its certificate is not accepted: Rejected[reason=NOT_POSITIVE_DEFINITE",
        "; train the network with `lipc train`");
    Shipped trained = Shipped.halved();
    Shipped other = Shipped.halved();
    other.tensors.set(0, Shipped.tensor("w", ElementType.F64, List.of(2, 2), 0.5, 0, 0, 0.25));
    byte[] file = CertifiedFile.write(trained.certificate(), other.weights());
    Shipped promise = Shipped.promised();
    assertRefused(
        () -> load(new ShippedClasses().with(promise), promise, file),
        "tensor `w` is not the one that was certified");
    byte[] empty = CertifiedFile.write(trained.certificate(), Weights.of(List.of()));
    assertRefused(
        () -> load(new ShippedClasses().with(promise), promise, empty), "tensor `w` is missing");
  }

  /** A witness that is about another matrix than the one with these weights. */
  @Test
  void aWitnessThatDoesNotFitIsReplaced() {
    Shipped trained = Shipped.halved();
    trained.bound = 0.625;
    trained.witness = new PositivityWitness.VerifiedCholesky();
    assertThat(loadTrained(Shipped.promised(), trained).subject().certificate().lipschitz().bound())
        .isEqualTo(0.625);
    // Exactly semidefinite: no Cholesky factorisation is verified, but elimination is exact.
    trained.bound = 0.5;
    CertifiedParameters loaded = loadTrained(Shipped.promised(), trained);
    assertThat(loaded.subject().certificate().proof().witness())
        .isEqualTo(new PositivityWitness.ExactElimination());
  }

  // The code.

  @Test
  void codeThatAgreesIsHandedOn() {
    Shipped shipped = Shipped.halved();
    NetworkLoader loader = new ShippedClasses().with(shipped).loader(shipped);
    Computing network = new Computing(shipped.subject());
    assertThat(loader.checked(network)).isSameAs(network);
  }

  /** A class that says itself what its bound is. */
  @Test
  void aClassWithNumbersOfItsOwnIsRefused() {
    Shipped shipped = Shipped.halved();
    NetworkLoader loader = new ShippedClasses().with(shipped).loader(shipped);
    ShippedNetwork network = new ShippedNetwork(shipped.subject());
    assertThatThrownBy(() -> loader.checked(network))
        .isInstanceOf(NetworkLoadException.class)
        .hasMessage(
            "cannot load network demo.Network: its class is not a CertifiedNetwork, which takes"
                + " bound, box, labels and radii from the certificate: another version of lipc has"
                + " generated it, or it was edited; compile the network again, as `mvn clean"
                + " package` does, and ship the class, META-INF/lipc and the weights together");
  }
}
