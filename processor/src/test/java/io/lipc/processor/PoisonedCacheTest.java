package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Grounds;
import io.lipc.formats.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another user writes into the folder of {@code -Alipc.cache}: javac ships true bounds. */
final class PoisonedCacheTest {

  /** Two networks of free parameters, and one that calls both. */
  private static final String COMPOSITION =
      """
      package good;

      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork
      @Lipschitz(1.0)
      @Parameterized(Construction.LDLT)
      interface First {
        @Input(2)
        float[] x();

        @Dense(2) @Output
        float[] y(float[] x);
      }

      @CertifiedNetwork
      @Lipschitz(1.5)
      @Parameterized(Construction.LDLT)
      interface Second {
        @Input(2)
        float[] x();

        @Dense(2) @Output
        float[] y(float[] x);
      }

      @CertifiedNetwork
      @Lipschitz(1.5)
      interface Both {
        @Input(2)
        float[] x();

        @Call(First.class)
        float[] h(float[] x);

        @Relu
        float[] r(float[] h);

        @Call(Second.class)
        @Output
        float[] y(float[] r);
      }
      """;

  private static final String CERTIFICATE = "META-INF/lipc/good.Both.json";

  @TempDir private Path work;

  private Javac.Result compile(String folder) throws IOException {
    Path source = work.resolve("First.java");
    Files.writeString(source, COMPOSITION);
    return new Javac(work.resolve(folder))
        .option("-Alipc.cache=" + work.resolve("cache"))
        .compile(List.of(source));
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(work.resolve("cache"))) {
      return files.toList();
    }
  }

  /** The same claim, 1500 times smaller, for every reason that a text can give. */
  private static List<String> forgeries(String honest) throws FormatException {
    Certificate certificate = CertificateText.read(honest).declaring("good.Both", 1.5);
    Certificate small = certificate.claiming(0x1p-10);
    List<String> forgeries = new ArrayList<>();
    for (Certificate claim : List.of(small, small.declaring("good.Both", 0x1p-10))) {
      forgeries.add(CertificateText.write(claim));
      forgeries.add(CertificateText.write(claim.on(new Grounds.LdltConstruction())));
      for (Grounds.Calls calls : Grounds.Calls.values()) {
        Grounds.Composition composition = new Grounds.Composition(calls, claim.proofs());
        forgeries.add(CertificateText.write(claim.on(composition)));
        Grounds given = new Grounds.GivenWeights(List.of(), calls, claim.proofs());
        forgeries.add(CertificateText.write(claim.on(given)));
      }
      String construction = CertificateText.write(claim.on(new Grounds.LdltConstruction()));
      forgeries.add(construction.replace("\"gains\"", "\"calls\": \"inlined\",\n  \"gains\""));
    }
    return forgeries;
  }

  @Test
  void forgedEntriesAreSearchedForAnew() throws Exception {
    Javac.Result first = compile("first");
    assertThat(first.success()).as(first.output()).isTrue();
    String honest = first.resource(CERTIFICATE);
    assertThat(CertificateText.read(honest).lipschitz().bound()).isEqualTo(1.5);
    assertThat(kept()).hasSize(1);
    int number = 0;
    for (String forgery : forgeries(honest)) {
      Files.writeString(kept().getFirst(), forgery);
      Javac.Result again = compile("again" + number++);
      assertThat(again.success()).as(again.output()).isTrue();
      assertThat(again.resource(CERTIFICATE)).isEqualTo(honest);
    }
    assertThat(number).isEqualTo(14);
  }
}
