package io.lipc.processor;

/**
 * A file that is made at compile time and ships in the jar.
 *
 * @param resource its path within the jar
 * @param content its bytes, which do not change
 */
record ShippedFile(String resource, byte[] content) {}
