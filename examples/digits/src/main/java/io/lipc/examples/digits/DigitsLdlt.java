package io.lipc.examples.digits;

import io.lipc.annotations.CertifiedNetwork;

/** A network for the same images that was trained by lipc; see train/README.md. */
@CertifiedNetwork("digits-ldlt.lip")
interface DigitsLdlt {}
