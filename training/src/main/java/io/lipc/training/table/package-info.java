/**
 * Tables and their samples: text with separated columns becomes rows of numbers with a class or
 * with targets, in the table's units or as z-scores. The package sees nothing else of training.
 */
@NullMarked
package io.lipc.training.table;

import org.jspecify.annotations.NullMarked;
