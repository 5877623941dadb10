package io.lipc.certificate.linear;

/** A map whose window moves over an image. */
public sealed interface Windowed extends LinearMap permits AveragePool, Convolution {

  /** The image that it reads. */
  Grid input();

  /** How its window moves. */
  Window window();

  /** The image that it gives. */
  Grid output();
}
