package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.TensorRecord;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** A folder with a network of free weights, data, and weights that the command line has trained. */
public final class Trained extends CommandRun {

  public static final String BODY =
      """
      network Net(x: real[2] in [-4, 4]) -> real[2] {
          certify lipschitz <= 1;
          %s
          h = x |> dense(4) |> relu;
          g = h |> dense(4) |> relu;
          y = g |> dense(2);
          return y;
      }
      """;

  private final Path folder;

  public Trained(Path folder) throws IOException {
    this.folder = folder;
    model("net.lip", BODY.formatted("parameters ldlt;"));
    Files.writeString(folder.resolve("data.csv"), clusters(60));
    assertThat(train("trained.safetensors")).as(err).isZero();
  }

  /** Two classes around (1, 1) and (-1, -1). */
  private static String clusters(int rows) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      double centre = i % 2 == 0 ? 1 : -1;
      text.append(centre + 0.4 * random.nextGaussian()).append(',');
      text.append(centre + 0.4 * random.nextGaussian()).append(i % 2 == 0 ? ",up\n" : ",down\n");
    }
    return text.toString();
  }

  public Path path(String name) {
    return folder.resolve(name);
  }

  public void model(String name, String text) throws IOException {
    Files.writeString(path(name), text);
  }

  public int train(String weights) {
    return run(
        "train",
        path("net.lip").toString(),
        path("data.csv").toString(),
        "--label-column=3",
        "--epochs=4",
        "--out=" + path(weights));
  }

  public int verify(String certificate, String model) {
    return run("verify", path(certificate).toString(), path(model).toString());
  }

  public Weights weights() throws IOException, FormatException {
    return Safetensors.read(path("trained.safetensors"));
  }

  /** The numeric certificate that training wrote. */
  public Certificate certificate() throws IOException, FormatException {
    return CertifiedFile.certificate(Files.readAllBytes(path("trained.safetensors"))).orElseThrow();
  }

  /** Weights that carry a certificate, whether or not it is about them. */
  public void carry(String name, Certificate certificate, Weights weights) throws IOException {
    Files.write(path(name), CertifiedFile.write(certificate, weights));
  }

  /** The weights with some tensors replaced by others of their shapes. */
  public static Weights with(Weights weights, Function<Tensor, double[]> values)
      throws FormatException {
    TreeMap<String, Tensor> tensors = new TreeMap<>();
    for (Tensor tensor : weights.tensors().values()) {
      tensors.put(
          tensor.name(),
          Tensor.of(tensor.name(), ElementType.F32, tensor.shape(), values.apply(tensor)));
    }
    return new Weights(tensors);
  }

  /** Ones everywhere: a bound of 16 or so. */
  public static Weights large(Weights weights) throws FormatException {
    return with(
        weights,
        tensor ->
            new Random(1)
                .doubles(tensor.values().length, 1, 1.5)
                .map(ElementType.F32::round)
                .toArray());
  }

  public static List<TensorRecord> records(Weights weights) {
    return weights.tensors().values().stream()
        .map(tensor -> new TensorRecord(tensor.name(), tensor.shape(), tensor.digest()))
        .toList();
  }

  public static Certificate bounded(Certificate c, double bound) {
    return c.claiming(bound);
  }

  /** The same claim, of other weights. */
  public static Certificate about(Certificate c, Weights weights) {
    return c.on(new Grounds.GivenWeights(records(weights), c.calls(), c.proofs()));
  }

  public static Certificate proved(Certificate c, PositivityWitness witness) {
    return c.with(List.of(new Proof(List.of(), List.of(), List.of(), witness)));
  }

  public static Certificate named(Certificate c, String network) {
    return c.declaring(network, c.lipschitz().declared());
  }

  /** A list of a certificate's text, with its name. */
  public static String member(String certificate, String name) {
    int from = certificate.indexOf("\"" + name + "\": [");
    return certificate.substring(from, certificate.indexOf("\n  ]", from) + "\n  ]".length());
  }
}
