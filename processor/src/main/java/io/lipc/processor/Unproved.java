package io.lipc.processor;

import io.lipc.model.Property;
import io.lipc.model.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;

/** Bounds that are declared where nothing proves them, which misleads readers. */
final class Unproved {

  private Unproved() {}

  static List<Located> bounds(RoundEnvironment round, Elements elements) {
    Set<Element> asking = new LinkedHashSet<>();
    PropertyAnnotations.NAMES.stream()
        .map(name -> elements.getTypeElement(Annotated.PACKAGE + "." + name))
        .filter(Objects::nonNull)
        .forEach(type -> asking.addAll(round.getElementsAnnotatedWith(type)));
    List<Located> faults = new ArrayList<>();
    for (Element element : asking) {
      List<Annotated> annotations = Annotated.on(element, elements);
      if (annotations.stream().noneMatch(annotated -> annotated.is("CertifiedNetwork"))) {
        first(annotations).ifPresent(annotated -> faults.add(unproved(element, annotated)));
      }
    }
    return faults;
  }

  private static Optional<Annotated> first(List<Annotated> annotations) {
    return PropertyAnnotations.NAMES.stream()
        .flatMap(name -> annotations.stream().filter(annotated -> annotated.is(name)))
        .findFirst();
  }

  private static Located unproved(Element element, Annotated asking) {
    Optional<Property> further =
        PropertyAnnotations.of(asking, new HashMap<>()).filter(Property.Further.class::isInstance);
    String missing =
        further.filter(Property::needsBound).isPresent()
            ? "@CertifiedNetwork and @Lipschitz"
            : "@CertifiedNetwork";
    return Located.of(
        Position.of(asking),
        Diagnostics.declarationInvalid(
            "nothing proves the "
                + further.map(Property::phrase).orElse("bound")
                + " of `"
                + element.getSimpleName()
                + "`, which is not annotated @CertifiedNetwork",
            missing + " beside @" + asking.name(),
            "@" + asking.name() + " alone",
            "annotate it " + missing + " as well"));
  }
}
