package io.lipc.compiler.library;

import io.lipc.certificate.Subject;
import io.lipc.model.Signature;

/**
 * A network that others can call.
 *
 * @param signature what it reads and gives
 * @param subject its certificate, with everything that it is about
 * @param origin the class that runs it
 */
public record Callee(Signature signature, Subject subject, Origin origin) {}
