package io.lipc.examples.cars;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.verdict.Verdict;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build proves of the network, and what it says of one that was trained wrongly. */
final class CarsTest {

  private static final Path HERE = Path.of("");

  @TempDir private Path work;

  @Test
  void the_value_is_proved_to_rise_with_power() {
    CarsNetwork network = CarsNetwork.load();
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
    Certificate certificate = network.certificates().getLast();
    assertThat(certificate.claim())
        .isInstanceOfSatisfying(
            Claim.Monotone.class,
            claim ->
                assertThat(claim.trends())
                    .containsExactly(new Claim.Trend(true, List.of(0), List.of(0))));
  }

  @Test
  void the_value_of_no_car_falls() {
    CarsNetwork network = CarsNetwork.load();
    Random random = new Random(39);
    float[] less = new float[1];
    float[] more = new float[1];
    for (int k = 0; k < 10_000; k++) {
      float[] car = {
        random.nextFloat(40, 320),
        random.nextFloat(50, 400),
        random.nextFloat(1000, 5000),
        random.nextFloat(55, 80),
        random.nextFloat(8, 60)
      };
      network.apply(car, less);
      car[0] = random.nextFloat(car[0], 321);
      network.apply(car, more);
      // What is proved is about real numbers: these are rounded.
      assertThat(more[0]).isGreaterThan(less[0] - 1e-3f);
    }
  }

  /** The prices of the table, in thousands of dollars. */
  @Test
  void the_table_is_followed() throws Exception {
    CarsNetwork network = CarsNetwork.load();
    List<String> rows = Files.readAllLines(HERE.resolve("src/main/resources/cars.csv"));
    double squares = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] fields = row.split(",", -1);
      float[] car = new float[5];
      for (int i = 0; i < car.length; i++) {
        car[i] = Float.parseFloat(fields[i]);
      }
      float[] value = new float[1];
      network.apply(car, value);
      squares += Math.pow(value[0] - Double.parseDouble(fields[5]), 2);
    }
    assertThat(rows).hasSize(200);
    assertThat(Math.sqrt(squares / 199)).isLessThan(3);
  }

  /** Another text and its weights in the place of ours, as a build after another training has. */
  private String compiled(Path resources) throws Exception {
    Path folder = Files.createDirectories(work.resolve("io/lipc/examples/cars"));
    Files.copy(resources.resolve("cars.lip"), folder.resolve("cars.lip"));
    for (String weights : List.of("cars.safetensors", "core.safetensors")) {
      Files.copy(resources.resolve(weights), work.resolve(weights));
    }
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    StringWriter log = new StringWriter();
    javac
        .getTask(
            log,
            null,
            null,
            List.of("-d", work.toString(), "-cp", path, "-processorpath", path),
            null,
            javac
                .getStandardFileManager(null, null, null)
                .getJavaFileObjects(HERE.resolve("src/main/java/io/lipc/examples/cars/Cars.java")))
        .call();
    return log.toString();
  }

  /** A better fit than ours; two cars show that it is no price for an insurer. */
  @Test
  void a_network_that_was_trained_without_the_sum_fails_the_build() throws Exception {
    assertThat(compiled(HERE.resolve("src/test/resources/wrong")))
        .contains(
            "error: [monotonicity-violated] `y[0]` falls by 1.252 as `power` rises from"
                + " 48.215133637121525 to 188.21513363712154",
            "found:    23.634257473912758 before, and 22.381420673196594 after",
            "the inputs are [48.215133637121525, 63.8901857448367, 5000.0, 73.95559943802489,"
                + " 35.06642666071638] and [188.21513363712154, 63.8901857448367, 5000.0,"
                + " 73.95559943802489, 35.06642666071638]");
  }
}
