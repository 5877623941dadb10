package io.lipc.tools.files;

import io.lipc.compiler.library.Library;
import io.lipc.compiler.warning.UnknownImports;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.ParsedFile;
import io.lipc.dsl.ParsedImport;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.dsl.SourceText;
import io.lipc.dsl.TextFinding;
import io.lipc.formats.BoundedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The texts that a text on the command line imports from, and those that they import from: they lie
 * in the same folder.
 *
 * @param networks what they declare
 * @param faulty the networks that cannot be called, those that are nowhere included
 * @param faults the imports of the text of networks that are nowhere
 */
public record ImportedTexts(
    List<ParsedNetwork> networks, Set<String> faulty, Collection<TextFinding> faults) {

  /** The texts that hold what {@code text} imports, and what these import. */
  public static ImportedTexts of(Model.Text text) {
    if (text.parsed().imports().isEmpty()) {
      return new ImportedTexts(List.of(), Set.of(), List.of());
    }
    SortedMap<String, ParsedFile> byNetwork = new TreeMap<>();
    for (ParsedFile other : others(text)) {
      names(other).forEach(name -> byNetwork.putIfAbsent(name, other));
    }
    Set<ParsedFile> reached = reached(text.parsed(), byNetwork);
    Set<String> declared = new TreeSet<>(byNetwork.keySet());
    declared.addAll(names(text.parsed()));
    SortedMap<String, TextFinding> unknown =
        UnknownImports.of(text.parsed(), declared, Library.empty());
    Set<String> faulty = new TreeSet<>(unknown.keySet());
    List<ParsedNetwork> networks = new ArrayList<>();
    for (ParsedFile file : reached) {
      networks.addAll(file.networks());
      faulty.addAll(file.faulty());
    }
    return new ImportedTexts(networks, faulty, unknown.values());
  }

  private static Set<String> names(ParsedFile file) {
    Set<String> names = new TreeSet<>(file.faulty());
    file.networks().forEach(network -> names.add(network.declaration().name()));
    return names;
  }

  private static Set<ParsedFile> reached(ParsedFile from, SortedMap<String, ParsedFile> byNetwork) {
    Set<ParsedFile> reached = new LinkedHashSet<>();
    Deque<ParsedFile> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      for (ParsedImport imported : open.removeFirst().imports()) {
        ParsedFile file = byNetwork.get(imported.network());
        if (file != null && reached.add(file)) {
          open.add(file);
        }
      }
    }
    return reached;
  }

  private static boolean isText(Path file) {
    return file.toString().endsWith(".lip") && Files.isRegularFile(file);
  }

  /** The other texts of the folder; what cannot be read declares nothing. */
  private static List<ParsedFile> others(Model.Text text) {
    try (Stream<Path> files = Files.list(text.folder())) {
      List<ParsedFile> others = new ArrayList<>();
      for (Path file : files.filter(ImportedTexts::isText).sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.equals(text.source().name())
            && SourceText.decode(name, BoundedFile.readRegular(file))
                instanceof SourceText.Accepted accepted) {
          others.add(LipParser.parse(accepted.source()));
        }
      }
      return others;
    } catch (IOException e) {
      return List.of();
    }
  }
}
