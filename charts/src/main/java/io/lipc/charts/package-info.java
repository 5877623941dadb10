/**
 * Charts as SVG: panels with axes, the marks in them, legends, and elements of markup. A chart is
 * part of a page of HTML or a file of its own; its colours follow the reader's scheme.
 */
@NullMarked
package io.lipc.charts;

import org.jspecify.annotations.NullMarked;
