package io.lipc.examples.unsafe;

import io.lipc.annotations.CertifiedNetwork;

/** The same network, declared by a text: refused for the same reason, at its place in the text. */
@CertifiedNetwork("amplifier.lip")
interface AmplifierText {}
