package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.model.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an import makes of a call. */
final class ImportTest {

  private static final String NETWORK =
      "network N(x: real[2]) -> real[2] { certify lipschitz <= 1; return x |> %s |> relu; }";

  private static ParsedFile parse(String imports, String called) {
    return LipParser.parse(
        new SourceText("t.lip", "package demo;\n" + imports + "\n" + NETWORK.formatted(called)));
  }

  private static List<String> calls(ParsedFile file) {
    return file.networks().getFirst().declaration().steps().stream()
        .map(step -> step.operation())
        .filter(Operation.Call.class::isInstance)
        .map(call -> ((Operation.Call) call).network())
        .toList();
  }

  @Test
  void an_imported_network_is_called_by_its_simple_name() {
    ParsedFile file = parse("import demo.control.Policy;", "Policy");
    assertThat(file.findings()).isEmpty();
    assertThat(calls(file)).containsExactly("demo.control.Policy");
    assertThat(file.imports())
        .containsExactly(new ParsedImport("demo.control.Policy", new Span(2, 8, 19)));
  }

  @Test
  void qualified_names_need_no_import() {
    ParsedFile file = parse("", "demo.control.Policy");
    assertThat(file.findings()).isEmpty();
    assertThat(calls(file)).containsExactly("demo.control.Policy");
  }

  @Test
  void names_of_operations_to_come_can_be_imported() {
    ParsedFile file = parse("import demo.control.softmx;", "softmx");
    assertThat(file.findings()).isEmpty();
    assertThat(calls(file)).containsExactly("demo.control.softmx");
  }

  @Test
  void import_is_a_name_elsewhere() {
    ParsedFile file =
        LipParser.parse(
            new SourceText(
                "t.lip",
                "import a.import.network.N; network M(import: real[2]) -> real[2] "
                    + "{ certify lipschitz <= 1; weights = import |> N; return weights; }"));
    assertThat(file.findings()).isEmpty();
    assertThat(calls(file)).containsExactly("a.import.network.N");
  }

  @Test
  void a_fault_in_a_network_hides_what_it_calls() {
    assertThat(parse("import demo.control.Policy;", "Policy |> ").findings()).hasSize(1);
  }
}
