package io.lipc.compiler;

import io.lipc.compiler.library.Library;
import io.lipc.compiler.reading.Batch;
import io.lipc.compiler.reading.Request;
import io.lipc.compiler.warning.UnknownImports;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.ParsedFile;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.dsl.SourceText;
import io.lipc.dsl.TextFinding;
import io.lipc.dsl.TextRenderer;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The texts of one run: what they declare together, and where each part of it stands. */
public final class Texts {

  private final Map<String, Declared> networks = new TreeMap<>();
  private final Set<String> faulty = new TreeSet<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Fault> warnings = new ArrayList<>();

  private Texts() {}

  /**
   * One text.
   *
   * @param packageName where its networks stand if it declares no package; may be empty
   */
  public record Text(SourceText source, String packageName) {}

  /** A fault at its place in one of the texts. */
  public record Fault(SourceText source, TextFinding finding) {

    /** The fault for a terminal, without a line end; see {@link TextRenderer}. */
    public String render() {
      return TextRenderer.render(source, finding);
    }
  }

  private record Declared(SourceText source, ParsedNetwork network) {}

  /**
   * Parses texts; networks of one name in two of them are a fault of the later one.
   *
   * @param library the networks that texts can import besides those of each other
   */
  public static Texts parse(List<Text> texts, Library library) {
    Texts parsed = new Texts();
    Map<Text, ParsedFile> files = new LinkedHashMap<>();
    texts.forEach(text -> files.put(text, LipParser.parse(text.source(), text.packageName())));
    files.forEach(parsed::add);
    Set<String> declared = new TreeSet<>(parsed.networks.keySet());
    declared.addAll(parsed.faulty);
    files.forEach(
        (text, file) ->
            UnknownImports.of(file, declared, library)
                .forEach((network, fault) -> parsed.addUnknown(network, text, fault)));
    return parsed;
  }

  private void addUnknown(String network, Text text, TextFinding fault) {
    faulty.add(network);
    faults.add(new Fault(text.source(), fault));
  }

  private void add(Text text, ParsedFile parsed) {
    faulty.addAll(parsed.faulty());
    parsed.findings().forEach(finding -> faults.add(new Fault(text.source(), finding)));
    parsed.warnings().forEach(warning -> warnings.add(new Fault(text.source(), warning)));
    for (ParsedNetwork network : parsed.networks()) {
      String name = network.declaration().name();
      if (networks.putIfAbsent(name, new Declared(text.source(), network)) != null) {
        TextFinding twice =
            network
                .positions()
                .locate(
                    new Finding(new Place.OfNetwork(), Diagnostics.duplicateName("network", name)));
        faults.add(new Fault(text.source(), twice));
      }
    }
  }

  /** The networks to compile. */
  public Batch batch() {
    return new Batch(
        networks.values().stream()
            .map(one -> new Request(one.network().declaration(), one.source().name()))
            .toList(),
        faulty);
  }

  /** The faults of the texts themselves. */
  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** Warnings about the texts themselves that they do not allow. */
  public List<Fault> warnings() {
    return List.copyOf(warnings);
  }

  /** A finding of the compiler about a network of {@link #batch()}, at its place. */
  public Fault locate(String network, Finding finding) {
    Declared declared = Objects.requireNonNull(networks.get(network));
    return new Fault(declared.source(), declared.network().positions().locate(finding));
  }
}
