package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.formats.ElementType;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.Trained;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc verify} and files that somebody has altered so that it may accept a false bound. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileVerifyTest {

  private static final String FREE = "net.lip";

  private Trained files;
  private Certificate numeric;
  private Certificate structural;
  private Weights weights;

  @BeforeAll
  void train(@TempDir Path folder) throws Exception {
    files = new Trained(folder);
    numeric = files.certificate();
    weights = files.weights();
    String json = files.path("structural.json").toString();
    assertThat(files.run("certify", files.path(FREE).toString(), "--out", json)).isZero();
    structural = CertificateText.read(Files.readString(Path.of(json)));
    assertThat(structural.kind()).isEqualTo(Certificate.Kind.STRUCTURAL);
    assertThat(numeric.kind()).isEqualTo(Certificate.Kind.NUMERIC);
  }

  private void assertRejected(String certificate, String model, String reason) {
    int code = files.verify(certificate, model);
    assertThat(code).as(files.out + files.err).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(files.out).startsWith("rejected: ").contains(reason);
  }

  private void assertRejected(Certificate carried, Weights tensors, String reason)
      throws IOException {
    files.carry("hostile.safetensors", carried, tensors);
    assertRejected("hostile.safetensors", FREE, reason);
  }

  private void write(String name, Certificate certificate) throws IOException {
    Files.writeString(files.path(name), CertificateText.write(certificate));
  }

  @Test
  void what_training_wrote_is_accepted() {
    assertThat(files.verify("trained.safetensors", FREE)).as(files.out).isZero();
    assertThat(files.out).startsWith("accepted: Net is 1").doesNotContain("free parameters");
  }

  @Test
  void a_promise_about_free_parameters_is_called_one() {
    assertThat(files.verify("structural.json", FREE)).as(files.out).isZero();
    assertThat(files.out).contains("for every value of its free parameters");
  }

  @Test
  void weights_that_carry_a_structural_certificate() throws Exception {
    String reason = "about free parameters";
    assertRejected(structural, Trained.large(weights), reason);
    assertRejected(structural, weights, reason);
    assertRejected(Trained.bounded(structural, 0x1p-20), weights, reason);
    assertRejected(structural, Weights.of(List.of()), reason);
    Tensor foreign = Tensor.of("unused", ElementType.F32, List.of(1), new double[] {1});
    assertRejected(structural, Weights.of(List.of(foreign)), reason);
  }

  @Test
  void a_structural_certificate_that_names_tensors_or_calls_itself_numeric() throws Exception {
    Weights large = Trained.large(weights);
    Certificate named = Trained.about(numeric, large);
    String records = Trained.member(CertificateText.write(named), "tensors");
    for (UnaryOperator<String> lie :
        List.<UnaryOperator<String>>of(
            text -> text.replace("\"tensors\": []", records),
            text -> text.replace("\"structural\"", "\"numeric\""),
            text ->
                text.replace("\"structural\"", "\"numeric\"").replace("\"tensors\": []", records),
            text -> text.replace("\"gains\"", "\"calls\": \"inlined\",\n  \"gains\""))) {
      String text = lie.apply(CertificateText.write(structural));
      assertThat(text).isNotEqualTo(CertificateText.write(structural));
      Files.write(
          files.path("hostile.safetensors"),
          Safetensors.write(large, new TreeMap<>(Map.of(CertifiedFile.KEY, text))));
      assertThat(files.verify("hostile.safetensors", FREE)).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(files.out + files.err).contains("is not a certificate").doesNotContain("accepted");
    }
  }

  @Test
  void a_structural_certificate_of_a_model_that_names_its_weights() throws Exception {
    Files.write(files.path("given.safetensors"), Safetensors.write(Trained.large(weights)));
    for (String clause : List.of("", "parameters ldlt; ")) {
      files.model("given.lip", Trained.BODY.formatted(clause + "weights \"given.safetensors\";"));
      assertRejected("structural.json", "given.lip", "about free parameters");
    }
  }

  @Test
  void other_weights_than_those_that_the_model_names() throws Exception {
    Files.write(files.path("given.safetensors"), Safetensors.write(Trained.large(weights)));
    files.model("named.lip", Trained.BODY.formatted("weights \"given.safetensors\";"));
    assertRejected("trained.safetensors", "named.lip", "foreign digest");
    assertThat(files.verify("trained.safetensors", FREE)).isZero();
  }

  @Test
  void bounds_below_what_is_proved() throws Exception {
    for (double bound : new double[] {0, 0x1p-1000, 0.01}) {
      assertRejected(Trained.bounded(numeric, bound), weights, "not positive definite");
    }
    assertRejected(Trained.bounded(numeric, -1), weights, "malformed");
  }

  @Test
  void bounds_that_are_no_numbers() throws Exception {
    for (double bound : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      files.carry("hostile.safetensors", Trained.bounded(numeric, bound), weights);
      assertThat(files.verify("hostile.safetensors", FREE)).isNotEqualTo(ExitCode.PROVED);
      assertThat(files.out + files.err).doesNotContain("accepted").doesNotContain("\tat ");
    }
  }

  @Test
  void a_bound_that_is_smaller_by_one_ulp() throws Exception {
    files.model(
        "id.lip",
        """
        network Id(x: real[2]) -> real[2] {
            certify lipschitz <= 1;
            weights "id.safetensors";
            y = x |> dense(2, bias = false);
            return y;
        }
        """);
    Tensor one = Tensor.of("y.weight", ElementType.F32, List.of(2, 2), new double[] {1, 0, 0, 1});
    Files.write(files.path("id.safetensors"), Safetensors.write(Weights.of(List.of(one))));
    String model = files.path("id.lip").toString();
    assertThat(files.run("certify", model, "--out", files.path("id.json").toString())).isZero();
    Certificate exact = CertificateText.read(Files.readString(files.path("id.json")));
    assertThat(exact.lipschitz().bound()).isEqualTo(1);
    assertThat(files.verify("id.json", "id.lip")).isZero();
    Proof proof = exact.proof();
    for (PositivityWitness witness :
        List.of(
            proof.witness(),
            new PositivityWitness.ExactElimination(),
            new PositivityWitness.VerifiedCholesky())) {
      write("ulp.json", Trained.proved(Trained.bounded(exact, Math.nextDown(1.0)), witness));
      assertRejected("ulp.json", "id.lip", "");
    }
  }

  @Test
  void digests_of_other_tensors() throws Exception {
    Weights large = Trained.large(weights);
    assertRejected(numeric, large, "foreign digest");
    assertRejected(Trained.about(numeric, large), large, "not positive definite");
    assertRejected(Trained.about(numeric, large), weights, "foreign digest");
  }

  @Test
  void tensors_that_have_changed_places() throws Exception {
    Tensor g = weights.tensor("g.bias").orElseThrow();
    Tensor h = weights.tensor("h.bias").orElseThrow();
    Weights swapped =
        Trained.with(
            weights,
            tensor ->
                switch (tensor.name()) {
                  case "g.bias" -> h.values();
                  case "h.bias" -> g.values();
                  default -> tensor.values();
                });
    assertThat(g.values()).isNotEqualTo(h.values());
    assertRejected(numeric, swapped, "foreign digest");
  }

  @Test
  void a_bias_that_differs_in_one_bit() throws Exception {
    Weights other =
        Trained.with(
            weights,
            tensor -> {
              double[] values = tensor.values();
              if (tensor.name().equals("y.bias")) {
                values[0] = Math.nextUp((float) values[0]);
              }
              return values;
            });
    assertRejected(numeric, other, "foreign digest");
  }

  @Test
  void stored_numbers_that_are_not_finite() throws Exception {
    byte[] file = Files.readAllBytes(files.path("trained.safetensors"));
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(file.length - 4, Float.NaN);
    Files.write(files.path("nan.safetensors"), file);
    assertThat(files.verify("nan.safetensors", FREE)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err)
        .contains("nan.safetensors is not a certificate: ")
        .doesNotContain("\tat ");
  }

  @Test
  void certificates_of_networks_that_differ_a_little() throws Exception {
    String body = Trained.BODY.formatted("parameters ldlt;");
    for (String other :
        List.of(
            body.replaceFirst("relu", "tanh"),
            body.replaceFirst("relu", "leaky_relu(1e-30)"),
            body.replace("in [-4, 4]", "in [-4, 5]"),
            body.replaceFirst("dense\\(4\\)", "dense(4, bias = false)"))) {
      assertThat(other).isNotEqualTo(body);
      files.model("other.lip", other);
      assertThat(files.run("check", files.path("other.lip").toString()))
          .as(files.err + files.out)
          .isZero();
      assertRejected("trained.safetensors", "other.lip", "the certificate is of another network: ");
    }
  }

  @Test
  void a_layer_of_another_size_is_said_to_be_so() throws Exception {
    files.model(
        "other.lip",
        Trained.BODY
            .formatted("parameters ldlt;")
            .replace("y = g", "k = g |> dense(3) |> abs; y = k"));
    assertRejected(
        "trained.safetensors", "other.lip", "layer 3 has 3 units, the certificate says 2");
    assertThat(files.out).isEqualTo("rejected: layer 3 has 3 units, the certificate says 2\n");
  }

  /** The model's output is 9 x + 1e9: near the origin, 1e9 says as much. */
  @Test
  void a_network_that_gives_nearly_the_same_where_one_would_look() throws Exception {
    files.model(
        "far.lip",
        """
        network Far(x: real[1] in [-1, 1]) -> real[1] {
            certify lipschitz <= 9;
            weights "far.safetensors";
            y = x |> dense(1);
            return y;
        }
        """);
    Tensor nine = Tensor.of("y.weight", ElementType.F32, List.of(1, 1), new double[] {9});
    Tensor shift = Tensor.of("y.bias", ElementType.F32, List.of(1), new double[] {1e9});
    Weights far = Weights.of(List.of(nine, shift));
    Files.write(files.path("far.safetensors"), Safetensors.write(far));
    Unit.Box box = new Unit.Box(List.of(-1.0), List.of(1.0));
    List<Unit> units =
        List.of(
            new Unit.Input(1, Optional.of(box)),
            Unit.scale(0, 0, 1),
            Unit.dense(1, 1, 1, "y.weight", Optional.of("y.bias")));
    write(
        "far.json",
        new Certificate(
            "Far",
            ElementType.F32,
            new Claim.Lipschitz(Norms.EUCLIDEAN, 0, 9),
            "by hand",
            units,
            new Grounds.GivenWeights(
                sorted(Trained.records(far)),
                new Proof(
                    List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination()))));
    assertRejected("far.json", "far.lip", "the certificate is of another network: ");
  }

  /**
   * A certificate of a network that keeps the checker busy for minutes, and that is not the
   * model's.
   */
  private static Certificate busy(String network) {
    int wide = 131_000;
    List<Unit> units =
        List.of(
            new Unit.Input(wide, Optional.empty()),
            Unit.activation(0, "relu", List.of(), wide),
            Unit.select(0, List.of(0)));
    Proof proof =
        new Proof(
            List.of(),
            List.of(),
            List.of(new Proof.Multiplier(1, Proof.Constraint.SLOPE, List.of(0.0))),
            new PositivityWitness.ExactElimination());
    return new Certificate(
        network,
        ElementType.F32,
        new Claim.Lipschitz(Norms.EUCLIDEAN, 1),
        "by hand",
        units,
        new Grounds.GivenWeights(List.of(), proof));
  }

  private void assertRejectedSoon(String certificate, String model, String reason) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertRejected(certificate, model, reason));
  }

  @Test
  void units_that_are_not_the_models_cost_nothing() throws Exception {
    write("busy.json", busy("Net"));
    assertThat(Files.size(files.path("busy.json"))).isLessThan(600);
    assertRejectedSoon("busy.json", FREE, "the input has 2 elements, the certificate says 131000");
  }

  @Test
  void units_of_a_callee_that_are_not_the_models_cost_nothing() throws Exception {
    files.model("calls.lip", Trained.BODY.formatted("parameters ldlt;") + CALLER);
    Certificate inner = busy("Net");
    write("Net.certificate.json", inner);
    List<Unit> calls =
        List.of(
            new Unit.Input(2, Optional.of(new Unit.Box(List.of(-4.0, -4.0), List.of(4.0, 4.0)))),
            new Unit.Call(0, "Net", CertificateText.digest(inner), 2, 2));
    write("calls.json", Trained.named(busy("Outer"), "Outer").of(calls));
    assertRejectedSoon(
        "calls.json", "calls.lip", "Net: the input has 2 elements, the certificate says 131000");
  }

  @Test
  void a_certificate_about_numbers_of_another_format() throws Exception {
    files.model("double.lip", Trained.BODY.formatted("parameters ldlt; precision f64;"));
    assertRejected(
        "structural.json",
        "double.lip",
        "another network: the model's numbers are F64, and the certificate is about F32");
  }

  @Test
  void a_certificate_without_units_or_with_a_million_numbers_is_told_apart_in_one_line()
      throws Exception {
    List<Unit> none = List.of();
    write("none.json", numeric.of(none));
    assertRejected("none.json", FREE, "the model has 6 layers, and the certificate 0 units");
    List<Unit> many = new ArrayList<>(numeric.units());
    many.set(1, Unit.select(0, Collections.nCopies(1_000_000, 1)));
    write("many.json", numeric.of(many));
    assertRejected("many.json", FREE, "the certificate is of another network: at `h` ");
    assertThat(files.out).hasSizeLessThan(600).hasLineCount(1);
  }

  @Test
  void a_certificate_of_another_name_is_about_the_network_of_its_layers() throws Exception {
    files.carry("renamed.safetensors", Trained.named(numeric, "Other"), weights);
    assertThat(files.verify("renamed.safetensors", FREE)).as(files.err).isZero();
    assertThat(files.out).startsWith("accepted: Net, in the certificate Other, is 1");
    files.carry("hostile.safetensors", Trained.named(numeric, "Other"), Trained.large(weights));
    assertRejected("hostile.safetensors", FREE, "foreign digest");
    files.model("tanh.lip", Trained.BODY.formatted("parameters ldlt;").replace("relu", "tanh"));
    assertThat(files.verify("renamed.safetensors", "tanh.lip")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err)
        .endsWith(
            "holds no network Other, which the certificate is about; it holds Net, none with the"
                + " same layers\n");
  }

  @Test
  void weights_that_carry_their_certificate_need_no_model() {
    assertThat(files.run("verify", files.path("trained.safetensors").toString()))
        .as(files.err)
        .isZero();
    assertThat(files.out).startsWith("accepted: Net is 1-Lipschitz").contains("note: without a");
  }

  /** Programs read all tensors of a file; the certificate is about those that it names alone. */
  @Test
  void the_tensors_that_the_certificate_is_about_are_counted() throws Exception {
    String trained = files.path("trained.safetensors").toString();
    int own = numeric.tensors().size();
    assertThat(files.run("verify", trained)).isZero();
    String clause = "; it is about %d of the %d tensors beside it";
    assertThat(files.out).contains(clause.formatted(own, own));
    Tensor more = Tensor.of("z", ElementType.F32, List.of(1), new double[] {1e6});
    TreeMap<String, Tensor> tensors = new TreeMap<>(weights.tensors());
    tensors.put("z", more);
    files.carry("more.safetensors", numeric, new Weights(tensors));
    String path = files.path("more.safetensors").toString();
    assertThat(files.run("verify", path)).as(files.err).isZero();
    assertThat(files.out).contains(clause.formatted(own, own + 1));
    assertThat(files.run("verify", path, "--json")).isZero();
    assertThat(files.out).contains("\"tensors\": " + (own + 1));
    assertThat(files.verify("more.safetensors", FREE)).isZero();
    assertThat(files.out).contains(clause.formatted(own, own + 1));
  }

  /** A certificate of a network without tensors, in the metadata of anybody's weights. */
  @Test
  void a_certificate_that_names_none_of_the_tensors_is_rejected() throws Exception {
    files.model(
        "double.lip",
        "network Net(x: real[2]) -> real[2] {\n  certify lipschitz <= 2;\n"
            + "  return x |> scale(2.0);\n}\n");
    String own = files.path("own.json").toString();
    assertThat(files.run("certify", files.path("double.lip").toString(), "--out", own)).isZero();
    Certificate none = CertificateText.read(Files.readString(files.path("own.json")));
    assertThat(none.tensors()).isEmpty();
    files.carry("hostile.safetensors", none, weights);
    assertThat(files.run("verify", files.path("hostile.safetensors").toString()))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(files.out)
        .startsWith("rejected: ")
        .contains("the certificate names none of the " + weights.tensors().size() + " tensors");
    assertRejected("hostile.safetensors", "double.lip", "names none of the");
  }

  @Test
  void a_certificate_about_free_parameters_says_nothing_of_weights_that_carry_it()
      throws Exception {
    files.carry("structural.safetensors", structural, Trained.large(weights));
    assertThat(files.run("verify", files.path("structural.safetensors").toString()))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(files.out).startsWith("rejected: the certificate is about free parameters, and");
  }

  @Test
  void a_norm_that_no_certificate_is_about_is_an_input_error() throws Exception {
    files.model(
        "linf.lip",
        Trained.BODY
            .formatted("parameters ldlt;")
            .replace("lipschitz <= 1", "lipschitz <= 1 from linf to linf"));
    assertThat(files.verify("trained.safetensors", "linf.lip")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains("holds no network Net without faults");
  }

  @Test
  void weights_that_carry_nothing_are_an_input_error() throws Exception {
    Files.write(files.path("bare.safetensors"), Safetensors.write(weights));
    assertThat(files.verify("bare.safetensors", FREE)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains("bare.safetensors carries no certificate");
  }

  private static final String CALLER =
      """
      network Outer(x: real[2] in [-4, 4]) -> real[2] {
          certify lipschitz <= 1;
          return x |> Net;
      }
      """;

  @Test
  void a_callee_of_given_weights_under_a_structural_certificate() throws Exception {
    String free = Trained.BODY.formatted("parameters ldlt;") + CALLER;
    files.model("outer.lip", free);
    String json = files.path("outer.json").toString();
    assertThat(files.run("certify", files.path("outer.lip").toString(), "--out", json)).isZero();
    assertThat(files.verify("outer.json", "outer.lip")).as(files.out).isZero();
    assertThat(files.out).contains("for every value of its free parameters");
    Files.write(files.path("given.safetensors"), Safetensors.write(Trained.large(weights)));
    files.model("outer.lip", free.replace("parameters ldlt;", "weights \"given.safetensors\";"));
    assertRejected("outer.json", "outer.lip", "about free parameters");
  }

  /** Twice the first output is bounded by less than both outputs. */
  @Test
  void a_callee_that_is_certified_for_some_outputs() throws Exception {
    files.model(
        "some.lip",
        """
        network Inner(x: real[2]) -> real[2] {
            certify lipschitz <= 9;
            weights "some.safetensors";
            y = x |> dense(2, bias = false);
            return y;
        }
        network Outer(x: real[2]) -> real[2] {
            certify lipschitz <= 9;
            return x |> Inner;
        }
        """);
    Tensor w = Tensor.of("y.weight", ElementType.F32, List.of(2, 2), new double[] {1, 0, 0, 9});
    Files.write(files.path("some.safetensors"), Safetensors.write(Weights.of(List.of(w))));
    String model = files.path("some.lip").toString();
    String outer = files.path("some.json").toString();
    assertThat(files.run("certify", model, "--out", outer)).as(files.err).isZero();
    assertThat(files.verify("some.json", "some.lip")).as(files.out).isZero();
    Certificate inner =
        CertificateText.read(Files.readString(files.path("Inner.certificate.json")));
    List<Unit> units = new ArrayList<>(inner.units());
    units.add(Unit.select(units.size() - 1, List.of(0, 0)));
    Certificate some =
        Trained.proved(
            Trained.bounded(inner.of(units), 2), new PositivityWitness.ExactElimination());
    write("Inner.certificate.json", some);
    Certificate caller = CertificateText.read(Files.readString(Path.of(outer)));
    List<Unit> calls =
        List.of(
            caller.units().get(0), new Unit.Call(0, "Inner", CertificateText.digest(some), 2, 2));
    write("some.json", Trained.bounded(caller.of(calls), 2));
    assertRejected("some.json", "some.lip", "Inner: the certificate is of another network: ");
  }

  private static List<TensorRecord> sorted(List<TensorRecord> records) {
    return records.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }
}
