package io.lipc.processor;

import io.lipc.model.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Bounds that are declared where nothing would prove them: whoever reads them is misled. */
final class Unproved {

  private Unproved() {}

  static List<Located> bounds(RoundEnvironment round, Elements elements) {
    List<Located> faults = new ArrayList<>();
    TypeElement bound = elements.getTypeElement(Annotated.PACKAGE + ".Lipschitz");
    if (bound == null) {
      return faults;
    }
    for (Element element : round.getElementsAnnotatedWith(bound)) {
      List<Annotated> annotations = Annotated.on(element, elements);
      if (annotations.stream().noneMatch(annotated -> annotated.is("CertifiedNetwork"))) {
        annotations.stream()
            .filter(annotated -> annotated.is("Lipschitz"))
            .forEach(annotated -> faults.add(unproved(element, annotated)));
      }
    }
    return faults;
  }

  private static Located unproved(Element element, Annotated bound) {
    return Located.of(
        Position.of(bound),
        Diagnostics.declarationInvalid(
            "nothing proves the bound of `"
                + element.getSimpleName()
                + "`, which is not annotated @CertifiedNetwork",
            "@CertifiedNetwork beside @Lipschitz",
            "@Lipschitz alone",
            "annotate it @CertifiedNetwork as well"));
  }
}
