package io.lipc.examples.shirts;

import io.lipc.annotations.CertifiedNetwork;

/** A network for the same images that was trained by lipc; see train/README.md. */
@CertifiedNetwork("shirts-orthogonal.lip")
interface ShirtsOrthogonal {}
