/** A downstream project: its network calls one that another module's jar brings, certified. */
@NullMarked
package io.lipc.examples.scoring;

import org.jspecify.annotations.NullMarked;
