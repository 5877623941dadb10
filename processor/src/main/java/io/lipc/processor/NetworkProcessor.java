package io.lipc.processor;

import io.lipc.compiler.Compilation;
import io.lipc.compiler.Compiler;
import io.lipc.compiler.emission.Backend;
import io.lipc.compiler.emission.Backends;
import io.lipc.compiler.library.Callee;
import io.lipc.compiler.library.CarriedNetworks;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.proof.Search;
import io.lipc.compiler.reading.Batch;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.compiler.reading.Request;
import io.lipc.compiler.report.ProofLine;
import io.lipc.compiler.warning.UnknownImports;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.ProofDiagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the networks that a module declares: reads both front ends, lets the compiler prove or
 * refuse each network, and hands javac the messages and the generated code.
 */
final class NetworkProcessor extends AbstractProcessor {

  private static final String ANNOTATION = Annotated.PACKAGE + ".CertifiedNetwork";

  /**
   * Networks compiled in earlier rounds, by name. javac does not let a processor read back what it
   * has just written; these are plain values, no element lives on in them.
   */
  private final Map<String, Callee> compiled = new HashMap<>();

  /** Interfaces that refer to types which another processor may still generate, by name. */
  private final Set<String> deferred = new TreeSet<>();

  /** The option is one for the whole run, and so are its faults. */
  private boolean saidFaultsOfBackends;

  private @Nullable Output known;

  NetworkProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Stream.concat(
            Stream.of(ANNOTATION),
            PropertyAnnotations.NAMES.stream().map(name -> Annotated.PACKAGE + "." + name))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<String> getSupportedOptions() {
    return ProcessorOptions.NAMES;
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Output output = output();
    try {
      if (round.processingOver()) {
        explainMissingTypes(output);
      } else {
        processRound(round, output);
      }
    } catch (RuntimeException | StackOverflowError e) {
      // Whatever goes wrong in here is our fault, and must not look like a crash of javac.
      output.report(ProofDiagnostics.internalFault("process", e));
    }
    if (round.processingOver()) {
      output.end();
    }
    return false;
  }

  /** One for all rounds: what they say goes into one file. */
  private Output output() {
    if (known == null) {
      ProcessorOptions options = options();
      Output created = new Output(processingEnv, options.root());
      options.prepare(created);
      known = created;
    }
    return known;
  }

  private ProcessorOptions options() {
    return new ProcessorOptions(processingEnv.getOptions());
  }

  /**
   * Explains interfaces that are still put off and will never be complete; javac reports only that.
   */
  private void explainMissingTypes(Output output) {
    for (String name : deferred) {
      TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
      if (type != null) {
        Unfinished.explain(type).forEach(output::report);
      }
    }
  }

  private void processRound(RoundEnvironment round, Output output) {
    List<TypeElement> types = ready(round);
    FileFinder files = new FilerFiles(processingEnv.getFiler(), options().root());
    List<Declared> declared = new ArrayList<>();
    List<Located> faults = new ArrayList<>(Unproved.bounds(round, processingEnv.getElementUtils()));
    Set<String> faulty = new TreeSet<>();
    read(types, files, declared, faults, faulty);
    Map<String, Declared> byName = index(declared, faults);
    List<Request> requests = byName.values().stream().map(one -> request(one, files)).toList();
    List<Compilation> compilations =
        Compiler.compile(
            new Batch(requests, faulty),
            new ShippedFiles(declared, files),
            library(),
            options().isTight()
                ? Search.tight(options().timing(output))
                : Search.all(options().timing(output)),
            output,
            options().cache(output),
            backends(types, output));
    faults.forEach(output::report);
    for (Compilation compilation : compilations) {
      Declared source = Objects.requireNonNull(byName.get(compilation.network()));
      compilation.said().forEach(finding -> output.report(source.locate().apply(finding)));
      if (compilation instanceof Compilation.Compiled result) {
        compiled.put(result.network(), result.proof().callee());
        output.tell(
            options().isTight()
                ? ProofLine.of(result.proof())
                : ProofLine.ofFirst(result.proof(), ProcessorOptions.tight()));
        output.write(result, source);
      }
    }
  }

  private Request request(Declared one, FileFinder files) {
    return new Request(
        one.declaration(),
        one.origin().getQualifiedName().toString(),
        DeclaringFiles.of(one.origin(), processingEnv.getElementUtils(), files));
  }

