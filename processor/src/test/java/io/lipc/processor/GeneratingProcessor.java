package io.lipc.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Generates, in its first round, an interface that declares a network. */
final class GeneratingProcessor extends AbstractProcessor {

  private boolean done;

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (done) {
      return false;
    }
    done = true;
    try (Writer writer = processingEnv.getFiler().createSourceFile("good.Generated").openWriter()) {
      writer.write(
          """
          package good;

          import io.lipc.annotations.*;
          import io.lipc.annotations.activation.*;

          @CertifiedNetwork
          @Lipschitz(1.0)
          interface Generated {
            @Input(4)
            float[] x();

            @Relu
            @Output
            float[] y(float[] x);
          }
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return false;
  }
}
