package io.lipc.certificate;

/**
 * Why a unit has a gain: of a dense unit that one matrix is positive, of a convolution the torus on
 * which there is a matrix for each frequency.
 */
public sealed interface GainWitness permits PositivityWitness, Torus {}
