package io.lipc.unroller;

import java.util.List;

/**
 * The classes that are written into one package, which alone sees them.
 *
 * @param name the package
 * @param classes all that is written for it
 */
record UnrolledPackage(String name, List<UnrolledClass> classes) {}