  /**
   * The backends to emit: those whose library the compiled interfaces can see, because generated
   * classes stand beside them.
   */
  private Set<Backend> backends(List<TypeElement> types, Output output) {
    if (types.isEmpty()) {
      return Set.of();
    }
    Elements elements = processingEnv.getElementUtils();
    ModuleElement module = elements.getModuleOf(types.getFirst());
    Backends backends =
        Backends.of(
            processingEnv.getOptions(),
            name ->
                (module == null
                        ? elements.getTypeElement(name)
                        : elements.getTypeElement(module, name))
                    != null);
    if (!saidFaultsOfBackends) {
      backends.faults().forEach(output::report);
      saidFaultsOfBackends = true;
    }
    return backends.chosen();
  }

  private void read(
      List<TypeElement> types,
      FileFinder files,
      List<Declared> declared,
      List<Located> faults,
      Set<String> faulty) {
    Elements elements = processingEnv.getElementUtils();
    List<TypeElement> texts = new ArrayList<>();
    for (TypeElement type : types) {
      Optional<Located> none = NotANetwork.why(type);
      if (none.isPresent()) {
        faults.add(none.get());
        faulty.add(Names.network(type, elements));
      } else if (OnnxFrontEnd.stray(type, elements).isPresent()) {
        faults.add(OnnxFrontEnd.stray(type, elements).get());
        faulty.add(Names.network(type, elements));
      } else if (OnnxFrontEnd.refersToModel(type, elements)) {
        OnnxFrontEnd.Result result = OnnxFrontEnd.read(type, elements, files);
        add(type, result.declared(), result.faults(), declared, faults, faulty);
      } else if (TextFrontEnd.refersToText(type, elements)) {
        texts.add(type);
      } else {
        JavaFrontEnd.Result result = JavaFrontEnd.read(type, elements);
        add(type, result.declared(), result.faults(), declared, faults, faulty);
      }
    }
    TextFrontEnd.Result result = TextFrontEnd.read(texts, elements, files);
    declared.addAll(result.declared());
    faults.addAll(result.faults());
    faulty.addAll(result.faulty());
    checkImports(result.texts(), declared, faults, faulty);
  }

  private void add(
      TypeElement type,
      Optional<Declared> read,
      List<Located> said,
      List<Declared> declared,
      List<Located> faults,
      Set<String> faulty) {
    read.ifPresentOrElse(
        declared::add, () -> faulty.add(Names.network(type, processingEnv.getElementUtils())));
    faults.addAll(said);
  }

  /**
   * Checks imports once everything is read, because texts may import networks that interfaces
   * declare.
   */
  private void checkImports(
      List<TextFrontEnd.Parsed> texts,
      List<Declared> declared,
      List<Located> faults,
      Set<String> faulty) {
    Set<String> known = new TreeSet<>(faulty);
    declared.forEach(one -> known.add(one.declaration().name()));
    Library library = library();
    for (TextFrontEnd.Parsed text : texts) {
      UnknownImports.of(text.file(), known, library)
          .forEach(
              (network, fault) -> {
                faulty.add(network);
                faults.add(text.locate().apply(fault));
              });
    }
  }

  /**
   * The declarations in the order of names, so that output does not depend on the order of files.
   */
  private static Map<String, Declared> index(List<Declared> declared, List<Located> faults) {
    Map<String, Declared> byName = new TreeMap<>();
    for (Declared one : declared) {
      String name = one.declaration().name();
      if (byName.putIfAbsent(name, one) != null) {
        faults.add(
            Located.of(
                Position.of(one.origin()),
                Diagnostics.duplicateName("network", Names.simpleName(name))));
      }
    }
    return byName;
  }

  /** The annotated types of this round and those put off earlier, less those to be put off now. */
  private List<TypeElement> ready(RoundEnvironment round) {
    Elements elements = processingEnv.getElementUtils();
    Map<String, TypeElement> types = new TreeMap<>();
    TypeElement annotation = elements.getTypeElement(ANNOTATION);
    if (annotation != null) {
      for (Element element : round.getElementsAnnotatedWith(annotation)) {
        if (element instanceof TypeElement type) {
          types.put(type.getQualifiedName().toString(), type);
        }
      }
    }
    for (String name : new HashSet<>(deferred)) {
      TypeElement type = elements.getTypeElement(name);
      if (type != null) {
        types.put(name, type);
      }
    }
    deferred.clear();
    List<TypeElement> ready = new ArrayList<>();
    for (Map.Entry<String, TypeElement> entry : types.entrySet()) {
      if (Unfinished.refersToMissingType(entry.getValue(), elements)) {
        deferred.add(entry.getKey());
      } else {
        ready.add(entry.getValue());
      }
    }
    return ready;
  }

  private Library library() {
    Library others =
        new CarriedNetworks(
            new FilerResources(processingEnv.getFiler(), processingEnv.getElementUtils()));
    return name ->
        compiled.containsKey(name)
            ? new Library.Result.Found(compiled.get(name))
            : others.find(name);
  }
}
