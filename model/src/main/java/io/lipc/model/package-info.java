/** Networks: declarations as people write them, and the layers, shapes and norms that they mean. */
@NullMarked
package io.lipc.model;

import org.jspecify.annotations.NullMarked;
