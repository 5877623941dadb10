package io.lipc.examples.cars;

import io.lipc.annotations.CertifiedNetwork;

/** The networks of the text, of which the last one reads the columns of the table. */
@CertifiedNetwork("cars.lip")
interface Cars {}
