package io.lipc.examples.shirts;

import io.lipc.annotations.CertifiedNetwork;

/** A deep residual network for the same images that was trained by lipc; see train/README.md. */
@CertifiedNetwork("shirts-residual.lip")
interface ShirtsResidual {}
