package io.lipc.certificate.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.LocalUnits;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Norm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fault of the lines, planted in a copy of the trusted code: the chord through the ends stands in
 * place of a line that a relu stays above. What the copy then claims is beaten by inputs, and
 * refused by the checker.
 */
final class PlantedLineTest {

  private static final Unit.Box BOX = new Unit.Box(List.of(-1.0), List.of(1.0));

  @TempDir private Path folder;

  /** {@code relu(0.1 - |x|)}, whose slope is 1 near 0; by chords {@code |x|} would be 1. */
  private static Subject tent() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-1, 1, 1);
    int sides = net.activation(net.dense(0, new double[][] {{1}, {-1}}), "relu");
    net.activation(net.dense(sides, new double[][] {{-1, -1}}, new double[] {0.1}), "relu");
    net.bound = 1000;
    return net.subject();
  }

  /** The least bound that the trusted code shows without a cut; public for other loaders. */
  public static final class Bound implements Callable<Double> {

    /** Created by reflection. */
    public Bound() {}

    @Override
    public Double call() {
      return Rows.bound(LocalUnits.of(tent(), BOX), new BoxTree.Leaf(), _ -> {});
    }
  }

  /** Loads the classes of certificates once more, with one that is another. */
  private static final class Copy extends ClassLoader {
    private final Path changed;

    Copy(Path changed) {
      super(PlantedLineTest.class.getClassLoader());
      this.changed = changed;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null || !name.startsWith("io.lipc.certificate.")) {
          return loaded != null ? loaded : super.loadClass(name, resolve);
        }
        byte[] code = code(name.replace('.', '/') + ".class");
        return defineClass(name, code, 0, code.length);
      }
    }

    private byte[] code(String file) throws ClassNotFoundException {
      Path own = changed.resolve(file);
      try (InputStream in =
          Files.exists(own) ? Files.newInputStream(own) : getParent().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(file);
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The bound by a copy whose lines have this text in place of that one. */
  private double boundWith(String text, String other) throws Exception {
    Path source =
        Path.of(
            System.getProperty("lipc.root"),
            "certificate/src/main/java/io/lipc/certificate/local/Line.java");
    String lines = Files.readString(source);
    assertThat(lines).containsOnlyOnce(text);
    Path file = Files.writeString(folder.resolve("Line.java"), lines.replace(text, other));
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    int exit =
        javac.run(
            System.out,
            System.err,
            "-proc:none",
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            file.toString());
    assertThat(exit).isZero();
    Object bound =
        new Copy(folder).loadClass(Bound.class.getName()).getDeclaredConstructor().newInstance();
    return (Double) ((Callable<?>) bound).call();
  }

  private static Certificate claim(double bound) {
    Certificate about = tent().certificate();
    Claim.Lipschitz claim = new Claim.Lipschitz(new Norms(Norm.LINF, Norm.LINF), bound, 1000);
    Proof rows =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.Rows(new BoxTree.Leaf()));
    return new Certificate(
        about.network(),
        about.type(),
        new Claim.Local(claim, BOX),
        "planted",
        about.units(),
        new Grounds.GivenWeights(about.tensors(), Grounds.Calls.BOUNDED, List.of(rows)));
  }

  private static Verdict verdict(double bound) {
    Subject network = tent();
    Certificate claim = claim(bound);
    return CertificateChecker.check(FurtherClaims.about(network, claim));
  }

  private static double steepest() {
    UnitEvaluator evaluator = UnitEvaluator.of(tent());
    Random random = new Random(1);
    double steepest = 0;
    for (int i = 0; i < 1000; i++) {
      double x = 2 * random.nextDouble() - 1;
      double other = 2 * random.nextDouble() - 1;
      double moved =
          evaluator.apply(new double[] {x})[0] - evaluator.apply(new double[] {other})[0];
      steepest = Math.max(steepest, Math.abs(moved / (x - other)));
    }
    return steepest;
  }

  @Test
  @Tag("slow")
  void aChordAsTheLineBelowIsCaught() throws Exception {
    String line = "beside(f, chord(f, z), corners(pieces, z), below)";
    double planted =
        boundWith(line, "beside(f, chord(f, z), List.of(z.lower(), z.upper()), below)");
    assertThat(planted).isZero();
    assertThat(steepest()).isGreaterThan(0.9);
    assertThat(verdict(planted))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.DERIVATIVES_NOT_PROVED));
    // A copy without the fault shows what the trusted code shows.
    double honest = boundWith(line, line);
    assertThat(honest).isEqualTo(new Bound().call()).isBetween(1.0, 2.0);
    assertThat(verdict(honest * (1 + 0x1p-40))).isEqualTo(new Verdict.Accepted());
  }
}
