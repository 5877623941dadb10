/**
 * What a network is: declarations as people write them, and the layers, shapes and norms that they
 * come to.
 */
@NullMarked
package io.lipc.model;

import org.jspecify.annotations.NullMarked;
