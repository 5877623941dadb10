package io.lipc.examples.scoring;

import io.lipc.annotations.CertifiedNetwork;

/** The same network, declared by a text. */
@CertifiedNetwork("scoring.lip")
interface ScoringText {}
