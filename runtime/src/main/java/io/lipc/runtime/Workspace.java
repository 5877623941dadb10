package io.lipc.runtime;

/**
 * The intermediate results of one network, from {@link LipschitzNetwork#newWorkspace()}. It serves
 * the network that made it and other instances of the same class, one evaluation at a time.
 */
public interface Workspace {}
