package io.lipc.examples.digits;

import io.lipc.annotations.CertifiedNetwork;

/** The same network, declared by a text. */
@CertifiedNetwork("digits.lip")
interface DigitsText {}
