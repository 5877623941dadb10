package io.lipc.dsl;

import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The positions of a declaration's places in its source text.
 *
 * @param spans holds at least {@link Place.OfNetwork}
 */
public record TextPositions(Map<Place, Span> spans) {

  public TextPositions {
    // Not Map.copyOf: it probes linearly, and the hash codes of places are small, dense integers.
    spans = Collections.unmodifiableMap(new HashMap<>(spans));
    if (!spans.containsKey(new Place.OfNetwork())) {
      throw new IllegalArgumentException("the network itself has no position");
    }
  }

  /** The span of {@code place}, or of the nearest wider place that has one. */
  public Span spanOf(Place place) {
    Place known = place;
    Span span = spans.get(known);
    while (span == null) {
      known = known.wider();
      span = spans.get(known);
    }
    return span;
  }

  /** The same fault, at its place in the text. */
  public TextFinding locate(Finding finding) {
    return new TextFinding(spanOf(finding.place()), finding.diagnostic());
  }
}
