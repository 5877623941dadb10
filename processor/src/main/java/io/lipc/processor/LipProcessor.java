package io.lipc.processor;

import com.google.auto.service.AutoService;
import java.util.Collections;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Completion;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The processor that javac starts: the compiler of networks, or one message in its place if javac
 * is too old. The build compiles this class for Java 8, so that every javac can load it.
 */
@AutoService(Processor.class)
public final class LipProcessor implements Processor {

  /** The Java that the compiler is written in. */
  private static final int OLDEST = 25;

  private final Processor processor;

  /** javac creates processors by this constructor. */
  public LipProcessor() {
    if (java() >= OLDEST) {
      processor = networks();
    } else {
      processor = new Refusal();
    }
  }

  /** A method of its own, so that only its callers load the class. */
  private static Processor networks() {
    return new NetworkProcessor();
  }

  private static int java() {
    String version = System.getProperty("java.specification.version");
    return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
  }

  @Override
  public Set<String> getSupportedOptions() {
    return processor.getSupportedOptions();
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return processor.getSupportedAnnotationTypes();
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return processor.getSupportedSourceVersion();
  }

  @Override
  public void init(ProcessingEnvironment environment) {
    processor.init(environment);
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    // Annotations are for everybody, whatever came of them here.
    processor.process(annotations, round);
    return false;
  }

  @Override
  public Iterable<? extends Completion> getCompletions(
      Element element,
      AnnotationMirror annotation,
      @Nullable ExecutableElement member,
      @Nullable String text) {
    return processor.getCompletions(element, annotation, member, text);
  }

  /** Says which Java is needed, once. */
  private static final class Refusal extends AbstractProcessor {
    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Collections.singleton("io.lipc.annotations.CertifiedNetwork");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!annotations.isEmpty()) {
        processingEnv
            .getMessager()
            .printMessage(
                Diagnostic.Kind.ERROR,
                "lipc needs JDK "
                    + OLDEST
                    + " to compile networks, and this is javac of Java "
                    + java()
                    + "; compile by JDK "
                    + OLDEST
                    + " with --release 17, and the classes run on Java 17; in Maven set JAVA_HOME to a JDK "
                    + OLDEST
                    + ", or add maven-toolchains-plugin");
      }
      return false;
    }
  }
}
